public import Kernel

/// The one door to a region's data.
public final class Database: Sendable {
  let engine: any Engine
  let keys: KeyRing
  public let clock: any Clock
  public let chance: Chance
  /// What was found damaged since the start.
  public let alarms = Alarms()
  private let listeners = Guarded<[@Sendable (any Sendable) -> Void]>([])

  /// Opens (or makes) a SQLite region at a path and brings its tables up to date.
  /// - Parameters:
  ///   - tables: every table with sealed columns, for sealing anew what an earlier Geland sealed otherwise.
  ///   - isBulk: to fill a large region at once; takes up to 600 MB of memory.
  /// - Throws: `StoreError.unknownSchema` when a newer Geland made it, `StoreError.wrongKey` when it is another key's.
  public init(
    sqlite path: String, master: MasterKey, clock: any Clock, chance: Chance = .system(), migrations: [Migration],
    tables: [Table] = [], isBulk: Bool = false
  ) async throws {
    engine = try SQLiteEngine(path: path, isBulk: isBulk)
    keys = KeyRing(master: master, chance: chance)
    self.clock = clock
    self.chance = chance
    try await migrate(Migration.ofStore + migrations)
    try await checkKey()
    try await resealOlder(tables)
  }

  /// Runs a body on one consistent snapshot.
  public func read<Value: Sendable>(_ body: @Sendable @escaping (Reader) throws -> Value) async throws -> Value {
    let (keys, alarms, chance, now) = (keys, alarms, chance, clock.now)
    return try await engine.read {
      try body(Reader(connection: $0, keys: keys, alarms: alarms, now: now, chance: chance))
    }
  }

  /// Runs a body that may change things. Everything it puts is kept together with one journal entry, or nothing is.
  /// The body has no outside effects and may run twice.
  @discardableResult
  public func write<Value: Sendable>(
    _ act: Act, _ body: @Sendable @escaping (Transaction) throws -> Value
  ) async throws -> Value {
    let (keys, alarms, chance, now) = (keys, alarms, chance, clock.now)
    let (value, events) = try await engine.write { connection in
      let transaction = Transaction(
        connection: connection, keys: keys, alarms: alarms, now: now, chance: chance, act: act)
      let value = try body(transaction)
      try transaction.journal()
      return (value, transaction.events)
    }
    tell(events)
    return value
  }

  /// Can what is written now be kept? Tried by writing.
  /// - Throws: when it can't.
  public func probe() async throws { try await engine.probe() }

  func tell(_ events: [any Sendable]) {
    guard !events.isEmpty else { return }
    for listener in listeners.value { events.forEach(listener) }
  }

  /// Hears what transactions announce, after their commit.
  public func listen(_ listener: @escaping @Sendable (any Sendable) -> Void) {
    listeners.with { $0.append(listener) }
  }

  /// A keyed hash of a text, as blind columns hold it.
  public func blinded(_ text: String) -> String { keys.master.blinded(text) }
}

/// Who does something, and what it is called.
public struct Act: Sendable {
  /// The verb, as `handover.accept`.
  public let verb: String
  public let account: ID<Anything>?
  public let organisation: ID<Anything>?
  public let role: String?
  /// Set when a worker records a resident's own choice in their presence.
  public let onBehalfOf: ID<Anything>?
  /// The second person who agreed, where one is needed.
  public let agreedBy: ID<Anything>?
  public let request: String?

  public init(
    _ verb: String, account: ID<Anything>? = nil, organisation: ID<Anything>? = nil, role: String? = nil,
    onBehalfOf: ID<Anything>? = nil, agreedBy: ID<Anything>? = nil, request: String? = nil
  ) {
    self.verb = verb
    self.account = account
    self.organisation = organisation
    self.role = role
    self.onBehalfOf = onBehalfOf
    self.agreedBy = agreedBy
    self.request = request
  }
}
