internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
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
    await worker.post("/absence", ["from": "2026-03-05"], from: "/absence")
    #expect(try await ours.file.everything(ours.mate).text.contains("kenmerkdoel"))
    ours.file.house.clock.advance(.minutes(1))
    let away = await worker.get("/absence").text
    let absence = try #require(away.firstMatch(of: /\/absence\/([0-9a-f-]{36})\/end/)).1
    await worker.post("/absence/\(absence)/end", [:])
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

/// Letters made from a file open this file only.
@Suite struct AccessTests {
  /// A peer worker's account at work stands in the circle; nobody gets hold of it through a letter made there.
  @Test func anAccountAtWorkIsNotHandedOut() async throws {
    let file = try await MarkedFile()
    let peer = try await file.somebody(.peerWorker, isRelated: false)
    let resident = file.resident
    let member = try await file.house.act { transaction in
      try CircleMember.add(name: "Ervaring", role: .peerWorker, account: peer, resident, transaction).id
    }
    let worker = try await file.house.browser(of: file.worker)
    let answer = await worker.post(
      "/residents/\(resident)/access", ["member": "\(member)", "login": "overgenomen"])
    #expect(answer.status == 409)
    let (email, letters) = try await file.house.read { reader in
      (try reader.get(Account.self, peer).email, try reader.count("select count(*) from invitation"))
    }
    #expect(email == nil && letters == 0)
  }

  @Test func aRelativeComesInWithTheirLetterAndSeesTheirPart() async throws {
    let file = try await MarkedFile()
    let resident = file.resident
    let member = try await file.house.act { transaction in
      try CircleMember.add(name: "Zus", role: .relative, resident, transaction).id
    }
    let worker = try await file.house.browser(of: file.worker)
    let letter = await worker.post("/residents/\(resident)/access", ["member": "\(member)", "login": "zus.els"])
    #expect(letter.status == 200)
    let code = try #require(letter.text.firstMatch(of: /([2-9A-Z]{4}-){4}[2-9A-Z]{4}/)).0
    let relative = Browser(site: file.house.house.site)
    let welcome = await relative.post(
      "/welcome", ["code": String(code), "password": "mijn zus woont aan het water"], from: "/welcome")
    #expect(welcome.status == 303)
    let shown = await relative.get("/residents/\(resident)").text
    #expect(shown.contains("Kenmerknaam") && !shown.contains("Kenmerkstraat"))
  }
}

/// Searching finds only whom one sees, and keeps names out of addresses.
@Suite struct SearchTests {
  @Test func aNameIsFoundByWhoMayKnowItAndStandsInNoAddress() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    func search(_ who: String) async throws -> Outgoing {
      let browser = try await house.browser(of: house.demoAccount(who))
      return await browser.post("/search", ["q": "daan vis"], from: "/search")
    }
    let own = try await search("thuishaven.1")
    #expect(own.status == 200 && own.text.contains("Daan Visser"))
    #expect(try await !search("utrecht.a").text.contains("Daan Visser"))
    let browser = try await house.browser(of: house.demoAccount("thuishaven.1"))
    #expect(await !browser.get("/search?q=daan").text.contains("Daan Visser"))
  }

  /// Everything a trail can hold has its words, also what came from the command line.
  @Test func theTrailHasWordsForEverything() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    let browser = try await house.browser(of: house.demoAccount("thuishaven.1"))
    await browser.post("/search", ["q": "noor"], from: "/search")
    _ = try await house.house.exportCaseload(by: House.BulkActor(account: nil)) { _ in }
    let noor = try await house.demoResident("Noor")
    let own = try await house.browser(of: house.demoAccount("noor"))
    let shown = await own.get("/residents/\(noor)/trail").text
    #expect(shown.contains("beheer van de regio"))
    #expect(!shown.contains("⟦"))
  }
}
