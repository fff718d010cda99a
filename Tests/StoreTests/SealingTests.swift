import Crypto
import Foundation
import Kernel
import Testing

@testable import Store

/// What is not what was sealed here is never shown as genuine, and hurts nothing else.
@Suite struct SealingTests {
  private func two(_ database: Database) async throws -> (Letter, Letter) {
    let chance = Chance.seeded(8)
    let owner: ResidentID = chance.id(at: Instant(milliseconds: 0))
    let one = letter(chance, words: "een", owner: owner)
    let two = letter(chance, words: "twee", owner: owner)
    try await database.write(Act("test")) { transaction in
      try transaction.put(one)
      try transaction.put(two)
    }
    return (one, two)
  }

  private func words(_ database: Database, _ letter: Letter) async throws -> String {
    try await database.read { try $0.get(Letter.self, letter.id).words }
  }

  @Test func movedCiphertextDoesNotOpen() async throws {
    let place = try Place()
    let database = try await place.open()
    let (one, two) = try await two(database)
    try await database.write(Act("test")) { transaction in
      try transaction.technical(
        "update letter set words = (select words from letter where id = \(one.id)) where id = \(two.id)")
    }
    #expect(try await words(database, two) == Unreadable.mark)
    #expect(try await words(database, one) == "een")
    #expect(database.alarms.all.map(\.column) == ["words"])
  }

  /// An older value put back is not the value of now (F11).
  @Test func anOlderCiphertextPutBackDoesNotOpen() async throws {
    let place = try Place()
    let database = try await place.open()
    let (one, _) = try await two(database)
    let old = try await database.read { try $0.row("select words from letter where id = \(one.id)")?["words"] ?? .null }
    try await database.write(Act("test")) { transaction in
      var changed = try transaction.get(Letter.self, one.id)
      changed.words = "veranderd"
      try transaction.put(changed)
    }
    #expect(try await words(database, one) == "veranderd")
    try await database.write(Act("test")) { try $0.technical("update letter set words = \(old) where id = \(one.id)") }
    #expect(try await words(database, one) == Unreadable.mark)
  }

  /// Plain text, or a number, where something sealed belongs is no genuine value (F11).
  @Test(arguments: [SQLValue.text("verzonnen"), .integer(7), .blob([]), .blob([2]), .blob([1, 2, 3]), .real(1.5)])
  func whatWasNeverSealedIsNotShown(_ value: SQLValue) async throws {
    let place = try Place()
    let database = try await place.open()
    let (one, _) = try await two(database)
    try await database.write(Act("test")) {
      try $0.technical("update letter set words = \(value) where id = \(one.id)")
    }
    #expect(try await words(database, one) == Unreadable.mark)
  }

