internal import Foundation
internal import GRDB
internal import Kernel

/// SQLite through GRDB: WAL, readers from a pool, one writer that commits many changes together.
final class SQLiteEngine: Engine {
  private let pool: DatabasePool
  private let line: WriteLine

  init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.maximumReaderCount = 4
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { database in
      try database.execute(sql: "pragma temp_store = memory; pragma secure_delete = on; pragma cache_size = -16000")
    }
    pool = try DatabasePool(path: path, configuration: configuration)
    // GRDB lowers the WAL writer to NORMAL after `prepareDatabase`, which may lose confirmed commits at power loss.
    try pool.writeWithoutTransaction { database in
      try database.execute(
        sql: "pragma synchronous = full; pragma wal_autocheckpoint = 4000; pragma cache_size = -48000")
      guard try Int.fetchOne(database, sql: "pragma synchronous") == 2 else { throw StoreError.notDurable }
    }
    line = WriteLine(pool: pool)
  }

  func read<Value: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> Value) async throws -> Value {
    try await pool.read { try body(SQLiteConnection(database: $0)) }
  }

  func write<Value: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> Value) async throws -> Value {
    try await line.write(body)
  }

  func writeAlone<Value: Sendable>(
    _ body: @Sendable @escaping (any Connection) throws -> Value
  ) async throws -> Value {
    try await line.write(alone: true, body)
  }
}

struct SQLiteConnection: Connection {
  let database: GRDB.Database

  func query(_ sql: SQL) throws -> [Row] {
    let (statement, arguments) = try prepared(sql)
    let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments)
    let columns = RowColumns(statement.columnNames)
    var rows: [Row] = []
    while let row = try cursor.next() {
      rows.append(Row(columns: columns, values: (0..<columns.names.count).map { value(row, $0) }))
    }
    return rows
  }

  func run(_ sql: SQL) throws -> Int {
    let (statement, arguments) = try prepared(sql)
    try statement.execute(arguments: arguments)
    return database.changesCount
  }

  func script(_ text: String) throws { try database.execute(sql: text) }

  func nested<Value>(_ body: () throws -> Value) throws -> Value {
    var value: Value?
    try database.inSavepoint {
      value = try body()
      return .commit
    }
    guard let value else { throw StoreError.writingStopped }
    return value
  }

  private func prepared(_ sql: SQL) throws -> (Statement, StatementArguments) {
    let (text, values) = sql.forSQLite
    return (try database.cachedStatement(sql: text), StatementArguments(values.map { $0.databaseValue }))
  }

  private func value(_ row: GRDB.Row, _ place: Int) -> SQLValue {
    let stored: DatabaseValue = row[place]
    switch stored.storage {
    case .null: return .null
    case .int64(let number): return .integer(number)
    case .double(let number): return .real(number)
    case .string(let text): return .text(text)
    case .blob(let data): return .blob(Array(data))
    }
  }
}

extension SQLValue {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .real(let number): number.databaseValue
    case .text(let text): text.databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }
}
