internal import Kernel
internal import Site

/// One block, pilot, practice, audience or theme, with its lessons and everything it is linked with; prints as a leaflet.
struct UnitPage {
  let base: KnowledgeBase
  let unit: KnowledgeUnit

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let written = unit.text(t.language)
    return visit.page(written.title, width: .letter) { html in
      html(.p, .class("small soft no-print")) { html in
        html.link(t("knowledge.title"), to: "/knowledge")
        html.text(" › " + t(unit.isStopped ? "knowledge.kinds.stopped" : "knowledge.kinds.\(unit.kind.rawValue)"))
      }
      html.heading(written.title) { html in
        let count = base.library.lessons(of: unit.id).count
        if count > 0 { html.link(t("knowledge.toLessons", count: count), to: "#lessons", class: "button no-print") }
        html(.button, .class("button quiet no-print"), .type("button"), .data("data-print"), text: t("knowledge.print"))
      }
      facts(t, &html)
      fresh(visit, &html)
      html(.div, .class("stack prose leaflet")) { html in
        html.passages(written.opening)
        for section in written.sections {
          html(.h2, text: section.heading)
          html.passages(section.passages)
        }
      }
      lessons(t, &html)
      links(t, &html)
      foot(t, &html)
    }
  }

  /// Where it comes from, of when that is, and what the source itself leaves open.
  private func foot(_ t: Texts, _ html: inout HTML) {
    html(.p, .class("small soft")) { html in
      html.text(t("knowledge.source", ["source": SourceName.spelled(unit.source)]))
      if let year = SourceName.year(unit.source) { html.text(" " + t("knowledge.ofYear", ["year": String(year)])) }
    }
    let notes = unit.text(t.language).notes
    if notes.isEmpty { return }
    html(.details, .class("small soft no-print")) { html in
      html(.summary, text: t("knowledge.notes"))
      html.passages(notes)
    }
  }

  /// How it stood, and when: what was so in the year of the source may be otherwise by now.
  private func status(_ t: Texts) -> String {
    guard let status = unit.status else { return "" }
    let text = t("knowledge.status.\(status.rawValue)")
    guard let year = SourceName.year(unit.source) else { return text }
    return t("knowledge.asOf", ["status": text, "year": String(year)])
  }

  private func facts(_ t: Texts, _ html: inout HTML) {
    let lines: [(String, String)] = [
      ("where", unit.municipalities.joined(separator: ", ")), ("period", period(t)),
      ("status", status(t)),
      ("groups", unit.groups.map { t("knowledge.group.\($0)") }.joined(separator: ", ")),
      ("partners", unit.partners.joined(separator: ", ")),
    ].filter { !$0.1.isEmpty }
    if lines.isEmpty { return }
    html(.dl, .class("facts")) { html in
      for (key, value) in lines {
        html(.dt, text: t("knowledge.fact.\(key)"))
        html(.dd, text: value)
      }
    }
  }

  /// What was learned here lately.
  private func fresh(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let lessons = base.library.lessons(of: unit.id).filter { Fresh.isFresh($0, today: visit.today) }
    if lessons.isEmpty { return }
    html.card(t("knowledge.newSince", ["date": t.date(Fresh.since(visit.today))]), class: "fresh no-print") { html in
      html(.ul, .class("plain")) { html in
        for lesson in lessons {
          guard let words = base.library.words(of: lesson, t.language), let addition = lesson.addition else { continue }
          html(.li) { html in
            html.link(
              words.title, to: lesson.unit == unit.id ? "#\(lesson.id)" : "/knowledge/\(lesson.unit)#\(lesson.id)")
            html(.span, .class("small soft"), text: " " + t.date(addition.on))
          }
        }
      }
    }
  }

  private func period(_ t: Texts) -> String {
    switch (unit.since.map { Self.month($0, t) }, unit.until.map { Self.month($0, t) }) {
    case (let since?, let until?): t("knowledge.period.both", ["since": since, "until": until])
    case (let since?, nil): t("knowledge.period.since", ["since": since])
    case (nil, let until?): t("knowledge.period.until", ["until": until])
    case (nil, nil): ""
    }
  }

  /// A year, or a year and month, as people write it.
  private static func month(_ text: String, _ t: Texts) -> String {
    let parts = text.split(separator: "-")
    guard parts.count == 2, let number = Int(parts[1]) else { return text }
    return t("knowledge.month.\(number)", ["year": String(parts[0])])
  }

  private func lessons(_ t: Texts, _ html: inout HTML) {
    let lessons = base.library.lessons(of: unit.id)
    if lessons.isEmpty { return }
    html(.h2, .id("lessons"), text: t("knowledge.lessons", count: lessons.count))
    let own = lessons.filter { $0.unit == unit.id }
    if unit.kind == .block {
      folded(own, t, &html)
    } else if !own.isEmpty {
      html(.ul, .class("lessons")) { html in
        for lesson in own { LessonCard(base: base, lesson: lesson, on: unit.id).write(t, &html) }
      }
    }
    elsewhere(lessons.filter { $0.unit != unit.id }, t, &html)
  }

  /// A building block has so many that only their titles stand here, each with what it rests on; a page of their own has
  /// them in full.
  private func folded(_ lessons: [Lesson], _ t: Texts, _ html: inout HTML) {
    html.card(nil) { html in
      html(.ul, .class("names")) { html in
        for lesson in lessons {
          guard let words = base.library.words(of: lesson, t.language) else { continue }
          html(.li, .id(lesson.id)) { html in
            html.link(words.title, to: "/knowledge/lessons/\(lesson.id)")
            let about = [
              t("knowledge.ground.\(lesson.ground.rawValue)"),
              lesson.addition.map { t("lesson.since", ["date": t.date($0.on)]) },
              lesson.addition?.origin.map { t("lesson.from", ["region": $0]) },
            ]
            html(.span, .class("small soft"), text: " " + about.compactMap { $0 }.joined(separator: ", "))
          }
        }
      }
      html(.p, .class("no-print")) { html in
        html.link(t("knowledge.inFull"), to: "/knowledge/lessons?block=\(unit.id)", class: "button")
      }
    }
  }

  /// Lessons that belong here too but are told elsewhere: their titles, to go on reading.
  private func elsewhere(_ lessons: [Lesson], _ t: Texts, _ html: inout HTML) {
    if lessons.isEmpty { return }
    html.card(t("knowledge.elsewhere", count: lessons.count)) { html in
      html(.ul, .class("names")) { html in
        for lesson in lessons {
          guard let words = base.library.words(of: lesson, t.language) else { continue }
          html(.li) { html in html.link(words.title, to: "/knowledge/lessons/\(lesson.id)") }
        }
      }
    }
  }

  private func links(_ t: Texts, _ html: inout HTML) {
    list(unit.links.compactMap(base.library.unit), unit.kind == .block ? "pilots" : "blocks", t, &html)
    list(base.library.related(to: unit), "related", t, &html)
  }

  private func list(_ units: [KnowledgeUnit], _ key: String, _ t: Texts, _ html: inout HTML) {
    if units.isEmpty { return }
    html.card(t("knowledge.links.\(key)"), class: key == "related" ? "no-print" : "") { html in
      if key == "related" { html(.p, .class("small soft"), text: t("knowledge.links.ours")) }
      html(.ul, .class("names")) { html in
        for unit in units {
          html(.li) { html in html.link(unit.text(t.language).title, to: "/knowledge/\(unit.id)") }
        }
      }
    }
  }
}

extension HTML {
  mutating func passages(_ passages: [Passage]) {
    for passage in passages {
      switch passage {
      case .paragraph(let text): self(.p, text: text)
      case .list(let items):
        self(.ul) { html in
          for item in items { html(.li, text: item) }
        }
      }
    }
  }
}
