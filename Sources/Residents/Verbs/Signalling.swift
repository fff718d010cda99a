public import Kernel
public import Store
public import Trust

/// Raising, passing on and settling signals (domain §4.3: every signal is owned).
extension Signal {
  static let job = "signal"

  /// Raises a signal, unless one with the same cause is open. It goes to the worker who is first, or to whoever
  /// stands in when that one is away.
  @discardableResult
  static func raise(
    _ kind: Kind, _ colour: Colour, _ journey: Journey, cause: String, words: String? = nil, _ transaction: Transaction
  ) throws -> Signal? {
    if try transaction.count("select count(*) from signal where cause = \(cause) and settled_at is null") > 0 {
      return nil
    }
    guard let first = try Accountability.now(journey.id, transaction) else { return nil }
    let today = RegionTime.amsterdam.date(of: transaction.now)
    let isAway = try !Absence.accounts([first.worker], on: today, transaction).isEmpty
    var (owner, level) = (first.worker, Level.owner)
    if isAway, let standIn = try availableStandIn(first, today, transaction) { (owner, level) = (standIn, .standIn) }
    let due = Escalation.due(colour, raisedAt: transaction.now, try .inForce(transaction))
    let signal = try transaction.put(
      Signal(
        id: transaction.freshID(), resident: journey.resident, journey: journey.id, kind: kind, colour: colour,
        owner: owner, level: level, raisedAt: transaction.now, dueAt: due, cause: cause, words: words, settledAt: nil,
        settledBy: nil, done: nil))
    if level == .standIn { try signal.openSight(first, transaction) }
    try transaction.plan(job, signal.id, at: due)
    return signal
  }

  private static func availableStandIn(
    _ first: Accountability, _ today: LocalDate, _ transaction: Transaction
  ) throws -> ID<Account>? {
    guard let standIn = first.standIn, try Account.isActive(standIn, transaction),
      try Absence.accounts([standIn], on: today, transaction).isEmpty
    else { return nil }
    return standIn
  }

  /// Settles a signal. Nothing less than what was done will do.
  public func settle(_ done: String?, by account: ID<Account>, _ transaction: Transaction) throws {
    guard settledAt == nil else { return }
    guard let done, !done.isEmpty else { throw Problem.invalid("done", "signal.doneNeeded") }
    var settled = self
    settled.settledAt = transaction.now
    settled.settledBy = account
    settled.done = done
    try transaction.put(settled)
    try transaction.unplan(Self.job, id)
    try closeSight(transaction)
    if kind == .silence { try Journey.open(of: resident, transaction)?.planSilence(transaction) }
  }

  /// Past its due time a signal goes one further: stand-in, coordinator, the municipality's manager.
  func escalate(_ transaction: Transaction) throws {
    guard settledAt == nil, let first = try Accountability.now(journey, transaction) else { return }
    let rules = try RegionRules.inForce(transaction)
    guard let (level, due) = Escalation.next(after: level, dueAt: dueAt, rules) else { return }
    var next = self
    next.level = level
    next.dueAt = due
    if let owner = try owner(at: level, first, transaction) { next.owner = owner }
    try transaction.put(next)
    try next.openSight(first, transaction)
    try transaction.plan(Self.job, id, at: due)
  }

  private func owner(at level: Level, _ first: Accountability, _ transaction: Transaction) throws -> ID<Account>? {
    let journey = try transaction.get(Journey.self, journey)
    switch level {
    case .owner: return first.worker
    case .standIn:
      guard let standIn = first.standIn, try Account.isActive(standIn, transaction) else { return nil }
      return standIn
    case .coordinator: return try AccessTeam.coordinator(of: journey.access, preferring: nil, transaction)
    case .manager: return try AccessTeam.manager(of: journey.access, transaction)
    }
  }

  /// The worker who is first now takes over what somebody else held.
  func giveToFirst(_ transaction: Transaction) throws {
    guard let open = try Journey.open(of: resident, transaction),
      let first = try Accountability.now(open.id, transaction)
    else {
      return
    }
    var given = self
    given.owner = first.worker
    given.level = .owner
    try transaction.put(given)
  }

  /// Another worker is first: what the one before held, or their stand-in, is theirs now.
  static func reassign(_ resident: ResidentID, to worker: ID<Account>, _ transaction: Transaction) throws {
    for var signal in try transaction.all(
      Signal.self, "where resident = \(resident) and settled_at is null and level in ('owner', 'standIn')")
    {
      signal.owner = worker
      signal.level = .owner
      try transaction.put(signal)
    }
  }

  /// Whoever gets a signal sees what is needed for it: the stand-in what the worker sees, the manager what the
  /// coordinator sees; until it is settled.
  private func openSight(_ first: Accountability, _ transaction: Transaction) throws {
    switch level {
    case .standIn where owner == first.standIn:
      try Relation.open(resident, for: .person(owner), role: .standInActive, ground: .task, transaction)
    case .manager:
      try Relation.open(resident, for: .person(owner), role: .coordinator, ground: .task, transaction)
    default: break
    }
  }

  private func closeSight(_ transaction: Transaction) throws {
    let others = try transaction.count(
      """
      select count(*) from signal where resident = \(resident) and settled_at is null
      and level in ('standIn', 'coordinator', 'manager')
      """)
    guard others == 0 else { return }
    try Relation.close(resident, transaction) { relation in
      relation.role == .standInActive || relation.role == .coordinator && relation.account != nil
    }
  }
}
