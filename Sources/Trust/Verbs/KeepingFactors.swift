public import Kernel
internal import Site
public import Store

/// Setting up a second factor, giving its codes, and losing it.
extension SecondFactor {
  /// The one that is asked for.
  static func inUse(by account: ID<Account>, _ reader: Reader) throws -> SecondFactor? {
    try reader.first(
      SecondFactor.self, "where account = \(account) and confirmed_at is not null and ended_at is null")
  }

  static func hasOne(_ account: ID<Account>, _ reader: Reader) throws -> Bool {
    try reader.count(
      "select count(*) from second_factor where account = \(account) and confirmed_at is not null and ended_at is null")
      > 0
  }

  /// The one that is being set up.
  static func waiting(for account: ID<Account>, _ reader: Reader) throws -> SecondFactor? {
    try reader.first(
      SecondFactor.self,
      """
      where account = \(account) and confirmed_at is null and ended_at is null
      and made_at > \(reader.now.adding(.minutes(-60)))
      """)
  }

  /// A fresh key, which ends one that was never confirmed.
  @discardableResult
  static func begin(for account: Account, _ transaction: Transaction) throws -> SecondFactor {
    let earlier = try transaction.all(
      SecondFactor.self, "where account = \(account.id) and confirmed_at is null and ended_at is null")
    for one in earlier { try one.end(transaction) }
    return try transaction.put(
      SecondFactor(
        id: transaction.freshID(), account: account.id, resident: account.resident,
        secret: Base32.text(transaction.randomBytes(TOTP.secretLength)), madeAt: transaction.now))
  }

  private func end(_ transaction: Transaction) throws {
    var ended = self
    ended.endedAt = transaction.now
    try transaction.put(ended)
  }

  /// What became of a code that was typed.
  enum Answer: Sendable, Equatable {
    case right
    case wrong
    /// Too many wrong ones: it is not looked at now.
    case wait
  }

  /// The first code of a new app: from now on its codes are asked.
  static func confirm(
    _ typed: String, of account: Account, device: String?, _ transaction: Transaction
  ) throws -> Answer {
    guard try Tries.take(subject(account.id, device), free: Tries.freeOfAccount, transaction).0 == .allowed else {
      return .wait
    }
    guard var fresh = try waiting(for: account.id, transaction),
      try fresh.takes(digits(typed), isFirst: true, transaction)
    else { return .wrong }
    try inUse(by: account.id, transaction)?.end(transaction)
    fresh.confirmedAt = transaction.now
    try transaction.put(fresh)
    try Tries.succeeded(subject(account.id, device), transaction)
    try AccountEvent.note(.factor, account, transaction)
    return .right
  }

  /// A code from the app, or one of the recovery codes. Each works once.
  /// - Parameter device: a device on which this person signed in before has tries of its own.
  static func check(
    _ typed: String, of account: Account, device: String?, _ transaction: Transaction
  ) throws -> Answer {
    guard try Tries.take(subject(account.id, device), free: Tries.freeOfAccount, transaction).0 == .allowed else {
      return .wait
    }
    guard let factor = try inUse(by: account.id, transaction) else { return .wrong }
    let isRight = try factor.takes(digits(typed), transaction) || RecoveryCodes.take(typed, of: account, transaction)
    if isRight { try Tries.succeeded(subject(account.id, device), transaction) }
    return isRight ? .right : .wrong
  }

  private static func subject(_ account: ID<Account>, _ device: String?) -> String {
    "factor:\(account)" + (device.map { ":device:\($0)" } ?? "")
  }

  /// As it stands in the app, with or without a space in the middle.
  private static func digits(_ typed: String) -> String { typed.filter { !$0.isWhitespace } }

  /// Is it a code of now, that was not used? Then it is used.
  private func takes(_ typed: String, isFirst: Bool = false, _ transaction: Transaction) throws -> Bool {
    let used = isFirst ? nil : try transaction.row("select step from factor_step where factor = \(id)")?.integer("step")
    guard let key = Base32.bytes(secret),
      let step = TOTP.step(of: typed, key, at: transaction.now, after: used.map(Int64.init))
    else { return false }
    try transaction.technical(
      """
      insert into factor_step (factor, step) values (\(id), \(Int(step)))
      on conflict (factor) do update set step = excluded.step
      """)
    return true
  }

