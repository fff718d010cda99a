public import Kernel
public import Store

extension Consent {
  /// Whom a choice is about.
  public enum About: Sendable, Equatable {
    case account(ID<Account>)
    case organisation(ID<Organisation>)
    case role(Role)
  }

  /// Records a choice; an earlier one about the same is ended, never overwritten. `nil` goes back to the usual.
  public static func choose(
    _ choice: Choice?, _ resident: ResidentID, about: About, category: Category, item: ID<Anything>? = nil,
    by recorder: ID<Account>, _ transaction: Transaction
  ) throws {
    for var old in try inForce(resident, transaction)
    where old.isAbout(about) && old.category == category && old.item == item {
      if old.choice == choice { return }
      old.untilAt = transaction.now
      try transaction.put(old)
    }
    guard let choice else { return }
    var (account, organisation, role): (ID<Account>?, ID<Organisation>?, Role?)
    switch about {
    case .account(let id): account = id
    case .organisation(let id): organisation = id
    case .role(let one): role = one
    }
    try transaction.put(
      Consent(
        id: transaction.freshID(), resident: resident, account: account, organisation: organisation, role: role,
        category: category, item: item, choice: choice, fromAt: transaction.now, recordedBy: recorder))
  }

  public static func inForce(_ resident: ResidentID, _ reader: Reader) throws -> [Consent] {
    try reader.all(
      Consent.self,
      """
      where resident = \(resident) and from_at <= \(reader.now) and (until_at is null or until_at > \(reader.now))
      order by from_at, id
      """)
  }

  public func isAbout(_ about: About) -> Bool {
    switch about {
    case .account(let id): account == id
    case .organisation(let id): organisation == id
    case .role(let one): role == one
    }
  }
}
