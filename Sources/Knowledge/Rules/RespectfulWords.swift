internal import Kernel

/// Words that could be kinder, each with another. They are pointed out while one writes; nothing is ever blocked, and
/// what was written is never changed by itself.
struct RespectfulWords: Equatable {
  struct Word: Equatable {
    let language: Language
    let word: String
    let forms: [String]
    let instead: String
    var isOff = false
    /// Stands on the list every region begins with.
    var isStandard = false

    /// Everything by which it is recognised.
    var all: [String] { [word] + forms }
  }

  /// In the order of the standard list, then the region's own by name.
  let words: [Word]

  init(_ choices: [PreferredWord]) {
    let chosen = Dictionary(
      choices.map { (Self.key($0.language, $0.word), $0) }, uniquingKeysWith: { _, last in last })
    let standard = Self.standard.map { word in
      guard let choice = chosen[Self.key(word.language, word.word)] else { return word }
      return Word(
        language: word.language, word: word.word, forms: choice.forms, instead: choice.instead, isOff: choice.isOff,
        isStandard: true)
    }
    let known = Set(Self.standard.map { Self.key($0.language, $0.word) })
    let own = choices.filter { !known.contains(Self.key($0.language, $0.word)) }
      .sorted { ($0.language.rawValue, $0.word) < ($1.language.rawValue, $1.word) }
      .map {
        Word(language: $0.language, word: $0.word, forms: $0.forms, instead: $0.instead, isOff: $0.isOff)
      }
    words = standard + own
  }

  /// What is pointed out.
  var inUse: [Word] { words.filter { !$0.isOff } }

  private static func key(_ language: Language, _ word: String) -> String {
    "\(language.rawValue)/\(word.lowercased())"
  }

  /// The list of HH: buurtbewoner, verhuizen, leerervaring. English says the same.
  static let standard: [Word] = [
    dutch("ex-dakloze", ["ex-daklozen"], "buurtbewoner"),
    dutch("verward persoon", ["verwarde persoon", "verwarde personen"], "buurtbewoner"),
    dutch("verslaafde", ["verslaafden"], "buurtbewoner"), dutch("opname", ["opnames"], "verhuizen"),
    dutch("opvang", [], "verhuizen"), dutch("uitstroom", ["uitstromen"], "verhuizen"),
    dutch("behandeling", ["behandelingen"], "leerervaring"), dutch("terugval", [], "leerervaring"),
    dutch("overlast", [], "leerervaring"),
    english("former homeless person", ["formerly homeless person", "former homeless people"], "neighbour"),
    english("confused person", ["confused people", "confused persons"], "neighbour"),
    english("addict", ["addicts"], "neighbour"), english("admission", ["admissions"], "moving house"),
    english("shelter", ["shelters"], "moving house"), english("outflow", [], "moving house"),
    english("treatment", ["treatments"], "learning experience"),
    english("relapse", ["relapses"], "learning experience"),
    english("nuisance", [], "learning experience"),
  ]

  private static func dutch(_ word: String, _ forms: [String], _ instead: String) -> Word {
    Word(language: .dutch, word: word, forms: forms, instead: instead, isStandard: true)
  }

  private static func english(_ word: String, _ forms: [String], _ instead: String) -> Word {
    Word(language: .english, word: word, forms: forms, instead: instead, isStandard: true)
  }
}