  /// One flipped bit hurts one field: the rest of the row, and every other row, stays as it was.
  @Test func oneFlippedBitHurtsOneField() async throws {
    let place = try Place()
    let database = try await place.open()
    let (one, two) = try await two(database)
    var random = SplitMix(state: 4)
    for column in ["words", "score"] {
      for _ in 0..<20 {
        let select: SQL =
          column == "words"
          ? "select words as value from letter where id = \(one.id)"
          : "select score as value from letter where id = \(one.id)"
        guard case .blob(let good)? = try await database.read({ try $0.row(select)?["value"] }) else {
          Issue.record("nothing sealed")
          return
        }
        var bad = good
        let bit = Int.random(in: 0..<(good.count * 8), using: &random)
        bad[bit / 8] ^= 1 << UInt8(bit % 8)
        let flipped = SQLValue.blob(bad)
        func put(_ value: SQLValue) async throws {
          try await database.write(Act("test")) { transaction in
            _ =
              column == "words"
              ? try transaction.technical("update letter set words = \(value) where id = \(one.id)")
              : try transaction.technical("update letter set score = \(value) where id = \(one.id)")
          }
        }
        try await put(flipped)
        let all = try await database.read { try $0.all(Letter.self, "order by id") }
        #expect(all.count == 2)
        let (mine, other) = (try #require(all.first { $0.id == one.id }), try #require(all.first { $0.id == two.id }))
        #expect(other.words == "twee" && other.score == 4)
        #expect(mine.words == (column == "words" ? Unreadable.mark : "een"))
        #expect(mine.score == (column == "score" ? nil : 4))
        try await put(.blob(good))
      }
    }
    #expect(try await words(database, one) == "een")
  }

  /// Whoever saves a record with an unreadable field keeps what is left of it, for whoever repairs it.
  @Test func savingKeepsWhatCannotBeRead() async throws {
    let place = try Place()
    let database = try await place.open()
    let (one, _) = try await two(database)
    let damaged = SQLValue.blob([2, 9, 9, 9])
    try await database.write(Act("test")) { transaction in
      try transaction.technical("update letter set words = \(damaged) where id = \(one.id)")
    }
    try await database.write(Act("test")) { transaction in
      var seen = try transaction.get(Letter.self, one.id)
      seen.pages = 12
      try transaction.put(seen)
    }
    let row = try #require(try await database.read { try $0.row("select * from letter where id = \(one.id)") })
    #expect(row["words"] == damaged)
    #expect(row.integer("pages") == 12)
    // The hash by which it is found stays too.
    #expect(try await database.read { try $0.all(Letter.self, "where words_blind = \($0.blinded("een"))").count } == 1)
  }

  @Test func aDamagedKeyHasASpare() async throws {
    let place = try Place()
    let database = try await place.open()
    let (one, _) = try await two(database)
    try await database.write(Act("test")) {
      try $0.technical("update resident_key set wrapped = \(SQLValue.blob([1]))")
    }
    let other = try await place.open()
    #expect(try await words(other, one) == "een")
  }

  @Test func withoutTheKeyNothingOpens() async throws {
    let place = try Place()
    let database = try await place.open()
    let put = letter()
    try await database.write(Act("test")) { transaction in
      try transaction.put(put)
      try transaction.technical("delete from resident_key")
    }
    let other = try await place.open()
    #expect(try await words(other, put) == Unreadable.mark)
    #expect(try await other.read { try $0.get(Letter.self, put.id).score } == nil)
  }

  @Test func keyFileOthersCanReadIsRefused() throws {
    let place = try Place()
    let path = place.folder.appending(path: "open.keys").path
    _ = try MasterKey.atFile(path)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(throws: StoreError.keyFileReadableByOthers(path)) { try MasterKey.atFile(path) }
  }

  /// A region whose key is gone is refused; no new key is made for it (F11).
  @Test func aRegionWithoutItsKeyIsRefused() async throws {
    let place = try Place()
    _ = try await place.open()
    let keys = place.folder.appending(path: "elsewhere.keys").path
    #expect(throws: StoreError.keyMissing(keys)) { try MasterKey.atFile(keys, of: place.path) }
    #expect(!FileManager.default.fileExists(atPath: keys))
    await #expect(throws: StoreError.wrongKey) {
      try await Database(
        sqlite: place.path, master: MasterKey(bytes: Array(repeating: 7, count: 32)), clock: place.clock,
        migrations: [Letter.migration])
    }
  }

  /// What an earlier Geland sealed is sealed anew once, and an old value can't come back afterwards.
  @Test func whatWasSealedBeforeIsSealedAnew() async throws {
    let place = try Place()
    let database = try await place.open()
    let (one, _) = try await two(database)
    let older = try await database.write(Act("test")) { transaction in
      let sealing = try transaction.keys.sealing(for: one.owner.description, on: transaction.connection)
      let bound = Data("letter|\(one.id)|words|\(one.owner)|1".utf8)
      let box = try AES.GCM.seal(Data([1] + Array("van vroeger".utf8)), using: sealing.key, authenticating: bound)
      let value = SQLValue.blob([1] + Array(try #require(box.combined)))
      try transaction.technical("update letter set words = \(value) where id = \(one.id)")
      return value
    }
    #expect(try await words(database, one) == Unreadable.mark)
    try await database.resealOlder([Letter.table])
    #expect(try await words(database, one) == "van vroeger")
    try await database.write(Act("test")) {
      try $0.technical("update letter set words = \(older) where id = \(one.id)")
    }
    try await database.resealOlder([Letter.table])
    #expect(try await words(database, one) == Unreadable.mark)
  }
}
