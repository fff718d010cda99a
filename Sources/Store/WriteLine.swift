internal import GRDB
internal import Kernel

/// Group commit: changes that arrive while one commit is being flushed share the next. Each runs in a savepoint of
/// its own and is answered only after the commit that holds it is on disk.
actor WriteLine {
  private static let groupLimit = 128

  private struct Waiting: Sendable {
    /// Has its commit to itself: for what changes so much that savepoints inside it would be slow, as SQLite walks
    /// everything an outer savepoint remembers each time an inner one ends.
    let isAlone: Bool
    let run: @Sendable (GRDB.Database) throws -> Void
    let finish: @Sendable ((any Error)?) -> Void
  }

  private let pool: DatabasePool
  private var waiting: [Waiting] = []
  private var working = false
  private var stopped = false

  init(pool: DatabasePool) { self.pool = pool }

  /// Whether what is written now would be kept.
  var isWorking: Bool { !stopped }

  func write<Value: Sendable>(
    alone isAlone: Bool = false, _ body: @Sendable @escaping (any Connection) throws -> Value
  ) async throws -> Value {
    let result = Guarded<Value?>(nil)
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      waiting.append(
        Waiting(
          isAlone: isAlone,
          run: { database in
            let value = try body(SQLiteConnection(database: database))
            result.with { $0 = value }
          },
          finish: { error in
            if let error { continuation.resume(throwing: error) } else { continuation.resume() }
          }))
      if !working { Task { await work() } }
      working = true
    }
    guard let value = result.value else { throw StoreError.writingStopped }
    return value
  }

  private func work() async {
    while !waiting.isEmpty {
      let group = nextGroup()
      waiting.removeFirst(group.count)
      await commit(group)
    }
    working = false
  }

  private func nextGroup() -> [Waiting] {
    if let first = waiting.first, first.isAlone { return [first] }
    return Array(waiting.prefix(Self.groupLimit).prefix { !$0.isAlone })
  }

  private func commit(_ group: [Waiting]) async {
    if stopped { return group.forEach { $0.finish(StoreError.writingStopped) } }
    do {
      let errors = try await pool.writeWithoutTransaction { database in try Self.run(group, on: database) }
      for (member, error) in zip(group, errors) { member.finish(error) }
    } catch {
      // An input/output error at commit leaves the disk uncertain (the lesson PostgreSQL drew in 2018).
      if (error as? DatabaseError)?.resultCode == .SQLITE_IOERR { stopped = true }
      group.forEach { $0.finish(error) }
    }
  }

  private static func run(_ group: [Waiting], on database: GRDB.Database) throws -> [(any Error)?] {
    if group[0].isAlone { return [try runAlone(group[0], on: database)] }
    var errors: [(any Error)?] = []
    try database.inTransaction(.immediate) {
      for member in group {
        do {
          try database.inSavepoint {
            try member.run(database)
            return .commit
          }
          errors.append(nil)
        } catch {
          // A full disk or a damaged page is everybody's problem: the whole group is undone and told.
          if let failure = error as? DatabaseError, [.SQLITE_FULL, .SQLITE_IOERR].contains(failure.resultCode) {
            throw error
          }
          errors.append(error)
        }
      }
      return .commit
    }
    return errors
  }

  private static func runAlone(_ member: Waiting, on database: GRDB.Database) throws -> (any Error)? {
    do {
      try database.inTransaction(.immediate) {
        try member.run(database)
        return .commit
      }
      return nil
    } catch let failure as DatabaseError where failure.resultCode == .SQLITE_IOERR {
      throw failure
    } catch {
      return error
    }
  }
}
