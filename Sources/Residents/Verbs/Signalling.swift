public import Kernel
public import Store
public import Trust

/// Raising, passing on and settling signals (domain §4.3: every signal is owned).
extension Signal {
  static let job = "signal"

  /// Raises a signal, unless one with the same cause is open. It goes to the worker who is first, or to whoever is there
  /// when that one is away.
  @discardableResult
  static func raise(
    _ kind: Kind, _ colour: Colour, _ journey: Journey, cause: String, words: String? = nil, by: ID<Account>? = nil,
    _ transaction: Transaction
  ) throws -> Signal? {
    if try transaction.count("select count(*) from signal where cause = \(cause) and settled_at is null") > 0 {
      return nil
    }
    guard let first = try Accountability.now(journey.id, transaction) else { return nil }
    let (owner, level) = try SignalOwner(journey, first, transaction).whoever(among: [.owner, .standIn, .coordinator])
    let due = Escalation.due(colour, raisedAt: transaction.now, try .inForce(transaction))
    let signal = try transaction.put(
      Signal(
        id: transaction.freshID(), resident: journey.resident, journey: journey.id, kind: kind, colour: colour, by: by,
        owner: owner, level: level, raisedAt: transaction.now, dueAt: due, cause: cause, words: words, settledAt: nil,
        settledBy: nil, done: nil))
    try signal.openSight(transaction)
    try transaction.plan(job, signal.id, at: due)
    return signal
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
    try Self.matchSight(resident, transaction)
    if kind == .silence { try Journey.open(of: resident, transaction)?.planSilence(transaction) }
  }

  /// Settled by mistake: it is open again, with who had it and when it was due, or a day when that is past.
  @discardableResult
  func reopen(_ transaction: Transaction) throws -> Signal {
    guard settledAt != nil, let journey = try Journey.open(of: resident, transaction),
      let first = try Accountability.now(journey.id, transaction)
    else { throw Problem.refused("signal.notReopened") }
    if try transaction.count("select count(*) from signal where cause = \(cause) and settled_at is null") > 0 {
      throw Problem.refused("signal.notReopened")
    }
    var open = self
    open.settledAt = nil
    open.settledBy = nil
    open.done = nil
    open.journey = journey.id
    (open.owner, open.level) = try SignalOwner(journey, first, transaction)
      .whoever(among: [level] + Escalation.next(after: level))
    open.dueAt = max(dueAt, Escalation.due(at: .coordinator, since: transaction.now, try .inForce(transaction)))
    open = try transaction.put(open)
    try open.openSight(transaction)
    try transaction.plan(Self.job, id, at: open.dueAt)
    return open
  }

  /// Past its due time a signal goes to the next who is there: stand-in, coordinator, the municipality's manager, and
  /// round again.
  func escalate(_ transaction: Transaction) throws {
    guard settledAt == nil, let journey = try Journey.open(of: resident, transaction),
      let first = try Accountability.now(journey.id, transaction)
    else { return }
    try hand(on: journey, first, among: Escalation.next(after: level), transaction)
  }

  private func hand(
    on journey: Journey, _ first: Accountability, among levels: [Level], _ transaction: Transaction
  ) throws {
    let rules = try RegionRules.inForce(transaction)
    var next = self
    next.journey = journey.id
    (next.owner, next.level) = try SignalOwner(journey, first, transaction).whoever(among: levels, butRather: owner)
    let from = max(dueAt, transaction.now)
    next.dueAt = Escalation.due(at: next.level, since: from, raisedAt: raisedAt, rules)
    try next.store(transaction)
    try transaction.plan(Self.job, id, at: next.dueAt)
  }

  /// Somebody else may be there now who was not before.
  private func passWhenAway(_ transaction: Transaction) throws {
    let today = RegionTime.amsterdam.date(of: transaction.now)
    guard try !Absence.accounts([owner], on: today, transaction).isEmpty else { return }
    try passToPresent(transaction)
  }

  /// Whoever owned it can't act now, being away or gone: it goes to who can, with the time it had.
  func passToPresent(_ transaction: Transaction) throws {
    guard settledAt == nil, let journey = try Journey.open(of: resident, transaction),
      let first = try Accountability.now(journey.id, transaction)
    else { return }
    var next = self
    next.journey = journey.id
    (next.owner, next.level) = try SignalOwner(journey, first, transaction)
      .whoever(among: [level] + Escalation.next(after: level))
    try next.store(transaction)
  }

  /// The worker who is first now takes over what somebody else held.
  /// - Parameter leaving: who is about to leave, and gets nothing any more.
  func giveToFirst(leaving: ID<Account>? = nil, _ transaction: Transaction) throws {
    guard let open = try Journey.open(of: resident, transaction),
      let first = try Accountability.now(open.id, transaction)
    else {
      return
    }
    var given = self
    given.journey = open.id
    (given.owner, given.level) = try SignalOwner(open, first, leaving: leaving, transaction)
      .whoever(among: [.owner, .standIn, .coordinator])
    try given.store(transaction)
  }

  private func store(_ transaction: Transaction) throws {
    try transaction.put(self).openSight(transaction)
    try Self.matchSight(resident, transaction)
  }

  /// Another worker is first: what the one before held, or their stand-in, goes to who is there now.
  static func reassign(_ resident: ResidentID, _ transaction: Transaction) throws {
    for signal in try transaction.all(Signal.self, "where resident = \(resident) and settled_at is null") {
      let isFirsts = signal.level == .owner || signal.level == .standIn
      try isFirsts ? signal.giveToFirst(transaction) : signal.passWhenAway(transaction)
    }
  }

  /// Whoever gets a signal sees what is needed for it: the stand-in what the worker sees, the manager what the
  /// coordinator sees; until it is settled.
  private func openSight(_ transaction: Transaction) throws {
    switch level {
    case .standIn:
      try Relation.open(resident, for: .person(owner), role: .standInActive, ground: .task, transaction)
    case .manager:
      try Relation.open(resident, for: .person(owner), role: .coordinator, ground: .task, transaction)
    default: break
    }
  }

  /// Sight that came with a signal goes with it: it stays with whoever holds one at that level now.
  static func matchSight(_ resident: ResidentID, _ transaction: Transaction) throws {
    let open = try transaction.rows(
      "select owner, level from signal where resident = \(resident) and settled_at is null")
    func holders(_ level: Level) -> Set<ID<Account>> {
      Set(open.filter { $0.text("level") == level.rawValue }.compactMap { $0.id("owner", of: Account.self) })
    }
    let (standIns, managers) = (holders(.standIn), holders(.manager))
    try Relation.close(resident, transaction) { relation in
      guard let account = relation.account else { return false }
      return relation.role == .standInActive && !standIns.contains(account)
        || relation.role == .coordinator && !managers.contains(account)
    }
  }
}
