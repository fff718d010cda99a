/// What an engine offers inside one transaction. SQLite today; PostgreSQL fits behind the same three methods.
protocol Connection {
  func query(_ sql: SQL) throws -> [Row]
  /// The number of rows changed.
  func run(_ sql: SQL) throws -> Int
  /// Several statements at once, for migrations.
  func script(_ text: String) throws
  /// Runs a body that is undone alone when it throws.
  func nested<Value>(_ body: () throws -> Value) throws -> Value
}

/// A database engine: snapshots for reading, one ordered line of writers.
protocol Engine: Sendable {
  func read<Value: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> Value) async throws -> Value
  /// The body may run twice, and shares its commit with others; it is undone alone when it throws.
  func write<Value: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> Value) async throws -> Value
  /// Takes indexes away while a region is filled in bulk, as keeping them in order costs more than making them at the
  /// end; `settle` makes them again.
  func setAside(indexes: [String]) async throws
  /// Brings everything that was committed to its last place on disk.
  func settle() async throws
  /// Writes and brings to disk, for knowing whether that still works.
  /// - Throws: when it does not.
  func probe() async throws
  /// A long change with a commit of its own; runs once.
  func writeAlone<Value: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> Value) async throws -> Value
}
