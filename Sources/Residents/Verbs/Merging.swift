public import Kernel
public import Store
public import Trust

extension MergeCandidate {
  /// Two registrations are one person: both histories stay, one journey goes on, and the others are asked for a
  /// handover by the coordinator, who sees both now.
  public func merge(by account: ID<Account>, _ transaction: Transaction) throws {
    guard decision == nil else { return }
    var duplicate = try transaction.get(Resident.self, added.retyped())
    let carried = try Relation.openOnes(of: added, transaction)
    if let journey = try Journey.open(of: added, transaction) {
      try journey.end(.merged, words: nil, by: account, transaction)
    }
    duplicate.mergedInto = known.retyped()
    try transaction.put(duplicate)
    try moveRelations(carried, transaction)
    try decide(.merged, by: account, transaction)
    NameDirectory.tell(added, transaction)
  }

  /// Who knew the second registration knows the first from now on, as part of the circle.
  private func moveRelations(_ open: [Relation], _ transaction: Transaction) throws {
    for relation in open where relation.role == .supportWorker && relation.organisation != access {
      guard let worker = relation.account else { continue }
      try Relation.open(known, for: .person(worker), role: .teamMember, ground: .agreement, transaction)
    }
  }

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
