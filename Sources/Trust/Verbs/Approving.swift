public import Kernel
public import Store

/// Asking for a second person's agreement, and giving or refusing it.
extension Approval {
  /// What is asked.
  enum Asked: Sendable {
    case joinTeam(ID<Team>, ID<Account>)
    case letter(Account)
    case factor(Account)
    case position(ID<Account>, Role, ID<Organisation>?)
    case mergeAccounts(Account, into: ID<Account>)
    case mergeOrganisations(ID<Organisation>, into: ID<Organisation>)
    case account(name: String, email: String, role: Role, organisation: ID<Organisation>?)
  }

  /// Keeps the question, unless the same one waits already.
  @discardableResult
  static func ask(_ asked: Asked, by asker: ID<Account>, _ transaction: Transaction) throws -> Approval {
    let fresh = make(asked, by: asker, transaction)
    let same = try waiting(transaction).first {
      $0.kind == fresh.kind && $0.account == fresh.account && $0.team == fresh.team && $0.email == fresh.email
        && $0.intoAccount == fresh.intoAccount && $0.intoOrganisation == fresh.intoOrganisation
        && $0.role == fresh.role && $0.organisation == fresh.organisation
    }
    return try same ?? transaction.put(fresh)
  }

  private static func make(_ asked: Asked, by asker: ID<Account>, _ transaction: Transaction) -> Approval {
    switch asked {
    case .joinTeam(let team, let account):
      Approval(
        id: transaction.freshID(), kind: .joinTeam, account: account, team: team, resident: nil, name: nil, email: nil,
        role: nil, organisation: nil, askedBy: asker, askedAt: transaction.now)
    case .letter(let account), .factor(let account):
      Approval(
        id: transaction.freshID(), kind: kind(asked), account: account.id, team: nil, resident: account.resident,
        name: nil,
        email: nil, role: nil, organisation: nil, askedBy: asker, askedAt: transaction.now)
    case .position(let account, let role, let organisation):
      Approval(
        id: transaction.freshID(), kind: .position, account: account, team: nil, resident: nil, name: nil, email: nil,
        role: role, organisation: organisation, askedBy: asker, askedAt: transaction.now)
    case .mergeAccounts(let account, let other):
      Approval(
        id: transaction.freshID(), kind: .mergeAccounts, account: account.id, team: nil, resident: nil, name: nil,
        email: nil, role: nil, organisation: account.organisation, intoAccount: other, askedBy: asker,
        askedAt: transaction.now)
    case .mergeOrganisations(let organisation, let other):
      Approval(
        id: transaction.freshID(), kind: .mergeOrganisations, account: nil, team: nil, resident: nil, name: nil,
        email: nil, role: nil, organisation: organisation, intoOrganisation: other, askedBy: asker,
        askedAt: transaction.now)
    case .account(let name, let email, let role, let organisation):
      Approval(
        id: transaction.freshID(), kind: .account, account: nil, team: nil, resident: nil, name: name, email: email,
        role: role, organisation: organisation, askedBy: asker, askedAt: transaction.now)
    }
  }

  private static func kind(_ asked: Asked) -> Kind {
    switch asked {
    case .joinTeam: .joinTeam
    case .letter: .letter
    case .factor: .factor
    case .position: .position
    case .mergeAccounts: .mergeAccounts
    case .mergeOrganisations: .mergeOrganisations
    case .account: .account
    }
  }

  /// Is a second person needed: as soon as there is anybody in the region whose file could be opened. Before that one
  /// person sets it up.
  static func isNeeded(_ reader: Reader) throws -> Bool {
    try reader.count("select count(*) from (select 1 from relation limit 1) as any_relation") > 0
  }

  static func waiting(_ reader: Reader) throws -> [Approval] {
    try reader.all(
      Approval.self,
      "where decision is null and asked_at > \(reader.now.adding(.days(-14))) order by asked_at, id limit 500")
  }

