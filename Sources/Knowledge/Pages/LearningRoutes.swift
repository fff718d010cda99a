internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Learning together: projects and their quickscans, lessons made from them, meetings.
extension KnowledgeSlice {
  static let readers = RoutePolicy.roles(Learning.readers)
  static let editors = RoutePolicy.roles(Learning.editors)

  var learningRoutes: [Route] { projectRoutes + quickscanRoutes + additionRoutes + meetingRoutes }

  private var projectHost: Trail.ListPage {
    { visit, looker in
      try ProjectPage(looker, looker.reader.get(Project.self, visit.id("project")), base).reply(visit)
    }
  }

  private var projectRoutes: [Route] {
    [
      trail.page("/knowledge/projects", name: "projects", policy: Self.readers) { visit, looker in
        try ProjectsPage(looker, base).reply(visit)
      },
      trail.page("/knowledge/projects/{project}", name: "project", policy: Self.readers) { visit, looker in
        try ProjectPage(looker, looker.reader.get(Project.self, visit.id("project")), base).reply(visit)
      },
      trail.page("/knowledge/projects/{project}/compare", name: "project.compare", policy: Self.readers) {
        visit, looker in
        try ComparePage(looker, looker.reader.get(Project.self, visit.id("project")), base).reply(visit)
      },
      trail.verb(
        "/knowledge/projects/{project}/quickscans", name: "quickscan.open", policy: Self.readers, on: projectHost
      ) {
        visit, transaction, looker in
        let project = try Self.filled(visit.id("project"), looker)
        let way = try visit.sent { $0.maybeChoice("way") as Quickscan.Way? }
        let scan = try Quickscan.open(project, way ?? .selfFilled, transaction)
        return .go(to: "/knowledge/quickscans/\(scan.id)/edit")
      },
    ]
      + trail.form(
        "/knowledge/projects/new", name: "project.add", policy: Self.readers,
        show: { visit, looker, faults in
          guard looker.viewer.organisation != nil || Learning.edits(looker.viewer) else { throw Problem.notFound }
          return try ProjectForm(looker, nil, base, faults: faults).reply(visit)
        },
        perform: { visit, transaction, _ in
          let project = try Project.save(visit, nil, in: base.library, transaction)
          return .go(to: "/knowledge/projects/\(project.id)?done=project.saved")
        })
      + trail.form(
        "/knowledge/projects/{project}/edit", name: "project.change", policy: Self.readers,
        show: { visit, looker, faults in
          try ProjectForm(looker, Self.filled(visit.id("project"), looker), base, faults: faults).reply(visit)
        },
        perform: { visit, transaction, looker in
          let project = try Project.save(visit, Self.filled(visit.id("project"), looker), in: base.library, transaction)
          return .go(to: "/knowledge/projects/\(project.id)?done=project.saved")
        })
  }

  /// A project the viewer may fill in; for others it is not there.
  private static func filled(_ id: ID<Project>, _ looker: Looker) throws -> Project {
    let project = try looker.reader.get(Project.self, id)
    guard Learning.fills(project, looker.viewer) else { throw Problem.notFound }
    return project
  }

  private static func scan(_ visit: Visit, _ looker: Looker) throws -> (scan: Quickscan, project: Project) {
    let scan = try looker.reader.get(Quickscan.self, visit.id("scan"))
    let project = try looker.reader.get(Project.self, scan.project)
    guard Learning.reads(scan, of: project, looker.viewer) else { throw Problem.notFound }
    return (scan, project)
  }

  private static func written(_ visit: Visit, _ looker: Looker) throws -> (scan: Quickscan, project: Project) {
    let (scan, project) = try scan(visit, looker)
    guard Learning.fills(project, looker.viewer) else { throw Problem.notFound }
    return (scan, project)
  }

  private var quickscanRoutes: [Route] {
    [
      trail.page("/knowledge/quickscans/{scan}", name: "quickscan", policy: Self.readers) { visit, looker in
        let (scan, project) = try Self.scan(visit, looker)
        return try QuickscanPage(looker, scan, project, base).reply(visit)
      },
      trail.verb("/knowledge/quickscans/{scan}/take-back", name: "quickscan.takeBack", policy: Self.editors) {
        visit, transaction, looker in
        let scan = try Self.written(visit, looker).scan.takeBack(transaction)
        return .go(to: "/knowledge/quickscans/\(scan.id)/edit")
      },
    ]
      + trail.form(
        "/knowledge/quickscans/{scan}/edit", name: "quickscan.write", policy: Self.readers,
        show: { visit, looker, faults in
          let (scan, project) = try Self.written(visit, looker)
          if scan.handedInOn != nil && visit.method == .get { return .go(to: "/knowledge/quickscans/\(scan.id)") }
          return try QuickscanForm(looker, scan, project, base, faults: faults).reply(visit)
        },
        perform: { visit, transaction, looker in
          let (stored, project) = try Self.written(visit, looker)
          let scan = try stored.write(visit, of: project, transaction)
          if visit.form["then"] == "hand-in" {
            _ = try scan.handIn(of: project, by: looker.viewer.account.retyped(), transaction)
            return .go(to: "/knowledge/quickscans/\(scan.id)?done=quickscan.handedIn")
          }
          return .go(to: "/knowledge/quickscans/\(scan.id)/edit?done=quickscan.kept")
        })
  }

