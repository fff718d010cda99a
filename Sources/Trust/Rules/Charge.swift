internal import Kernel
internal import Site

/// What an administrator looks after: the whole region, or, when they work for one organisation, that one and its people
/// (security requirement 24).
struct Charge: Sendable {
  /// nil for the whole region.
  let organisation: ID<Organisation>?

  init(_ viewer: Viewer) { organisation = viewer.organisation?.retyped() }

  func covers(_ other: ID<Organisation>?) -> Bool { organisation == nil || organisation == other }
}
