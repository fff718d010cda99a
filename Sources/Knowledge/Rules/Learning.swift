internal import Kernel
internal import Site
internal import Trust

/// Who takes part in learning together.
enum Learning {
  /// Everyone who works in the region reads what was learned.
  static let readers = TrustSlice.staffRoles

  /// Who works in the region: for an organisation, or as its administrator. A buddy, a relative or a peer whom a resident
  /// asked in has an account too, often in the same role, but no organisation.
  static func isStaff(_ viewer: Viewer) -> Bool {
    viewer.organisation != nil || viewer.role == .systemAdministrator
  }

  static func isStaff(_ account: Account) -> Bool {
    account.organisation != nil || account.role == .systemAdministrator
  }

  static func reads(_ viewer: Viewer) -> Bool { readers.contains(viewer.role) && isStaff(viewer) }

  /// They plan meetings, turn answers into lessons and look after what the region adds.
  static let editors: [Role] = [.policyAdviser, .coordinator]

  /// They lead a neighbourhood's self-scan.
  static let leaders = editors + [.communityWorker]

  static func edits(_ role: Role) -> Bool { editors.contains(role) }

  static func edits(_ viewer: Viewer) -> Bool { edits(viewer.role) }

  /// A project is filled in by its own organisation, or by an editor who interviews it.
  static func fills(_ project: Project, _ viewer: Viewer) -> Bool {
    edits(viewer) || (readers.contains(viewer.role) && viewer.organisation == project.organisation.retyped())
  }

  /// What is not handed in yet is its writers' own.
  static func reads(_ scan: Quickscan, of project: Project, _ viewer: Viewer) -> Bool {
    scan.handedInOn != nil || fills(project, viewer)
  }
}

/// When a project looks back: twice, a year apart (BT, Inleiding), and further as often as it likes.
enum Rounds {
  /// The round that may begin now; nil while one is open.
  static func next(after scans: [Quickscan]) -> Int? {
    scans.contains { $0.handedInOn == nil } ? nil : (scans.map(\.round).max() ?? 0) + 1
  }

  /// When the next round is due: a year after the last one was begun. nil while one is open, or before the first.
  static func due(after scans: [Quickscan]) -> LocalDate? {
    guard next(after: scans) != nil, let last = scans.max(by: { $0.round < $1.round }) else { return nil }
    return last.openedOn.adding(months: 12)
  }
}

extension Route {
  /// A route for some roles is for who works in the region; for others it is not there.
  var forStaff: Route {
    guard case .roles = policy else { return self }
    let handle = handle
    let guarded = Route(
      method, path, name: name, policy: policy, operation: operation, placeSchemas: placeSchemas
    ) { visit in
      guard let viewer = visit.viewer, Learning.isStaff(viewer) else { throw Problem.notFound }
      return try await handle(visit)
    }
    return bodyLimit > guarded.bodyLimit ? guarded.takingFiles() : guarded
  }
}
