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
  /// What was shown, each through the relation that granted it, for the audit record.
  public private(set) var shown: [Category: Subject] = [:]

  init(resident: ResidentID, viewer: Viewer, subjects: [Subject], consents: [Consent], now: Instant) {
    self.resident = resident
    self.viewer = viewer
    self.subjects = subjects
    self.consents = consents
    self.now = now
  }

  /// May the viewer do this? For offering it, or for reading what is then perhaps shown: nothing is shown by asking.
  public func allows(_ action: Action, _ category: Category) -> Bool { granting(action, category) != nil }

  private func granting(_ action: Action, _ category: Category) -> Subject? {
    subjects.first { decide($0, action, category, consents: consents, now: now) }
  }

  /// In which role the viewer may do this; nil when they may not.
  func role(for action: Action, _ category: Category) -> Role? { granting(action, category)?.role }

  /// Is this role the only one through which the viewer reads a category?
  public func reads(_ category: Category, onlyAs role: Role) -> Bool {
    let granting = subjects.filter { decide($0, .read, category, consents: consents, now: now) }
    return !granting.isEmpty && granting.allSatisfy { $0.role == role }
  }

  /// May the viewer read this category? Whoever asks here shows it: the trail says so.
  public func shows(_ category: Category) -> Bool {
    guard let subject = granting(.read, category) else { return false }
    shown[category] = shown[category] ?? subject
    return true
  }

  /// A value of a category, as far as the viewer may read it; what is shown is written down, what is empty shows
  /// nothing.
  public func show<Value>(_ category: Category, _ value: Value?) -> Value? {
    guard let value, shows(category) else { return nil }
    return value
  }

  /// - Throws: `Problem.notFound`: what one may not see is not there.
  public func require(_ action: Action, _ category: Category) throws {
    guard action == .read ? shows(category) : allows(action, category) else { throw Problem.notFound }
  }

  /// May one item be read: because the category may, or because the resident shared this item with the viewer. Nothing
  /// is shown by asking.
  public func maySee<Item>(_ item: ID<Item>, _ category: Category) -> Bool { seeing(item, category) != nil }

  /// Shows one item, when it may be read.
  public func sees<Item>(_ item: ID<Item>, _ category: Category) -> Bool {
    guard let subject = seeing(item, category) else { return false }
    shown[category] = shown[category] ?? subject
    return true
  }

  private func seeing<Item>(_ item: ID<Item>, _ category: Category) -> Subject? {
    if let subject = granting(.read, category) { return subject }
    return subjects.first { subject in
      decideLevel(subject, category, consents: consents, now: now) == .shared
        && consents.contains {
          $0.item == item.retyped() && $0.category == category && $0.choice == .show && $0.isInForce(at: now)
            && $0.isAbout(subject)
        }
    }
  }

  /// Shows what was made for this viewer to read, as the form of a handover for who is asked to take over; unless the
  /// resident hid the category from them.
  public func showsAsAddressee(_ category: Category) -> Bool {
    if shows(category) { return true }
    let isHidden = consents.contains { consent in
      consent.choice == .hide && consent.category == category && consent.item == nil && consent.isInForce(at: now)
        && subjects.contains { consent.isAbout($0) }
    }
    guard !isHidden, let subject = subjects.first else { return false }
    shown[category] = shown[category] ?? subject
    return true
  }

  /// Was a category that was shown granted by this subject?
  func isGranted(_ category: Category, by subject: Subject) -> Bool {
    decide(subject, .read, category, consents: consents, now: now) || shown[category] == subject
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
