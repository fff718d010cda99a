internal import Foundation
internal import Kernel
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Store
@testable import Trust

/// What must hold whatever people do (domain §4).
@Suite struct HistoryTests {
  private static let steps = 10_000

  @Test(arguments: [UInt64(11), 12]) func nobodyIsEverWithoutSomebody(_ seed: UInt64) async throws {
    let house = try await TestHouse(seed: seed)
    let start = TestHouse.start
    try await house.database.batch { batch in
      let history = try RandomHistory(batch, seed: seed, at: start)
      var rows = 0
      for number in 0..<Self.steps {
        try history.step()
        guard number % 25 == 0 else { continue }
        try batch.look(at: history.moment) { reader in
          try Self.holds(reader)
          let now = try Self.rows(reader)
          #expect(now >= rows, "rows went away")
          rows = now
        }
      }
      // Most of what is tried must happen, and a good part must be refused, or nothing was tested.
      #expect(history.performed > Self.steps / 4)
      #expect(history.refused > Self.steps / 20)
      #expect(history.holdersLeft > 0)
      #expect(history.dutiesLeftBehind == 0)
      #expect(history.undone > 0)
    }
    try await house.read { reader in
      try Self.holds(reader)
      try Self.periodsJoinUp(reader)
    }
    try await Self.replays(house)
  }

  /// Domain §4.1 and §4.3, asked of the database.
  static func holds(_ reader: Reader) throws {
    let withoutFirst = try reader.count(
      """
      select count(*) from journey where ended_on is null and
      (select count(*) from accountability a where a.journey = journey.id and a.until_at is null) <> 1
      """)
    #expect(withoutFirst == 0, "an open journey has not exactly one accountable organisation")
    let afterEnd = try reader.count(
      """
      select count(*) from accountability a join journey on journey.id = a.journey
      where a.until_at is null and journey.ended_on is not null
      """)
    #expect(afterEnd == 0, "somebody is accountable for a journey that ended")
    let orphans = try reader.count(
      """
      select count(*) from signal join account on account.id = signal.owner
      where signal.settled_at is null and account.disabled_at is not null
      """)
    #expect(orphans == 0, "an open signal belongs to somebody who left")
    try Self.signalsAreWithSomebodyThere(reader)
    let unseen = try reader.count(
      """
      select count(*) from journey j join accountability a on a.journey = j.id and a.until_at is null
      where j.ended_on is null and not exists (
        select 1 from relation r where r.resident = j.resident and r.until_at is null
        and (r.account = a.worker or (r.organisation = a.organisation and r.role = 'coordinator')))
      """)
    #expect(unseen == 0, "who is first can't see the file")
    let silent = try reader.count(
      """
      select count(*) from journey j where j.ended_on is null
      and not exists (select 1 from job where job.kind = 'silence' and job.subject = j.id)
      and not exists (select 1 from signal s where s.resident = j.resident and s.cause = 'silence:' || j.resident
        and s.settled_at is null)
      """)
    #expect(silent == 0, "somebody could go out of sight: no silence is planned or open")
  }

  /// Whoever has an open signal can act on it now, unless nobody at all around this resident is there.
  private static func signalsAreWithSomebodyThere(_ reader: Reader) throws {
    let today = RegionTime.amsterdam.date(of: reader.now)
    for signal in try reader.all(Signal.self, "where settled_at is null") {
      guard try !Absence.accounts([signal.owner], on: today, reader).isEmpty,
        let journey = try Journey.open(of: signal.resident, reader),
        let first = try Accountability.now(journey.id, reader)
      else { continue }
      let others = try AccessTeam.coordinators(of: journey, reader) + AccessTeam.managers(of: journey.access, reader)
      let around = Set(([first.worker, first.standIn].compactMap(\.self) + others))
      let active = try around.filter { try Account.isActive($0, reader) }
      let away = try Absence.accounts(active, on: today, reader)
      #expect(away == active, "an open signal is with somebody who is away")
    }
  }

  /// Exactly one at every moment of the past too: each period begins when the one before it ended.
  static func periodsJoinUp(_ reader: Reader) throws {
    let periods = try reader.all(Accountability.self, "order by journey, from_at, id")
    for (before, after) in zip(periods, periods.dropFirst()) where before.journey == after.journey {
      #expect(before.untilAt == after.fromAt)
    }
    for (journey, own) in Dictionary(grouping: periods, by: \.journey) {
      let start = try reader.first(
        JourneyEvent.self, "where journey = \(journey) and kind = 'registered'")?.at
      #expect(own.map(\.fromAt).min() == start)
    }
  }

  private static func rows(_ reader: Reader) throws -> Int {
    try House.tables.reduce(0) { try $0 + reader.count(SQL(trusted: "select count(*) from \($1.name)")) }
  }

  /// The journal alone makes the same rows, byte for byte.
  static func replays(_ house: TestHouse) async throws {
    let other = try await Database(
      sqlite: house.folder.appending(path: "replayed.sqlite").path,
      master: MasterKey.atFile(house.path + ".keys", chance: .seeded(1)), clock: house.clock,
      migrations: House.migrations)
    try await other.replay(journalOf: house.database)
    for table in House.tables {
      let (these, those) = try await (house.database.storedRows(of: table), other.storedRows(of: table))
      #expect(these == those, "\(table.name) differs after replay")
    }
  }
}
