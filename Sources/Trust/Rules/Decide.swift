public import Kernel
public import Site

/// Who asks, through one relation with one resident.
public struct Subject: Sendable, Equatable {
  public let account: ID<Account>
  public let organisation: ID<Organisation>?
  /// The relation that makes them so, for the trail.
  public let relation: ID<Relation>?
  public let role: Role
  public let ground: Relation.Ground
  public let fromAt: Instant
  public let untilAt: Instant?

  public init(
    account: ID<Account>, organisation: ID<Organisation>?, relation: ID<Relation>? = nil, role: Role,
    ground: Relation.Ground, fromAt: Instant, untilAt: Instant?
  ) {
    self.account = account
    self.relation = relation
    self.organisation = organisation
    self.role = role
    self.ground = ground
    self.fromAt = fromAt
    self.untilAt = untilAt
  }
}

/// The level a subject has on a category: the matrix, then the resident's choices. The only place where sharing is
/// decided; pages, lists, search and API all come through here.
public func decideLevel(
  _ subject: Subject, _ category: Category, consents: [Consent], now: Instant, matrix: SharingMatrix = .standard
) -> Level {
  guard subject.fromAt <= now, subject.untilAt.map({ now < $0 }) ?? true else { return .never }
  let usual = matrix.level(subject.role, category)
  if usual == .never { return .never }
  let own = consents.filter { consent in
    consent.item == nil && consent.category == category && consent.isInForce(at: now) && consent.isAbout(subject)
  }
  let isHidden = own.contains { $0.choice == .hide }
  if isHidden && !isTask(subject, category) && subject.role != .resident { return .nothing }
  let isWidened = own.contains { $0.choice == .show && $0.account == subject.account }
  if isWidened && (usual == .nothing || usual == .shared || usual == .add) { return .read }
  return usual
}

/// May this subject do this with this category?
public func decide(
  _ subject: Subject, _ action: Action, _ category: Category, consents: [Consent], now: Instant,
  matrix: SharingMatrix = .standard
) -> Bool {
  let level = decideLevel(subject, category, consents: consents, now: now, matrix: matrix)
  // Who may tell a worry goes on telling it when the resident lets them read too.
  let maySay = action == .add && level == .read && matrix.level(subject.role, category) == .add
  return maySay || allows(level, action)
}

func allows(_ level: Level, _ action: Action) -> Bool {
  switch action {
  case .read: level == .read || level == .write
  case .add: level == .add || level == .write
  case .write: level == .write
  }
}

/// What the organisation that is called first needs by law can't be narrowed.
public func isTask(_ subject: Subject, _ category: Category) -> Bool {
  subject.ground == .task && taskCategories.contains(category)
}

public let taskCategories: Set<Category> = [.identity, .contact, .journey, .signal]

extension Consent {
  public func isInForce(at now: Instant) -> Bool { fromAt <= now && (untilAt.map { now < $0 } ?? true) }

  func isAbout(_ subject: Subject) -> Bool {
    if let account { return account == subject.account }
    if let organisation { return organisation == subject.organisation }
    return role == subject.role || role == .standIn && subject.role == .standInActive
  }
}
