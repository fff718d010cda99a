public import Kernel
public import Store

/// Opening and closing sight. Verbs of other slices call these; nothing else makes relations.
extension Relation {
  /// Who would see through a relation.
  public enum Holder: Sendable, Equatable {
    /// One person, for whomever they work.
    case person(ID<Account>)
    /// Everyone in a team.
    case team(ID<Team>)
    /// Everyone of an organisation with the relation's role.
    case office(ID<Organisation>)
  }

  /// Opens a relation when it may exist, unless the same one is open already; that one has no end any more.
  /// - Throws: `Problem.refused` when it may not exist (`refusal`, the one rule for that).
  @discardableResult
  public static func open(
    _ resident: ResidentID, for holder: Holder, role: Role, ground: Ground, standsInFor: ID<Account>? = nil,
    _ transaction: Transaction
  ) throws -> Relation {
    let (account, team, organisation) = try check(resident, holder, role, ground, standsInFor, transaction)
    let current = try transaction.all(
      Relation.self,
      """
      where resident = \(resident) and role = \(role) and (until_at is null or until_at > \(transaction.now))
      order by from_at, id
      """
    ).first { relation in
      relation.account == account && relation.team == team && relation.organisation == organisation
        && relation.standsInFor == standsInFor
    }
    if var current {
      current.ground = ground
      current.untilAt = nil
      return try transaction.put(current)
    }
    return try transaction.put(
      Relation(
        id: transaction.freshID(), resident: resident, account: account, team: team, organisation: organisation,
        role: role, ground: ground, standsInFor: standsInFor, fromAt: transaction.now))
  }

  /// Gathers what `refusal` asks, and asks it.
  private static func check(
    _ resident: ResidentID, _ holder: Holder, _ role: Role, _ ground: Ground, _ standsInFor: ID<Account>?,
    _ reader: Reader
  ) throws -> (ID<Account>?, ID<Team>?, ID<Organisation>?) {
    var found: (account: ID<Account>?, team: ID<Team>?, organisation: ID<Organisation>?)
    let asked: RelationAsked.Holder
    switch holder {
    case .team(let team):
      found.team = team
      asked = .team
    case .office(let organisation):
      found.organisation = organisation
      guard let kind = try Organisation.kind(organisation, reader) else { throw Problem.notFound }
      asked = .office(kind)
    case .person(let account):
      found.account = account
      let row = try reader.row("select role, organisation, resident, disabled_at from account where id = \(account)")
      guard let row, let own = row.text("role").flatMap(Role.init(rawValue:)) else { throw Problem.notFound }
      found.organisation = row.id("organisation")
      asked = .person(
        role: own, kind: try found.organisation.flatMap { try Organisation.kind($0, reader) },
        circleOf: row.id("resident"), isOpen: row.instant("disabled_at") == nil)
    }
    let relation = RelationAsked(
      resident: resident, holder: asked, role: role, ground: ground, standsIn: standsInFor != nil)
    if let reason = refusal(relation) { throw Problem.refused("relation.\(reason.rawValue)") }
    return found
  }

  /// Ends the open relations that a condition selects.
  public static func close(
    _ resident: ResidentID, _ transaction: Transaction, where isMeant: (Relation) -> Bool
  ) throws {
    try end(resident, at: transaction.now, transaction, where: isMeant)
  }

  /// Lets the open relations that a condition selects last until a moment, and no longer.
  public static func end(
    _ resident: ResidentID, at moment: Instant, _ transaction: Transaction, where isMeant: (Relation) -> Bool
  ) throws {
    for var relation in try openOnes(of: resident, transaction) where isMeant(relation) {
      relation.untilAt = max(moment, transaction.now)
      try transaction.put(relation)
    }
  }

  /// Ends what somebody is to whichever residents, where a condition selects it.
  static func closeAll(
    of account: ID<Account>, _ transaction: Transaction, where isMeant: (Relation) -> Bool
  ) throws {
    for var relation in try openOnes(of: account, transaction) where isMeant(relation) {
      relation.untilAt = transaction.now
      try transaction.put(relation)
    }
  }

