internal import Kernel
internal import Site

/// All lessons, narrowed down by what they are about, for whom and when.
struct LessonsPage {
  let base: KnowledgeBase
  private static let perPage = 20
  private let wanted: Wanted
  private let page: Int

  init(_ base: KnowledgeBase, _ query: Fields) {
    self.base = base
    page = max(1, query.number("page") ?? 1)
    wanted = Wanted(query)
  }

  /// What was chosen; empty means any.
  struct Wanted {
    static let names = [
      "block", "pilot", "audience", "role", "group", "municipality", "phase", "ground", "since",
    ]
    let values: [String: String]

    init(_ query: Fields) {
      values = Dictionary(
        uniqueKeysWithValues: Self.names.compactMap { name in query[name].map { (name, $0) } })
    }

    func holds(_ lesson: Lesson, _ library: Library) -> Bool {
      let homes = lesson.homes.compactMap(library.unit).filter { $0.kind != .block }
      return values.allSatisfy { name, value in
        switch name {
        case "block", "pilot": lesson.homes.contains(value)
        case "audience": lesson.audiences.contains { $0.rawValue == value }
        case "group": homes.contains { $0.groups.contains(value) }
        case "municipality":
          (homes.flatMap(\.municipalities) + (lesson.addition?.municipalities ?? [])).contains(value)
        case "phase": lesson.phases.contains(value)
        case "role": Role(rawValue: value).map { ReadingByRole($0).holds(lesson) } ?? false
        case "since": LocalDate(value).map { since in lesson.addition.map { $0.on >= since } ?? false } ?? true
        default: lesson.ground.rawValue == value
        }
      }
    }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let lessons = base.library.lessons.filter { wanted.holds($0, base.library) }
    let pageCount = (lessons.count + Self.perPage - 1) / Self.perPage
    let page = min(page, max(1, pageCount))
    return visit.page(t("knowledge.lessons.title"), width: .letter) { html in
      html.heading(t("knowledge.lessons.title"), t("knowledge.lessons.lead"))
      filters(t, &html)
      html(.p, .class("soft small"), .role("status"), text: t("knowledge.lessons", count: lessons.count))
      if lessons.isEmpty { html.empty(t("knowledge.lessons.none")) }
      html(.ul, .class("lessons")) { html in
        for lesson in lessons.dropFirst((page - 1) * Self.perPage).prefix(Self.perPage) {
          LessonCard(base: base, lesson: lesson, on: nil).write(t, &html)
        }
      }
      pages(pageCount, at: page, t, &html)
    }
  }

  private func pages(_ count: Int, at page: Int, _ t: Texts, _ html: inout HTML) {
    if count < 2 { return }
    let chosen = Fields(wanted.values.mapValues { [$0] })
    html(.nav, .class("row wrap"), .aria(.label, t("knowledge.pages"))) { html in
      for number in 1...count {
        html(
          .a, .class(number == page ? "button main" : "button"),
          .href("/knowledge/lessons?\(chosen.with("page", String(number)).encoded)"),
          number == page ? .aria(.current, "page") : nil, text: String(number))
      }
    }
  }

  private func filters(_ t: Texts, _ html: inout HTML) {
    html(.details, .class("card no-print")) { html in
      html(.summary, text: t("knowledge.filter.title"))
      form(t, &html)
    }
    if wanted.values.isEmpty { return }
    html(.p, .class("row wrap small")) { html in
      for (name, options) in choices(t) {
        guard let chosen = options.first(where: { $0.0 == wanted.values[name] }) else { continue }
        html.tag("\(t("knowledge.filter.\(name)")): \(chosen.1)", "teal")
      }
      if let since = wanted.values["since"].flatMap({ LocalDate($0) }) {
        html.tag(t("knowledge.newSince", ["date": t.date(since)]), "teal")
      }
      html.link(t("knowledge.filter.clear"), to: "/knowledge/lessons")
    }
  }

  private func form(_ t: Texts, _ html: inout HTML) {
    html(.form, .method("get"), .action("/knowledge/lessons"), .class("choices keep")) { html in
      for (name, options) in choices(t) {
        html(.div, .class("field")) { html in
          html(.label, .for(name), text: t("knowledge.filter.\(name)"))
          html(.select, .id(name), .name(name)) { html in
            html(.option, .value(""), text: t("knowledge.filter.any"))
            for (value, text) in options {
              html(.option, .value(value), wanted.values[name] == value ? .selected : nil, text: text)
            }
          }
        }
      }
      html(.div, .class("field")) { html in
        html(.label, .for("since"), text: t("knowledge.filter.since"))
        html(.input, .type("date"), .id("since"), .name("since"), .value(wanted.values["since"] ?? ""))
      }
      html(.p, .class("row")) { html in
        html(.button, .class("button main"), text: t("knowledge.filter.go"))
        html.link(t("knowledge.filter.clear"), to: "/knowledge/lessons", class: "button")
      }
    }
  }

  private func choices(_ t: Texts) -> [(String, [(String, String)])] {
    let library = base.library
    func titles(_ kind: KnowledgeUnit.Kind) -> [(String, String)] {
      (library.listed(kind, t.language) + (kind == .pilot ? library.stopped : []))
        .map { ($0.id, $0.text(t.language).title) }
    }
    func words(_ values: [String], _ key: String) -> [(String, String)] {
      values.map { ($0, t("\(key).\($0)")) }
    }
    let groups = Set(library.units.flatMap(\.groups)).sorted()
    let towns = Set(
      library.units.flatMap(\.municipalities) + library.lessons.flatMap { $0.addition?.municipalities ?? [] }
    ).sorted()
    return [
      ("block", titles(.block)), ("pilot", titles(.pilot)),
      ("audience", words(Lesson.Audience.allCases.map(\.rawValue), "knowledge.audience")),
      ("role", words(Learning.readers.map(\.rawValue), "role")), ("group", words(groups, "knowledge.group")),
      ("municipality", towns.map { ($0, $0) }),
      ("phase", words(Lesson.phases, "phase")),
      ("ground", words(Lesson.Ground.allCases.map(\.rawValue), "knowledge.ground")),
    ]
  }
}
