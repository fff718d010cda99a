internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What works, by API: units, lessons, search, what projects learned, meetings, and taking over lessons.
extension KnowledgeSlice {
  var api: [Route] { readingAPI + learningAPI }

  private func open(
    _ path: String, name: String, _ operation: Operation, show: @escaping @Sendable (Visit) throws -> Reply
  )
    -> Route
  {
    Route(
      .get, "/api/v1/knowledge" + path, name: "api.knowledge." + name, policy: .signedInUnless(openness),
      operation: operation, placeSchemas: ["unit": .text]
    ) { visit in try show(visit) }
  }

  private static func choice(_ name: String, _ values: [String]) -> Schema.Property {
    Schema.Property(name, .enumeration(values), isRequired: false)
  }

  /// What a filter of lessons may be.
  private static func filter(_ name: String) -> Schema.Property {
    switch name {
    case "since": Schema.Property(name, .date, isRequired: false)
    case "audience": choice(name, Lesson.Audience.allCases.map(\.rawValue))
    case "role": choice(name, Learning.readers.map(\.rawValue))
    case "phase": choice(name, Lesson.phases)
    case "ground": choice(name, Lesson.Ground.allCases.map(\.rawValue))
    default: word(name)
    }
  }

  private static func word(_ name: String, isRequired: Bool = false) -> Schema.Property {
    Schema.Property(name, .text, isRequired: isRequired)
  }

  private var readingAPI: [Route] {
    [
      open(
        "/units", name: "units",
        Operation(
          "Building blocks, pilots, practices, audiences and themes, in both languages.", tag: "knowledge",
          answer: .items("KnowledgeUnitList", KnowledgeShapes.unit.schema),
          query: [Self.choice("kind", KnowledgeUnit.Kind.allCases.map(\.rawValue))])
      ) { visit in
        let kind: KnowledgeUnit.Kind? = visit.query.choice("kind")
        let library = try base.library
        let units = library.units.filter { kind == nil || $0.kind == kind }
          .map { KnowledgeShapes.Hung(unit: $0, library: library) }
        return .json(.of(["items": .array(units.map(KnowledgeShapes.unit.json))]))
      },
      open(
        "/units/{unit}", name: "unit",
        Operation("One of them.", tag: "knowledge", answer: KnowledgeShapes.unit.schema)
      ) { visit in
        let library = try base.library
        guard let unit = visit.places["unit"].flatMap(library.unit) else { throw Problem.notFound }
        return .json(KnowledgeShapes.unit.json(KnowledgeShapes.Hung(unit: unit, library: library)))
      },
      open(
        "/export", name: "export",
        Operation(
          "Everything that is known, as another region can read it in.", tag: "knowledge",
          answer: KnowledgeShapes.export.schema)
      ) { visit in .json(try export(visit).json) },
      open(
        "/lessons", name: "lessons",
        Operation(
          "Lessons, by what they are about, for whom and when.", tag: "knowledge",
          answer: .items("LessonList", KnowledgeShapes.lesson.schema), isPaged: true,
          query: LessonsPage.Wanted.names.map(Self.filter))
      ) { visit in try lessons(visit) },
      open(
        "/search", name: "search",
        Operation(
          "Searches units and lessons, the best first.", tag: "knowledge",
          answer: .items("KnowledgeHits", Self.hit.schema),
          query: [
            Self.word("q", isRequired: true), Self.choice("language", Language.allCases.map(\.rawValue)),
            Schema.Property("limit", .integer(1...100), isRequired: false),
          ])
      ) { visit in
        let language: Language = visit.query.choice("language") ?? visit.texts.language
        let hits = try base.index(language)?.find(visit.query["q"] ?? "", atMost: visit.limit).hits ?? []
        return .json(.of(["items": .array(hits.map(Self.hit.json))]))
      },
    ]
  }

  private static let hit = Shape<SearchIndex.Hit>(
    "KnowledgeHit",
    [
      .text("unit") { $0.entry.unit }, .text(maybe: "lesson") { $0.entry.lesson }, .text("title") { $0.entry.title },
      .text("text") { $0.entry.text },
    ])

  private func lessons(_ visit: Visit) throws -> Reply {
    let library = try base.library
    let wanted = LessonsPage.Wanted(visit.query)
    let found = library.lessons.filter { wanted.holds($0, library) }.sorted { $0.id < $1.id }
    let after = visit.query["after"] ?? ""
    return .page(found.filter { $0.id > after }, visit, "/knowledge/lessons") { lesson in
      (KnowledgeShapes.lesson.json(KnowledgeShapes.Told(lesson: lesson, library: library)), lesson.id)
    }
  }

