public import Kernel
public import Site

/// What one viewer sees of one resident at one moment. Only `Looker` makes them, and everything that reads a
/// resident's file asks for one: there is no other road to the data.
public final class Sight {
  public let resident: ResidentID
  public let viewer: Viewer
  /// Everything the viewer is to this resident now.
  public let subjects: [Subject]
  let consents: [Consent]
  private let now: Instant
  /// The categories that were shown, for the audit record.
  public private(set) var used: Set<Category> = []

  init(resident: ResidentID, viewer: Viewer, subjects: [Subject], consents: [Consent], now: Instant) {
    self.resident = resident
    self.viewer = viewer
    self.subjects = subjects
    self.consents = consents
    self.now = now
  }

  /// May the viewer do this? Asking to read counts as having been shown.
  public func may(_ action: Action, _ category: Category) -> Bool {
    let granted = subjects.contains { decide($0, action, category, consents: consents, now: now) }
    if granted && action != .add { used.insert(category) }
    return granted
  }

  /// May the viewer do this? For telling so, without anything being shown.
  public func allows(_ action: Action, _ category: Category) -> Bool {
    subjects.contains { decide($0, action, category, consents: consents, now: now) }
  }

  /// - Throws: `Problem.notFound`: what one may not see is not there.
  public func require(_ action: Action, _ category: Category) throws {
    guard may(action, category) else { throw Problem.notFound }
  }

  /// May one item be read: because the category may, or because the resident shared this item with the viewer.
  public func sees<Item>(_ item: ID<Item>, _ category: Category) -> Bool {
    if may(.read, category) { return true }
    let isShared = subjects.contains { subject in
      decideLevel(subject, category, consents: consents, now: now) == .shared
        && consents.contains {
          $0.item == item.retyped() && $0.category == category && $0.choice == .show && $0.isInForce(at: now)
            && $0.isAbout(subject)
        }
    }
    if isShared { used.insert(category) }
    return isShared
  }

  /// Does the viewer see only items that are shared one by one?
  public func isItemwise(_ category: Category) -> Bool {
    subjects.contains { decideLevel($0, category, consents: consents, now: now) == .shared }
  }

  /// Notes belong to one organisation; others never see them.
  public func ownOrganisation() -> ID<Organisation>? { viewer.organisation?.retyped() }

  /// The resident looking at their own file.
  public var isOwn: Bool { subjects.contains { $0.role == .resident } }

  public func has(_ role: Role) -> Bool { subjects.contains { $0.role == role } }

  public func hasAny(_ roles: [Role]) -> Bool { subjects.contains { roles.contains($0.role) } }

  /// Peer workers and host tenants know a first name only (domain §6).
  public var seesFirstNameOnly: Bool {
    !subjects.isEmpty && subjects.allSatisfy { $0.role == .peerWorker || $0.role == .hostTenant }
  }
}
