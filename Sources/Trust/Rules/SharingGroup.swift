public import Kernel
internal import Site

/// The categories a resident shares, in five groups that one can tell apart at a glance.
public enum SharingGroup: String, Sendable, CaseIterable {
  case person, way, home, health, help

  public var categories: [Category] {
    switch self {
    case .person: [.identity, .contact, .network]
    case .way: [.journey, .readiness, .plan, .activities, .outcomes]
    case .home: [.housing, .tenancy, .money]
    case .health: [.health, .substance, .justice, .warning]
    case .help: [.support, .signal, .signalText, .contacts, .desk, .notes]
    }
  }

  /// Shared one by one, where the matrix says so: each thing of these can be chosen.
  public static let itemwise: Set<Category> = [.plan, .network, .warning]
}

/// What one person, or an office, may see of one category, and what the resident may do about it.
struct SharedItem: Sendable, Equatable {
  /// How much is seen now.
  enum Extent: Sendable, Equatable { case all, some, none }

  let category: Category
  let level: Level
  let usual: Level
  let isTask: Bool
  /// How many things were shared one by one.
  let shared: Int
  /// A relative sees the steps that name them, and what people close by can do.
  let isForThem: Bool

  var extent: Extent {
    if allows(level, .read) { return .all }
    return level == .shared && (shared > 0 || isForThem) ? .some : .none
  }

  var usuallySees: Bool { usual == .read || usual == .write || usual == .shared }

  /// May the resident stop it, and is there anything to stop?
  var canStop: Bool { !isTask && level != .nothing && (allows(level, .read) || level == .shared) }
}
