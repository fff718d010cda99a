/// Something that can be found: a unit, or a lesson.
struct Entry: Sendable, Equatable {
  let unit: String
  /// nil for the unit itself.
  let lesson: String?
  let title: String
  let text: String
}

/// An entry with its words counted, so that an index can be put together again when a lesson is added.
struct IndexedEntry: Sendable {
  let entry: Entry
  /// How often each word stands in it; words of a title and other names count more.
  let words: [String: Double]
  /// Names under which one would look it up, with how sure it is that this is meant: its own, then the headings in it,
  /// then who takes part in it.
  let names: [(name: String, weight: Double)]
  let length: Double
  /// Its sentences, each with the words in it: what somebody asks is often told in one.
  let sentences: [(text: String, words: Set<String>)]

  private init(_ entry: Entry, names: [(String, Double)], _ parts: [(text: String, weight: Double)]) {
    self.entry = entry
    sentences = entry.text.sentences.map { ($0, Set($0.words.map(\.folded))) }
    self.names = names.map { ($0.0.asName, $0.1) }
    var words: [String: Double] = [:]
    var length = 0.0
    for part in parts {
      for word in part.text.words {
        words[word.folded, default: 0] += part.weight
        length += 1
      }
    }
    self.words = words
    self.length = length
  }

  /// - Parameter dutch: the unit's own name: it is found by it in every language.
  init(_ unit: KnowledgeUnit, _ written: WrittenUnit, dutch: String) {
    let body = written.opening + written.sections.flatMap(\.passages)
    let text = body.map(\.words).joined(separator: " ")
    let names = [written.title, dutch] + unit.aliases
    self.init(
      Entry(unit: unit.id, lesson: nil, title: written.title, text: text),
      names: names.map { ($0, 100) } + written.sections.map { ($0.heading, 100) }
        + (unit.kind == .pilot ? unit.partners.map { ($0, 50) } : []),
      names.map { ($0, 4) } + (unit.partners + unit.municipalities).map { ($0, 2) } + [(text, 1)]
        + written.sections.map { ($0.heading, 1) })
  }

  init(_ lesson: Lesson, _ written: WrittenLesson) {
    let text = written.passages.map(\.words).joined(separator: " ")
    self.init(
      Entry(unit: lesson.unit, lesson: lesson.id, title: written.title, text: text), names: [],
      [(written.title, 3), (text, 1)])
  }
}
