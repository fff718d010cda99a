public import Kernel

/// Whose request this is.
public struct Viewer: Sendable, Equatable {
  public let account: ID<Anything>
  public let organisation: ID<Anything>?
  public let role: Role
  public let teams: [ID<Anything>]
  public let language: Language
  /// What the header shows.
  public let name: String
  /// May register, import and export people.
  public let mayRegister: Bool
  /// The resident this account belongs to, for a resident's own sign-in.
  public let resident: ResidentID?
  /// Signed in with a key that changes nothing.
  public let mayOnlyRead: Bool
  /// When this sign-in is over; nil for a key.
  public var session: SessionEnd?

  public init(
    account: ID<Anything>, organisation: ID<Anything>?, role: Role, teams: [ID<Anything>], language: Language,
    name: String, mayRegister: Bool, resident: ResidentID?, mayOnlyRead: Bool = false
  ) {
    self.mayOnlyRead = mayOnlyRead
    self.account = account
    self.organisation = organisation
    self.role = role
    self.teams = teams
    self.language = language
    self.name = name
    self.mayRegister = mayRegister
    self.resident = resident
  }
}

/// When a sign-in is over by itself.
public struct SessionEnd: Sendable, Equatable {
  /// After so long without a page or a key pressed.
  public let idle: Span
  /// At the latest then, however busy.
  public let latest: Instant

  public init(idle: Span, latest: Instant) {
    self.idle = idle
    self.latest = latest
  }
}

/// What one may do with something.
public enum Action: String, Sendable, Codable, CaseIterable {
  case read, add, write
}

/// Who may use a route. Each route names one; there is no default.
public enum RoutePolicy: Sendable, Equatable {
  /// No sign-in needed.
  case anyone
  case signedIn
  /// Everyone while it is open; otherwise whoever is signed in.
  case signedInUnless(Openness)
  /// Any of these main roles.
  case roles([Role])
  /// A relation with the resident named in the path, sufficient for this action on this category.
  case resident(Category, Action)
}
