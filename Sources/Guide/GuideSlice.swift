public import Kernel
public import Site
public import Store

/// Help: a page for each kind of work, with a picture of where one begins; and what was done so that everybody can use
/// Geland. For everyone, without signing in.
public struct GuideSlice: Slice {
  public init() {}

  public let migrations: [Migration] = []
  public let jobs: [JobHandler] = []
  public var texts: [(Language, [UInt8])] { Self.texts }
  public static let texts: [(Language, [UInt8])] = [
    (.dutch, PackageResources.nl_json), (.english, PackageResources.en_json),
  ]

  public var routes: [Route] {
    [
      Route(.get, "/help", name: "help", policy: .anyone) { visit in
        if let viewer = visit.viewer, visit.query["all"] == nil {
          return .go(to: "/help/\(Guide.of(viewer.role).rawValue)")
        }
        return GuideListPage().reply(visit)
      },
      Route(.get, "/help/{guide}", name: "help.role", policy: .anyone) { visit in
        guard let guide = Guide(rawValue: visit.places["guide"] ?? "") else { throw Problem.notFound }
        return GuidePage(guide).reply(visit)
      },
      Route(.get, "/accessibility", name: "accessibility", policy: .anyone) { visit in AccessibilityPage().reply(visit)
      },
    ]
  }
}

/// For whom a help page is.
public enum Guide: String, Sendable, CaseIterable {
  case resident, relative, worker, leader, coordinator, housing, adviser, administrator, privacy, other

  /// The page that fits somebody's role best.
  public static func of(_ role: Role) -> Guide {
    switch role {
    case .resident: .resident
    case .relative, .goodNeighbour, .hostTenant: .relative
    case .supportWorker, .clinician, .peerWorker, .communityWorker, .standIn, .standInActive, .teamMember: .worker
    case .teamLeader: .leader
    case .coordinator: .coordinator
    case .housingOfficer: .housing
    case .policyAdviser: .adviser
    case .systemAdministrator: .administrator
    case .privacyOfficer: .privacy
    default: .other
    }
  }

  /// How many questions its page answers.
  var questions: Int {
    switch self {
    case .resident, .worker: 6
    case .coordinator: 5
    case .relative, .leader, .adviser, .administrator: 4
    case .housing, .privacy, .other: 3
    }
  }

  /// The page where this work begins, as `make screenshots` made it; none where the demo has nobody.
  public var picture: Assets.Asset? { Self.pictures[self] }

  private static let pictures: [Guide: Assets.Asset] = {
    let made: [Guide: [UInt8]] = [
      .resident: PackageResources.resident_webp, .relative: PackageResources.relative_webp,
      .worker: PackageResources.worker_webp, .coordinator: PackageResources.coordinator_webp,
      .adviser: PackageResources.adviser_webp, .administrator: PackageResources.administrator_webp,
    ]
    return Dictionary(
      uniqueKeysWithValues: made.map { ($0, Assets.asset($0.rawValue, "webp", $1, "image/webp")) })
  }()

  /// To be served with style and script.
  public static var assets: [Assets.Asset] { allCases.compactMap(\.picture) }
}
