internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// What the sharing page promises is what is so: tried on the pages of who sees, after each choice.
@Suite struct SharingTests {
  /// Two goals, of which one has a step that names the relative.
  private static func plan(_ file: MarkedFile, with relative: ID<Account>) async throws -> (shared: Goal, step: Step) {
    try await file.house.act { transaction in
      try Goal.add("Kenmerkdoel een", .people, file.resident, transaction)
      try Goal.add("Kenmerkdoel twee", .people, file.resident, transaction)
      let goals = try transaction.all(Goal.self, "where resident = \(file.resident) order by id")
      let one = try #require(goals.first { $0.words == "Kenmerkdoel een" })
      let other = try #require(goals.first { $0.words == "Kenmerkdoel twee" })
      let member = try transaction.put(
        CircleMember(
          id: transaction.freshID(), resident: file.resident, account: relative, name: "Zus", role: .relative,
          fromOn: LocalDate(dayNumber: 0)))
      _ = try Step.add("Samen wandelen", to: other, dueOn: nil, companion: member.id, reward: nil, transaction)
      _ = try Step.add("Kenmerkstap alleen", to: other, dueOn: nil, companion: nil, reward: nil, transaction)
      let steps = try transaction.all(Step.self, "where resident = \(file.resident) order by id")
      return (one, try #require(steps.first { $0.words == "Samen wandelen" }))
    }
  }

  /// One thing at a time: shared it shows, stopped it does not; what names somebody they see by default.
  @Test func oneThingIsSharedAndStopped() async throws {
    let file = try await MarkedFile()
    let relative = try await file.somebody(.relative)
    let (goal, _) = try await Self.plan(file, with: relative)
    let own = try await file.house.browser(of: file.somebody(.resident))
    let sister = try await file.house.browser(of: relative)
    let items = "/residents/\(file.resident)/sharing/\(relative)/plan"
    func seen() async -> String { await sister.get("/residents/\(file.resident)/plan").text }
    let before = await seen()
    #expect(!before.contains("Kenmerkdoel een") && !before.contains("Kenmerkstap alleen"))
    #expect(before.contains("Samen wandelen"))
    #expect(await own.get(items).text.contains("Kenmerkdoel een"))
    #expect(await own.post(items, ["item": "\(goal.id)", "choice": "show"], from: items).status == 303)
    #expect(await seen().contains("Kenmerkdoel een"))
    #expect(await !seen().contains("Kenmerkstap alleen"))
    let list = "/residents/\(file.resident)/sharing?open=\(relative)"
    #expect(await own.get(list).text.contains("Ziet 1 ding dat jij koos."))
    #expect(await own.post(items, ["item": "\(goal.id)", "choice": "usual"], from: items).status == 303)
    #expect(await !seen().contains("Kenmerkdoel een"))
    // Stopping the whole plan stops what names them too.
    await own.post(
      "/residents/\(file.resident)/sharing", ["account": "\(relative)", "choice": "plan hide"])
    #expect(await !seen().contains("Samen wandelen"))
  }

  /// Only the resident, or who records it for them, chooses; only for who sees thing by thing; only what is theirs.
  @Test func nobodyElseChoosesOneThing() async throws {
    let file = try await MarkedFile()
    let relative = try await file.somebody(.relative)
    let (goal, _) = try await Self.plan(file, with: relative)
    let items = "/residents/\(file.resident)/sharing/\(relative)/plan"
    let sister = try await file.house.browser(of: relative)
    #expect(await sister.get(items).status == 404)
    #expect(await sister.post(items, ["item": "\(goal.id)", "choice": "show"], from: "/people").status == 404)
    let stranger = try await file.house.browser(of: file.somebody(.clinician, isRelated: false))
    #expect(await stranger.get(items).status == 404)
    let own = try await file.house.browser(of: file.somebody(.resident))
    #expect(await own.get("/residents/\(file.resident)/sharing/\(file.worker)/plan").status == 404)
    #expect(await own.get("/residents/\(file.resident)/sharing/\(relative)/money").status == 404)
    let elsewhere = ID<Goal>(high: 1, low: 2)
    #expect(await own.post(items, ["item": "\(elsewhere)", "choice": "show"], from: items).status == 404)
  }

  /// One press stops all that may be stopped for one person, and another brings it back; the task stays.
  @Test func everythingForOnePersonInOnePress() async throws {
    let file = try await MarkedFile()
    let page = "/residents/\(file.resident)/sharing"
    let own = try await file.house.browser(of: file.somebody(.resident))
    let colleague = try await file.somebody(.clinician)
    func marks(_ text: String) -> Set<String> { Set(MarkedFile.marks.values.filter { text.contains($0) }) }
    let before = try await marks(file.everything(colleague).text)
    #expect(before.count > 3)
    let told = await own.post(page, ["account": "\(colleague)", "choice": "all hide"], from: page)
    #expect(told.header("location")?.hasSuffix("#who-\(colleague)") == true)
    #expect(try await marks(file.everything(colleague).text).isEmpty)
    await own.post(page, ["account": "\(colleague)", "choice": "all usual"], from: page)
    #expect(try await marks(file.everything(colleague).text) == before)
    // Who is first keeps what the task needs, and nobody gives themselves more this way.
    await own.post(page, ["account": "\(file.worker)", "choice": "all hide"], from: page)
    let kept = try await file.everything(file.worker).text
    #expect(kept.contains("Kenmerknaam") && !kept.contains("kenmerkgeld"))
  }

  @Test func whoIsFirstGivesThemselvesNothingBack() async throws {
    let file = try await MarkedFile()
    let page = "/residents/\(file.resident)/sharing"
    let own = try await file.house.browser(of: file.somebody(.resident))
    await own.post(page, ["account": "\(file.worker)", "choice": "money hide"], from: page)
    let worker = try await file.house.browser(of: file.worker)
    #expect(await worker.post(page, ["account": "\(file.worker)", "choice": "all usual"], from: page).status == 409)
    #expect(await worker.post(page, ["account": "\(file.worker)", "choice": "all show"], from: page).status != 303)
  }
}
