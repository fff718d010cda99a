public import Kernel
public import Store
public import Trust

/// A journey's verbs: going to the next phase, setbacks, ending and going on.
extension Journey {
  static let silenceJob = "silence"

  /// Goes to the next phase when its guard holds.
  /// - Parameter reason: with it a coordinator passes a guard that does not hold; it stays visible.
  /// - Throws: `Problem.refused` with every condition that does not hold.
  @discardableResult
  public func advance(
    reason: String? = nil, mayPass: Bool = false, by account: ID<Account>, _ transaction: Transaction
  ) throws -> Journey {
    guard let next = Guards.next(kind, isHomeFirst: isHomeFirst, from: phase) else {
      throw Problem.refused("journey.noNextPhase")
    }
    let today = RegionTime.amsterdam.date(of: transaction.now)
    let standing = try JourneyStanding.gather(self, transaction)
    let unmet = Guards.unmet(to: next, standing, on: today, try .inForce(transaction))
    if !unmet.isEmpty { try pass(unmet, to: next, reason: reason, mayPass: mayPass, by: account, transaction) }
    return try enter(next, moveDate: standing.moveDate, by: account, transaction)
  }

  private func pass(
    _ unmet: [UnmetGuard], to next: Phase, reason: String?, mayPass: Bool, by account: ID<Account>,
    _ transaction: Transaction
  ) throws {
    let faults = unmet.map { Problem.Fault("guard.\($0.rawValue)") }
    guard mayPass, Guards.neverPassed.isDisjoint(with: unmet) else { throw Problem(.refused, faults) }
    guard let reason else { throw Problem.invalid("reason", "journey.reasonNeeded") }
    let names = unmet.map(\.rawValue).joined(separator: " ")
    try JourneyEvent.note(
      .guardPassed, on: self, detail: "\(next.rawValue) \(names)", words: reason, by: account, transaction)
    try Signal.raise(
      .guardPassed, .amber, self, cause: "guard:\(id):\(next.rawValue)", words: reason, transaction)
  }

  private func enter(
    _ next: Phase, moveDate: LocalDate?, by account: ID<Account>, _ transaction: Transaction
  ) throws -> Journey {
    let today = RegionTime.amsterdam.date(of: transaction.now)
    var changed = self
    changed.phase = next
    changed.phaseSince = today
    if next == .landing { changed.movedOn = min(moveDate ?? today, today) }
    changed = try transaction.put(changed)
    try JourneyEvent.note(.phase, on: changed, detail: "\(phase.rawValue) \(next.rawValue)", by: account, transaction)
    if next == .matched { try Handover.finalise(changed, transaction) }
    try changed.planSilence(transaction)
    return changed
  }

  /// "I have landed": only the resident says so. When everything else holds too, the journey is there at once.
  @discardableResult
  public func sayLanded(words: String?, by account: ID<Account>, _ transaction: Transaction) throws -> Journey {
    guard phase == .settled || phase == .landing else { throw Problem.refused("landed.tooEarly") }
    if try !JourneyStanding.gather(self, transaction).saysLanded {
      try JourneyEvent.note(.landedByResident, on: self, words: words, by: account, transaction)
    }
    guard phase == .settled else { return self }
    let standing = try JourneyStanding.gather(self, transaction)
    let today = RegionTime.amsterdam.date(of: transaction.now)
    guard Guards.unmet(to: .landed, standing, on: today, try .inForce(transaction)).isEmpty else { return self }
    return try enter(.landed, moveDate: nil, by: account, transaction)
  }

  /// A learning moment on the way: never a step back, never the end of support. The worker who is first looks at
  /// what is needed now.
  public func setback(_ words: String, by account: ID<Account>, _ transaction: Transaction) throws {
    try JourneyEvent.note(.setback, on: self, words: words, by: account, transaction)
    try Signal.raise(
      .setback, .amber, self, cause: "setback:\(id):\(transaction.now.milliseconds)", words: words, transaction)
  }

  /// The resident chooses an open door, or takes up the rhythm again.
  @discardableResult
  public func setOpenDoor(_ isOpen: Bool, by account: ID<Account>, _ transaction: Transaction) throws -> Journey {
    guard isOpenDoor != isOpen else { return self }
    var changed = self
    changed.isOpenDoor = isOpen
    changed = try transaction.put(changed)
    try JourneyEvent.note(.openDoor, on: changed, detail: isOpen ? "open" : "rhythm", by: account, transaction)
    try changed.planSilence(transaction)
    return changed
  }

