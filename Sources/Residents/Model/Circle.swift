public import Kernel
public import Store
public import Trust

/// Someone around a resident: a professional, relative, peer or neighbour, in a role, for a period.
public struct CircleMember: Record, Equatable {
  public let id: ID<CircleMember>
  public var version = 0
  public let resident: ResidentID
  /// Set when they can sign in; what they see is a relation.
  public var account: ID<Account>?
  public var name: String
  public var role: Role
  public var organisation: ID<Organisation>?
  public var phone: String?
  /// What they do for or with the resident, in the resident's words.
  public var words: String?
  /// Where they were asked to look along; only they can say yes, so that nobody learns whether an address is known.
  public var invitedEmail: String?
  public var fromOn: LocalDate
  public var untilOn: LocalDate?

  public static let table = Table(
    "circle_member", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .network), .plain("account", .network), .sealed("name", .network), .plain("role", .network),
      .plain("organisation", .network), .sealed("phone", .network), .sealed("words", .network),
      .sealed("invitedEmail", .network), .blind("invitedBlind", .network), .plain("fromOn", .network),
      .plain("untilOn", .network),
    ])

  public var blindTexts: [String: String?] { ["invitedBlind": invitedEmail.map(Account.normalised)] }
}

/// Something that is known about a resident and that a guard or the landing profile needs. Entered by hand as
/// `reported` until the part of Geland that knows it exists; then written by that part in its own transaction.
public struct Fact: Record, Equatable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case identityDocument, income, debts, support, wishes
    case home, tenancy, moveDate, keys, homeKept
    case rentPaid, nuisance, moneyInOrder, dayActivity, closePeople, pilotLight

    public var category: Category {
      switch self {
      case .identityDocument, .income, .debts, .wishes: .readiness
      case .support: .support
      case .home, .moveDate, .keys, .homeKept: .housing
      case .tenancy, .rentPaid, .nuisance: .tenancy
      case .moneyInOrder: .money
      case .dayActivity: .activities
      case .closePeople: .network
      case .pilotLight: .journey
      }
    }

    /// Who may report it by hand, besides reading it: until a corporation keeps contracts here, whoever keeps the home.
    public var writtenAs: Category { category == .tenancy ? .housing : category }
  }

  public enum Source: String, Codable, Sendable, CaseIterable { case reported, housing, money, support }

  /// How it stands; for a date the words hold it.
  public enum Standing: String, Codable, Sendable, CaseIterable { case yes, partly, no }

  public let id: ID<Fact>
  public var version = 0
  public let resident: ResidentID
  public let kind: Kind
  public var standing: Standing
  public var words: String?
  public var sinceOn: LocalDate
  public var untilOn: LocalDate?
  public let source: Source
  public let by: ID<Account>?

  public static let table = Table(
    "fact", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .readiness), .plain("kind", .readiness), .sealed("standing", .readiness),
      .sealed("words", .readiness), .plain("sinceOn", .readiness), .plain("untilOn", .readiness),
      .plain("source", .readiness), .plain("by", .readiness),
    ])
}

/// A registration that may be of someone already known: the coordinator decides (domain §4.1).
public struct MergeCandidate: Record, Equatable {
  public enum Matched: String, Codable, Sendable, CaseIterable { case bsn, nameAndBirth, nearName }
  public enum Decision: String, Codable, Sendable { case merged, different }

  public let id: ID<MergeCandidate>
  public var version = 0
  public let known: ResidentID
  public let added: ResidentID
  public let matched: Matched
  public let access: ID<Organisation>
  public let raisedAt: Instant
  public var decision: Decision?
  public var decidedBy: ID<Account>?
  public var decidedAt: Instant?
  /// For undoing it: the journey that ended with who was first, in which phase it was and since when …
  public var endedJourney: ID<Journey>?
  public var endedFirst: ID<Accountability>?
  public var phaseBefore: Phase?
  public var phaseSinceBefore: LocalDate?
  /// … and the one that began in the file that stays, when none was open there.
  public var begunJourney: ID<Journey>?
  public var undoneAt: Instant?
  public var undoneBy: ID<Account>?

  public static let table = Table(
    "merge_candidate", sealedFor: .resident(property: "known"),
    [
      .plain("known", .identity), .plain("added", .identity), .plain("matched", .identity), .plain("access", .journey),
      .plain("raisedAt", .journey), .plain("decision", .journey), .plain("decidedBy", .journey),
      .plain("decidedAt", .journey), .plain("endedJourney", .journey), .plain("endedFirst", .journey),
      .plain("phaseBefore", .journey),
      .plain("phaseSinceBefore", .journey), .plain("begunJourney", .journey), .plain("undoneAt", .journey),
      .plain("undoneBy", .journey),
    ])
}
