internal import Kernel
internal import Site

/// Everything that is known, to take along: as JSON, which another region can read in, and as Markdown, which people can.
struct KnowledgeExport {
  static let format = "geland-knowledge/1"

  let library: Library
  let regionName: String?
  let today: LocalDate

  var json: JSON { KnowledgeShapes.export.json(self) }

  /// The whole base as one text, kind by kind.
  func markdown(_ t: Texts) -> String {
    let kinds: [KnowledgeUnit.Kind] = [.block, .pilot, .audience, .theme, .practice]
    var lines = ["# \(t("knowledge.title"))", "", t("knowledge.lead"), ""]
    for kind in kinds {
      lines += ["## \(t("knowledge.kinds.\(kind.rawValue)"))", ""]
      for unit in library.listed(kind, t.language) + (kind == .pilot ? library.stopped : []) {
        lines += self.lines(unit, t, level: 3)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  func markdown(of unit: KnowledgeUnit, _ t: Texts) -> String {
    lines(unit, t, level: 1).joined(separator: "\n") + "\n"
  }

  private func lines(_ unit: KnowledgeUnit, _ t: Texts, level: Int) -> [String] {
    let written = unit.text(t.language)
    func heading(_ text: String, _ deeper: Int) -> [String] {
      [String(repeating: "#", count: level + deeper) + " " + text, ""]
    }
    func body(_ passages: [Passage]) -> [String] { passages.flatMap { [$0.safeMarkdown, ""] } }
    var lines = heading(written.title, 0) + body(written.opening)
    for section in written.sections { lines += heading(section.heading, 1) + body(section.passages) }
    let lessons = library.lessons(of: unit.id).filter { $0.unit == unit.id }
    if !lessons.isEmpty { lines += heading(t("knowledge.lessons", count: lessons.count), 1) }
    for lesson in lessons {
      guard let words = library.words(of: lesson, t.language) else { continue }
      let foot = [
        t("knowledge.ground.\(lesson.ground.rawValue)"), SourceName.spelled(lesson.source), lesson.addition?.origin,
      ]
      lines += heading(words.title.safeMarkdown, 2) + body(words.passages)
      lines += ["*\(foot.compactMap { $0 }.joined(separator: " · ").safeMarkdown)*", ""]
    }
    return lines + [t("knowledge.source", ["source": SourceName.spelled(unit.source).safeMarkdown]), ""]
  }
}

extension Passage {
  fileprivate var safeMarkdown: String {
    switch self {
    case .paragraph(let text): text.safeMarkdown
    case .list(let items): items.map { "- " + $0.safeMarkdown }.joined(separator: "\n")
    }
  }
}

extension String {
  /// What somebody typed stays text: no headings, links or HTML come from it.
  var safeMarkdown: String {
    var safe = ""
    var isLineStart = true
    for letter in self {
      // At the start of a line also what would begin a list, a heading's underline or a table.
      if "\\`*_[]<>#|~&".contains(letter) || isLineStart && "+=-".contains(letter) { safe.append("\\") }
      safe.append(letter)
      isLineStart = letter.isNewline || isLineStart && letter == " "
    }
    return safe
  }
}

extension Reply {
  /// A file to keep.
  static func file(_ text: String, type: String, named name: String) -> Reply {
    Reply(
      status: 200, body: .data(Array(text.utf8), type: type),
      headers: [("content-disposition", "attachment; filename=\"\(name)\"")])
  }
}
