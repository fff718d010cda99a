internal import Kernel
internal import Yams

/// Reads one content file: front matter (ids, links, what lessons rest on) and the words in both languages.
struct UnitFile {
  /// What is wrong with a file.
  struct Fault: Error, Equatable {
    let file: String
    let reason: String
  }

  private let name: String

  static func read(_ name: String, _ text: String) throws -> KnowledgeUnit { try UnitFile(name: name).unit(text) }

  private init(name: String) { self.name = name }

  private func fault(_ reason: String) -> Fault { Fault(file: name, reason: reason) }

  private func unit(_ text: String) throws -> KnowledgeUnit {
    guard text.hasPrefix("---\n"), let end = text.firstRange(of: "\n---\n") else { throw fault("no front matter") }
    let front = String(text[text.index(text.startIndex, offsetBy: 4)..<end.lowerBound])
    guard let fields = try Yams.load(yaml: front) as? [String: Any] else { throw fault("front matter is no mapping") }
    let written = try words(String(text[end.upperBound...]))
    let unit = try unit(FrontMatter(name, fields), written)
    let ids = Set(unit.lessons.map(\.id))
    for (language, words) in written where Set(words.lessons.keys) != ids {
      throw fault("lessons in \(language) are not those of the front matter")
    }
    return unit
  }

  private func unit(_ front: FrontMatter, _ written: [Language: WrittenUnit]) throws -> KnowledgeUnit {
    let id = try front.text("id")
    return KnowledgeUnit(
      kind: try front.choice("kind"), id: id, source: try front.text("source"),
      links: try front.texts("pilots") + front.texts("blocks"), related: try front.texts("related"),
      municipalities: try front.texts("municipalities"), groups: try front.texts("groups"),
      since: front.maybe("since"), until: front.maybe("until"),
      status: front.maybe("status") == nil ? nil : try front.choice("status"),
      partners: try front.texts("partners"), aliases: try front.texts("aliases"),
      lessons: try front.mappings("lessons").map { try lesson($0, unit: id) }, written: written)
  }

  private func lesson(_ front: FrontMatter, unit: String) throws -> Lesson {
    Lesson(
      id: try front.text("id"), unit: unit, blocks: try front.texts("blocks"), pilots: try front.texts("pilots"),
      also: try front.texts("also"), formerly: try front.texts("formerly"),
      audiences: try front.choices("audiences"), ground: try front.choice("restsOn"),
      phases: try front.texts("phases"), moments: try front.choices("moments"), source: try front.text("source"))
  }

  /// The parts after `=== nl` and `=== en`.
  private func words(_ text: String) throws -> [Language: WrittenUnit] {
    var parts: [Language: [Substring]] = [:]
    var language: Language?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      switch line {
      case "=== nl": language = .dutch
      case "=== en": language = .english
      default:
        guard let language else {
          if line.isEmpty { continue }
          throw fault("words before a language")
        }
        parts[language, default: []].append(line)
      }
    }
    guard parts.count == 2 else { throw fault("one language is missing") }
    return try parts.mapValues(written)
  }

  private func written(_ lines: [Substring]) throws -> WrittenUnit {
    var unit = WrittenUnit()
    var heading: String?
    var passages = Passages()
    func close() throws {
      let done = passages.taken()
      guard let heading else {
        unit.opening = done
        return
      }
      if done.isEmpty { throw fault("nothing under \(heading)") }
      if heading == "bron:" {
        unit.notes = done
        return
      }
      guard heading.hasPrefix("les:") else {
        unit.sections.append(WrittenUnit.Section(heading: heading, passages: done))
        return
      }
      let parts = heading.dropFirst(4).split(separator: " ", maxSplits: 1)
      guard parts.count == 2 else { throw fault("a lesson without title") }
      unit.lessons[String(parts[0])] = WrittenLesson(title: String(parts[1]), passages: done)
    }
    for line in lines {
      if line.hasPrefix("# ") {
        unit.title = String(line.dropFirst(2))
      } else if line.hasPrefix("## ") {
        try close()
        heading = String(line.dropFirst(3))
      } else {
        passages.add(line)
      }
    }
    try close()
    guard !unit.title.isEmpty else { throw fault("no title") }
    return unit
  }
}
