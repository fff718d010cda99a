import Foundation
import Kernel
import Testing

@testable import Store

/// A small record with every kind of column.
struct Letter: Record, Equatable {
  enum Kind: String, Codable, Sendable { case love, other }

  let id: ID<Letter>
  var version = 0
  var owner: ResidentID
  var kind: Kind
  var onDay: LocalDate
  var at: Instant
  var isOpen: Bool
  var pages: Int?
  var words: String
  var score: Int?
  var lists: [String]

  static let table = Table(
    "letter", sealedFor: .resident(property: "owner"),
    [
      .plain("owner"), .plain("kind"), .plain("onDay"), .plain("at"), .plain("isOpen"), .plain("pages"),
      .sealed("words", .plan), .blind("wordsBlind", .plan), .sealed("score", .plan), .plain("lists"),
    ])

  var blindTexts: [String: String?] { ["wordsBlind": words] }

  static let migration = Migration(
    "test-001",
    """
    create table letter (id text not null primary key, version integer not null, owner text not null, kind text not null,
      on_day text not null, at bigint not null, is_open integer not null, pages integer, words blob not null,
      words_blind text, score blob, lists text not null);
    """)
}

/// A database in a folder of its own.
final class Place: Sendable {
  let folder = FileManager.default.temporaryDirectory.appending(path: "geland-store-\(UUID().uuidString)")
  let clock = ManualClock(Instant(milliseconds: 1_772_701_200_000))
  var path: String { folder.appending(path: "a.sqlite").path }

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  func open(_ name: String = "a.sqlite", migrations: [Migration] = [Letter.migration]) async throws -> Database {
    let master = try MasterKey.atFile(folder.appending(path: "keys").path, chance: .seeded(3))
    return try await Database(
      sqlite: folder.appending(path: name).path, master: master, clock: clock, chance: .seeded(4),
      migrations: migrations)
  }

  func bytes() throws -> Data {
    var all = Data()
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
      all += try Data(contentsOf: file)
    }
    return all
  }
}

func letter(_ chance: Chance = .seeded(5), words: String = "Lieve allemaal", owner: ResidentID? = nil) -> Letter {
  let moment = Instant(milliseconds: 1_772_701_200_000)
  return Letter(
    id: chance.id(at: moment), owner: owner ?? chance.id(at: moment), kind: .love, onDay: LocalDate(dayNumber: 20_000),
    at: moment, isOpen: true, pages: nil, words: words, score: 4, lists: ["a", "b\"c"])
}

@Suite struct RecordTests {
  @Test func comesBackAsItWasPut() async throws {
    let place = try Place()
    let database = try await place.open()
    let put = letter()
    let stored = try await database.write(Act("test")) { try $0.put(put) }
    #expect(stored.version == 1)
    let found = try await database.read { try $0.get(Letter.self, put.id) }
    #expect(found == stored)
  }

  @Test func isUnreadableOnDisk() async throws {
    let place = try Place()
    let database = try await place.open()
    try await database.write(Act("test")) { try $0.put(letter(words: "OngelooflijkGeheim")) }
    #expect(try !place.bytes().contains(Data("OngelooflijkGeheim".utf8)))
  }

  @Test func refusesAStaleWrite() async throws {
    let place = try Place()
    let database = try await place.open()
    let first = try await database.write(Act("test")) { try $0.put(letter()) }
    var mine = first
    mine.words = "van mij"
    var theirs = first
    theirs.words = "van een ander"
    let (one, two) = (mine, theirs)
    try await database.write(Act("test")) { try $0.put(two) }
    await #expect(throws: StaleWrite.self) { try await database.write(Act("test")) { try $0.put(one) } }
    let now = try await database.read { try $0.get(Letter.self, first.id) }
    #expect(now.words == "van een ander")
  }

  @Test func equalRecordChangesNothing() async throws {
    let place = try Place()
    let database = try await place.open()
    let first = try await database.write(Act("test")) { try $0.put(letter()) }
    let again = try await database.write(Act("test")) { try $0.put(first) }
    #expect(again.version == 1)
    #expect(try await database.read { try $0.count("select count(*) from journal") } == 1)
  }

  /// Each sealed field is bound to its row's version, so an edit seals all of them anew (docs/decisions/0017).
  @Test func editBindsEveryFieldToTheNewVersion() async throws {
    let place = try Place()
    let database = try await place.open()
    var first = try await database.write(Act("test")) { try $0.put(letter()) }
    let before = try await database.storedRows(of: Letter.table)[0]
    first.score = 2
    let changed = first
    try await database.write(Act("test")) { try $0.put(changed) }
    let after = try await database.storedRows(of: Letter.table)[0]
    let words = try #require(Letter.table.columns.firstIndex { $0.name == "words" })
    let score = try #require(Letter.table.columns.firstIndex { $0.name == "score" })
    #expect(before[words] != after[words])
    #expect(before[score] != after[score])
  }

