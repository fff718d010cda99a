internal import Kernel
internal import Site
internal import Store
internal import Trust

/// All projects that look back, with how far each is.
struct ProjectsPage {
  struct Line {
    let project: Project
    let organisation: String
    let scans: [Quickscan]
  }

  let lines: [Line]
  private let base: KnowledgeBase
  private let viewer: Viewer

  init(_ looker: Looker, _ base: KnowledgeBase) throws {
    let scans = try Quickscan.byProject(looker.reader)
    let names = try Organisation.names(looker.reader)
    lines = try looker.reader.all(Project.self, "where id is not null order by name, id").map { project in
      Line(project: project, organisation: names[project.organisation] ?? "", scans: scans[project.id] ?? [])
    }
    self.base = base
    viewer = looker.viewer
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("projects.title")) { html in
      html.heading(t("projects.title"), t("projects.lead")) { html in
        if viewer.organisation != nil || Learning.edits(viewer) {
          html.link(t("projects.add"), to: "/knowledge/projects/new", class: "button main")
        }
      }
      if lines.isEmpty { return html.empty(t("projects.none")) }
      html.card(nil) { html in
        html(.table, .class("cards-when-narrow")) { html in
          html(.thead) { html in
            html(.tr) { html in
              for key in ["project", "organisation", "blocks", "rounds"] {
                html(.th, .scope("col"), text: t("projects.column.\(key)"))
              }
            }
          }
          html(.tbody) { html in
            for line in lines { row(line, visit, &html) }
          }
        }
      }
    }
  }

  private func row(_ line: Line, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.tr) { html in
      html(.th, .scope("row")) { html in
        html.link(line.project.name, to: "/knowledge/projects/\(line.project.id)")
      }
      html(.td, .data("data-label", t("projects.column.organisation")), text: line.organisation)
      html(
        .td, .data("data-label", t("projects.column.blocks")),
        text: line.project.blocks.compactMap { base.library.unit($0)?.text(t.language).title }.joined(separator: ", "))
      html(.td, .data("data-label", t("projects.column.rounds"))) { html in
        roundState(line.scans, line.project, visit, &html)
      }
    }
  }
}

/// How far a project is, in one line: a round being written, the next one due, or that there is none yet.
func roundState(_ scans: [Quickscan], _ project: Project, _ visit: Visit, _ html: inout HTML) {
  let t = visit.texts
  if let open = scans.first(where: { $0.handedInOn == nil }) {
    html.state(.mind, t("projects.state.open", ["n": String(open.round)]))
  } else if let due = Rounds.due(after: scans), project.endedOn == nil {
    let count = String(scans.count + 1)
    if due <= visit.today {
      html.state(.alarm, t("projects.state.due", ["n": count, "date": t.date(due)]))
    } else {
      html.state(.good, t("projects.state.later", ["n": count, "date": t.date(due)]))
    }
  } else {
    html.text(scans.isEmpty ? t("projects.state.none") : t("projects.state.ended"))
  }
}

/// One project: what it is, its rounds, and the lessons it gave.
struct ProjectPage {
  private let project: Project
  private let organisation: String
  private let scans: [Quickscan]
  private let base: KnowledgeBase
  private let viewer: Viewer

  init(_ looker: Looker, _ project: Project, _ base: KnowledgeBase) throws {
    self.project = project
    organisation = try looker.reader.find(Organisation.self, project.organisation)?.name ?? ""
    scans = try project.scans(looker.reader)
    self.base = base
    viewer = looker.viewer
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(project.name, width: .letter) { html in
      html(.p, .class("small soft")) { html in html.link(t("projects.title"), to: "/knowledge/projects") }
      html.heading(project.name, organisation) { html in
        if Learning.fills(project, viewer) {
          html.link(t("projects.edit"), to: "/knowledge/projects/\(project.id)/edit", class: "button")
        }
      }
      facts(t, &html)
      rounds(visit, &html)
      lessons(t, &html)
    }
  }

  private func facts(_ t: Texts, _ html: inout HTML) {
    let period = [
      project.startedOn.map { t("projects.since", ["date": t.date($0)]) },
      project.endedOn.map { t("projects.until", ["date": t.date($0)]) },
    ].compactMap { $0 }.joined(separator: ", ")
    let places = project.municipalities.compactMap { Municipality.with(code: $0)?.name }.joined(separator: ", ")
    html(.dl, .class("facts")) { html in
      if !period.isEmpty {
        html(.dt, text: t("knowledge.fact.period"))
        html(.dd, text: period)
      }
      if !places.isEmpty {
        html(.dt, text: t("knowledge.fact.where"))
        html(.dd, text: places)
      }
      html(.dt, text: t("projects.column.blocks"))
      html(.dd) { html in
        for (place, block) in project.blocks.compactMap(base.library.unit).enumerated() {
          if place > 0 { html.text(", ") }
          html.link(block.text(t.language).title, to: "/knowledge/\(block.id)")
        }
      }
      if let pilot = project.pilot.flatMap(base.library.unit) {
        html(.dt, text: t("knowledge.kind.pilot"))
        html(.dd) { html in html.link(pilot.text(t.language).title, to: "/knowledge/\(pilot.id)") }
      }
    }
  }