  private static let answer = Shape<(asked: Asked, words: String)>(
    "QuickscanAnswer",
    [
      .text("question") { $0.asked.question.rawValue }, .text(maybe: "block") { $0.asked.block },
      .text("words") { $0.words },
    ])

  private static let scan = Shape<(scan: Quickscan, project: Project)>(
    "Quickscan",
    [
      .id("id") { $0.scan.id }, .id("project") { $0.scan.project }, .integer("round") { $0.scan.round },
      .choice("way") { $0.scan.way }, .date("openedOn") { $0.scan.openedOn },
      .date(maybe: "handedInOn") { $0.scan.handedInOn },
      .list("answers", answer) { one in
        Asked.of(one.project, [one.scan]).compactMap { asked in one.scan.answers[asked.key].map { (asked, $0) } }
      },
    ])

  private static let project = Shape<(project: Project, scans: [Quickscan])>(
    "Project",
    [
      .id("id") { $0.project.id }, .text("name") { $0.project.name }, .id("organisation") { $0.project.organisation },
      .texts("municipalities") { $0.project.municipalities }, .texts("blocks") { $0.project.blocks },
      .text(maybe: "pilot") { $0.project.pilot }, .date(maybe: "startedOn") { $0.project.startedOn },
      .date(maybe: "endedOn") { $0.project.endedOn },
      .list("quickscans", scan) { one in one.scans.map { ($0, one.project) } },
    ])

  private static let action = Shape<MeetingAction>(
    "MeetingAction",
    [
      .id("id") { $0.id }, .text("words") { $0.words }, .id("owner") { $0.owner }, .date("dueOn") { $0.dueOn },
      .date(maybe: "doneOn") { $0.doneOn },
    ])

  private static let meeting = Shape<(meeting: LearningMeeting, actions: [MeetingAction])>(
    "LearningMeeting",
    [
      .id("id") { $0.meeting.id }, .text("title") { $0.meeting.title }, .date("heldOn") { $0.meeting.heldOn },
      .text(maybe: "time") { $0.meeting.time }, .text(maybe: "place") { $0.meeting.place },
      .texts("blocks") { $0.meeting.blocks }, .text("agenda") { $0.meeting.agenda },
      .text(maybe: "notes") { $0.meeting.notes }, .date(maybe: "cancelledOn") { $0.meeting.cancelledOn },
      .list("actions", action) { $0.actions },
    ])

  private var learningAPI: [Route] {
    [
      trail.apiList(
        "/knowledge/projects", name: "projects", policy: Self.readers,
        Operation(
          "Projects with the rounds one may read.", tag: "knowledge",
          answer: .items("ProjectList", Self.project.schema))
      ) { _, looker in
        let scans = try Quickscan.byProject(looker.reader)
        let items = try looker.reader.all(Project.self, "where id is not null order by name, id").map { project in
          Self.project.json(
            (project, (scans[project.id] ?? []).filter { Learning.reads($0, of: project, looker.viewer) }))
        }
        return .json(.of(["items": .array(items)]))
      },
      trail.apiList(
        "/knowledge/meetings", name: "meetings", policy: Self.readers,
        Operation(
          "Learning meetings with what was agreed, the latest first.", tag: "knowledge",
          answer: .items("LearningMeetingList", Self.meeting.schema))
      ) { _, looker in
        let actions = Dictionary(
          grouping: try looker.reader.all(MeetingAction.self, "where id is not null order by due_on, id"), by: \.meeting
        )
        let items = try looker.reader.all(LearningMeeting.self, "where id is not null order by held_on desc, id").map {
          Self.meeting.json(($0, actions[$0.id] ?? []))
        }
        return .json(.of(["items": .array(items)]))
      },
      takeOverAPI,
    ]
  }

  private static let taken = Shape<TakingOver>(
    "LessonsTaken",
    [
      .integer("fresh") { $0.fresh }, .integer("changed") { $0.changed }, .integer("same") { $0.same },
      .integer("own") { $0.own },
    ])

  private var takeOverAPI: Route {
    trail.apiMake(
      "/knowledge/lessons", name: "knowledge.takeOver", policy: Self.editors,
      Operation(
        "Take over another region's lessons: the text of its export. Every fault is listed; with one nothing is kept.",
        tag: "knowledge",
        input: Input(
          "LessonsFile",
          [
            Schema.Property("file", .string(format: "json"), isRequired: true),
            Schema.Property("region", .text, isRequired: false),
          ]), answer: Self.taken.schema)
    ) { visit, transaction, _ in
      let file = LessonsFile(Array((visit.form.raw("file") ?? "").utf8), in: try base.library)
      let region = try Self.region(file.region ?? visit.form["region"], file)
      return .json(Self.taken.json(try TakingOver.perform(file, from: region, transaction)))
    }.takingFiles()
  }
}
