internal import Kernel
internal import Site

/// How what works looks as JSON: in the API, and in the file one region gives another.
enum KnowledgeShapes {
  private static let passage = Shape<Passage>(
    "Passage",
    [
      .text(maybe: "paragraph") { if case .paragraph(let text) = $0 { text } else { nil } },
      .texts(maybe: "list") { if case .list(let items) = $0 { items } else { nil } },
    ])

  private static let section = Shape<WrittenUnit.Section>(
    "Section", [.text("heading") { $0.heading }, .list("passages", passage) { $0.passages }])

  private static let writtenUnit = Shape<WrittenUnit>(
    "UnitText",
    [
      .text("title") { $0.title }, .list("opening", passage) { $0.opening },
      .list("sections", section) { $0.sections },
    ])

  static let unit = Shape<KnowledgeUnit>(
    "KnowledgeUnit",
    [
      .text("id") { $0.id }, .choice("kind") { $0.kind }, .text("source") { $0.source },
      .texts("blocks") { $0.kind == .pilot ? $0.links : [] }, .texts("pilots") { $0.kind == .block ? $0.links : [] },
      .texts("related") { $0.related }, .texts("municipalities") { $0.municipalities }, .texts("groups") { $0.groups },
      .text(maybe: "since") { $0.since }, .text(maybe: "until") { $0.until }, .choice(maybe: "status") { $0.status },
      .texts("partners") { $0.partners }, .texts("aliases") { $0.aliases },
      .texts("lessons") { $0.lessons.map(\.id) }, .part(maybe: "nl", writtenUnit) { $0.text(.dutch) },
      .part(maybe: "en", writtenUnit) { $0.text(.english) },
    ])

  /// A lesson with the library its words are in.
  struct Told: Sendable {
    let lesson: Lesson
    let library: Library

    func words(_ language: Language) -> WrittenLesson? { library.words(of: lesson, language) }
  }

  private static let writtenLesson = Shape<WrittenLesson>(
    "LessonText",
    [.text("title") { $0.title }, .text("words") { $0.passages.map(\.plain).joined(separator: "\n\n") }])

  static let lesson = Shape<Told>(
    "Lesson",
    [
      .text("id") { $0.lesson.id }, .text("unit") { $0.lesson.unit }, .texts("blocks") { $0.lesson.blocks },
      .texts("pilots") { $0.lesson.pilots }, .texts("audiences") { $0.lesson.audiences.map(\.rawValue) },
      .choice("restsOn") { $0.lesson.ground }, .texts("phases") { $0.lesson.phases },
      .texts("moments") { $0.lesson.moments.map(\.rawValue) }, .text("source") { $0.lesson.source },
      .date(maybe: "addedOn") { $0.lesson.addition?.on }, .text(maybe: "origin") { $0.lesson.addition?.origin },
      .text(maybe: "originID") { $0.lesson.addition?.originID },
      .part(maybe: "nl", writtenLesson) { $0.words(.dutch) },
      .part(maybe: "en", writtenLesson) { $0.words(.english) },
    ])
}

extension Passage {
  /// As it is written in a content file.
  var plain: String {
    switch self {
    case .paragraph(let text): text
    case .list(let items): items.map { "- " + $0 }.joined(separator: "\n")
    }
  }
}