  private func rounds(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("quickscan.rounds")) { html in
      if scans.isEmpty { html(.p, .class("soft"), text: t("quickscan.noneYet")) }
      html(.ul, .class("list")) { html in
        for scan in scans where Learning.reads(scan, of: project, viewer) { line(scan, t, &html) }
      }
      if !scans.isEmpty { html(.p) { html in roundState(scans, project, visit, &html) } }
      if scans.filter({ $0.handedInOn != nil }).count > 1 {
        html(.p) { html in
          html.link(t("quickscan.compare"), to: "/knowledge/projects/\(project.id)/compare", class: "button")
        }
      }
      if Learning.fills(project, viewer), let next = Rounds.next(after: scans), project.endedOn == nil {
        visit.form(
          &html, to: "/knowledge/projects/\(project.id)/quickscans",
          submit: t("quickscan.begin", ["n": String(next)]), class: "stack tight", fields: [QuickscanForm.way(nil, t)])
      }
    }
  }

  private func line(_ scan: Quickscan, _ t: Texts, _ html: inout HTML) {
    html(.li) { html in
      html.link(
        t("quickscan.round", ["n": String(scan.round)]),
        to: "/knowledge/quickscans/\(scan.id)" + (scan.handedInOn == nil ? "/edit" : ""))
      html(
        .p, .class("small soft"),
        text: scan.handedInOn.map { t("quickscan.handedInOn", ["date": t.date($0)]) }
          ?? t(
            "quickscan.answered",
            ["n": String(scan.answers.count), "of": String(Asked.of(project, [scan]).count)]))
    }
  }

  private func lessons(_ t: Texts, _ html: inout HTML) {
    let own = Set(scans.map(\.id))
    let lessons = base.library.lessons.filter { lesson in
      lesson.addition?.quickscan.map(own.contains) ?? false
    }
    if lessons.isEmpty { return }
    html(.h2, text: t("quickscan.lessons"))
    html(.ul, .class("lessons")) { html in
      for lesson in lessons { LessonCard(base: base, lesson: lesson, on: nil, level: .h3).write(t, &html) }
    }
  }
}

/// Adding a project, or changing what is told about it.
struct ProjectForm {
  private let project: Project?
  private let organisations: [Organisation]
  private let base: KnowledgeBase
  private let viewer: Viewer
  private let faults: [Problem.Fault]

  init(_ looker: Looker, _ project: Project?, _ base: KnowledgeBase, faults: [Problem.Fault]) throws {
    self.project = project
    organisations = try looker.reader.all(Organisation.self, "where ended_on is null order by name")
    self.base = base
    viewer = looker.viewer
    self.faults = faults
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let title = t(project == nil ? "projects.add" : "projects.edit")
    let address = project.map { "/knowledge/projects/\($0.id)/edit" } ?? "/knowledge/projects/new"
    return visit.page(title, width: .letter) { html in
      html.heading(title, t("projects.formLead"))
      html.card(nil) { html in
        visit.form(
          &html, to: address, submit: t("form.save"), faults: faults, fields: fields(t), version: project?.version,
          draft: true)
      }
    }
  }

  private func fields(_ t: Texts) -> [Field] {
    func titles(_ kind: KnowledgeUnit.Kind) -> [Field.Option] {
      base.library.listed(kind, t.language).map { Field.Option($0.id, $0.text(t.language).title) }
    }
    let choose = Field.Option("", t("form.choose"))
    var fields = [Field("name", t("projects.name"), value: project?.name, isRequired: true)]
    if Learning.edits(viewer) {
      fields.append(
        Field(
          "organisation", t("projects.column.organisation"),
          .choice([choose] + organisations.map { Field.Option($0.id.description, $0.name) }),
          hint: t("projects.organisationHint"), value: project?.organisation.description, isRequired: true))
    }
    return fields + [
      Field(
        "blocks", t("projects.column.blocks"), .checks(titles(.block)), hint: t("projects.blocksHint"),
        value: project?.blocks.joined(separator: " "), isRequired: true),
      Field(
        "municipalities", t("knowledge.fact.where"),
        .checks(Municipality.all.map { Field.Option($0.code, $0.name) }),
        value: project?.municipalities.joined(separator: " ")),
      Field("startedOn", t("projects.startedOn"), .date, value: project?.startedOn?.description),
      Field("endedOn", t("projects.endedOn"), .date, value: project?.endedOn?.description),
      Field(
        "pilot", t("projects.pilot"), .choice([Field.Option("", t("projects.pilotNone"))] + titles(.pilot)),
        value: project?.pilot),
    ]
  }
}
