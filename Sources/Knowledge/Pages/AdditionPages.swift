internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What this region added to what is known, and what it took over from others.
struct AdditionsPage {
  let lessons: [AddedLesson]
  private let base: KnowledgeBase

  init(_ looker: Looker, _ base: KnowledgeBase) throws {
    lessons = try looker.reader.all(AddedLesson.self, "where id is not null order by added_on desc, id")
    self.base = base
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("additions.title"), width: .letter) { html in
      html.heading(t("additions.title"), t("additions.lead")) { html in
        html.link(t("additions.add"), to: "/knowledge/additions/new", class: "button main")
        html.link(t("exchange.title"), to: "/knowledge/exchange", class: "button")
      }
      if lessons.isEmpty { return html.empty(t("additions.none")) }
      html(.ul, .class("stack plain")) { html in
        for lesson in lessons { item(lesson, visit, &html) }
      }
    }
  }

  private func item(_ lesson: AddedLesson, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.li, .class("card")) { html in
      html(.h2) { html in
        if lesson.withdrawnOn == nil {
          html.link(lesson.title, to: "/knowledge/lessons/\(lesson.id)")
        } else {
          html.text(lesson.title)
        }
      }
      html(.p, .class("row wrap small")) { html in
        html.tag(t("lesson.since", ["date": t.date(lesson.addedOn)]))
        if let origin = lesson.origin { html.tag(t("lesson.from", ["region": origin]), "teal") }
        if let date = lesson.withdrawnOn { html.tag(t("additions.withdrawn", ["date": t.date(date)]), "mind") }
        for block in lesson.blocks.compactMap(base.library.unit) { html.tag(block.text(t.language).title) }
      }
      html(.p, .class("small soft"), text: lesson.source)
      html(.div, .class("row wrap")) { html in
        if lesson.origin == nil {
          html.link(t("additions.edit"), to: "/knowledge/additions/\(lesson.id)", class: "button quiet")
        }
        let isBack = lesson.withdrawnOn != nil
        visit.button(
          &html, to: "/knowledge/additions/\(lesson.id)/\(isBack ? "bring-back" : "withdraw")",
          t(isBack ? "additions.bringBack" : "additions.withdraw"), class: "button quiet")
      }
    }
  }
}

/// Writing a lesson; beside it what it is made from.
struct AdditionForm {
  /// What a lesson may be made from: an answer of a quickscan, or a meeting's notes.
  struct Origin {
    let address: String
    let heading: String
    let words: String
    let source: String
    let blocks: [String]
    let pilots: [String]
    var municipalities: [String] = []
  }

  private let lesson: AddedLesson?
  private let origin: Origin?
  private let base: KnowledgeBase
  private let faults: [Problem.Fault]

  init(_ visit: Visit, _ looker: Looker, _ lesson: AddedLesson?, _ base: KnowledgeBase, faults: [Problem.Fault]) throws
  {
    self.lesson = lesson
    self.base = base
    self.faults = faults
    origin =
      try lesson == nil ? Self.answer(visit, looker.reader, base.library) ?? Self.notes(visit, looker.reader) : nil
  }

  /// The round and question that the address names.
  static func scan(_ visit: Visit) -> (ID<Quickscan>, String)? {
    guard let id: ID<Quickscan> = visit.query.id("scan"), let key = visit.query["question"] else { return nil }
    return (id, key)
  }

  private static func answer(_ visit: Visit, _ reader: Reader, _ library: Library) throws -> Origin? {
    guard let (id, key) = scan(visit), let scan = try reader.find(Quickscan.self, id), scan.handedInOn != nil
    else { return nil }
    let project = try reader.get(Project.self, scan.project)
    guard let asked = Asked.of(project, [scan]).first(where: { $0.key == key }) else { return nil }
    let t = visit.texts
    let values = ["project": project.name, "n": String(scan.round), "year": String(scan.openedOn.year)]
    return Origin(
      address: "?scan=\(id)&question=\(asked.key)", heading: asked.label(library, t),
      words: scan.answers[asked.key] ?? "", source: t("additions.sourceScan", values),
      blocks: asked.block.map { [$0] } ?? project.blocks, pilots: project.pilot.map { [$0] } ?? [],
      municipalities: project.municipalities)
  }

