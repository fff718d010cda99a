internal import App
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import Residents
@testable import Trust

/// A team of several employers has one work list, and its members stand in for each other (BT, Houten, IJsselstein).
@Suite struct TeamTests {
  private struct Neighbours {
    let file: MarkedFile
    let mate: ID<Account>
    let team: ID<Team>
  }

  /// A colleague of another employer, in one team with the worker who is first.
  private func neighbours() async throws -> Neighbours {
    let file = try await MarkedFile()
    let worker = file.worker
    let (mate, team) = try await file.house.act { transaction in
      let other = try transaction.put(
        Organisation(id: transaction.freshID(), name: "Anders", kind: .welfare))
      let mate = try transaction.put(
        Account(id: transaction.freshID(), name: "Maat", email: nil, organisation: other.id, role: .supportWorker))
      let team = try transaction.put(Team(id: transaction.freshID(), name: "Samen"))
      for one in [worker, mate.id] {
        try TeamMembership.join(team.id, one, transaction)
        try ResidentDuties().teamsChanged(of: one, transaction)
      }
      return (mate.id, team.id)
    }
    return Neighbours(file: file, mate: mate, team: team)
  }

  @Test func mateSeesTheListButNotTheFile() async throws {
    let ours = try await neighbours()
    let browser = try await ours.file.house.browser(of: ours.mate)
    #expect(await browser.get("/team").text.contains("Kenmerknaam"))
    #expect(await browser.get("/residents/\(ours.file.resident)/plan").status == 404)
    let shown = try await ours.file.everything(ours.mate).text
    for mark in ["kenmerkdoel", "kenmerkgeld", "kenmerkgesprek", "Kenmerkstraat"] { #expect(!shown.contains(mark)) }
  }

  @Test func leavingTheTeamEndsTheSight() async throws {
    let ours = try await neighbours()
    let mate = ours.mate
    ours.file.house.clock.advance(.minutes(1))
    try await ours.file.house.act { transaction in
      for var membership in try transaction.all(TeamMembership.self, "where account = \(mate)") {
        membership.untilAt = transaction.now
        try transaction.put(membership)
      }
    }
    #expect(try await ours.file.everything(ours.mate).opened == 0)
  }

  @Test func mateStandsInAcrossEmployers() async throws {
    let ours = try await neighbours()
    let worker = try await ours.file.house.browser(of: ours.file.worker)
    let page = "/residents/\(ours.file.resident)/circle"
    #expect(await worker.get(page).text.contains("Maat"))
    await worker.post(
      "/residents/\(ours.file.resident)/worker", ["worker": "\(ours.file.worker)", "standIn": "\(ours.mate)"],
      from: page)
    #expect(try await !ours.file.everything(ours.mate).text.contains("kenmerkdoel"))
    await worker.post("/account/absence", ["from": "2026-03-05"])
    #expect(try await ours.file.everything(ours.mate).text.contains("kenmerkdoel"))
    ours.file.house.clock.advance(.minutes(1))
    let account = await worker.get("/account").text
    let absence = try #require(account.firstMatch(of: /\/account\/absence\/([0-9a-f-]{36})\/end/)).1
    await worker.post("/account/absence/\(absence)/end", [:])
    ours.file.house.clock.advance(.days(1))
    #expect(try await !ours.file.everything(ours.mate).text.contains("kenmerkdoel"))
  }

  @Test func aStrangerCannotBeMadeStandIn() async throws {
    let ours = try await neighbours()
    let stranger = try await ours.file.somebody(.supportWorker, isRelated: false)
    let worker = try await ours.file.house.browser(of: ours.file.worker)
    let answer = await worker.post(
      "/residents/\(ours.file.resident)/worker", ["worker": "\(ours.file.worker)", "standIn": "\(stranger)"])
    #expect(answer.status == 404)
  }
}
