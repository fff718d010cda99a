public import Kernel
internal import KnowledgeContent
public import Site
public import Store
internal import Synchronization
public import Trust

/// What works: building blocks, pilots, practices and lessons, to be read, searched and shown where they help.
public struct KnowledgeSlice: Slice {
  let trail: Trail
  let seen = SeenLessons()
  private let shelf = Shelf()

  public init(trail: Trail, database: Database) async throws {
    self.trail = trail
    try await seen.load(database)
  }

  public static let migrations = KnowledgeMigrations.all
  public var migrations: [Migration] { Self.migrations }
  /// Every stored record type of this slice, for replay and checks.
  public static let tables: [Table] = [Verdict.table]
  public var jobs: [JobHandler] { [] }

  public static let texts: [(Language, [UInt8])] = [
    (.dutch, PackageResources.nl_json), (.english, PackageResources.en_json),
  ]
  public var texts: [(Language, [UInt8])] { Self.texts }

  /// All that is known; read when somebody first asks.
  public var base: KnowledgeBase { get throws { try shelf.base() } }

  public var routes: [Route] { readingRoutes + verdictRoutes }

  private var readingRoutes: [Route] {
    [
      Route(.get, "/knowledge", name: "knowledge", policy: .signedIn) { visit in
        KnowledgeFront(base: try base).reply(visit)
      },
      Route(.get, "/knowledge/map", name: "knowledge.map", policy: .signedIn) { visit in
        KnowledgeMap(base: try base).reply(visit)
      },
      Route(.get, "/knowledge/lessons", name: "knowledge.lessons", policy: .signedIn) { visit in
        LessonsPage(try base, visit.query).reply(visit)
      },
      Route(.get, "/knowledge/{unit}", name: "knowledge.unit", policy: .signedIn) { visit in
        let base = try base
        guard let unit = visit.places["unit"].flatMap(base.library.unit) else { throw Problem.notFound }
        return UnitPage(base: base, unit: unit).reply(visit)
      },
    ]
  }
}

/// Keeps the base once it was read.
private final class Shelf: Sendable {
  private let kept = Mutex<KnowledgeBase?>(nil)

  func base() throws -> KnowledgeBase {
    try kept.withLock { kept in
      if let kept { return kept }
      let read = try KnowledgeBase(ContentFiles.all)
      kept = read
      return read
    }
  }
}
