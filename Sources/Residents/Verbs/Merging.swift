public import Kernel
public import Store
public import Trust

extension MergeCandidate {
  /// How long two files that became one can be taken apart again.
  public static let undoDays = 30

  /// Two registrations are one person. One journey goes on, and what was open goes on in it; everything of the other
  /// stays, to be read in the file that stays.
  public func merge(by account: ID<Account>, _ transaction: Transaction) throws {
    guard decision == nil else { return }
    var duplicate = try transaction.get(Resident.self, added.retyped())
    guard duplicate.mergedInto == nil, try transaction.get(Resident.self, known.retyped()).mergedInto == nil else {
      throw Problem.refused("merge.alreadyMerged")
    }
    let carried = try Relation.openOnes(of: added, transaction)
    var decided = self
    if let journey = try Journey.open(of: added, transaction) {
      (decided.endedJourney, decided.phaseBefore) = (journey.id, journey.phase)
      decided.phaseSinceBefore = journey.phaseSince
      decided.endedFirst = try Accountability.now(journey.id, transaction)?.id
      decided.begunJourney = try goOn(journey, by: account, transaction)
      try moveSignals(transaction)
      try journey.end(.merged, words: nil, by: account, transaction)
    }
    duplicate.mergedInto = known.retyped()
    try transaction.put(duplicate)
    try moveRelations(carried, transaction)
    if let journey = try Journey.open(of: known, transaction) {
      try JourneyEvent.note(.merged, on: journey, by: account, transaction)
    }
    try decided.decide(.merged, by: account, transaction)
    NameDirectory.tell(added, transaction)
  }

  /// When no journey is open in the file that stays, the one of the other goes on there, with who carried it.
  private func goOn(
    _ journey: Journey, by account: ID<Account>, _ transaction: Transaction
  ) throws -> ID<Journey>? {
    guard try Journey.open(of: known, transaction) == nil, let first = try Accountability.now(journey.id, transaction)
    else { return nil }
    let last = try transaction.first(
      Journey.self, "where resident = \(known) order by started_on desc, id desc limit 1")
    let next = try transaction.put(
      Journey(
        id: transaction.freshID(), resident: known, kind: journey.kind, isHomeFirst: journey.isHomeFirst,
        phase: journey.phase, phaseSince: journey.phaseSince, startedOn: RegionTime.amsterdam.date(of: transaction.now),
        access: journey.access, isOpenDoor: journey.isOpenDoor, contactEveryDays: journey.contactEveryDays,
        hoursMin: journey.hoursMin, hoursMax: journey.hoursMax, movedOn: journey.movedOn, endedOn: nil, ending: nil,
        continues: last?.id))
    try JourneyEvent.note(.registered, on: next, detail: "continued", by: account, transaction)
    try Accountability.begin(
      next, first.organisation, first.worker, standIn: first.standIn, reason: first.reason, transaction)
    try next.planSilence(transaction)
    return next.id
  }

  /// What asked for attention goes on asking: of whoever is first in the file that stays, by the time it had.
  private func moveSignals(_ transaction: Transaction) throws {
    for var signal in try transaction.all(
      Signal.self, "where resident = \(added) and settled_at is null order by id")
    {
      let cause = signal.cause.replacing(added.description, with: known.description)
      let isThere =
        try cause != signal.cause
        && transaction.count("select count(*) from signal where cause = \(cause) and settled_at is null") > 0
      if isThere && signal.kind == .silence {
        // One person is silent once.
        try signal.settle(SettledBy.merged, by: transaction.act.account?.retyped() ?? signal.owner, transaction)
        continue
      }
      (signal.resident, signal.mergedFrom) = (known, added)
      if !isThere { signal.cause = cause }
      try transaction.put(signal).giveToFirst(transaction)
    }
  }

  /// Who knew the second registration knows the first from now on, as part of the circle.
  private func moveRelations(_ open: [Relation], _ transaction: Transaction) throws {
    for relation in open where relation.role == .supportWorker && relation.organisation != access {
      guard let worker = relation.account else { continue }
      try Relation.open(known, for: .person(worker), role: .teamMember, ground: .agreement, transaction)
    }
  }

  /// They are two people: nobody asks it of this pair again.
  public func keepApart(by account: ID<Account>, _ transaction: Transaction) throws {
    guard decision == nil else { return }
    try decide(.different, by: account, transaction)
  }

  private func decide(_ decision: Decision, by account: ID<Account>, _ transaction: Transaction) throws {
    var decided = self
    decided.decision = decision
    decided.decidedBy = account
    decided.decidedAt = transaction.now
    try transaction.put(decided)
  }
}
