internal import Kernel

/// All that is known, and the means to search it. Never changes: with a lesson more it is another base.
public final class KnowledgeBase: Sendable {
  public let library: Library
  private let carried: [Language: [IndexedEntry]]
  private let indexes: [Language: SearchIndex]

  /// The base this program carries.
  /// - Throws: what is wrong with the first file that can't be read; a test reads them all.
  convenience init(_ files: [(name: String, text: String)]) throws {
    let units = try files.map { try UnitFile.read($0.name, $0.text) }.sorted { $0.id < $1.id }
    var carried: [Language: [IndexedEntry]] = [:]
    for language in Language.allCases { carried[language] = units.flatMap { Self.entries(of: $0, language) } }
    self.init(units, carried, [])
  }

  private init(_ units: [KnowledgeUnit], _ carried: [Language: [IndexedEntry]], _ added: [AddedLesson]) {
    let library = Library(units, added: added)
    let later = library.lessons.filter { $0.addition != nil }
    indexes = Dictionary(
      uniqueKeysWithValues: Language.allCases.map { language in
        let more = later.compactMap { lesson in
          library.words(of: lesson, language).map { IndexedEntry(lesson, $0) }
        }
        return (language, SearchIndex((carried[language] ?? []) + more, language))
      })
    self.library = library
    self.carried = carried
  }

  /// The same units, with these lessons added to what the program carries.
  func with(_ added: [AddedLesson]) -> KnowledgeBase { KnowledgeBase(library.units, carried, added) }

  func index(_ language: Language) -> SearchIndex? { indexes[language] }

  private static func entries(of unit: KnowledgeUnit, _ language: Language) -> [IndexedEntry] {
    let written = unit.text(language)
    let lessons = unit.lessons.compactMap { lesson in
      written.lessons[lesson.id].map { IndexedEntry(lesson, $0) }
    }
    return [IndexedEntry(unit, written, dutch: unit.text(.dutch).title)] + lessons
  }
}
