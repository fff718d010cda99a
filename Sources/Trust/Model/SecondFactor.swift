public import Kernel
public import Store

/// What somebody carries besides their password: an app that makes codes (RFC 6238). Never changed: a new one ends the
/// one before.
public struct SecondFactor: Record, Equatable {
  public let id: ID<SecondFactor>
  public var version = 0
  public let account: ID<Account>
  /// For an account made in a resident's circle.
  public let resident: ResidentID?
  /// The key the app shares with us, in base 32.
  let secret: String
  public let madeAt: Instant
  /// When its first code was right; until then it opens nothing.
  public internal(set) var confirmedAt: Instant?
  public internal(set) var endedAt: Instant?

  public static let table = Table(
    "second_factor", sealedFor: .resident(property: "resident"),
    [
      .plain("account"), .plain("resident", .identity), .sealed("secret"), .plain("madeAt"), .plain("confirmedAt"),
      .plain("endedAt"),
    ])
}

/// Something that happened with an account, told to who uses it: nobody gets in, or gets another place, unseen.
public struct AccountEvent: Record, Equatable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case password, login, role, organisation, merged
    case factor, recoveryCodes, recoveryCodeUsed, factorReset
  }

  public let id: ID<AccountEvent>
  public var version = 0
  public let account: ID<Account>
  /// For an account made in a resident's circle.
  public let resident: ResidentID?
  public let kind: Kind
  /// Who did it, when it was not the person.
  public let by: ID<Account>?
  public let at: Instant

  public static let table = Table(
    "account_event", sealedFor: .resident(property: "resident"),
    [.plain("account"), .plain("resident", .identity), .plain("kind"), .plain("by"), .plain("at")])

  /// Writes it down.
  @discardableResult
  static func note(
    _ kind: Kind, _ account: Account, by other: ID<Account>? = nil, _ transaction: Transaction
  ) throws -> AccountEvent {
    try transaction.put(
      AccountEvent(
        id: transaction.freshID(), account: account.id, resident: account.resident, kind: kind,
        by: other == account.id ? nil : other, at: transaction.now))
  }

  /// What happened lately, newest first.
  static func recent(of account: ID<Account>, _ reader: Reader) throws -> [AccountEvent] {
    try reader.all(
      AccountEvent.self,
      "where account = \(account) and at > \(reader.now.adding(.days(-90))) order by at desc, id desc limit 20")
  }
}
