internal import Foundation
internal import GRDB
internal import Kernel

/// SQLite through GRDB: WAL, readers from a pool, one writer that commits many changes together.
final class SQLiteEngine: Engine {
  private let pool: DatabasePool
  private let line: WriteLine
  private let setAside = Guarded<[String]>([])

  init(path: String, isBulk: Bool = false) throws {
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
    if isBulk {
      // Rows of many years go in by the thousand: pages that are wanted again and again stay at hand, and the disk
      // is waited for once, at the end. Whoever loses power on the way begins again.
      try pool.writeWithoutTransaction { database in
        try database.execute(
          sql: """
            pragma wal_autocheckpoint = 50000; pragma cache_size = -600000; pragma mmap_size = 17179869184;
            pragma synchronous = off
            """)
      }
    }
    line = WriteLine(pool: pool)
    for ending in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + ending) {
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path + ending)
    }
  }

  func read<Value: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> Value) async throws -> Value {
    try await pool.read { try body(SQLiteConnection(database: $0)) }
  }

  func write<Value: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> Value) async throws -> Value {
    try await line.write(body)
  }

  func setAside(indexes: [String]) async throws {
    let scripts = try await pool.writeWithoutTransaction { database in
      try indexes.map { name in
        let script = try String.fetchOne(
          database, sql: "select sql from sqlite_master where type = 'index' and name = ?", arguments: [name])
        guard let script else { throw StoreError.unknownSchema(name) }
        try database.execute(sql: "drop index \(name)")
        return script
      }
    }
    setAside.with { $0 += scripts }
  }

  /// Everything is in the one file, on disk.
  func settle() async throws {
    let scripts = setAside.with { scripts in
      defer { scripts = [] }
      return scripts
    }
    try await pool.writeWithoutTransaction { database in
      for script in scripts { try database.execute(sql: script) }
      try database.execute(sql: "pragma synchronous = full")
      _ = try database.checkpoint(.truncate)
    }
  }

  func probe() async throws {
    guard await line.isWorking else { throw StoreError.writingStopped }
    try await line.write { connection in
      _ = try connection.run(
        """
        insert into store_mark (name, value) values (\("probe"), \(SQLValue.blob([1])))
        on conflict (name) do update set value = excluded.value
        """)
    }
  }

  func writeAlone<Value: Sendable>(
    _ body: @Sendable @escaping (any Connection) throws -> Value
  ) async throws -> Value {
    try await line.write(alone: true, body)
  }
}
