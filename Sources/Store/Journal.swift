internal import Foundation
internal import Kernel

/// One row as a change left it: what a new row has besides its id, version 1 and empty columns; the changed columns of
/// an old one.
struct Change: Decodable, Equatable {
  let table: String
  let row: String
  let values: [String: SQLValue]

  /// What is written: the same, in the order of the table's columns.
  struct Written {
    let table: String
    let row: String
    var values: [(column: String, value: SQLValue)] = []
  }

  /// JSON. Written here by hand, as it is written with every change.
  static func text(_ changes: [Written]) -> String {
    var text = "["
    for (place, change) in changes.enumerated() {
      if place > 0 { text += "," }
      text += "{\"row\":"
      text.appendJSON(change.row)
      text += ",\"table\":"
      text.appendJSON(change.table)
      text += ",\"values\":{"
      for (place, (name, value)) in change.values.enumerated() {
        if place > 0 { text += "," }
        text.appendJSON(name)
        text += ":"
        append(value, to: &text)
      }
      text += "}}"
    }
    return text + "]"
  }

  private static func append(_ value: SQLValue, to text: inout String) {
    switch value {
    case .null: text += "null"
    case .integer(let number): text += String(number)
    case .real(let number): text += "{\"real\":\"\(number)\"}"
    case .text(let string): text.appendJSON(string)
    case .blob(let bytes): text += "{\"blob\":\"\(Data(bytes).base64EncodedString())\"}"
    }
  }

  static func read(_ text: String) throws -> [Change] {
    try JSONDecoder().decode([Change].self, from: Data(text.utf8))
  }
}

/// In the journal: null, a number, a text, or `{"blob": base64}` and `{"real": "…"}`.
extension SQLValue: Codable {
  private enum Keys: String, CodingKey { case blob, real }

  public init(from decoder: any Decoder) throws {
    if let keyed = try? decoder.container(keyedBy: Keys.self) {
      if let real = try keyed.decodeIfPresent(String.self, forKey: .real), let number = Double(real) {
        self = .real(number)
      } else {
        self = .blob(Array(try keyed.decode(Data.self, forKey: .blob)))
      }
      return
    }
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      self = .null
    } else if let number = try? single.decode(Int64.self) {
      self = .integer(number)
    } else {
      self = .text(try single.decode(String.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .blob(let bytes):
      var keyed = encoder.container(keyedBy: Keys.self)
      try keyed.encode(Data(bytes), forKey: .blob)
    case .real(let number):
      var keyed = encoder.container(keyedBy: Keys.self)
      try keyed.encode(String(number), forKey: .real)
    case .null:
      var single = encoder.singleValueContainer()
      try single.encodeNil()
    case .integer(let number):
      var single = encoder.singleValueContainer()
      try single.encode(number)
    case .text(let text):
      var single = encoder.singleValueContainer()
      try single.encode(text)
    }
  }
}

extension Database {
  /// Replays the journal of another region into this one, whose tables must be empty. Rows come out byte for byte.
  public func replay(journalOf source: Database) async throws {
    let texts = try await source.read { reader in
      try reader.rows("select changes from journal order by position").compactMap { $0.text("changes") }
    }
    try await engine.write { connection in
      for text in texts {
        for change in try Change.read(text) { try change.apply(to: connection) }
      }
    }
  }

  /// Every row of a table in its stored form, ordered by id: for comparing two regions.
  public func storedRows(of table: Table) async throws -> [[SQLValue]] {
    let sql = table.select + "order by id"
    return try await engine.read { try $0.query(sql).map(\.values) }
  }
}

extension Change {
  fileprivate func apply(to connection: any Connection) throws {
    var values = values
    let exists = try !connection.query(SQL(trusted: "select id from \(table) where id = ") + "\(row)").isEmpty
    var sql: SQL
    if !exists {
      values["id"] = .text(row)
      values["version"] = values["version"] ?? .integer(1)
    }
    let names = values.keys.sorted()
    if exists {
      sql = SQL(trusted: "update \(table) set ")
      for (place, name) in names.enumerated() {
        sql.pieces.append(.text(place == 0 ? "\(name) = " : ", \(name) = "))
        sql.pieces.append(.value(values[name] ?? .null))
      }
      sql = sql + " where id = \(row)"
    } else {
      sql = SQL(trusted: "insert into \(table) (\(names.joined(separator: ", "))) values (")
      for (place, name) in names.enumerated() {
        if place > 0 { sql.pieces.append(.text(", ")) }
        sql.pieces.append(.value(values[name] ?? .null))
      }
      sql.pieces.append(.text(")"))
    }
    _ = try connection.run(sql)
  }
}
