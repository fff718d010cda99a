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
  /// - Parameter along: until when the worker who was first sees on.
  @discardableResult
  static func pass(
    _ journey: Journey, to organisation: ID<Organisation>, _ worker: ID<Account>, standIn: ID<Account>?,
    reason: Reason, along: Instant? = nil, _ transaction: Transaction
  ) throws -> Accountability {
    guard var before = try now(journey.id, transaction) else { throw Problem.refused("journey.hasEnded") }
    guard try mayCarry(worker, transaction) else { throw Problem.refused("relation.holder") }
    before.untilAt = transaction.now
    try transaction.put(before)
    try before.narrowSight(to: organisation, worker, along: along, transaction)
    let after = try begin(journey, organisation, worker, standIn: standIn, reason: reason, transaction)
    try Signal.reassign(journey.resident, transaction)
    try JourneyEvent.note(
      .firstChanged, on: journey, detail: "\(before.organisation) \(organisation)",
      by: transaction.act.account?.retyped(), transaction)
    return after
  }

  /// Support ended without an accepted handover: it is the access team's again, which can't refuse.
  static func returnToAccess(_ journey: Journey, words: String?, _ transaction: Transaction) throws {
    let team = try AccessTeam.coordinators(of: journey, transaction)
    guard let coordinator = try AccessTeam.coordinator(of: journey.access, preferring: team.first, transaction) else {
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
  func openSight(_ journey: Journey, _ transaction: Transaction) throws {
    let isAccess = organisation == journey.access
    try Relation.open(
      resident, for: .office(journey.access), role: .coordinator, ground: isAccess ? .task : .agreement, transaction)
    // While the access team is first its named coordinator works for this resident, as anybody who is first (§7).
    try Relation.open(resident, for: .person(worker), role: .supportWorker, ground: .task, transaction)
    if !isAccess {
      try Relation.open(resident, for: .office(organisation), role: .teamLeader, ground: .task, transaction)
      try Self.shareWithTeams(resident, of: worker, transaction)
    }
    guard let standIn else { return }
    // A stand-in may be of another employer in the same team, and sees as somebody of that one.
    try Relation.open(
      resident, for: .person(standIn), role: .standIn, ground: .task, standsInFor: worker, transaction)
  }

  /// The teams of the worker who is first, of whatever employers, share the work list (BT, Houten and IJsselstein).
  static func shareWithTeams(_ resident: ResidentID, of worker: ID<Account>, _ transaction: Transaction) throws {
    let teams = try TeamMembership.teams(of: worker, transaction)
    try Relation.close(resident, transaction) { $0.team.map { !teams.contains($0) } ?? false }
    for team in teams { try Relation.open(resident, for: .team(team), role: .teamMember, ground: .task, transaction) }
  }

  /// Who was first is so no more. The worker's own sight ends, and that of colleagues, stand-ins and teams; when
  /// responsibility passes to another organisation, every other organisation's working sight ends with it (§7).
  private func narrowSight(
    to next: ID<Organisation>, _ worker: ID<Account>, along: Instant?, _ transaction: Transaction
  ) throws {
    let isSame = next == organisation
    let asked = try Handover.asked(journey, transaction)
    func isSender(_ relation: Relation) -> Bool { relation.role == .supportWorker && relation.account == self.worker }
    try Relation.close(resident, transaction) { relation in
      guard Self.workingRoles.contains(relation.role) else { return false }
      if isSender(relation) { return along == nil && (worker != self.worker || !isSame) }
      // Whoever was asked to take over keeps what they see until their answer.
      if relation.role == .teamMember, let account = relation.account, asked.contains(account) { return false }
      if relation.team != nil || relation.role == .standIn || relation.role == .standInActive { return true }
      return !isSame && relation.organisation != next
    }
    guard let along else { return }
    try Relation.reground(resident, to: .agreement, transaction, where: isSender)
    try Relation.end(resident, at: along, transaction, where: isSender)
  }

  /// The roles in which an organisation carries somebody: their sight comes and goes with being first.
  static let workingRoles: Set<Role> = [.supportWorker, .standIn, .standInActive, .teamMember, .teamLeader]

  /// May this person be first for somebody: a care role, for an organisation that carries people.
  static func mayCarry(_ worker: ID<Account>, _ reader: Reader) throws -> Bool {
    let row = try reader.row(
      """
      select account.role as role, organisation.kind as kind from account
      join organisation on organisation.id = account.organisation
      where account.id = \(worker) and account.disabled_at is null
      """)
    guard let role = row?.text("role").flatMap(Role.init(rawValue:)),
      let kind = row?.text("kind").flatMap(Organisation.Kind.init(rawValue:))
    else { return false }
    return RelationTable.standard.mayCarry(role, kind)
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
    guard try Account.isActive(worker, transaction),
      try Account.employer(worker, transaction) == before.organisation
    else { throw Problem.refused("handover.receiverGone") }
    try pass(journey, to: before.organisation, worker, standIn: standIn, reason: reason, transaction)
  }
}

/// What workers are still needed for, so that nobody can leave with it in their pocket.
public struct ResidentDuties: Duties {
  public init() {}

  public func count(of account: ID<Account>, _ reader: Reader) throws -> Int {
    try reader.count("select count(*) from accountability where worker = \(account) and until_at is null")
      + reader.count("select count(*) from signal where owner = \(account) and settled_at is null")
  }

  public func count(of organisation: ID<Organisation>, _ reader: Reader) throws -> Int {
    try reader.count("select count(*) from accountability where organisation = \(organisation) and until_at is null")
      + reader.count(
        """
        select count(*) from handover where state in ('offered', 'provisional')
        and (to_organisation = \(organisation) or from_organisation = \(organisation))
        """)
      + reader.count("select count(*) from journey where access = \(organisation) and ended_on is null")
  }

  public func merge(_ account: ID<Account>, into other: ID<Account>, _ transaction: Transaction) throws {
    try noHandoverWaits("to_worker = \(account) or from_worker = \(account)", transaction)
    for first in try transaction.all(
      Accountability.self, "where (worker = \(account) or stand_in = \(account)) and until_at is null")
    {
      let worker = first.worker == account ? other : first.worker
      let standIn = first.standIn == account ? other : first.standIn
      try Accountability.changeWorker(
        transaction.get(Journey.self, first.journey), to: worker, standIn: standIn == worker ? nil : standIn,
        transaction)
    }
    for var signal in try transaction.all(Signal.self, "where owner = \(account) and settled_at is null") {
      signal.owner = other
      try transaction.put(signal)
    }
    for var member in try transaction.all(CircleMember.self, "where account = \(account) and until_on is null") {
      member.account = other
      try transaction.put(member)
    }
  }

  public func merge(_ organisation: ID<Organisation>, into other: ID<Organisation>, _ transaction: Transaction) throws {
    try noHandoverWaits("to_organisation = \(organisation) or from_organisation = \(organisation)", transaction)
    for var before in try transaction.all(
      Accountability.self, "where organisation = \(organisation) and until_at is null")
    {
      let journey = try transaction.get(Journey.self, before.journey)
      before.untilAt = transaction.now
      try transaction.put(before)
      try Accountability.begin(
        journey, other, before.worker, standIn: before.standIn, reason: before.reason, transaction)
      try JourneyEvent.note(
        .firstChanged, on: journey, detail: "\(organisation) \(other)", by: transaction.act.account?.retyped(),
        transaction)
    }
    for var member in try transaction.all(
      CircleMember.self, "where organisation = \(organisation) and until_on is null")
    {
      member.organisation = other
      try transaction.put(member)
    }
  }

  /// Only who was asked answers.
  private func noHandoverWaits(_ condition: SQL, _ reader: Reader) throws {
    let waiting = try reader.count(
      "select count(*) from handover where state in ('offered', 'provisional') and (\(part: condition))")
    if waiting > 0 { throw Problem.refused("merge.handoverWaits") }
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
      try signal.giveToFirst(leaving: account, transaction)
    }
  }

  public func absenceBegan(_ absence: Absence, _ transaction: Transaction) throws {
    if let standIn = absence.standIn {
      for first in try transaction.all(
        Accountability.self, "where worker = \(absence.account) and until_at is null and stand_in is null")
      {
        try Relation.open(
          first.resident, for: .person(standIn), role: .standIn, ground: .task, standsInFor: absence.account,
          transaction)
      }
    }
    for signal in try transaction.all(Signal.self, "where owner = \(absence.account) and settled_at is null") {
      try signal.passToPresent(transaction)
    }
  }

  public func absenceEnded(_ absence: Absence, _ transaction: Transaction) throws {
    for first in try transaction.all(Accountability.self, "where worker = \(absence.account) and until_at is null") {
      if absence.standIn != first.standIn {
        try Relation.close(first.resident, transaction) {
          $0.role == .standIn && $0.account == absence.standIn && $0.standsInFor == absence.account
        }
      }
      for signal in try transaction.all(
        Signal.self, "where resident = \(first.resident) and settled_at is null and level = 'standIn'")
      {
        try signal.giveToFirst(transaction)
      }
    }
    try passToPresent(transaction)
  }

  /// What waits for somebody who is still away goes to whoever came back.
  private func passToPresent(_ transaction: Transaction) throws {
    let owners = try transaction.rows("select distinct owner from signal where settled_at is null")
      .compactMap { $0.id("owner", of: Account.self) }
    let today = RegionTime.amsterdam.date(of: transaction.now)
    let away = try Absence.accounts(Set(owners), on: today, transaction)
    guard !away.isEmpty else { return }
    for signal in try transaction.all(
      Signal.self, "where owner in (\(list: away.sorted { $0.description < $1.description })) and settled_at is null")
    {
      try signal.passToPresent(transaction)
    }
  }

  public func withoutStandIn(_ account: ID<Account>, _ reader: Reader) throws -> Int {
    try reader.count(
      "select count(*) from accountability where worker = \(account) and until_at is null and stand_in is null")
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