  /// Ends the journey. A lost home goes on in the next one, in this same change: nothing starts from zero.
  @discardableResult
  public func end(
    _ ending: Ending, words: String?, by account: ID<Account>, _ transaction: Transaction
  ) throws -> Journey? {
    let open = try transaction.count("select count(*) from signal where resident = \(resident) and settled_at is null")
    if open > 0 && ending != .continued && ending != .died && ending != .merged {
      throw Problem.refused(open == 1 ? "journey.openSignal" : "journey.openSignals", ["n": String(open)])
    }
    let today = RegionTime.amsterdam.date(of: transaction.now)
    var ended = self
    ended.phase = .closed
    ended.phaseSince = today
    ended.endedOn = today
    ended.ending = ending
    try transaction.put(ended)
    try JourneyEvent.note(.ended, on: ended, detail: ending.rawValue, words: words, by: account, transaction)
    try transaction.unplan(Self.silenceJob, id)
    guard let first = try Accountability.now(id, transaction) else { return nil }
    var last = first
    last.untilAt = transaction.now
    try transaction.put(last)
    try withdrawHandovers(transaction)
    if ending == .continued { return try goOn(first, today, by: account, transaction) }
    try settleRest(ending, by: account, transaction)
    try Relation.close(resident, transaction) { $0.role != .resident }
    return nil
  }

  private func goOn(
    _ first: Accountability, _ today: LocalDate, by account: ID<Account>, _ transaction: Transaction
  ) throws -> Journey {
    let next = try transaction.put(
      Journey(
        id: transaction.freshID(), resident: resident, kind: .move, isHomeFirst: isHomeFirst, phase: .registered,
        phaseSince: today, startedOn: today, access: access, isOpenDoor: false, contactEveryDays: contactEveryDays,
        hoursMin: hoursMin, hoursMax: hoursMax, movedOn: nil, endedOn: nil, ending: nil, continues: id))
    try JourneyEvent.note(.registered, on: next, detail: "continued", by: account, transaction)
    try Accountability.begin(
      next, first.organisation, first.worker, standIn: first.standIn, reason: first.reason, transaction)
    // What asked for attention goes along: its owner and its time stay.
    for var signal in try transaction.all(Signal.self, "where resident = \(resident) and settled_at is null") {
      signal.journey = next.id
      try transaction.put(signal)
    }
    for kind in [Fact.Kind.home, .tenancy, .moveDate, .keys, .homeKept] { try Fact.end(kind, resident, transaction) }
    try next.planSilence(transaction)
    return next
  }

  private func withdrawHandovers(_ transaction: Transaction) throws {
    for handover in try transaction.all(
      Handover.self, "where journey = \(id) and state in ('offered', 'provisional')")
    { try handover.close(as: .withdrawn, answer: nil, transaction) }
  }

  private func settleRest(_ ending: Ending, by account: ID<Account>, _ transaction: Transaction) throws {
    for signal in try transaction.all(Signal.self, "where resident = \(resident) and settled_at is null") {
      try signal.settle(SettledBy.ending(ending), by: account, transaction)
    }
  }

  /// Plans the moment at which silence becomes a signal; planning again moves it.
  func planSilence(_ transaction: Transaction) throws {
    let today = RegionTime.amsterdam.date(of: transaction.now)
    let last = try Contact.lastReached(resident, transaction)
    guard let due = Rhythm.silenceDue(self, lastReached: last, on: today, try .inForce(transaction)) else { return }
    // When it is long past (a signal was just settled, or a file just came in) a new rhythm begins today.
    let soonest =
      transaction.now < due
      ? due
      : RegionTime.amsterdam.instant(
        today.adding(days: Rhythm.days(self, on: today, try .inForce(transaction)) + 1), hour: 7)
    try transaction.plan(Self.silenceJob, id, at: soonest)
  }

  /// Has it been quiet longer than was agreed?
  func isSilent(_ reader: Reader) throws -> Bool {
    let today = RegionTime.amsterdam.date(of: reader.now)
    let last = try Contact.lastReached(resident, reader)
    let due = Rhythm.silenceDue(self, lastReached: last, on: today, try .inForce(reader))
    return due.map { $0 <= reader.now } ?? false
  }

  /// Silence lasted longer than agreed.
  func raiseSilence(_ transaction: Transaction) throws {
    guard phase != .closed else { return }
    try Signal.raise(.silence, .amber, self, cause: "silence:\(resident)", transaction)
  }
}

extension Fact {
  /// Reports how something stands. The earlier fact ends; it is never overwritten.
  @discardableResult
  public static func report(
    _ kind: Kind, _ standing: Standing, words: String?, _ resident: ResidentID, by account: ID<Account>,
    source: Source = .reported, _ transaction: Transaction
  ) throws -> Fact {
    let current = try current(kind, of: resident, transaction)
    if let current, current.standing == standing && current.words == words { return current }
    if kind == .moveDate, words.flatMap({ LocalDate($0) }) == nil {
      throw Problem.invalid("words", "form.dateNeeded")
    }
    try current?.end(transaction)
    return try transaction.put(
      Fact(
        id: transaction.freshID(), resident: resident, kind: kind, standing: standing, words: words,
        sinceOn: RegionTime.amsterdam.date(of: transaction.now), untilOn: nil, source: source, by: account))
  }

  static func end(_ kind: Kind, _ resident: ResidentID, _ transaction: Transaction) throws {
    try current(kind, of: resident, transaction)?.end(transaction)
  }

  private func end(_ transaction: Transaction) throws {
    var ended = self
    ended.untilOn = RegionTime.amsterdam.date(of: transaction.now)
    try transaction.put(ended)
  }
}