  /// Gives the answer. Agreeing does at once what was asked; an agreed letter is made by who asked.
  func decide(
    _ decision: Decision, by account: ID<Account>, _ duties: any Duties, _ transaction: Transaction
  ) throws {
    guard isOpen(at: transaction.now) else { throw Problem.refused("approval.isClosed") }
    var decided = self
    decided.decision = decision
    decided.decidedBy = account
    decided.decidedAt = transaction.now
    try transaction.put(decided)
    guard decision == .agreed else { return }
    switch kind {
    case .letter, .factor: break
    case .joinTeam:
      guard let team, let member = self.account else { return }
      try TeamMembership.join(team, member, transaction)
      try duties.teamsChanged(of: member, transaction)
    case .position:
      guard let person = self.account, let role else { return }
      try transaction.get(Account.self, person).take(
        Account.Position(role: role, organisation: organisation), by: askedBy, duties, transaction)
    case .mergeAccounts:
      guard let one = self.account, let other = intoAccount else { return }
      try Account.merge(one, into: other, by: askedBy, duties, transaction)
    case .mergeOrganisations:
      guard let organisation, let other = intoOrganisation else { return }
      try Organisation.merge(organisation, into: other, by: askedBy, duties, transaction)
    case .account:
      guard let name, let email, let role else { return }
      try Account.make(name: name, email: email, role: role, organisation: organisation, transaction)
    }
  }

  /// The agreement with which a letter may be made now, if there is one; it serves once.
  static func takeLetter(
    _ kind: Kind, for account: ID<Account>, askedBy asker: ID<Account>, _ transaction: Transaction
  ) throws -> Approval? {
    let agreed = try transaction.first(
      Approval.self,
      """
      where kind = \(kind.rawValue) and account = \(account) and asked_by = \(asker) and decision = 'agreed'
      and used_at is null and decided_at > \(transaction.now.adding(.days(-14))) order by decided_at desc
      """)
    guard var agreed else { return nil }
    agreed.usedAt = transaction.now
    return try transaction.put(agreed)
  }

  /// The organisation a question concerns: where the person works, or will work.
  func concerned(_ reader: Reader) throws -> ID<Organisation>? {
    if let organisation { return organisation }
    guard let account else { return nil }
    return try reader.row("select organisation from account where id = \(account)")?.id("organisation")
  }
}

extension Account {
  /// Is it in use: somebody chose a password for it.
  public static func isInUse(_ id: ID<Account>, _ reader: Reader) throws -> Bool {
    try reader.count("select count(*) from credential where account = \(id)") > 0
  }
}

extension Letter {
  /// What a letter's code does.
  public enum Opens: String, Sendable {
    /// One chooses a password with it.
    case password
    /// One sets up a second factor anew with it, after giving the password.
    case factor
  }

  /// Makes the letter when it may be made: at once for an account nobody uses yet; for one in use after a second
  /// person agreed, as a new code gives the account away, or half of it.
  /// - Returns: the code and who agreed, or nil when the question was asked just now.
  public static func make(
    for account: Account, by maker: ID<Account>, opens: Opens = .password, _ transaction: Transaction
  ) throws -> String? {
    var agreement: Approval?
    // In a region without residents one person sets everything up; what is in use is somebody's, also there.
    if try Account.isInUse(account.id, transaction) {
      let kind: Approval.Kind = opens == .factor ? .factor : .letter
      agreement = try Approval.takeLetter(kind, for: account.id, askedBy: maker, transaction)
      if agreement == nil {
        try Approval.ask(opens == .factor ? .factor(account) : .letter(account), by: maker, transaction)
        return nil
      }
    }
    try transaction.put(
      Letter(
        id: transaction.freshID(), account: account.id, resident: account.resident, madeBy: maker,
        agreedBy: agreement?.decidedBy, madeAt: transaction.now))
    return try Account.invite(account.id, opens: opens, transaction)
  }

  /// Letters made for an account lately, newest first.
  public static func recent(for accounts: [ID<Account>], _ reader: Reader) throws -> [Letter] {
    guard !accounts.isEmpty else { return [] }
    return try reader.all(
      Letter.self,
      """
      where account in (\(list: accounts)) and made_at > \(reader.now.adding(.days(-90))) order by made_at desc limit 10
      """)
  }
}
