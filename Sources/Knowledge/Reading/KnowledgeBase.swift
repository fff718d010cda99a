internal import Kernel

/// The base this program carries, read once when somebody first asks.
public final class KnowledgeBase: Sendable {
  public let library: Library
  private let indexes: [Language: SearchIndex]

  /// - Throws: what is wrong with the first file that can't be read; a test reads them all.
  init(_ files: [(name: String, text: String)]) throws {
    library = Library(try files.map { try UnitFile.read($0.name, $0.text) }.sorted { $0.id < $1.id })
    let library = library
    indexes = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, SearchIndex(library, $0)) })
  }

  func index(_ language: Language) -> SearchIndex? { indexes[language] }
}
