public import Kernel

/// Reading within one snapshot.
public class Reader {
  let connection: any Connection
  let keys: KeyRing
  let chance: Chance
  /// The moment the snapshot or transaction began, by the region's clock.
  public let now: Instant

  init(connection: any Connection, keys: KeyRing, now: Instant, chance: Chance) {
    self.connection = connection
    self.keys = keys
    self.chance = chance
    self.now = now
  }

  private var remembered: [ObjectIdentifier: Any] = [:]

  /// Something about the whole region that is read once in a snapshot, however often it is asked.
  public func once<Value>(_ type: Value.Type, _ read: () throws -> Value) rethrows -> Value {
    if let known = remembered[ObjectIdentifier(type)] as? Value { return known }
    let value = try read()
    remembered[ObjectIdentifier(type)] = value
    return value
  }

  public func freshID<Subject>() -> ID<Subject> { chance.id(at: now) }

  /// Rows of any query; sealed columns stay sealed.
  public func rows(_ sql: SQL) throws -> [Row] { try connection.query(sql) }

  public func row(_ sql: SQL) throws -> Row? { try connection.query(sql).first }

  /// The first column of the first row as a number; 0 when there is none.
  public func count(_ sql: SQL) throws -> Int {
    guard case .integer(let number)? = try connection.query(sql).first?.values.first else { return 0 }
    return Int(number)
  }

  /// One record, or nil.
  public func find<R: Record>(_ type: R.Type, _ id: ID<R>) throws -> R? {
    try all(type, "where id = \(id)").first
  }

  /// One record that must exist.
  /// - Throws: `Problem.notFound`.
  public func get<R: Record>(_ type: R.Type, _ id: ID<R>) throws -> R {
    guard let record = try find(type, id) else { throw Problem.notFound }
    return record
  }

  /// All records that a condition selects: what is written behind `select … from table`.
  public func all<R: Record>(_ type: R.Type, _ condition: SQL) throws -> [R] {
    try connection.query(R.table.select + condition).map { try decode(type, from: $0) }
  }

  public func first<R: Record>(_ type: R.Type, _ condition: SQL) throws -> R? {
    try all(type, condition).first
  }

  /// Opens what is sealed and makes the record.
  func decode<R: Record>(_ type: R.Type, from row: Row) throws -> R {
    let table = R.table
    var values = row.values
    var sealing: Sealing?
    for (place, column) in table.columns.enumerated() where column.protection == .sealed {
      guard case .blob = row.values[place] else { continue }
      if sealing == nil { sealing = try keys.sealing(for: keyOwner(table, row), on: connection) }
      guard let sealing, case .text(let id) = row.values[0] else { throw StoreError.damagedCiphertext }
      values[place] = try sealing.open(row.values[place], table: table.name, row: id, column: column.name)
    }
    return try RowDecoder.decode(type, from: values)
  }

  private func keyOwner(_ table: Table, _ row: Row) -> String? {
    guard case .resident(let property) = table.scope, let column = table.byProperty[property] else { return nil }
    return row.text(column.name)
  }

  public func blinded(_ text: String) -> String { keys.master.blinded(text) }
}
