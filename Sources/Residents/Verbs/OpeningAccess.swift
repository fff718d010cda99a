internal import Kernel
internal import Store
internal import Trust

/// Accounts for the resident and for those around them who have no employer to make them one. The letter is what lets
/// somebody in; for an account in use it waits for a second person (`Letter.make`).
extension Resident {
  /// The resident's own account.
  static func openAccess(_ login: String, _ resident: ResidentID, _ transaction: Transaction) throws -> Account {
    let known = try transaction.first(
      Account.self, "where resident = \(resident) and role = 'resident' and disabled_at is null")
    let person = try transaction.get(Resident.self, resident.retyped())
    let fresh = Account(
      id: transaction.freshID(), name: person.fullName, email: nil, organisation: nil, role: .resident,
      resident: resident)
    let account = try Account.opened(known, fresh, login, transaction)
    try Relation.open(resident, for: .person(account.id), role: .resident, ground: .own, transaction)
    return account
  }
}

extension CircleMember {
  /// The account of a relative, neighbour or other who is not there for their job.
  static func openAccess(
    for id: ID<CircleMember>, _ login: String, _ resident: ResidentID, _ transaction: Transaction
  ) throws -> Account {
    var member = try transaction.get(CircleMember.self, id)
    guard member.resident == resident, member.untilOn == nil, CirclePage.informalRoles.contains(member.role) else {
      throw Problem.notFound
    }
    let known = try member.account.flatMap { try transaction.find(Account.self, $0) }
    let fresh = Account(
      id: transaction.freshID(), name: member.name, email: nil, organisation: nil, role: member.role, resident: resident
    )
    let account = try Account.opened(known, fresh, login, transaction)
    member.account = account.id
    try transaction.put(member)
    try Relation.open(resident, for: .person(account.id), role: member.role, ground: .consent, transaction)
    return account
  }
}

extension Account {
  /// The account that is there, or a fresh one, with the login that was asked. One in use keeps its own login: only who
  /// uses it changes that.
  fileprivate static func opened(
    _ known: Account?, _ fresh: Account, _ login: String, _ transaction: Transaction
  ) throws -> Account {
    var account = known ?? fresh
    // Somebody's account at work, or about somebody else, is not this file's to hand out.
    guard account.organisation == nil, account.resident == fresh.resident, account.disabledAt == nil else {
      throw Problem.refused("access.notHere")
    }
    if try known != nil && Account.isInUse(account.id, transaction) { return account }
    try account.wish(for: login, transaction)
    return try transaction.put(account)
  }
}
