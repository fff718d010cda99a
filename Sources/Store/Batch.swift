public import Kernel

/// Many changes in one commit, each with its own moment and journal entry: for making regions and importing.
public final class Batch {
  private let connection: any Connection
  private let keys: KeyRing
  private let chance: Chance
  private let alarms: Alarms
  private(set) var events: [any Sendable] = []

  init(connection: any Connection, keys: KeyRing, alarms: Alarms, chance: Chance) {
    self.connection = connection
    self.alarms = alarms
    self.keys = keys
    self.chance = chance
  }

  /// One change at a moment; when it throws, it alone is undone.
  @discardableResult
  public func perform<Value>(_ act: Act, at moment: Instant, _ body: (Transaction) throws -> Value) throws -> Value {
    try connection.nested {
      let transaction = Transaction(
        connection: connection, keys: keys, alarms: alarms, now: moment, chance: chance, act: act)
      let value = try body(transaction)
      try transaction.journal()
      events += transaction.events
      return value
    }
  }

  /// A look at what is there, at a moment.
  public func look<Value>(at moment: Instant, _ body: (Reader) throws -> Value) throws -> Value {
    try body(Reader(connection: connection, keys: keys, alarms: alarms, now: moment, chance: chance))
  }
}

extension Database {
  /// While a region is filled in bulk these indexes are not kept; `settle` makes them again.
  public func setAside(indexes: [String]) async throws { try await engine.setAside(indexes: indexes) }

  /// After filling a region in bulk: brings all of it to disk.
  public func settle() async throws { try await engine.settle() }

  /// Runs many changes and commits them together, or none of them.
  @discardableResult
  public func batch<Value: Sendable>(_ body: @Sendable @escaping (Batch) throws -> Value) async throws -> Value {
    let (keys, alarms, chance) = (keys, alarms, chance)
    let (value, events) = try await engine.writeAlone { connection in
      let batch = Batch(connection: connection, keys: keys, alarms: alarms, chance: chance)
      let value = try body(batch)
      return (value, batch.events)
    }
    tell(events)
    return value
  }
}
