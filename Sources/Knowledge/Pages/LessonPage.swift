internal import Kernel
internal import Site

/// One lesson at an address of its own, to share or print: what to do and why, what it rests on, for whom and when.
struct LessonPage {
  let base: KnowledgeBase
  let lesson: Lesson

  func reply(_ visit: Visit) throws -> Reply {
    let t = visit.texts
    guard let words = base.library.words(of: lesson, t.language) else { throw Problem.notFound }
    return visit.page(words.title, width: .letter) { html in
      html(.p, .class("small soft no-print")) { html in
        html.link(t("knowledge.title"), to: "/knowledge")
        html.text(" › ")
        html.link(t("knowledge.lessons.title"), to: "/knowledge/lessons")
      }
      html.heading(words.title) { html in
        html(.button, .class("button quiet no-print"), .type("button"), .data("data-print"), text: t("knowledge.print"))
      }
      html(.div, .class("stack prose")) { html in html.passages(words.passages) }
      html.card(nil) { html in
        html(.dl, .class("facts")) { html in
          for (key, value) in facts(t) where !value.isEmpty {
            html(.dt, text: t(key))
            html(.dd, text: value)
          }
          links(t, &html)
        }
      }
      more(t, &html)
    }
  }

  private func facts(_ t: Texts) -> [(key: String, value: String)] {
    let addition = lesson.addition
    return [
      ("knowledge.filter.ground", t("knowledge.ground.\(lesson.ground.rawValue)")),
      (
        "knowledge.filter.audience",
        lesson.audiences.map { t("knowledge.audience.\($0.rawValue)") }.joined(separator: ", ")
      ),
      ("knowledge.filter.phase", lesson.phases.map { t("phase.\($0)") }.joined(separator: ", ")),
      ("additions.moments", lesson.moments.map { t("knowledge.moment.\($0.rawValue)") }.joined(separator: ", ")),
      ("knowledge.fact.where", addition?.municipalities.joined(separator: ", ") ?? ""),
      ("knowledge.filter.since", addition.map { t.date($0.on) } ?? ""),
      ("knowledge.fact.origin", addition?.origin ?? ""),
      ("knowledge.fact.source", SourceName.spelled(lesson.source)),
    ]
  }

  /// Where it stands, and what it belongs to.
  private func links(_ t: Texts, _ html: inout HTML) {
    var seen: Set<String> = []
    let ids = ([lesson.unit] + lesson.blocks + lesson.pilots).filter { seen.insert($0).inserted }
    html(.dt, text: t("knowledge.fact.belongs"))
    html(.dd) { html in
      for (place, unit) in ids.compactMap(base.library.unit).enumerated() {
        if place > 0 { html.text(", ") }
        html.link(
          unit.text(t.language).title, to: "/knowledge/\(unit.id)" + (unit.id == lesson.unit ? "#\(lesson.id)" : ""))
      }
    }
  }

  /// What stands beside it, to read on.
  private func more(_ t: Texts, _ html: inout HTML) {
    let beside = base.library.lessons(of: lesson.unit).filter { $0.unit == lesson.unit && $0.id != lesson.id }
    if beside.isEmpty { return }
    html.card(t("knowledge.beside"), class: "no-print") { html in
      html(.ul, .class("names")) { html in
        for other in beside.prefix(12) {
          guard let words = base.library.words(of: other, t.language) else { continue }
          html(.li) { html in html.link(words.title, to: "/knowledge/lessons/\(other.id)") }
        }
      }
    }
  }
}