  private static func notes(_ visit: Visit, _ reader: Reader) throws -> Origin? {
    guard let id: ID<LearningMeeting> = visit.query.id("meeting"),
      let meeting = try reader.find(LearningMeeting.self, id)
    else { return nil }
    let t = visit.texts
    return Origin(
      address: "?meeting=\(id)", heading: t("meeting.notes"), words: meeting.notes ?? "",
      source: t("additions.sourceMeeting", ["title": meeting.title, "date": t.date(meeting.heldOn)]),
      blocks: meeting.blocks, pilots: [])
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let title = t(lesson == nil ? "additions.add" : "additions.edit")
    let address = lesson.map { "/knowledge/additions/\($0.id)" } ?? "/knowledge/additions/new" + (origin?.address ?? "")
    return visit.page(title, width: .letter) { html in
      html.heading(title, t("additions.formLead"))
      if let origin, !origin.words.isEmpty {
        html.card(origin.heading) { html in html(.p, .class("lines-kept"), text: origin.words) }
      }
      html.card(nil) { html in
        visit.form(
          &html, to: address, submit: t("form.save"), faults: faults, fields: words(t) + belonging(t),
          version: lesson?.version, draft: true)
      }
    }
  }

  private func words(_ t: Texts) -> [Field] {
    var body = Field(
      "words", t("additions.words"), .report(rows: 4), hint: t("additions.wordsHint"), value: lesson?.words,
      isRequired: true)
    body.limit = AddedLesson.wordsLength
    var english = Field("wordsEnglish", t("additions.wordsEnglish"), .area(rows: 3), value: lesson?.wordsEnglish)
    english.limit = AddedLesson.wordsLength
    return [
      Field("title", t("additions.lesson"), hint: t("additions.lessonHint"), value: lesson?.title, isRequired: true),
      body,
      Field(
        "source", t("additions.source"), hint: t("additions.sourceHint"), value: lesson?.source ?? origin?.source,
        isRequired: true),
      Field(
        "ground", t("knowledge.filter.ground"),
        .radio(Lesson.Ground.allCases.map { Field.Option($0.rawValue, t("knowledge.ground.\($0.rawValue)")) }),
        value: lesson?.ground ?? "experience", isRequired: true),
      Field("titleEnglish", t("additions.lessonEnglish"), value: lesson?.titleEnglish), english,
    ]
  }

  private func belonging(_ t: Texts) -> [Field] {
    func titles(_ kind: KnowledgeUnit.Kind) -> [Field.Option] {
      (base.library.listed(kind, t.language) + (kind == .pilot ? base.library.stopped : []))
        .map { Field.Option($0.id, $0.text(t.language).title) }
    }
    func named(_ values: [String], _ key: String) -> [Field.Option] {
      values.map { Field.Option($0, t("\(key).\($0)")) }
    }
    return [
      Field(
        "blocks", t("projects.column.blocks"), .checks(titles(.block)),
        value: (lesson?.blocks ?? origin?.blocks ?? []).joined(separator: " "), isRequired: true),
      Field(
        "audiences", t("knowledge.filter.audience"),
        .checks(named(Lesson.Audience.allCases.map(\.rawValue), "knowledge.audience")),
        value: (lesson?.audiences ?? []).joined(separator: " "), isRequired: true),
      Field(
        "moments", t("additions.moments"), .checks(named(Moment.allCases.map(\.rawValue), "knowledge.moment")),
        hint: t("additions.momentsHint"), value: (lesson?.moments ?? []).joined(separator: " ")),
      Field(
        "phases", t("knowledge.filter.phase"), .checks(named(Lesson.phases, "phase")),
        value: (lesson?.phases ?? []).joined(separator: " ")),
      Field(
        "pilots", t("knowledge.kinds.pilot"), .checks(titles(.pilot)),
        value: (lesson?.pilots ?? origin?.pilots ?? []).joined(separator: " ")),
      Field(
        "municipalities", t("projects.column.municipalities"),
        .checks(Municipality.all.map { Field.Option($0.code, $0.name) }),
        value: (lesson?.municipalities ?? origin?.municipalities ?? []).joined(separator: " ")),
    ]
  }
}
