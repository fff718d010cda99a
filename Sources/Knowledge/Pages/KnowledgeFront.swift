internal import Kernel
internal import Site

/// Where reading begins: search, the eight building blocks, and the other ways in. With a search, what was found.
struct KnowledgeFront {
  let base: KnowledgeBase
  /// What the viewer agreed to do at learning meetings.
  let actions: [MeetingAction]

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let typed = visit.query["q"]
    // Two pages with one name can't be told apart.
    let title = typed.map { "\(t("knowledge.title")): \($0)" } ?? t("knowledge.title")
    return visit.page(title) { html in
      html.heading(t("knowledge.title"), t("knowledge.lead"))
      search(typed, t, &html)
      if let typed { found(typed, t, &html) } else { overview(visit, &html) }
    }
  }

  private func search(_ typed: String?, _ t: Texts, _ html: inout HTML) {
    html(.form, .method("get"), .action("/knowledge"), .class("row search"), .role("search")) { html in
      html(.label, .for("q"), .class("visually-hidden"), text: t("knowledge.search"))
      html(
        .input, .type("search"), .id("q"), .name("q"), .value(typed ?? ""), .placeholder(t("knowledge.search")),
        .autocomplete("off"))
      html(.button, .class("button main"), text: t("knowledge.go"))
    }
  }

  private func found(_ typed: String, _ t: Texts, _ html: inout HTML) {
    guard let index = base.index(t.language) else { return }
    let (hits, stems) = index.find(typed)
    html(.p, .class("soft small"), .role("status"), text: t("knowledge.found", count: hits.count))
    if hits.isEmpty { return html.empty(t("knowledge.nothing")) }
    html(.ol, .class("hits")) { html in
      for hit in hits {
        html(.li, .class("card")) { html in
          html(.p, .class("small soft"), text: place(of: hit.entry, t))
          html(.h2) { html in
            let target = hit.entry.lesson.map { "#\($0)" } ?? ""
            html(.a, .href("/knowledge/\(hit.entry.unit)\(target)")) { html in
              marked(index.excerpt(hit.entry.title, stems), &html)
            }
          }
          html(.p) { html in marked(index.excerpt(hit.sentence ?? hit.entry.text, stems), &html) }
        }
      }
    }
  }

  private func place(of entry: Entry, _ t: Texts) -> String {
    guard let unit = base.library.unit(entry.unit) else { return "" }
    let kind = t(unit.isStopped ? "knowledge.kind.stopped" : "knowledge.kind.\(unit.kind.rawValue)")
    return entry.lesson == nil ? kind : t("knowledge.lessonIn", ["kind": kind, "unit": unit.text(t.language).title])
  }

  private func marked(_ parts: [(text: String, isMarked: Bool)], _ html: inout HTML) {
    for part in parts {
      if part.isMarked { html(.mark, text: part.text) } else { html.text(part.text) }
    }
  }

  private func overview(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    mine(visit, &html)
    html(.nav, .class("row wrap"), .aria(.label, t("knowledge.ways"))) { html in
      for (key, address) in ways(visit) { html.link(t(key), to: address, class: "button") }
    }
    together(visit, &html)
    for kind in [KnowledgeUnit.Kind.block, .pilot, .audience, .theme, .practice] {
      let units = base.library.listed(kind, t.language)
      if units.isEmpty { continue }
      html.card(t("knowledge.kinds.\(kind.rawValue)"), class: kind == .block ? "" : "compact") { html in
        html(.ul, .class(kind == .block || kind == .pilot ? "tiles" : "names")) { html in
          for unit in units { item(unit, t, &html) }
        }
        if kind == .pilot { stopped(t, &html) }
      }
    }
  }

  /// Not one of the pilots, and worth learning from.
  private func stopped(_ t: Texts, _ html: inout HTML) {
    for unit in base.library.stopped {
      html(.p, .class("small")) { html in
        html.text(t("knowledge.stopped") + " ")
        html.link(unit.text(t.language).title, to: "/knowledge/\(unit.id)")
      }
    }
  }

  private func ways(_ visit: Visit) -> [(key: String, address: String)] {
    let everyone = [("knowledge.map.title", "/knowledge/map"), ("knowledge.lessons.title", "/knowledge/lessons")]
    guard let viewer = visit.viewer, Learning.reads(viewer) else { return everyone }
    let role = viewer.role
    return everyone + [("knowledge.forRole", "/knowledge/lessons?role=\(role.rawValue)")]
  }

  /// For who works in the region: learning together, and what one looks after.
  private func together(_ visit: Visit, _ html: inout HTML) {
    guard let viewer = visit.viewer, Learning.reads(viewer) else { return }
    let role = viewer.role
    let t = visit.texts
    let chooses = Learning.edits(role) || role == .systemAdministrator
    let places: [(key: String, path: String, isMine: Bool)] = [
      ("projects", "projects", true), ("meetings", "meetings", true), ("selfScans", "self-scans", true),
      ("basicSet", "basic-set", true), ("additions", "additions", Learning.edits(role)),
      ("words", "words", chooses), ("exchange", "exchange", chooses),
      ("verdicts", "verdicts", VerdictSum.readers.contains(role)),
    ]
    html.card(t("knowledge.together")) { html in
      html(.ul, .class("tiles")) { html in
        for place in places where place.isMine {
          html(.li) { html in
            html.link(t("\(place.key).title"), to: "/knowledge/\(place.path)")
            html(.p, .class("small soft"), text: t("\(place.key).short"))
          }
        }
      }
    }
  }

  private func mine(_ visit: Visit, _ html: inout HTML) {
    if actions.isEmpty { return }
    let t = visit.texts
    html.card(t("actions.mine")) { html in
      html(.ul, .class("plain stack")) { html in
        for action in actions {
          html(.li) { html in
            let isLate = action.dueOn < visit.today
            html.state(isLate ? .alarm : .mind, t("meeting.by", ["date": t.date(action.dueOn)]))
            html.text(" ")
            html.link(action.words, to: "/knowledge/meetings/\(action.meeting)")
          }
        }
      }
    }
  }

  private func item(_ unit: KnowledgeUnit, _ t: Texts, _ html: inout HTML) {
    let written = unit.text(t.language)
    html(.li) { html in
      html.link(written.title, to: "/knowledge/\(unit.id)")
      if unit.kind == .block {
        html(
          .p, .class("small soft"),
          text: t(
            "knowledge.counts",
            [
              "lessons": String(base.library.lessons(of: unit.id).count), "pilots": String(unit.links.count),
            ]))
      } else if unit.kind == .pilot, !unit.municipalities.isEmpty {
        html(.p, .class("small soft"), text: unit.municipalities.joined(separator: ", "))
      }
    }
  }
}
