internal import Kernel

/// One change: what is put is kept together with its journal entry, or not at all.
public final class Transaction: Reader {
  public let act: Act
  private var changes: [Change.Written] = []
  private(set) var events: [any Sendable] = []
  /// Whom the change is about and which categories of theirs it touched, in the order they were touched: known from the
  /// tables themselves.
  private var about: [(resident: String, categories: Set<Category>)] = []
  /// In which role this is done, when a relation with a resident gives another than the account's own.
  public var role: String?

  /// Has anything been put: then the journal has a line of its own.
  public var isJournaled: Bool { !changes.isEmpty }

  init(connection: any Connection, keys: KeyRing, alarms: Alarms, now: Instant, chance: Chance, act: Act) {
    self.act = act
    super.init(connection: connection, keys: keys, alarms: alarms, now: now, chance: chance)
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
      guard let place = R.table.placeByProperty[property] else { continue }
      values[place] = text.map { .text(keys.master.blinded($0)) } ?? .null
    }
    return record.version == 0 ? try insert(record, values) : try update(record, values)
  }

  private func insert<R: Record>(_ record: R, _ values: [SQLValue]) throws -> R {
    let table = R.table
    var stored = record
    stored.version = 1
    let row = record.id.description
    let sealing = try keys.sealing(for: keyOwner(table, values), on: connection, making: true)
    var after = values
    var change = Change.Written(table: table.name, row: row)
    after[Table.versionPlace] = .integer(1)
    for (place, column) in table.columns.enumerated() where place > Table.versionPlace && values[place] != .null {
      if column.protection == .sealed {
        after[place] = try sealing.seal(
          values[place], table: table.name, row: row, column: column.name, version: stored.version)
      }
      change.values.append((column.name, after[place]))
    }
    _ = try connection.run(table.insert(after))
    touch(table, keyOwner(table, values), change)
    return stored
  }

  private func update<R: Record>(_ record: R, _ values: [SQLValue]) throws -> R {
    let table = R.table
    let row = record.id.description
    guard let old = try connection.query(table.select + "where id = \(row)").first else { throw Problem.notFound }
    let storedVersion = old.integer("version") ?? 0
    guard storedVersion == record.version else {
      throw StaleWrite(table: table.name, row: row, seen: record.version, stored: storedVersion)
    }
    let (before, unreadable) = try opened(table, old)
    let changed = Self.changed(table, before, values, unreadable)
    if changed.isEmpty { return record }
    var stored = record
    stored.version += 1
    let change = try written(table, row, values, changed, unreadable, version: stored.version)
    let count = try connection.run(table.update(change.values, row: row, version: record.version))
    guard count == 1 else {
      throw StaleWrite(table: table.name, row: row, seen: record.version, stored: storedVersion)
    }
    touch(table, keyOwner(table, values), change, changed)
    return stored
  }

  /// The places that change. What can't be read now is left as it is, for whoever repairs it; so are the hashes that
  /// would be made of it.
  private static func changed(
    _ table: Table, _ before: [SQLValue], _ values: [SQLValue], _ unreadable: Set<Int>
  ) -> Set<Int> {
    var changed: Set<Int> = []
    for (place, column) in table.columns.enumerated() where place > Table.versionPlace {
      if before[place] == values[place] { continue }
      if unreadable.contains(place) && (values[place] == Unreadable.value || values[place] == .null) { continue }
      if column.protection == .blind && !unreadable.isEmpty { continue }
      changed.insert(place)
    }
    return changed
  }

  /// What is written of a row: what changed, and everything sealed once more, as it is bound to the row's new version.
  private func written(
    _ table: Table, _ row: String, _ values: [SQLValue], _ changed: Set<Int>, _ unreadable: Set<Int>, version: Int
  ) throws -> Change.Written {
    var change = Change.Written(table: table.name, row: row)
    let sealing = try keys.sealing(for: keyOwner(table, values), on: connection)
    for (place, column) in table.columns.enumerated() where place > Table.versionPlace {
      if column.protection == .sealed {
        guard changed.contains(place) || !unreadable.contains(place) && values[place] != .null else { continue }
        let sealed = try sealing.seal(
          values[place], table: table.name, row: row, column: column.name, version: version)
        change.values.append((column.name, sealed))
      } else if changed.contains(place) {
        change.values.append((column.name, values[place]))
      }
    }
    change.values.append(("version", .integer(Int64(version))))
    return change
  }

  private func touch(_ table: Table, _ resident: String?, _ change: Change.Written, _ places: Set<Int>? = nil) {
    changes.append(change)
    guard let resident else { return }
    let names = Set(change.values.map(\.column))
    let touched = table.columns.enumerated().filter { place, column in
      places?.contains(place) ?? names.contains(column.name)
    }
    let categories = Set(touched.compactMap(\.element.category))
    if let place = about.firstIndex(where: { $0.resident == resident }) {
      about[place].categories.formUnion(categories)
    } else {
      about.append((resident, categories))
    }
  }

  private func keyOwner(_ table: Table, _ values: [SQLValue]) -> String? {
    guard case .resident(let property) = table.scope, let place = table.placeByProperty[property],
      case .text(let id) = values[place]
    else { return nil }
    return id
  }

  /// Writes the entry for everything that was put; nothing was put, nothing is written.
  func journal() throws {
    guard !changes.isEmpty else { return }
    func fields(_ categories: Set<Category>) -> String { categories.map(\.rawValue).sorted().joined(separator: " ") }
    _ = try connection.run(
      """
      insert into journal (
        at, verb, account, organisation, role, on_behalf_of, agreed_by, request, resident, fields, changes)
      values (\(now), \(act.verb), \(act.account), \(act.organisation), \(role ?? act.role), \(act.onBehalfOf),
      \(act.agreedBy), \(act.request), \(about.first?.resident), \(about.first.map { fields($0.categories) }),
      \(Change.text(changes)))
      """)
    guard about.count > 1 else { return }
    let position = try connection.query("select max(position) as position from journal").first?.integer("position") ?? 0
    for other in about.dropFirst() {
      _ = try connection.run(
        """
        insert into journal_about (resident, position, fields)
        values (\(other.resident), \(position), \(fields(other.categories)))
        """)
    }
  }
}

extension Table {
  /// `id` is the first column of every table, `version` the second.
  static let versionPlace = 1

  func insert(_ values: [SQLValue]) -> SQL {
    var sql = SQL(trusted: insertStart)
    for (place, value) in values.enumerated() {
      if place > 0 { sql.pieces.append(.text(", ")) }
      sql.pieces.append(.value(value))
    }
    sql.pieces.append(.text(")"))
    return sql
  }

  func update(_ values: [(column: String, value: SQLValue)], row: String, version: Int) -> SQL {
    var sql = SQL(trusted: "update \(name) set ")
    for (place, (column, value)) in values.enumerated() {
      sql.pieces.append(.text(place == 0 ? "\(column) = " : ", \(column) = "))
      sql.pieces.append(.value(value))
    }
    return sql + " where id = \(row) and version = \(version)"
  }
}
