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
      .list("sections", section) { $0.sections }, .list("notes", passage) { $0.notes },
    ])

  /// A unit with the library it hangs together with.
  struct Hung: Sendable {
    let unit: KnowledgeUnit
    let library: Library
  }

  static let unit = Shape<Hung>(
    "KnowledgeUnit",
    [
      .text("id") { $0.unit.id }, .choice("kind") { $0.unit.kind }, .text("source") { $0.unit.source },
      .texts("blocks") { $0.unit.kind == .pilot ? $0.unit.links : [] },
      .texts("pilots") { $0.unit.kind == .block ? $0.unit.links : [] },
      .texts("related") { $0.library.related(to: $0.unit).map(\.id) },
      .texts("municipalities") { $0.unit.municipalities }, .texts("groups") { $0.unit.groups },
      .text(maybe: "since") { $0.unit.since }, .text(maybe: "until") { $0.unit.until },
      .choice(maybe: "status") { $0.unit.status }, .texts("partners") { $0.unit.partners },
      .texts("aliases") { $0.unit.aliases }, .texts("lessons") { $0.library.lessons(of: $0.unit.id).map(\.id) },
      .part(maybe: "nl", writtenUnit) { $0.unit.text(.dutch) },
      .part(maybe: "en", writtenUnit) { $0.unit.text(.english) },
    ])

  /// Everything at once, as one region gives it to another.
  static let export = Shape<KnowledgeExport>(
    "KnowledgeExport",
    [
      .text("format") { _ in KnowledgeExport.format }, .text(maybe: "region") { $0.regionName },
      .date("madeOn") { $0.today },
      .list("units", unit) { export in export.library.units.map { Hung(unit: $0, library: export.library) } },
      .list("lessons", lesson) { export in
        export.library.lessons.map { Told(lesson: $0, library: export.library) }
      },
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
      .texts("pilots") { $0.lesson.pilots }, .texts("also") { $0.lesson.also },
      .texts("audiences") { $0.lesson.audiences.map(\.rawValue) },
      .choice("restsOn") { $0.lesson.ground }, .texts("phases") { $0.lesson.phases },
      .texts("moments") { $0.lesson.moments.map(\.rawValue) },
      .texts("municipalities") { $0.lesson.addition?.codes ?? [] }, .text("source") { $0.lesson.source },
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
