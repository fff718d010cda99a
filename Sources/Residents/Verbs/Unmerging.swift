public import Kernel
public import Store
public import Trust

/// Taking two files that became one apart again.
extension MergeCandidate {
  /// Until when it can be undone; nil when it is not merged.
  public var undoUntil: Instant? { decision == .merged ? decidedAt?.adding(.days(Self.undoDays)) : nil }

  /// They are two people after all: the second file is as it was, with who saw it and what was open in it. What was
  /// written meanwhile stays where it was written.
  public func undo(by account: ID<Account>, _ transaction: Transaction) throws {
    guard let at = decidedAt, let until = undoUntil else { throw Problem.refused("merge.notMerged") }
    guard transaction.now <= until else { throw Problem.refused("merge.tooLate", ["n": String(Self.undoDays)]) }
    guard try transaction.get(Resident.self, known.retyped()).mergedInto == nil else {
      throw Problem.refused("merge.undoLaterFirst")
    }
    var person = try transaction.get(Resident.self, added.retyped())
    person.mergedInto = nil
    person = try transaction.put(person)
    try closeGathered(at, transaction)
    try reopenJourney(at, by: account, transaction)
    try takeSignalsBack(transaction)
    try endBegunJourney(by: account, transaction)
    var undone = self
    undone.decision = .different
    undone.undoneAt = transaction.now
    undone.undoneBy = account
    try transaction.put(undone)
    NameDirectory.tell(person.key, transaction)
  }

  /// The sight on the file that stays that merging gave ends; who was asked to take over there keeps theirs.
  private func closeGathered(_ at: Instant, _ transaction: Transaction) throws {
    let asked = try Journey.open(of: known, transaction).map { try Handover.asked($0.id, transaction) } ?? []
    try Relation.close(known, transaction) { relation in
      relation.role == .teamMember && relation.fromAt == at
        && relation.account.map { !asked.contains($0) } ?? false
    }
  }

  /// The journey goes on in the phase it was in, with who was first. Whoever can't carry it any more leaves it to the
  /// access team.
  private func reopenJourney(_ at: Instant, by account: ID<Account>, _ transaction: Transaction) throws {
    guard let endedJourney, let endedFirst, let phaseBefore, let phaseSinceBefore else { return }
    var journey = try transaction.get(Journey.self, endedJourney)
    guard journey.ending == .merged, try Journey.open(of: added, transaction) == nil else { return }
    (journey.phase, journey.phaseSince) = (phaseBefore, phaseSinceBefore)
    (journey.endedOn, journey.ending) = (nil, nil)
    journey = try transaction.put(journey)
    var first = try transaction.get(Accountability.self, endedFirst)
    first.untilAt = nil
    first = try transaction.put(first)
    try JourneyEvent.note(.unmerged, on: journey, by: account, transaction)
    try reopenSight(first, journey, at, transaction)
    try journey.planSilence(transaction)
  }

  private func reopenSight(
    _ first: Accountability, _ journey: Journey, _ at: Instant, _ transaction: Transaction
  ) throws {
    let closed = try transaction.all(
      Relation.self, "where resident = \(added) and until_at = \(at) order by from_at, id")
    for relation in try closed.filter({ try comesBack($0, first, at, transaction) }) {
      guard let account = relation.account else { continue }
      // Whoever may be nothing to this person any more comes not back.
      do {
        try Relation.open(added, for: .person(account), role: relation.role, ground: relation.ground, transaction)
      } catch is Problem { continue }
    }
    let standIn = try first.standIn.map { try Account.isActive($0, transaction) } ?? true
    guard try Accountability.mayCarry(first.worker, transaction), standIn else {
      return try Accountability.returnToAccess(journey, words: nil, transaction)
    }
    try first.openSight(journey, transaction)
    // While the worker is away, who was chosen to take over stands in here too.
    let today = RegionTime.amsterdam.date(of: transaction.now)
    if first.standIn == nil, let other = try Absence.standIn(for: first.worker, on: today, transaction),
      try Account.isActive(other, transaction)
    {
      try Relation.open(
        added, for: .person(other), role: .standIn, ground: .task, standsInFor: first.worker, transaction)
    }
  }

  /// People come back who were there as themselves: not who carried along after being first, was asked to take over, or
  /// left the circle meanwhile. Who sees by being first, standing in, owning a signal or an office sees by that.
  private func comesBack(
    _ relation: Relation, _ first: Accountability, _ at: Instant, _ reader: Reader
  ) throws -> Bool {
    let byOther: Set<Role> = [.resident, .standIn, .standInActive, .coordinator, .teamLeader]
    guard let account = relation.account, !byOther.contains(relation.role) else { return false }
    if relation.role == .supportWorker {
      return try reader.count(
        "select count(*) from accountability where resident = \(added) and worker = \(account)") == 0
    }
    if relation.role == .teamMember {
      let asked = try reader.count(
        "select count(*) from handover where resident = \(added) and to_worker = \(account) and decided_at = \(at)")
      if asked > 0 { return false }
    }
    let members = try reader.all(CircleMember.self, "where resident = \(added) and account = \(account)")
    return members.isEmpty || members.contains { $0.untilOn == nil }
  }

  /// What came along goes back, whether it was settled meanwhile or not.
  private func takeSignalsBack(_ transaction: Transaction) throws {
    for var signal in try transaction.all(
      Signal.self, "where resident = \(known) and merged_from = \(added) order by id")
    {
      (signal.resident, signal.mergedFrom) = (added, nil)
      signal.cause = signal.cause.replacing(known.description, with: added.description)
      if let endedJourney { signal.journey = endedJourney }
      signal = try transaction.put(signal)
      if signal.settledAt == nil { try signal.giveToFirst(transaction) }
    }
    try Signal.matchSight(known, transaction)
  }

  /// A journey that began in the file that stays only because of the merge ends with it.
  private func endBegunJourney(by account: ID<Account>, _ transaction: Transaction) throws {
    guard let begunJourney else {
      if let journey = try Journey.open(of: known, transaction) {
        try JourneyEvent.note(.unmerged, on: journey, by: account, transaction)
      }
      return
    }
    let journey = try transaction.get(Journey.self, begunJourney)
    guard journey.endedOn == nil else { return }
    let open = try transaction.count("select count(*) from signal where resident = \(known) and settled_at is null")
    guard open == 0 else { throw Problem.refused("journey.openSignals", ["n": String(open)]) }
    try journey.end(.merged, words: nil, by: account, transaction)
  }
}
