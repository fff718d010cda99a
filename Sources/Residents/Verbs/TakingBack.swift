internal import Kernel
internal import Store
internal import Trust

/// Ending a journey by mistake is taken back by whoever ended it, for a week. Their sight ended with the journey, so all
/// they see of it is when they ended it, and how.
extension Journey {
  static let takenBackDays = 7

  /// What this person ended lately and may still take back, latest first.
  static func endedLately(by account: ID<Account>, _ reader: Reader) throws -> [JourneyEvent] {
    let events = try reader.all(
      JourneyEvent.self,
      """
      where by = \(account) and kind = \(JourneyEvent.Kind.ended) and at > \(reader.now.adding(.days(-takenBackDays)))
      order by at desc, id desc
      """)
    return try events.filter { event in
      guard let journey = try reader.find(Journey.self, event.journey) else { return false }
      return try journey.mayBeTakenBack(reader) && journey.lastEnd(reader)?.id == event.id
    }
  }

  /// Nothing goes on from it: no next journey, no other file.
  private func mayBeTakenBack(_ reader: Reader) throws -> Bool {
    guard phase == .closed, ending != .continued, ending != .merged else { return false }
    return try Journey.open(of: resident, reader) == nil
  }

  private func lastEnd(_ reader: Reader) throws -> JourneyEvent? {
    try reader.first(
      JourneyEvent.self,
      "where resident = \(resident) and journey = \(id) and kind = \(JourneyEvent.Kind.ended) order by at desc, id desc"
    )
  }

  /// The journey is open again, as it was: its phase, who was first, the people around, and the signals that were settled
  /// by ending it. Handovers that were on offer are not.
  /// - Throws: `Problem.notFound` for anybody but who ended it; `Problem.refused` when it is too late.
  @discardableResult
  func takeBackEnd(by account: ID<Account>, _ transaction: Transaction) throws -> Journey {
    guard let event = try lastEnd(transaction), event.by == account else { throw Problem.notFound }
    guard try mayBeTakenBack(transaction), transaction.now < event.at.adding(.days(Self.takenBackDays)),
      let before = try transaction.versions(of: Journey.self, id, about: resident).last(where: {
        $0.record.phase != .closed
      })?.record,
      let last = try transaction.first(
        Accountability.self, "where journey = \(id) and until_at = \(event.at) order by from_at desc")
    else { throw Problem.refused("ending.notTakenBack") }
    var open = self
    (open.phase, open.phaseSince) = (before.phase, before.phaseSince)
    (open.endedOn, open.ending) = (nil, nil)
    open = try transaction.put(open)
    try open.beFirstAgain(last, orElse: account, transaction)
    try open.reopenCircle(closedAt: event.at, transaction)
    try JourneyEvent.note(.takenBack, on: open, by: account, transaction)
    for signal in try transaction.all(Signal.self, "where resident = \(resident) and settled_at = \(event.at)") {
      do { try signal.reopen(transaction) } catch let problem as Problem where problem.kind == .refused {}
    }
    try open.planSilence(transaction)
    return open
  }

  /// Who was first is so again; when they have left meanwhile, whoever took the ending back, or else the access team.
  private func beFirstAgain(
    _ last: Accountability, orElse account: ID<Account>, _ transaction: Transaction
  ) throws {
    func carries(_ worker: ID<Account>, for organisation: ID<Organisation>) throws -> Bool {
      try Accountability.mayCarry(worker, transaction)
        && Account.employer(worker, transaction).map { $0 == organisation } ?? false
    }
    let standIn = try last.standIn.flatMap { try Account.isActive($0, transaction) ? $0 : nil }
    if let worker = try [last.worker, account].first(where: { try carries($0, for: last.organisation) }) {
      try Accountability.begin(
        self, last.organisation, worker, standIn: standIn == worker ? nil : standIn, reason: .takenBack, transaction)
      return
    }
    guard let coordinator = try AccessTeam.coordinator(of: access, preferring: nil, transaction) else {
      throw Problem.refused("register.noAccessTeam")
    }
    try Accountability.begin(self, access, coordinator, reason: .takenBack, transaction)
  }

  /// The people around somebody see again what they saw, as far as they may still.
  private func reopenCircle(closedAt moment: Instant, _ transaction: Transaction) throws {
    let closed = try transaction.all(
      Relation.self, "where resident = \(resident) and until_at = \(moment) order by from_at, id")
    for relation in closed
    where !Accountability.workingRoles.contains(relation.role) && relation.role != .coordinator {
      guard let holder = relation.holder else { continue }
      do {
        try Relation.open(resident, for: holder, role: relation.role, ground: relation.ground, transaction)
      } catch let problem as Problem where problem.kind == .refused {}
    }
  }
}

extension Relation {
  /// Who sees through it.
  var holder: Holder? {
    account.map { .person($0) } ?? team.map { .team($0) } ?? organisation.map { .office($0) }
  }
}
