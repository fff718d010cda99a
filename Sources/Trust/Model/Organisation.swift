public import Kernel
public import Store

/// A partner in the region.
public struct Organisation: Record, Equatable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case municipality, careProvider, mentalHealthProvider, housingCorporation, welfare, peerOrganisation, desk
    case incomeService, debtService, residentsAssociation, addictionCare, police, ggd, familyAssociation, volunteers
    case reintegration, employer, healthInsurer
  }

  public let id: ID<Organisation>
  public var version = 0
  public var name: String
  public var kind: Kind
  /// CBS code of four digits, for a municipality itself.
  public var municipality: String?
  /// A number that can always be called there.
  public var phone: String?
  public var endedOn: LocalDate?
  /// The organisation it went on in.
  public internal(set) var mergedInto: ID<Organisation>?

  public static let table = Table(
    "organisation", sealedFor: .region,
    [.plain("name"), .plain("kind"), .plain("municipality"), .plain("phone"), .plain("endedOn"), .plain("mergedInto")])

  public init(id: ID<Organisation>, name: String, kind: Kind, municipality: String? = nil) {
    self.id = id
    self.name = name
    self.kind = kind
    self.municipality = municipality
  }
}

/// People of several employers who share residents and one work list (BT Houten, IJsselstein).
public struct Team: Record, Equatable {
  public let id: ID<Team>
  public var version = 0
  public var name: String
  public var endedOn: LocalDate?

  public static let table = Table("team", sealedFor: .region, [.plain("name"), .plain("endedOn")])

  public init(id: ID<Team>, name: String) {
    self.id = id
    self.name = name
  }
}

/// One person's time in a team.
public struct TeamMembership: Record, Equatable {
  public let id: ID<TeamMembership>
  public var version = 0
  public let team: ID<Team>
  public let account: ID<Account>
  public var fromAt: Instant
  public var untilAt: Instant?

  public static let table = Table(
    "team_membership", sealedFor: .region, [.plain("team"), .plain("account"), .plain("fromAt"), .plain("untilAt")])

  public init(id: ID<TeamMembership>, team: ID<Team>, account: ID<Account>, fromAt: Instant) {
    self.id = id
    self.team = team
    self.account = account
    self.fromAt = fromAt
  }
}