  private var additionRoutes: [Route] {
    func change(_ name: String, _ isWithdrawn: Bool) -> Route {
      trail.verb("/knowledge/additions/{lesson}/\(name)", name: "lesson.\(name)", policy: Self.editors) {
        visit, transaction, _ in
        _ = try transaction.get(AddedLesson.self, visit.id("lesson")).withdraw(isWithdrawn, transaction)
        return .go(to: "/knowledge/additions?done=lesson." + (isWithdrawn ? "withdrawn" : "broughtBack"))
      }
    }
    return [
      trail.page("/knowledge/additions", name: "lessons.added", policy: Self.editors) { visit, looker in
        try AdditionsPage(looker, base).reply(visit)
      },
      change("withdraw", true), change("bring-back", false),
    ]
      + trail.form(
        "/knowledge/additions/new", name: "lesson.add", policy: Self.editors,
        show: { visit, looker, faults in try AdditionForm(visit, looker, nil, base, faults: faults).reply(visit) },
        perform: { visit, transaction, _ in
          let from = AdditionForm.scan(visit)
          if let from {
            let scan = try transaction.get(Quickscan.self, from.0)
            let project = try transaction.get(Project.self, scan.project)
            let isAsked = Asked.of(project, [scan]).contains { $0.key == from.1 }
            guard scan.handedInOn != nil, isAsked else { throw Problem.notFound }
          }
          let lesson = try AddedLesson.write(visit, nil, from: from, in: base.library, transaction)
          let done = "?done=lesson.saved"
          return .go(
            to: from.map { "/knowledge/quickscans/\($0.0)" + done }
              ?? "/knowledge/\(lesson.lesson.unit)\(done)#\(lesson.id)")
        })
      + trail.form(
        "/knowledge/additions/{lesson}", name: "lesson.change", policy: Self.editors,
        show: { visit, looker, faults in
          let lesson = try Self.own(visit, looker.reader)
          return try AdditionForm(visit, looker, lesson, base, faults: faults).reply(visit)
        },
        perform: { visit, transaction, _ in
          let stored = try Self.own(visit, transaction)
          _ = try AddedLesson.write(visit, stored, from: nil, in: base.library, transaction)
          return .go(to: "/knowledge/additions?done=lesson.saved")
        })
  }

  /// A lesson of this region. One of another region keeps the words it had there.
  private static func own(_ visit: Visit, _ reader: Reader) throws -> AddedLesson {
    let lesson = try reader.get(AddedLesson.self, visit.id("lesson"))
    guard lesson.origin == nil else { throw Problem.notFound }
    return lesson
  }

  private static func meeting(_ visit: Visit, _ reader: Reader) throws -> LearningMeeting {
    try reader.get(LearningMeeting.self, visit.id("meeting"))
  }

  private var meetingRoutes: [Route] {
    func cancel(_ name: String, _ isCancelled: Bool) -> Route {
      trail.verb("/knowledge/meetings/{meeting}/\(name)", name: "meeting.\(name)", policy: Self.editors) {
        visit, transaction, _ in
        let meeting = try transaction.get(LearningMeeting.self, visit.id("meeting")).cancel(isCancelled, transaction)
        return .go(to: "/knowledge/meetings/\(meeting.id)")
      }
    }
    return [
      trail.page("/knowledge/meetings", name: "meetings", policy: Self.readers) { visit, looker in
        try MeetingsPage(looker).reply(visit)
      },
      trail.page("/knowledge/meetings/{meeting}", name: "meeting", policy: Self.readers) { visit, looker in
        try MeetingPage(looker, Self.meeting(visit, looker.reader), base, faults: []).reply(visit)
      },
      cancel("cancel", true), cancel("revive", false),
      trail.verb("/knowledge/actions/{action}", name: "action.settle", policy: Self.readers) {
        visit, transaction, looker in
        let action = try transaction.get(MeetingAction.self, visit.id("action"))
        guard Learning.edits(looker.viewer) || looker.viewer.account == action.owner.retyped() else {
          throw Problem.notFound
        }
        guard let settling: MeetingAction.Settling = visit.form.choice("settling") else {
          throw Problem.invalid("settling", "form.needed")
        }
        _ = try action.settle(settling, transaction)
        return .back(visit)
      },
    ]
      + trail.form(
        "/knowledge/meetings/{meeting}/actions", name: "action.agree", policy: Self.editors,
        show: { visit, looker, faults in
          try MeetingPage(looker, Self.meeting(visit, looker.reader), base, faults: faults).reply(visit)
        },
        perform: { visit, transaction, _ in
          let meeting = try Self.meeting(visit, transaction)
          _ = try MeetingAction.agree(visit, meeting, transaction)
          return .go(to: "/knowledge/meetings/\(meeting.id)?done=action.agreed")
        })
      + trail.form(
        "/knowledge/meetings/new", name: "meeting.plan", policy: Self.editors,
        show: { visit, _, faults in try MeetingForm(meeting: nil, base: base, faults: faults).reply(visit) },
        perform: { visit, transaction, _ in
          let meeting = try LearningMeeting.save(visit, nil, in: base.library, transaction)
          return .go(to: "/knowledge/meetings/\(meeting.id)?done=meeting.saved")
        })
      + trail.form(
        "/knowledge/meetings/{meeting}/edit", name: "meeting.change", policy: Self.editors,
        show: { visit, looker, faults in
          try MeetingForm(meeting: Self.meeting(visit, looker.reader), base: base, faults: faults).reply(visit)
        },
        perform: { visit, transaction, _ in
          let meeting = try LearningMeeting.save(
            visit, Self.meeting(visit, transaction), in: base.library, transaction)
          return .go(to: "/knowledge/meetings/\(meeting.id)?done=meeting.saved")
        })
  }
}
