internal import Kernel
internal import Site
internal import Store
internal import Trust

/// One round as it was handed in, to read; an editor makes lessons from its answers.
struct QuickscanPage {
  private let scan: Quickscan
  private let project: Project
  private let made: [AddedLesson]
  private let viewer: Viewer

  init(_ looker: Looker, _ scan: Quickscan, _ project: Project) throws {
    self.scan = scan
    self.project = project
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
      for question in Quickscan.Question.allCases { answer(question, t, &html) }
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

  private func answer(_ question: Quickscan.Question, _ t: Texts, _ html: inout HTML) {
    html.card(t("quickscan.question.\(question.rawValue)")) { html in
      guard let words = scan[question] else { return html.empty(t("quickscan.noAnswer")) }
      html(.p, .class("lines-kept"), text: words)
      for lesson in made where lesson.question == question.rawValue {
        html(.p, .class("small")) { html in
          html.text(t("quickscan.madeLesson") + " ")
          html.link(lesson.title, to: "/knowledge/\(lesson.lesson.unit)#\(lesson.id)")
        }
      }
      if Learning.edits(viewer), scan.handedInOn != nil {
        html(.p, .class("no-print")) { html in
          html.link(
            t("quickscan.makeLesson"),
            to: "/knowledge/additions/new?scan=\(scan.id)&question=\(question.rawValue)", class: "button quiet")
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
  private let faults: [Problem.Fault]

  init(_ looker: Looker, _ scan: Quickscan, _ project: Project, faults: [Problem.Fault]) throws {
    self.scan = scan
    self.project = project
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
            + Quickscan.Question.allCases.map { question in
              Field(
                question.rawValue, t("quickscan.question.\(question.rawValue)"), .report(rows: 5),
                hint: t("quickscan.hint.\(question.rawValue)"), value: scan[question])
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
    for question in Quickscan.Question.allCases {
      guard let typed = visit.form[question.rawValue], typed != scan[question] else { continue }
      html.card(t("quickscan.question.\(question.rawValue)")) { html in
        html(.p, .class("small soft"), text: t("quickscan.youTyped"))
        html(.p, .class("lines-kept"), text: typed)
      }
    }
  }

  /// What was answered a year ago, to read beside what one writes now.
  private func before(_ earlier: Quickscan, _ t: Texts, _ html: inout HTML) {
    html(.details, .class("card")) { html in
      html(.summary, text: t("quickscan.before", ["date": t.date(earlier.handedInOn ?? earlier.openedOn)]))
      for question in Quickscan.Question.allCases {
        guard let words = earlier[question] else { continue }
        html(.h3, text: t("quickscan.question.\(question.rawValue)"))
        html(.p, .class("lines-kept"), text: words)
      }
    }
  }

  private func handIn(_ t: Texts, _ html: inout HTML) {
    html(.p, .class("soft"), text: t("quickscan.handInLead"))
    if !scan.answers.isEmpty && !scan.unanswered.isEmpty {
      html(.p, .class("small soft"), text: t("quickscan.unanswered", count: scan.unanswered.count))
    }
  }
}

/// Two rounds side by side, question by question.
struct ComparePage {
  private let project: Project
  private let scans: [Quickscan]

  init(_ looker: Looker, _ project: Project) throws {
    self.project = project
    scans = try project.scans(looker.reader).filter { $0.handedInOn != nil }
    if scans.count < 2 { throw Problem.notFound }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    func chosen(_ name: String, _ otherwise: Quickscan) -> Quickscan {
      scans.first { $0.round == visit.query.number(name) } ?? otherwise
    }
    let (one, other) = (chosen("one", scans[scans.count - 2]), chosen("other", scans[scans.count - 1]))
    return visit.page(t("quickscan.compare")) { html in
      html(.p, .class("small soft")) { html in
        html.link(project.name, to: "/knowledge/projects/\(project.id)")
      }
      html.heading(t("quickscan.compareTitle", ["project": project.name]), t("quickscan.compareLead")) { html in
        html(.button, .class("button quiet no-print"), .type("button"), .data("data-print"), text: t("knowledge.print"))
      }
      if scans.count > 2 { choose(one, other, t, &html) }
      let silent = Quickscan.Question.allCases.filter { one[$0] == nil && other[$0] == nil }
      for question in Quickscan.Question.allCases where !silent.contains(question) {
        html.card(t("quickscan.question.\(question.rawValue)")) { html in
          html(.div, .class("two")) { html in
            column(one, question, t, &html)
            column(other, question, t, &html)
          }
        }
      }
      if !silent.isEmpty {
        html.card(t("quickscan.neither"), class: "compact") { html in
          html(.ul) { html in
            for question in silent { html(.li, text: t("quickscan.question.\(question.rawValue)")) }
          }
        }
      }
    }
  }

  private func column(_ scan: Quickscan, _ question: Quickscan.Question, _ t: Texts, _ html: inout HTML) {
    html(.div) { html in
      html(
        .h3,
        text: t(
          "quickscan.roundOn",
          ["n": String(scan.round), "date": t.date(scan.handedInOn ?? scan.openedOn)]))
      if let words = scan[question] {
        html(.p, .class("lines-kept"), text: words)
      } else {
        html.empty(t("quickscan.noAnswer"))
      }
    }
  }

  private func choose(_ one: Quickscan, _ other: Quickscan, _ t: Texts, _ html: inout HTML) {
    html(.form, .method("get"), .action("/knowledge/projects/\(project.id)/compare"), .class("row wrap no-print")) {
      html in
      for (name, chosen) in [("one", one), ("other", other)] {
        html(.label, .for(name), text: t("quickscan.\(name)"))
        html(.select, .id(name), .name(name)) { html in
          for scan in scans {
            html(
              .option, .value(String(scan.round)), scan.round == chosen.round ? .selected : nil,
              text: t("quickscan.round", ["n": String(scan.round)]))
          }
        }
      }
      html(.button, .class("button"), text: t("knowledge.filter.go"))
    }
  }
}
