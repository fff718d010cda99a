public import Kernel
public import Store

/// What somebody is to a resident, from when until when. All sight comes from one.
public struct Relation: Record, Equatable {
  /// On what ground data is shared.
  public enum Ground: String, Codable, Sendable, CaseIterable {
    /// The person themself.
    case own
    /// The organisation that is called first: what it needs for that can't be narrowed (task by law).
    case task
    /// Support agreed with the resident.
    case agreement
    /// The resident asked for it.
    case consent
  }

  public let id: ID<Relation>
  public var version = 0
  public let resident: ResidentID
  /// One person, or …
  public let account: ID<Account>?
  /// … everyone in a team, or …
  public let team: ID<Team>?
  /// … everyone in an organisation who has this role. For a person it tells for whom they work.
  public let organisation: ID<Organisation>?
  public let role: Role
  public internal(set) var ground: Ground
  /// For a stand-in: whose place they take.
  public let standsInFor: ID<Account>?
  public let fromAt: Instant
  public internal(set) var untilAt: Instant?

  public static let table = Table(
    "relation", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .identity), .plain("account", .network), .plain("team", .network),
      .plain("organisation", .network), .plain("role", .network), .plain("ground", .sharing),
      .plain("standsInFor", .network), .plain("fromAt", .network), .plain("untilAt", .network),
    ])

  /// Only `Relation.open` makes one, after asking whether it may exist.
  init(
    id: ID<Relation>, resident: ResidentID, account: ID<Account>? = nil, team: ID<Team>? = nil,
    organisation: ID<Organisation>? = nil, role: Role, ground: Ground, standsInFor: ID<Account>? = nil, fromAt: Instant
  ) {
    self.id = id
    self.resident = resident
    self.account = account
    self.team = team
    self.organisation = organisation
    self.role = role
    self.ground = ground
    self.standsInFor = standsInFor
    self.fromAt = fromAt
  }
}

/// A resident's own choice about who sees what. Never overwritten: a new choice ends the old one.
public struct Consent: Record, Equatable {
  public enum Choice: String, Codable, Sendable {
    /// Less than usual.
    case hide
    /// More than usual, for one person.
    case show
  }

  public let id: ID<Consent>
  public var version = 0
  public let resident: ResidentID
  /// For one person, or …
  public let account: ID<Account>?
  /// … for an organisation, or …
  public let organisation: ID<Organisation>?
  /// … for everyone in a role.
  public let role: Role?
  public let category: Category
  /// One item of the category, as a goal; nil for all.
  public let item: ID<Anything>?
  public let choice: Choice
  public var fromAt: Instant
  public var untilAt: Instant?
  /// Who recorded it: the resident, or a worker in the resident's presence.
  public let recordedBy: ID<Account>

  public static let table = Table(
    "consent", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .identity), .plain("account", .sharing), .plain("organisation", .sharing),
      .plain("role", .sharing), .plain("category", .sharing), .plain("item", .sharing), .plain("choice", .sharing),
      .plain("fromAt", .sharing), .plain("untilAt", .sharing), .plain("recordedBy", .sharing),
    ])

  public init(
    id: ID<Consent>, resident: ResidentID, account: ID<Account>? = nil, organisation: ID<Organisation>? = nil,
    role: Role? = nil, category: Category, item: ID<Anything>? = nil, choice: Choice, fromAt: Instant,
    recordedBy: ID<Account>
  ) {
    self.id = id
    self.resident = resident
    self.account = account
    self.organisation = organisation
    self.role = role
    self.category = category
    self.item = item
    self.choice = choice
    self.fromAt = fromAt
    self.recordedBy = recordedBy
  }
}
