internal import Crypto
internal import Foundation
internal import Kernel

extension Database {
  private static let name = "key-check"
  private static let known = "geland"

  /// A region is opened with its own key only: under another one everything sealed would look damaged, and what is
  /// written meanwhile would be lost with that key.
  /// - Throws: `StoreError.wrongKey`.
  func checkKey() async throws {
    let sealing = Sealing(key: keys.master.region, keyName: "region")
    let keys = keys
    try await engine.write { connection in
      let found = try connection.query("select value from store_mark where name = \(Self.name)").first?["value"]
      if case .blob? = found {
        let opened = try? sealing.open(
          found ?? .null, table: "store_mark", row: Self.name, column: "value", version: 1)
        guard opened == .text(Self.known) else { throw StoreError.wrongKey }
        return
      }
      // A region of before this check: one resident's key tells as well.
      let resident = try connection.query("select resident from resident_key order by resident limit 1").first
      if let resident = resident?.text("resident") {
        do { _ = try keys.sealing(for: resident, on: connection) } catch { throw StoreError.wrongKey }
      }
      let value = try sealing.seal(
        .text(Self.known), table: "store_mark", row: Self.name, column: "value", version: 1)
      _ = try connection.run("insert into store_mark (name, value) values (\(Self.name), \(value))")
    }
  }

  /// Seals what an earlier Geland sealed without its moment once more, with it (docs/decisions/0017). Done once, in parts;
  /// whoever is stopped on the way goes on where it was.
  func resealOlder(_ tables: [Table]) async throws {
    for table in tables where table.columns.contains(where: { $0.protection == .sealed }) {
      let name = "resealed:\(table.name)"
      var after = ""
      while let from = try await resealPart(table, name, after) { after = from }
    }
  }

  /// - Returns: where the next part begins; nil when the table is done.
  private func resealPart(_ table: Table, _ name: String, _ after: String) async throws -> String? {
    let (keys, now) = (keys, clock.now)
    return try await engine.write { connection in
      if try !connection.query("select name from store_mark where name = \(name)").isEmpty { return nil }
      let rows = try connection.query(table.select + "where id > \(after) order by id limit 500")
      var changes: [Change.Written] = []
      for row in rows { if let change = try Self.resealed(row, table, keys, connection) { changes.append(change) } }
      if !changes.isEmpty {
        _ = try connection.run(
          "insert into journal (at, verb, changes) values (\(now), \("store.reseal"), \(Change.text(changes)))")
      }
      if rows.count == 500 { return rows.last?.text("id") }
      _ = try connection.run("insert into store_mark (name, value) values (\(name), \("done"))")
      return nil
    }
  }

  private static func resealed(
    _ row: Row, _ table: Table, _ keys: KeyRing, _ connection: any Connection
  ) throws -> Change.Written? {
    guard let id = row.text("id"), let version = row.integer("version") else { return nil }
    var change = Change.Written(table: table.name, row: id)
    var sealing: Sealing?
    for (place, column) in table.columns.enumerated() where column.protection == .sealed {
      guard case .blob(let bytes) = row.values[place], bytes.first == Sealing.olderFormat else { continue }
      if sealing == nil { sealing = try? keys.sealing(for: table.keyOwner(row), on: connection) }
      guard let sealing,
        let opened = try? sealing.openOlder(row.values[place], table: table.name, row: id, column: column.name)
      else { continue }
      change.values.append(
        (
          column.name,
          try sealing.seal(opened, table: table.name, row: id, column: column.name, version: version)
        ))
    }
    guard !change.values.isEmpty else { return nil }
    _ = try connection.run(table.update(change.values, row: id, version: version))
    return change
  }
}
