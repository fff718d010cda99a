internal import Kernel
internal import Site
internal import Store
internal import Trust

/// One round as it was handed in, to read; an editor makes lessons from its answers.
struct QuickscanPage {
  private let scan: Quickscan
  private let project: Project
  private let made: [AddedLesson]
  private let base: KnowledgeBase
  private let viewer: Viewer

  init(_ looker: Looker, _ scan: Quickscan, _ project: Project, _ base: KnowledgeBase) throws {
    self.scan = scan
    self.project = project
    self.base = base
    made = try looker.reader.all(AddedLesson.self, "where quickscan = \(scan.id) and withdrawn_on is null")
    viewer = looker.viewer
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let title = t("quickscan.of", ["project": project.name, "n": String(scan.round)])
    return visit.page(title, width: .letter) { html in
      html(.p, .class("small soft")) { html in
        html.link(project.name, to: "/knowledge/projects/\(project.id)")
      }
      html.heading(title, state(t)) { html in
        html(.button, .class("button quiet no-print"), .type("button"), .data("data-print"), text: t("knowledge.print"))
      }
      for asked in Asked.of(project, [scan]) { answer(asked, t, &html) }
      if Learning.edits(viewer), scan.handedInOn != nil {
        html(.p, .class("no-print")) { html in
          visit.button(
            &html, to: "/knowledge/quickscans/\(scan.id)/take-back", t("quickscan.takeBack"), class: "button quiet")
        }
      }
    }
  }

  private func state(_ t: Texts) -> String {
    let way = t("quickscan.way.\(scan.way.rawValue)")
    return way + " · "
      + (scan.handedInOn.map { t("quickscan.handedInOn", ["date": t.date($0)]) } ?? t("quickscan.notHandedIn"))
  }

  private func answer(_ asked: Asked, _ t: Texts, _ html: inout HTML) {
    html.card(asked.label(base.library, t)) { html in
      guard let words = scan.answers[asked.key] else { return html.empty(t("quickscan.noAnswer")) }
      html(.p, .class("lines-kept"), text: words)
      for lesson in made where lesson.question == asked.key {
        html(.p, .class("small")) { html in
          html.text(t("quickscan.madeLesson") + " ")
          html.link(lesson.title, to: "/knowledge/lessons/\(lesson.id)")
        }
      }
      if Learning.edits(viewer), scan.handedInOn != nil {
        html(.p, .class("no-print")) { html in
          html.link(
            t("quickscan.makeLesson"),
            to: "/knowledge/additions/new?scan=\(scan.id)&question=\(asked.key)", class: "button quiet")
        }
      }
    }
  }
}

/// Writing a round, a question at a time; what was written is kept until it is handed in.
struct QuickscanForm {
  private let scan: Quickscan
  private let project: Project
  private let earlier: Quickscan?
  private let base: KnowledgeBase
  private let faults: [Problem.Fault]

  init(_ looker: Looker, _ scan: Quickscan, _ project: Project, _ base: KnowledgeBase, faults: [Problem.Fault]) throws {
    self.scan = scan
    self.project = project
    self.base = base
    earlier = try project.scans(looker.reader).last { $0.round < scan.round && $0.handedInOn != nil }
    self.faults = faults
  }

  static func way(_ chosen: Quickscan.Way?, _ t: Texts) -> Field {
    Field(
      "way", t("quickscan.way"),
      .radio(Quickscan.Way.allCases.map { Field.Option($0.rawValue, t("quickscan.way.\($0.rawValue)")) }),
      value: (chosen ?? .selfFilled).rawValue, isRequired: true)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let title = t("quickscan.of", ["project": project.name, "n": String(scan.round)])
    return visit.page(title, width: .letter) { html in
      html(.p, .class("small soft")) { html in
        html.link(project.name, to: "/knowledge/projects/\(project.id)")
      }
      html.heading(title, t("quickscan.lead"))
      if let earlier { before(earlier, t, &html) }
      if scan.handedInOn != nil { return tooLate(visit, &html) }
      html.card(nil) { html in
        visit.form(
          &html, to: "/knowledge/quickscans/\(scan.id)/edit", submit: t("quickscan.keep"), faults: faults,
          fields: [Self.way(scan.way, t)]
            + Asked.of(project, [scan]).map { asked in
              Field(
                asked.key, asked.label(base.library, t), .report(rows: 5),
                hint: t("quickscan.hint.\(asked.question.rawValue)"), value: scan.answers[asked.key],
                isRequired: asked.isNeeded)
            }, version: scan.version, draft: true, also: SecondSubmit("hand-in", t("quickscan.handIn"))
        ) { html in handIn(t, &html) }
      }
    }
  }

  /// Somebody handed it in meanwhile: what was typed is not lost.
  private func tooLate(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.p, .class("notice mind"), .role("alert"), text: t("quickscan.tooLate"))
    html(.p) { html in html.link(t("quickscan.toHandedIn"), to: "/knowledge/quickscans/\(scan.id)", class: "button") }
    for asked in Asked.of(project, [scan]) {
      guard let typed = visit.form[asked.key], typed != scan.answers[asked.key] else { continue }
      html.card(asked.label(base.library, t)) { html in
        html(.p, .class("small soft"), text: t("quickscan.youTyped"))
        html(.p, .class("lines-kept"), text: typed)
      }
    }
  }

  /// What was answered a year ago, to read beside what one writes now.
  private func before(_ earlier: Quickscan, _ t: Texts, _ html: inout HTML) {
    html(.details, .class("card")) { html in
      html(.summary, text: t("quickscan.before", ["date": t.date(earlier.handedInOn ?? earlier.openedOn)]))
      for asked in Asked.of(project, [earlier]) {
        guard let words = earlier.answers[asked.key] else { continue }
        html(.h3, text: asked.label(base.library, t))
        html(.p, .class("lines-kept"), text: words)
      }
    }
  }

  private func handIn(_ t: Texts, _ html: inout HTML) {
    html(.p, .class("soft"), text: t("quickscan.handInLead"))
    let missing = Asked.missing(in: scan, of: project)
    if !scan.answers.isEmpty && !missing.isEmpty {
      html(.p, .class("small soft")) { html in
        html.text(t("quickscan.stillNeeded") + " ")
        html.text(missing.map { $0.label(base.library, t) }.joined(separator: " "))
      }
    }
  }
}

extension Asked {
  /// The question as people read it, with the building block it is about.
  func label(_ library: Library, _ t: Texts) -> String {
    guard let block else { return t("quickscan.question.\(question.rawValue)") }
    return t("quickscan.ofBlock", ["block": library.unit(block)?.text(t.language).title ?? block])
  }
}
