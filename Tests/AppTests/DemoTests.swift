internal import App
internal import Kernel
internal import Store
internal import TestKit
internal import Testing

@testable import Residents
@testable import Trust

/// The demo region that a visitor meets first.
@Suite struct DemoTests {
  @Test func itIsAWholeRegionWithSomethingToDoToday() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    try await house.read { reader in
      #expect(try reader.count("select count(*) from organisation where kind = 'municipality'") == 16)
      #expect(try reader.count("select count(*) from resident") >= 12)
      #expect(
        try reader.count(
          """
          select count(*) from journey where ended_on is null and
          (select count(*) from accountability a where a.journey = journey.id and a.until_at is null) <> 1
          """) == 0)
      let phases = Set(try reader.rows("select phase from journey").compactMap { $0.text("phase") })
      #expect(phases.count >= 8, "the stories show too few phases: \(phases.sorted())")
    }
    let worker = try await house.demoAccount("thuishaven.1")
    let today = try await house.browser(of: worker).get("/today").text
    #expect(today.contains("Daan Visser"))
    #expect(!today.contains("⟦"))
  }

  @Test func everyPersonOfTheDemoOpensTheirFirstPage() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    let people = try await house.read {
      try $0.rows("select account from demo_person").compactMap { $0.id("account", of: Account.self) }
    }
    #expect(people.count >= 7)
    for person in people {
      let browser = try await house.browser(of: person)
      let start = await browser.get("/")
      let place = start.headers.first { $0.name == "location" }?.value
      let answer = await browser.get(try #require(place))
      #expect(answer.status == 200)
      #expect(!answer.text.contains("⟦"))
    }
  }

  /// Made lives go the way real ones must: each step to the next phase of its kind, and landed only when the resident
  /// said so.
  @Test func noLifeHasAHistoryThatAGuardWouldRefuse() async throws {
    let house = try await TestHouse(seed: 4, demo: true, lives: 40)
    try await house.read { reader in
      let journeys = try reader.all(Journey.self, "")
      #expect(journeys.count > 50)
      var steps = 0
      for journey in journeys {
        let events = try reader.all(JourneyEvent.self, "where journey = \(journey.id) order by at, id")
        for event in events where event.kind == .phase {
          let phases = (event.detail ?? "").split(separator: " ").compactMap { Phase(rawValue: String($0)) }
          let next = Guards.next(journey.kind, isHomeFirst: journey.isHomeFirst, from: phases[0])
          #expect(next == phases[1], "\(phases)")
          steps += 1
          let isPassed = events.contains { $0.kind == .guardPassed && $0.at == event.at }
          if phases[1] == .landed {
            #expect(events.contains { $0.kind == .landedByResident && $0.at <= event.at })
          }
          #expect(!isPassed, "a made life passes no guard")
        }
      }
      #expect(steps > 150)
      #expect(try reader.count("select count(*) from signal where settled_at is null and due_at is null") == 0)
    }
  }

  /// Made twice from the same seed at the same moment, the demo is the same.
  @Test func itIsDeterministic() async throws {
    let (one, two) = (
      try await TestHouse(seed: 9, demo: true, lives: 12), try await TestHouse(seed: 9, demo: true, lives: 12)
    )
    for table in [Resident.table, Journey.table, Signal.table] {
      let (these, those) = try await (one.database.storedRows(of: table), two.database.storedRows(of: table))
      #expect(these.count == those.count)
      #expect(these.map { $0.first } == those.map { $0.first }, "\(table.name)")
    }
  }
}
