internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// Domain §4.5: nobody reads a file without a line in its trail, and a file that is not theirs is not found. Random
/// people open random pages of random files, while others write in them.
@Suite struct ReadingHistoryTests {
  private static let steps = 1_000
  private static let pages = [
    "", "/plan", "/journey", "/contacts", "/circle", "/handovers", "/sharing", "/facts", "/warning", "/story",
    "/agreement", "/contacts/new", "/trail", "/handovers/new",
  ]

  @Test func everyReadLeavesALine() async throws {
    let house = try await TestHouse(demo: true, lives: 10)
    let (people, residents, pairs) = try await house.read { reader in
      (
        try reader.all(Account.self, "where disabled_at is null order by id").map(\.id),
        try reader.all(Resident.self, "order by id").map(\.key),
        try reader.all(Relation.self, "where account is not null order by id").compactMap { relation in
          relation.account.map { ($0, relation.resident) }
        }
      )
    }
    var random = SplitMix(state: 7)
    var (opened, refused, changed) = (0, 0, 0)
    for step in 0..<Self.steps {
      house.clock.advance(.minutes(1))
      // Every other time somebody who has something to do with them, else anybody.
      let known = step % 2 == 0 ? pairs.randomElement(using: &random) : nil
      let (person, resident) =
        try known ?? (
          try #require(people.randomElement(using: &random)), try #require(residents.randomElement(using: &random))
        )
      let browser = try await house.browser(of: person)
      let isChange = step % 10 == 0
      let page = "/residents/\(resident)" + (isChange ? "/contacts/new" : Self.pages[step % Self.pages.count])
      let answer =
        isChange
        ? await browser.post(
          page,
          [
            "channel": "call", "reached": "yes", "minutes": "5",
            "on": RegionTime.amsterdam.date(of: house.clock.now).description,
          ]) : await browser.get(page)
      let now = house.clock.now
      let lines = try await house.house.audit.lines(
        about: resident, from: now, until: now.adding(.minutes(1)), limit: 50)
      switch answer.status {
      case 200, 303, 422:
        // What was seen stands in the audit; what was changed in the journal.
        let changes = try await house.read {
          try $0.changes(about: resident, from: now, until: now.adding(.minutes(1)))
        }
        #expect(
          lines.contains { $0.account == person.retyped() && $0.event != "refused" }
            || changes.contains { $0.account == person.retyped() }, "\(page) \(answer.status)")
        if answer.status == 200 { opened += 1 } else { changed += 1 }
      case 404:
        #expect(lines.allSatisfy { $0.event == "refused" }, "\(page)")
        #expect(lines.contains { $0.account == person.retyped() }, "\(page)")
        refused += 1
      default: Issue.record("\(page) answered \(answer.status)")
      }
    }
    // Each kind must have happened often, or nothing was tested.
    #expect(opened > Self.steps / 50)
    #expect(changed > Self.steps / 500)
    #expect(refused > Self.steps / 4)
  }
}
