internal import Kernel
internal import Site
internal import Store

/// Two accounts of one person become one. The old one stays, closed, and leads to the other.
extension Account {
  /// What goes along.
  struct Merge {
    let from: Account
    let into: Account
    /// For how many residents something is seen through the first.
    let residents: Int
    let duties: Int
    let teams: Int
  }

  /// What a merge would do.
  /// - Throws: `Problem.refused` when it can't be.
  static func merge(
    of id: ID<Account>, into other: ID<Account>, by viewer: ID<Account>, _ duties: any Duties, _ reader: Reader
  ) throws -> Merge {
    let (from, into) = (try staff(id, reader), try staff(other, reader))
    guard from.id != into.id, from.disabledAt == nil, into.disabledAt == nil else {
      throw Problem.refused("merge.notTwo")
    }
    // Nobody takes over another's sight themselves, nor gives their own away.
    guard viewer != from.id, viewer != into.id else { throw Problem.refused("admin.notYourPlace") }
    guard from.organisation == into.organisation else { throw Problem.refused("merge.otherOrganisation") }
    return Merge(
      from: from, into: into, residents: Set(try Relation.openOnes(of: id, reader).map(\.resident)).count,
      duties: try duties.count(of: id, reader), teams: try TeamMembership.teams(of: id, reader).count)
  }

  /// Asks a second person, or does it at once where nobody's file can be opened yet.
  static func askMerge(
    of id: ID<Account>, into other: ID<Account>, by viewer: ID<Account>, _ duties: any Duties,
    _ transaction: Transaction
  ) throws -> Bool {
    let plan = try merge(of: id, into: other, by: viewer, duties, transaction)
    guard try Approval.isNeeded(transaction) else {
      try merge(id, into: other, by: viewer, duties, transaction)
      return true
    }
    try Approval.ask(.mergeAccounts(plan.from, into: other), by: viewer, transaction)
    return false
  }

  static func merge(
    _ id: ID<Account>, into other: ID<Account>, by asker: ID<Account>, _ duties: any Duties, _ transaction: Transaction
  ) throws {
    let plan = try merge(of: id, into: other, by: asker, duties, transaction)
    try duties.merge(id, into: other, transaction)
    for relation in try Relation.openOnes(of: id, transaction) {
      let place = relation.standsInFor == other ? nil : relation.standsInFor
      // Whoever stood in for the other account stood in for themselves.
      if relation.standsInFor != nil && place == nil {
        try Relation.close(relation.resident, transaction) { $0.id == relation.id }
      } else {
        try Relation.pass(relation, to: .person(other), standsInFor: place, transaction)
      }
    }
    let stoodIn = try transaction.all(
      Relation.self,
      "where stands_in_for = \(id) and (until_at is null or until_at > \(transaction.now)) order by id")
    for relation in stoodIn {
      guard let holder = relation.account, holder != other else { continue }
      try Relation.pass(relation, to: .person(holder), standsInFor: other, transaction)
    }
    try Consent.pass(from: id, to: other, transaction)
    for membership in try transaction.all(TeamMembership.self, "where account = \(id) and until_at is null") {
      try membership.end(duties, transaction)
      if RelationTable.standard.teamRoles.contains(plan.into.role) {
        try TeamMembership.join(membership.team, other, transaction)
        try duties.teamsChanged(of: other, transaction)
      }
    }
    for absence in try Absence.coming(for: [id], transaction) { try absence.end(duties, transaction) }
    try transaction.get(Account.self, id).close(transaction)
    var closed = try transaction.get(Account.self, id)
    closed.mergedInto = other
    try transaction.put(closed)
    try Sessions.endAll(of: other, transaction)
    try AccountEvent.note(.merged, plan.into, by: asker, transaction)
  }
}

extension Consent {
  /// What residents chose about one account holds for the other; where the two differ, the less is seen.
  static func pass(from account: ID<Account>, to other: ID<Account>, _ transaction: Transaction) throws {
    let all = try transaction.all(
      Consent.self,
      """
      where account = \(account) and (until_at is null or until_at > \(transaction.now)) order by from_at, id
      """)
    for var consent in all {
      consent.untilAt = transaction.now
      try transaction.put(consent)
      let theirs = try inForce(consent.resident, transaction).first {
        $0.account == other && $0.category == consent.category && $0.item == consent.item
      }
      guard theirs == nil || consent.choice == .hide else { continue }
      try choose(
        consent.choice, consent.resident, about: .account(other), category: consent.category, item: consent.item,
        by: consent.recordedBy, transaction)
    }
  }
}
