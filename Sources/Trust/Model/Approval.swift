public import Kernel
public import Store

/// Something that gives sight in bulk, or of somebody's whole file, asked by one person and agreed to by another
/// (domain §7): joining a team, a letter for an account in use, an account that sees or decides for many.
public struct Approval: Record, Equatable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case joinTeam, letter, account
    /// A letter for who lost their second factor.
    case factor
    /// Another role, or the same one for another organisation, for somebody who is there.
    case position
    /// Two accounts of one person, or two organisations that are one now.
    case mergeAccounts, mergeOrganisations
  }

  public enum Decision: String, Codable, Sendable, CaseIterable { case agreed, refused }

  public let id: ID<Approval>
  public var version = 0
  public let kind: Kind
  /// Whom it is about; nil for an account that is not there yet.
  public let account: ID<Account>?
  public let team: ID<Team>?
  /// For a letter of an account made in a resident's circle.
  public let resident: ResidentID?
  /// For an account that is to be made.
  public let name: String?
  public let email: String?
  public let role: Role?
  public let organisation: ID<Organisation>?
  /// Into what somebody or something goes.
  public var intoAccount: ID<Account>?
  public var intoOrganisation: ID<Organisation>?
  public let askedBy: ID<Account>
  public let askedAt: Instant
  public internal(set) var decision: Decision?
  public internal(set) var decidedBy: ID<Account>?
  public internal(set) var decidedAt: Instant?
  /// When the letter was made for which this was needed.
  public internal(set) var usedAt: Instant?

  public static let table = Table(
    "approval", sealedFor: .resident(property: "resident"),
    [
      .plain("kind"), .plain("account"), .plain("team"), .plain("resident", .identity), .sealed("name"),
      .sealed("email"), .plain("role"), .plain("organisation"), .plain("intoAccount"), .plain("intoOrganisation"),
      .plain("askedBy"), .plain("askedAt"),
      .plain("decision"), .plain("decidedBy"), .plain("decidedAt"), .plain("usedAt"),
    ])

  /// How long one waits for an answer, and how long an agreed letter may be made.
  static let validity = Span.days(14)

  public func isOpen(at now: Instant) -> Bool { decision == nil && now < askedAt.adding(Self.validity) }
}

/// A letter with a code that was made for somebody: told to them, as it opens their account.
public struct Letter: Record, Equatable {
  public let id: ID<Letter>
  public var version = 0
  public let account: ID<Account>
  /// For an account made in a resident's circle.
  public let resident: ResidentID?
  public let madeBy: ID<Account>
  /// Who agreed, when the account was in use.
  public let agreedBy: ID<Account>?
  public let madeAt: Instant

  public static let table = Table(
    "letter", sealedFor: .resident(property: "resident"),
    [
      .plain("account"), .plain("resident", .identity), .plain("madeBy"), .plain("agreedBy"), .plain("madeAt"),
    ])
}
