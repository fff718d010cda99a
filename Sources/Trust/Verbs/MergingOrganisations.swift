internal import Kernel
internal import Site
internal import Store

/// Two organisations go on as one. The old one stays, ended, and leads to the other.
extension Organisation {
  /// What goes along.
  struct Merge {
    let from: Organisation
    let into: Organisation
    let people: Int
    /// For how many residents somebody sees through the first.
    let residents: Int
  }

  /// What a merge would do.
  /// - Throws: `Problem.refused` when it can't be.
  static func merge(of id: ID<Organisation>, into other: ID<Organisation>, _ reader: Reader) throws -> Merge {
    let (from, into) = (try reader.get(Organisation.self, id), try reader.get(Organisation.self, other))
    guard from.id != into.id, from.endedOn == nil, into.endedOn == nil else { throw Problem.refused("merge.notTwo") }
    guard from.kind == into.kind else { throw Problem.refused("merge.otherKind") }
    // Where somebody registered stays the municipality's that did.
    guard from.kind != .municipality else { throw Problem.refused("merge.municipality") }
    let residents = try reader.count(
      """
      select count(distinct resident) from relation
      where organisation = \(id) and (until_at is null or until_at > \(reader.now))
      """)
    return Merge(from: from, into: into, people: try from.people(reader), residents: residents)
  }

  /// Asks a second person, or does it at once where nobody's file can be opened yet.
  static func askMerge(
    of id: ID<Organisation>, into other: ID<Organisation>, by viewer: ID<Account>, _ duties: any Duties,
    _ transaction: Transaction
  ) throws -> Bool {
    _ = try merge(of: id, into: other, transaction)
    guard try Approval.isNeeded(transaction) else {
      try merge(id, into: other, by: viewer, duties, transaction)
      return true
    }
    try Approval.ask(.mergeOrganisations(id, into: other), by: viewer, transaction)
    return false
  }

  static func merge(
    _ id: ID<Organisation>, into other: ID<Organisation>, by asker: ID<Account>, _ duties: any Duties,
    _ transaction: Transaction
  ) throws {
    let plan = try merge(of: id, into: other, transaction)
    for var account in try transaction.all(
      Account.self, "where organisation = \(id) and disabled_at is null order by id")
    {
      account.organisation = other
      account = try transaction.put(account)
      try Sessions.endAll(of: account.id, transaction)
      try AccountEvent.note(.organisation, account, by: asker, transaction)
    }
    try duties.merge(id, into: other, transaction)
    let relations = try transaction.all(
      Relation.self,
      "where organisation = \(id) and (until_at is null or until_at > \(transaction.now)) order by from_at, id")
    for relation in relations {
      let holder = relation.account.map(Relation.Holder.person) ?? .office(other)
      try Relation.pass(relation, to: holder, standsInFor: relation.standsInFor, transaction)
    }
    for var consent in try transaction.all(
      Consent.self, "where organisation = \(id) and (until_at is null or until_at > \(transaction.now)) order by id")
    {
      consent.untilAt = transaction.now
      try transaction.put(consent)
      try Consent.choose(
        consent.choice, consent.resident, about: .organisation(other), category: consent.category,
        item: consent.item, by: consent.recordedBy, transaction)
    }
    var ended = plan.from
    ended.endedOn = RegionTime.amsterdam.date(of: transaction.now)
    ended.mergedInto = other
    try transaction.put(ended)
  }
}
