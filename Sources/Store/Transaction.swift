public import Kernel

/// One change: what is put is kept together with its journal entry, or not at all.
public final class Transaction: Reader {
  public let act: Act
  private var changes: [Change] = []
  private(set) var events: [any Sendable] = []
  /// The resident this change is about, for the journal.
  public var resident: ResidentID?

  init(connection: any Connection, keys: KeyRing, now: Instant, chance: Chance, act: Act) {
    self.act = act
    super.init(connection: connection, keys: keys, now: now, chance: chance)
  }

  public func randomBytes(_ count: Int) -> [UInt8] { chance.bytes(count) }

  /// Told to listeners after the commit: only for what can be made anew, never for what must not be lost.
  public func announce(_ event: any Sendable) { events.append(event) }

  /// For technical tables (sessions, jobs, keys of idempotency), which the journal leaves out.
  @discardableResult
  public func technical(_ sql: SQL) throws -> Int { try connection.run(sql) }

  /// Keeps a record: a new one when its version is 0, else a change to the version it was read at.
  /// A record that equals what is stored changes nothing.
  /// - Throws: `StaleWrite` when somebody stored a newer version.
  @discardableResult
  public func put<R: Record>(_ record: R) throws -> R {
    var values = try RowEncoder.encode(record)
    for (property, text) in record.blindTexts {
      values[property] = text.map { .text(keys.master.blinded($0)) } ?? .null
    }
    return record.version == 0 ? try insert(record, values) : try update(record, values)
  }

  private func insert<R: Record>(_ record: R, _ values: [String: SQLValue]) throws -> R {
    let table = R.table
    var stored = record
    stored.version = 1
    let row = record.id.description
    let sealing = try keys.sealing(for: keyOwner(table, values), on: connection, making: true)
    var after: [String: SQLValue] = [:]
    for column in table.columns {
      let value = column.property == "version" ? .integer(1) : values[column.property] ?? .null
      after[column.name] =
        column.protection == .sealed
        ? try sealing.seal(value, table: table.name, row: row, column: column.name) : value
    }
    _ = try connection.run(table.insert(after))
    let written = after.filter { $0.value != .null && $0.key != "id" && $0.key != "version" }
    changes.append(Change(table: table.name, row: row, values: written))
    return stored
  }

  private func update<R: Record>(_ record: R, _ values: [String: SQLValue]) throws -> R {
    let table = R.table
    let row = record.id.description
    guard let old = try connection.query(table.select + "where id = \(row)").first else { throw Problem.notFound }
    let storedVersion = old.integer("version") ?? 0
    guard storedVersion == record.version else {
      throw StaleWrite(table: table.name, row: row, seen: record.version, stored: storedVersion)
    }
    let sealing = try keys.sealing(for: keyOwner(table, values), on: connection)
    var after: [String: SQLValue] = [:]
    for column in table.columns where column.property != "version" && column.property != "id" {
      let new = values[column.property] ?? .null
      let before = old[column.name]
      if column.protection == .sealed {
        // Unchanged fields keep their ciphertext: an edit reseals only what changed.
        let opened = try sealing.open(before, table: table.name, row: row, column: column.name)
        if opened == new { continue }
        after[column.name] = try sealing.seal(new, table: table.name, row: row, column: column.name)
      } else if before != new {
        after[column.name] = new
      }
    }
    if after.isEmpty { return record }
    var stored = record
    stored.version += 1
    after["version"] = .integer(Int64(stored.version))
    let changed = try connection.run(table.update(after, row: row, version: record.version))
    guard changed == 1 else {
      throw StaleWrite(table: table.name, row: row, seen: record.version, stored: storedVersion)
    }
    changes.append(Change(table: table.name, row: row, values: after))
    return stored
  }

  private func keyOwner(_ table: Table, _ values: [String: SQLValue]) -> String? {
    guard case .resident(let property) = table.scope, case .text(let id)? = values[property] else { return nil }
    return id
  }

  /// Writes the entry for everything that was put; nothing was put, nothing is written.
  func journal() throws {
    guard !changes.isEmpty else { return }
    let entry: ID<Anything> = chance.id(at: now)
    _ = try connection.run(
      """
      insert into journal (id, at, verb, account, organisation, role, on_behalf_of, request, resident, changes)
      values (\(entry), \(now), \(act.verb), \(act.account), \(act.organisation), \(act.role), \(act.onBehalfOf),
      \(act.request), \(resident), \(Change.text(changes)))
      """)
  }
}

extension Table {
  func insert(_ values: [String: SQLValue]) -> SQL {
    var sql = SQL(trusted: "insert into \(name) (\(columnList)) values (")
    for (place, column) in columns.enumerated() {
      if place > 0 { sql.pieces.append(.text(", ")) }
      sql.pieces.append(.value(values[column.name] ?? .null))
    }
    sql.pieces.append(.text(")"))
    return sql
  }

  func update(_ values: [String: SQLValue], row: String, version: Int) -> SQL {
    var sql = SQL(trusted: "update \(name) set ")
    var first = true
    for column in columns {
      guard let value = values[column.name] else { continue }
      sql.pieces.append(.text(first ? "\(column.name) = " : ", \(column.name) = "))
      sql.pieces.append(.value(value))
      first = false
    }
    return sql + " where id = \(row) and version = \(version)"
  }
}
