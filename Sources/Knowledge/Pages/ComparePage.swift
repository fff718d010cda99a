internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Two rounds side by side, question by question.
struct ComparePage {
  private let project: Project
  private let scans: [Quickscan]
  private let base: KnowledgeBase

  init(_ looker: Looker, _ project: Project, _ base: KnowledgeBase) throws {
    self.project = project
    self.base = base
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
      let all = Asked.of(project, [one, other])
      let silent = all.filter { one.answers[$0.key] == nil && other.answers[$0.key] == nil }
      for asked in all where !silent.contains(asked) {
        html.card(asked.label(base.library, t)) { html in
          html(.div, .class("two")) { html in
            column(one, asked, t, &html)
            column(other, asked, t, &html)
          }
        }
      }
      if !silent.isEmpty {
        html.card(t("quickscan.neither"), class: "compact") { html in
          html(.ul) { html in
            for asked in silent { html(.li, text: asked.label(base.library, t)) }
          }
        }
      }
    }
  }

  private func column(_ scan: Quickscan, _ asked: Asked, _ t: Texts, _ html: inout HTML) {
    html(.div) { html in
      html(
        .h3,
        text: t(
          "quickscan.roundOn",
          ["n": String(scan.round), "date": t.date(scan.handedInOn ?? scan.openedOn)]))
      if let words = scan.answers[asked.key] {
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