  @Test func blindColumnFindsExactly() async throws {
    let place = try Place()
    let database = try await place.open()
    try await database.write(Act("test")) { try $0.put(letter(words: "aap")) }
    let found = try await database.read { reader in
      try reader.all(Letter.self, "where words_blind = \(reader.blinded("aap"))").count
    }
    #expect(found == 1)
    #expect(try await database.read { try $0.all(Letter.self, "where words_blind = \("aap")").count } == 0)
  }
}

@Suite struct JournalTests {
  @Test func replayGivesTheSameRowsByteForByte() async throws {
    let place = try Place()
    let source = try await place.open()
    let chance = Chance.seeded(11)
    for round in 0..<30 {
      let one = letter(chance, words: "brief \(round)")
      var stored = try await source.write(Act("write")) { try $0.put(one) }
      if round % 3 == 0 {
        stored.words = "anders"
        stored.pages = round
        let changed = stored
        try await source.write(Act("change")) { try $0.put(changed) }
      }
    }
    let copy = try await place.open("b.sqlite")
    try await copy.replay(journalOf: source)
    let (one, two) = (try await source.storedRows(of: Letter.table), try await copy.storedRows(of: Letter.table))
    #expect(one.count == 30)
    #expect(one == two)
  }

  @Test func isNeverChangedOrDeleted() async throws {
    let place = try Place()
    let database = try await place.open()
    try await database.write(Act("test")) { try $0.put(letter()) }
    await #expect(throws: (any Error).self) {
      try await database.write(Act("x")) { try $0.technical("delete from journal") }
    }
    await #expect(throws: (any Error).self) {
      try await database.write(Act("x")) { try $0.technical("update journal set verb = 'x'") }
    }
    #expect(try await database.read { try $0.count("select count(*) from journal") } == 1)
  }
}

@Suite struct WritingTests {
  @Test func everyWriterIsFullySynchronous() async throws {
    let place = try Place()
    let database = try await place.open()
    let level = try await database.write(Act("x")) { try $0.count("pragma synchronous") }
    #expect(level == 2)
  }

  @Test func oneFailureInAGroupUndoesOnlyItself() async throws {
    struct Refused: Error {}
    let place = try Place()
    let database = try await place.open()
    let chance = Chance.seeded(21)
    let letters = (0..<40).map { letter(chance, words: "nummer \($0)") }
    let failures = await withTaskGroup(of: Bool.self) { group in
      for (place, one) in letters.enumerated() {
        group.addTask {
          do {
            try await database.write(Act("test")) { transaction in
              try transaction.put(one)
              if place % 4 == 0 { throw Refused() }
            }
            return false
          } catch { return true }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(failures == 10)
    #expect(try await database.storedRows(of: Letter.table).count == 30)
    #expect(try await database.read { try $0.count("select count(*) from journal") } == 30)
  }

  @Test func newerSchemaIsRefused() async throws {
    let place = try Place()
    _ = try await place.open(migrations: [Letter.migration, Migration("test-002", "create table more (id text)")])
    await #expect(throws: StoreError.unknownSchema("test-002")) { try await place.open() }
  }
}

@Suite struct JobTests {
  @Test func aDueMomentIsClaimedOnce() async throws {
    let place = try Place()
    let database = try await place.open()
    let subject: ID<Letter> = Chance.seeded(2).id(at: place.clock.now)
    let due = place.clock.now
    try await database.write(Act("plan")) { try $0.plan("wake", subject, at: due) }
    let job = try #require(try await database.read { try $0.jobsDue(["wake"], limit: 5).first })
    let claims = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<10 {
        group.addTask { ((try? await database.write(Act("claim")) { try $0.claim(job) }) ?? false) ? 1 : 0 }
      }
      return await group.reduce(0, +)
    }
    #expect(claims == 1)
  }
}

@Suite struct AuditTests {
  @Test func linesStayAndAreFoundByYear() async throws {
    let place = try Place()
    let log = AuditLog(besides: place.path)
    let chance = Chance.seeded(5)
    let resident: ResidentID = chance.id(at: place.clock.now)
    func line(_ at: Instant) -> AuditRecord {
      AuditRecord(
        id: chance.id(at: at), at: at, event: "read", account: nil, organisation: nil, role: "supportWorker",
        resident: resident, object: "resident.overview", fields: "identity", request: nil)
    }
    let lastYear = place.clock.now.adding(.days(-200))
    try await log.append([line(lastYear), line(place.clock.now)])
    let found = try await log.lines(
      about: resident, from: place.clock.now.adding(.days(-365)), until: place.clock.now.adding(.days(1)), limit: 10)
    #expect(found.map(\.at) == [place.clock.now, lastYear])
  }
}
