public import Kernel

/// Reading within one snapshot.
public class Reader {
  let connection: any Connection
  let keys: KeyRing
  let chance: Chance
  let alarms: Alarms
  /// The moment the snapshot or transaction began, by the region's clock.
  public let now: Instant

  init(connection: any Connection, keys: KeyRing, alarms: Alarms, now: Instant, chance: Chance) {
    self.connection = connection
    self.keys = keys
    self.alarms = alarms
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
    try connection.query(R.table.select + condition).compactMap { row in
      do { return try decode(type, from: row) } catch is DecodingError {
        // One row that can't be read brings no list down.
        alarms.raise(R.table.name, row.text("id") ?? "", nil)
        return nil
      }
    }
  }

  public func first<R: Record>(_ type: R.Type, _ condition: SQL) throws -> R? {
    try all(type, condition).first
  }

  /// Opens what is sealed and makes the record. What can't be opened says so in its field.
  func decode<R: Record>(_ type: R.Type, from row: Row) throws -> R {
    try RowDecoder.decode(type, from: opened(R.table, row).values)
  }

  /// The values of a row with what is sealed opened, and the places that can't be.
  func opened(_ table: Table, _ row: Row) throws -> (values: [SQLValue], unreadable: Set<Int>) {
    var values = row.values
    var unreadable: Set<Int> = []
    var sealing: Sealing?
    for (place, column) in table.columns.enumerated() where column.protection == .sealed && values[place] != .null {
      if sealing == nil { sealing = try? keys.sealing(for: table.keyOwner(row), on: connection) }
      if case .text(let id) = row.values[0], case .integer(let version) = row.values[Table.versionPlace],
        let value = try? sealing?.open(
          row.values[place], table: table.name, row: id, column: column.name, version: Int(version))
      {
        values[place] = value
      } else {
        values[place] = Unreadable.value
        unreadable.insert(place)
        alarms.raise(table.name, row.text("id") ?? "", column.name)
      }
    }
    return (values, unreadable)
  }

  public func blinded(_ text: String) -> String { keys.master.blinded(text) }
}