  /// Lost: the next time one signs in a new one is set up. Everywhere one was signed in is over.
  static func reset(_ account: Account, by other: ID<Account>?, _ transaction: Transaction) throws {
    try inUse(by: account.id, transaction)?.end(transaction)
    try waiting(for: account.id, transaction)?.end(transaction)
    try RecoveryCodes.end(of: account.id, transaction)
    try Sessions.endAll(of: account.id, transaction)
    try AccountEvent.note(.factorReset, account, by: other, transaction)
  }

  /// What the app reads, with the key for who types it over.
  func address(for account: Account) -> String {
    TOTP.address(Base32.bytes(secret) ?? [], login: account.login ?? account.name)
  }

  /// The key in groups of four.
  var groups: String {
    stride(from: 0, to: secret.count, by: 4).map { secret.dropFirst($0).prefix(4) }.joined(separator: " ")
  }
}

extension Letter {
  /// What became of asking for a letter at the command line.
  public enum AtCommand: Sendable, Equatable {
    case made(code: String)
    /// Nobody with this address has a second factor.
    case nobody
    /// Somebody else who decides for many agrees first.
    case approverNeeded
  }

  /// For whoever lost their second factor where nobody is left to ask on a page. Another who decides for many agrees, as
  /// long as there is one.
  public static func forLostFactor(
    of email: String, agreedBy approver: String?, _ transaction: Transaction
  ) throws -> AtCommand {
    guard let account = try Account.with(email: email, transaction), account.disabledAt == nil,
      try SecondFactor.hasOne(account.id, transaction)
    else { return .nobody }
    let deciders = try transaction.all(
      Account.self,
      """
      where disabled_at is null and id <> \(account.id) and id in (select account from credential)
      and role in (\(list: SecondPerson.weighty.map(\.rawValue).sorted()))
      """)
    let agreed = approver.flatMap { address in deciders.first { $0.login?.lowercased() == address.lowercased() } }
    guard agreed != nil || deciders.isEmpty && approver == nil else { return .approverNeeded }
    try transaction.put(
      Letter(
        id: transaction.freshID(), account: account.id, resident: account.resident, madeBy: agreed?.id ?? account.id,
        agreedBy: agreed?.id, madeAt: transaction.now))
    return .made(code: try Account.invite(account.id, opens: .factor, transaction))
  }
}

/// Ten codes on paper, for when the telephone is not there. Here is only a keyed hash of each.
enum RecoveryCodes {
  private static let count = 10

  /// Ten fresh ones, which end those before.
  static func make(for account: Account, _ transaction: Transaction) throws -> [String] {
    try end(of: account.id, transaction)
    let codes = (0..<count).map { _ in String(InvitationCode.make(transaction.randomBytes(20)).prefix(14)) }
    for code in codes {
      try transaction.technical(
        """
        insert into recovery_code (account, code_hash) values (\(account.id), \(hash(code, account.id, transaction)))
        """)
    }
    return codes
  }

  static func left(of account: ID<Account>, _ reader: Reader) throws -> Int {
    try reader.count("select count(*) from recovery_code where account = \(account)")
  }

  /// Uses one up, when it is one.
  static func take(_ typed: String, of account: Account, _ transaction: Transaction) throws -> Bool {
    let gone = try transaction.technical(
      """
      delete from recovery_code where account = \(account.id)
      and code_hash = \(hash(typed, account.id, transaction))
      """)
    if gone > 0 { try AccountEvent.note(.recoveryCodeUsed, account, transaction) }
    return gone > 0
  }

  static func end(of account: ID<Account>, _ transaction: Transaction) throws {
    try transaction.technical("delete from recovery_code where account = \(account)")
  }

  private static func hash(_ typed: String, _ account: ID<Account>, _ reader: Reader) -> String {
    reader.blinded("recovery:\(account):" + typed.uppercased().filter { $0.isLetter || $0.isNumber })
  }
}
