public import Kernel
public import Store
public import Trust

/// Who is called first: beginning, passing on, returning. Sight follows (domain §4.1).
extension Accountability {
  /// The first period of a journey.
  @discardableResult
  static func begin(
    _ journey: Journey, _ organisation: ID<Organisation>, _ worker: ID<Account>, standIn: ID<Account>? = nil,
    reason: Reason, _ transaction: Transaction
  ) throws -> Accountability {
    let first = try transaction.put(
      Accountability(
        id: transaction.freshID(), resident: journey.resident, journey: journey.id, organisation: organisation,
        worker: worker, standIn: standIn, reason: reason, fromAt: transaction.now, untilAt: nil))
    try first.openSight(journey, transaction)
    return first
  }

  /// Ends the present period and begins the next in the same moment, so that there is always exactly one.
  @discardableResult
  static func pass(
    _ journey: Journey, to organisation: ID<Organisation>, _ worker: ID<Account>, standIn: ID<Account>?,
    reason: Reason, _ transaction: Transaction
  ) throws -> Accountability {
    guard var before = try now(journey.id, transaction) else { throw Problem.refused("journey.hasEnded") }
    before.untilAt = transaction.now
    try transaction.put(before)
    try before.narrowSight(journey, transaction)
    let after = try begin(journey, organisation, worker, standIn: standIn, reason: reason, transaction)
    try Signal.reassign(journey.resident, from: before.worker, to: worker, transaction)
    try JourneyEvent.note(
      .firstChanged, on: journey, detail: "\(before.organisation) \(organisation)",
      by: transaction.act.account?.retyped(), transaction)
    return after
  }

  /// Support ended without an accepted handover: it is the access team's again, which can't refuse.
  static func returnToAccess(_ journey: Journey, words: String?, _ transaction: Transaction) throws {
    guard let coordinator = try AccessTeam.coordinator(of: journey.access, preferring: nil, transaction) else {
      throw Problem.refused("register.noAccessTeam")
    }
    try pass(journey, to: journey.access, coordinator, standIn: nil, reason: .returned, transaction)
    try JourneyEvent.note(
      .returned, on: journey, words: words, by: transaction.act.account?.retyped(), transaction)
    try Signal.raise(
      .returned, .red, journey, cause: "returned:\(journey.id):\(transaction.now.milliseconds)", words: words,
      transaction)
  }

  /// The sight that being first brings.
  private func openSight(_ journey: Journey, _ transaction: Transaction) throws {
    let isAccess = organisation == journey.access
    try Relation.open(
      resident, organisation: journey.access, role: .coordinator, ground: isAccess ? .task : .agreement, transaction)
    guard !isAccess else { return }
    try Relation.open(
      resident, account: worker, organisation: organisation, role: .supportWorker, ground: .task, transaction)
    try Relation.open(resident, organisation: organisation, role: .teamLeader, ground: .task, transaction)
    try Self.shareWithTeams(resident, of: worker, transaction)
    guard let standIn else { return }
    // A stand-in may be of another employer in the same team, and sees as somebody of that one.
    let employer = try Account.employer(standIn, transaction)
    try Relation.open(
      resident, account: standIn, organisation: employer, role: .standIn, ground: .task, standsInFor: worker,
      transaction)
  }

  /// The teams of the worker who is first, of whatever employers, share the work list (BT, Houten and IJsselstein).
  static func shareWithTeams(_ resident: ResidentID, of worker: ID<Account>, _ transaction: Transaction) throws {
    let teams = try TeamMembership.teams(of: worker, transaction)
    try Relation.close(resident, transaction) { $0.team.map { !teams.contains($0) } ?? false }
    for team in teams { try Relation.open(resident, team: team, role: .teamMember, ground: .task, transaction) }
  }

  /// Who was first is so no more: colleagues' sight ends; the worker's own is ended by whoever decides how long
  /// they carry along.
  private func narrowSight(_ journey: Journey, _ transaction: Transaction) throws {
    guard organisation != journey.access else { return }
    try Relation.close(resident, transaction) { relation in
      relation.team != nil || relation.standsInFor == worker
        || relation.organisation == organisation
          && (relation.role == .teamLeader || relation.role == .standIn || relation.role == .standInActive)
    }
    try Relation.reground(resident, to: .agreement, transaction) { $0.organisation == organisation }
  }
}

extension Accountability {
  /// Another worker, or another stand-in, of the same organisation.
  public static func changeWorker(
    _ journey: Journey, to worker: ID<Account>, standIn: ID<Account>?, reason: Reason = .workerChanged,
    _ transaction: Transaction
  ) throws {
    guard let before = try now(journey.id, transaction) else { throw Problem.refused("journey.hasEnded") }
    if before.worker == worker && before.standIn == standIn { return }
    guard try Account.isActive(worker, transaction) else { throw Problem.refused("handover.receiverGone") }
    try pass(journey, to: before.organisation, worker, standIn: standIn, reason: reason, transaction)
    guard worker != before.worker else { return }
    try Relation.close(journey.resident, transaction) {
      $0.account == before.worker && $0.role == .supportWorker && $0.organisation == before.organisation
    }
  }
}

/// What workers are still needed for, so that nobody can leave with it in their pocket.
public struct ResidentDuties: Duties {
  public init() {}

  public func count(of account: ID<Account>, _ reader: Reader) throws -> Int {
    try reader.count("select count(*) from accountability where worker = \(account) and until_at is null")
      + reader.count("select count(*) from signal where owner = \(account) and settled_at is null")
  }

  public func handOn(from account: ID<Account>, _ transaction: Transaction) throws {
    for first in try transaction.all(Accountability.self, "where worker = \(account) and until_at is null") {
      let journey = try transaction.get(Journey.self, first.journey)
      if first.organisation == journey.access {
        try handOnInAccess(journey, from: account, transaction)
      } else if let standIn = first.standIn, try Account.isActive(standIn, transaction), standIn != account {
        try Accountability.changeWorker(journey, to: standIn, standIn: nil, reason: .standInTook, transaction)
      } else {
        try Accountability.returnToAccess(journey, words: nil, transaction)
        try Relation.close(journey.resident, transaction) { $0.account == account }
      }
    }
    for signal in try transaction.all(Signal.self, "where owner = \(account) and settled_at is null") {
      try signal.giveToFirst(transaction)
    }
  }

  public func teamsChanged(of account: ID<Account>, _ transaction: Transaction) throws {
    for first in try transaction.all(Accountability.self, "where worker = \(account) and until_at is null") {
      try Accountability.shareWithTeams(first.resident, of: account, transaction)
    }
  }

  private func handOnInAccess(_ journey: Journey, from account: ID<Account>, _ transaction: Transaction) throws {
    let team = try transaction.rows(
      """
      select id from account where organisation = \(journey.access) and role = 'coordinator' and disabled_at is null
      and id <> \(account) order by id limit 1
      """)
    guard let next: ID<Account> = team.first?.id("id") else { throw Problem.refused("admin.lastCoordinator") }
    try Accountability.pass(journey, to: journey.access, next, standIn: nil, reason: .workerChanged, transaction)
  }
}
