internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// Statements on one of GRDB's connections. GRDB keeps the connection, its queue and its prepared statements; values go
/// in and out here by SQLite's own calls, as a verb is many short statements (docs/decisions/0011).
struct SQLiteConnection: Connection {
  let database: GRDB.Database

  func query(_ sql: SQL) throws -> [Row] {
    try running(sql) { statement, columns in
      var rows: [Row] = []
      let count = Int32(columns.names.count)
      while try step(statement) {
        rows.append(Row(columns: columns, values: (0..<count).map { Self.value(statement, $0) }))
      }
      return rows
    }
  }

  func run(_ sql: SQL) throws -> Int {
    try running(sql) { statement, _ in
      while try step(statement) {}
      return database.changesCount
    }
  }

  func script(_ text: String) throws { try database.execute(sql: text) }

  func nested<Value>(_ body: () throws -> Value) throws -> Value {
    _ = try run("savepoint nested")
    do {
      let value = try body()
      _ = try run("release nested")
      return value
    } catch {
      // SQLite has undone everything already when the disk was full or broken.
      if !database.isInsideTransaction { throw error }
      _ = try run("rollback to nested")
      _ = try run("release nested")
      throw error
    }
  }

  private func running<Value>(_ sql: SQL, _ body: (OpaquePointer, RowColumns) throws -> Value) throws -> Value {
    let prepared = try database.cachedStatement(sql: sql.textForSQLite)
    let statement = prepared.sqliteStatement
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    var place: Int32 = 0
    for case .value(let value) in sql.pieces {
      place += 1
      guard Self.bind(value, to: statement, at: place) == SQLITE_OK else { throw failure(statement) }
    }
    return try body(statement, RowColumns(prepared.columnNames))
  }

  /// - Returns: whether there is a row.
  private func step(_ statement: OpaquePointer) throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: true
    case SQLITE_DONE: false
    default: throw failure(statement)
    }
  }

  /// Without the values: they may be personal.
  private func failure(_ statement: OpaquePointer) -> DatabaseError {
    let handle = sqlite3_db_handle(statement)
    return DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(handle)),
      message: sqlite3_errmsg(handle).map { String(cString: $0) })
  }

  /// SQLite copies what it is given: it may outlive the call.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  private static func bind(_ value: SQLValue, to statement: OpaquePointer, at place: Int32) -> Int32 {
    switch value {
    case .null: sqlite3_bind_null(statement, place)
    case .integer(let number): sqlite3_bind_int64(statement, place, number)
    case .real(let number): sqlite3_bind_double(statement, place, number)
    case .text(var text):
      text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { letters in
          // An empty text may have no address, which SQLite would take for null.
          letters.baseAddress.map { sqlite3_bind_text(statement, place, $0, Int32(letters.count), copied) }
            ?? sqlite3_bind_text(statement, place, "", 0, copied)
        }
      }
    case .blob(let bytes):
      bytes.withUnsafeBytes { raw in
        raw.isEmpty
          ? sqlite3_bind_zeroblob(statement, place, 0)
          : sqlite3_bind_blob(statement, place, raw.baseAddress, Int32(raw.count), copied)
      }
    }
  }

  private static func value(_ statement: OpaquePointer, _ place: Int32) -> SQLValue {
    switch sqlite3_column_type(statement, place) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, place))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, place))
    case SQLITE_TEXT:
      guard let start = sqlite3_column_text(statement, place) else { return .text("") }
      let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, place)))
      return .text(String(decoding: bytes, as: UTF8.self))
    case SQLITE_BLOB:
      guard let start = sqlite3_column_blob(statement, place) else { return .blob([]) }
      let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, place)))
      return .blob(Array(bytes))
    default: return .null
    }
  }
}