  /// What somebody or something was to a resident, another is from now on: as long, and only where it may be.
  static func pass(
    _ relation: Relation, to holder: Holder, standsInFor: ID<Account>?, _ transaction: Transaction
  ) throws {
    var ended = relation
    ended.untilAt = transaction.now
    try transaction.put(ended)
    let before = try openOnes(of: relation.resident, transaction)
    do {
      let fresh = try open(
        relation.resident, for: holder, role: relation.role, ground: relation.ground, standsInFor: standsInFor,
        transaction)
      // One that was there already, without an end or with another, is as it was.
      let was = before.first { $0.id == fresh.id }
      if let until = was?.untilAt ?? (was == nil ? relation.untilAt : nil) {
        try end(relation.resident, at: max(until, relation.untilAt ?? until), transaction) { $0.id == fresh.id }
      }
    } catch let problem as Problem where problem.kind == .refused {
      // It may not be: then it ended, and no more.
    }
  }

  /// What somebody is to residents now.
  static func openOnes(of account: ID<Account>, _ reader: Reader) throws -> [Relation] {
    try reader.all(
      Relation.self,
      "where account = \(account) and (until_at is null or until_at > \(reader.now)) order by from_at, id")
  }

  /// Changes on what ground open relations stand.
  public static func reground(
    _ resident: ResidentID, to ground: Ground, _ transaction: Transaction, where isMeant: (Relation) -> Bool
  ) throws {
    for var relation in try openOnes(of: resident, transaction) where isMeant(relation) && relation.ground != ground {
      relation.ground = ground
      try transaction.put(relation)
    }
  }

  public static func openOnes(of resident: ResidentID, _ reader: Reader) throws -> [Relation] {
    try reader.all(
      Relation.self,
      "where resident = \(resident) and (until_at is null or until_at > \(reader.now)) order by from_at, id")
  }

  /// Of everyone who is something to a resident, what they mostly are: a stand-in who acts is not also listed as one
  /// who waits.
  public static func onePerPerson(_ relations: [Relation]) -> [Relation] {
    func weight(_ role: Role) -> Int { role == .standIn ? 0 : role == .teamMember ? 1 : 2 }
    var chosen: [Relation] = []
    for relation in relations {
      if let place = chosen.firstIndex(where: { $0.account == relation.account }) {
        if weight(relation.role) > weight(chosen[place].role) { chosen[place] = relation }
      } else {
        chosen.append(relation)
      }
    }
    return chosen
  }

  public func isOpen(at now: Instant) -> Bool { fromAt <= now && (untilAt.map { now < $0 } ?? true) }
}

extension Account {
  /// Names by account, for showing who did something.
  public static func names(_ ids: some Sequence<ID<Account>>, _ reader: Reader) throws -> [ID<Account>: Account] {
    let wanted = Array(Set(ids))
    guard !wanted.isEmpty else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: try reader.all(Account.self, "where id in (\(list: wanted))").map { ($0.id, $0) })
  }

  /// The account that signs in with an address.
  public static func with(email: String, _ reader: Reader) throws -> Account? {
    try reader.first(Account.self, "where email_blind = \(reader.blinded(normalised(email)))")
  }
}

extension Organisation {
  /// What kind of organisation it is, once in a snapshot.
  static func kind(_ id: ID<Organisation>, _ reader: Reader) throws -> Kind? {
    try reader.row("select kind from organisation where id = \(id)")?.text("kind").flatMap(Kind.init(rawValue:))
  }

  public static func names(_ ids: some Sequence<ID<Organisation>>, _ reader: Reader) throws -> [ID<Organisation>:
    Organisation]
  {
    let wanted = Array(Set(ids))
    guard !wanted.isEmpty else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: try reader.all(Organisation.self, "where id in (\(list: wanted))").map { ($0.id, $0) })
  }

  /// Does it work along now?
  static func isThere(_ id: ID<Organisation>, _ reader: Reader) throws -> Bool {
    try reader.count("select count(*) from organisation where id = \(id) and ended_on is null") > 0
  }

  /// Those that are there now, by name.
  public static func current(_ reader: Reader) throws -> [Organisation] {
    try reader.all(Organisation.self, "where ended_on is null order by name")
  }
}
