public import Kernel
public import Site
public import Store
public import Trust

/// What works: building blocks, pilots, practices and lessons, to be read, searched and shown where they help.
public struct KnowledgeSlice: Slice {
  let trail: Trail
  let database: Database
  let seen = SeenLessons()
  private let shelf = Shelf()
  /// Whether what works may be read without signing in.
  let openness = Openness()
  public var isOpen: Bool { openness.isOpen }
  let chosen = Guarded<KnowledgeSettings?>(nil)
  let wrongCodes = WrongCodes()

  public init(trail: Trail, database: Database) async throws {
    self.trail = trail
    self.database = database
    try await seen.load(database)
    try await shelf.follow(database)
    try await KnowledgeSettings.follow(database, openness, chosen)
  }

  public static let migrations = KnowledgeMigrations.all
  public var migrations: [Migration] { Self.migrations }
  /// Every stored record type of this slice, for replay and checks.
  public static let tables: [Table] = [
    Verdict.table, Project.table, Quickscan.table, AddedLesson.table, LearningMeeting.table, MeetingAction.table,
    KnowledgeSettings.table, SelfScan.table, SelfScanForm.table, BasicSetTool.table, BasicSetEntry.table,
    PreferredWord.table,
  ]
  public var jobs: [JobHandler] { [] }

  public static let texts: [(Language, [UInt8])] = [
    (.dutch, PackageResources.nl_json), (.english, PackageResources.en_json),
  ]
  public var texts: [(Language, [UInt8])] { Self.texts }

  /// All that is known.
  public var base: KnowledgeBase { get throws { try shelf.base() } }

  /// Puts everything in order before somebody asks.
  public func warmUp() throws { _ = try base }

  public var routes: [Route] {
    let all =
      readingRoutes + verdictRoutes + learningRoutes + exchangeRoutes + selfScanRoutes + basicSetRoutes + wordRoutes
      + api
      + neighbourhoodAPI
    return all.map(\.forStaff)
  }

  /// For who works here also what they agreed to do.
  private func front(_ visit: Visit) async throws -> Reply {
    let base = try base
    guard let viewer = visit.viewer, Learning.reads(viewer) else {
      return KnowledgeFront(base: base, actions: []).reply(visit)
    }
    return try await trail.look(visit, as: "knowledge", event: "list") { looker in
      let actions = try MeetingAction.open(of: looker.viewer.account.retyped(), looker.reader)
      return KnowledgeFront(base: base, actions: actions).reply(visit)
    }
  }

  private var readingRoutes: [Route] {
    [
      Route(.get, "/knowledge", name: "knowledge", policy: .signedInUnless(openness)) { visit in
        try await front(visit)
      },
      Route(.get, "/knowledge/map", name: "knowledge.map", policy: .signedInUnless(openness)) { visit in
        KnowledgeMap(base: try base).reply(visit)
      },
      Route(.get, "/knowledge/lessons", name: "knowledge.lessons", policy: .signedInUnless(openness)) { visit in
        LessonsPage(try base, visit.query).reply(visit)
      },
      Route(
        .get, "/knowledge/lessons/{lesson}", name: "knowledge.lesson", policy: .signedInUnless(openness),
        placeSchemas: ["lesson": .text]
      ) { visit in
        let base = try base
        guard let lesson = visit.places["lesson"].flatMap(base.library.lesson) else { throw Problem.notFound }
        return try LessonPage(base: base, lesson: lesson).reply(visit)
      },
      Route(.get, "/knowledge/{unit}", name: "knowledge.unit", policy: .signedInUnless(openness)) { visit in
        let base = try base
        guard let unit = visit.places["unit"].flatMap(base.library.unit) else { throw Problem.notFound }
        return UnitPage(base: base, unit: unit).reply(visit)
      },
    ]
  }
}
