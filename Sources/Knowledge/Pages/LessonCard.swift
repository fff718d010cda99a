internal import Kernel
internal import Site

/// A lesson as it stands in a list.
struct LessonCard {
  let base: KnowledgeBase
  let lesson: Lesson
  /// The unit whose page this is: it needs no link to itself.
  let on: String?
  var level: Tag?

  func write(_ t: Texts, _ html: inout HTML) {
    guard let words = base.library.words(of: lesson, t.language) else { return }
    html(.li, .class("card lesson"), .id(lesson.id)) { html in
      html(level ?? (on == nil ? .h2 : .h3)) { html in html.link(words.title, to: "/knowledge/lessons/\(lesson.id)") }
      html.passages(words.passages)
      if on != nil { return short(t, &html) }
      html(.p, .class("row wrap small")) { html in
        html.tag(t("knowledge.ground.\(lesson.ground.rawValue)"), lesson.ground == .research ? "good" : "")
        if let addition = lesson.addition {
          html.tag(t("lesson.since", ["date": t.date(addition.on)]), "teal")
          if let origin = addition.origin { html.tag(t("lesson.from", ["region": origin])) }
        }
        for audience in lesson.audiences { html.tag(t("knowledge.audience.\(audience.rawValue)")) }
      }
      html(.p, .class("small soft")) { html in
        for id in Self.distinct([lesson.unit] + lesson.blocks + lesson.pilots) where id != on {
          guard let unit = base.library.unit(id) else { continue }
          html.link(unit.text(t.language).title, to: "/knowledge/\(id)")
          html.text(" · ")
        }
        html.text(SourceName.spelled(lesson.source))
      }
    }
  }

  /// On a page with many: what it rests on; its own page tells the rest.
  private func short(_ t: Texts, _ html: inout HTML) {
    html(.p, .class("small soft")) { html in
      if let addition = lesson.addition {
        html.tag(t("lesson.since", ["date": t.date(addition.on)]), "teal")
        if let origin = addition.origin { html.tag(t("lesson.from", ["region": origin])) }
      }
      html.text(t("knowledge.ground.\(lesson.ground.rawValue)"))
    }
  }

  private static func distinct(_ ids: [String]) -> [String] {
    var seen: Set<String> = []
    return ids.filter { seen.insert($0).inserted }
  }
}
