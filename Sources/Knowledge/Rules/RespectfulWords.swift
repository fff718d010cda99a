internal import Kernel

/// Words that could be kinder. They are pointed out while one writes, with why; another is offered only where it fits
/// the sentence and its meaning. Nothing is ever blocked, and what was written is never changed by itself.
struct RespectfulWords: Equatable {
  struct Word: Equatable {
    let language: Language
    let word: String
    let forms: [String]
    /// In words, for the list: what to say instead.
    let instead: String
    /// What each form may be replaced by, in the same number; a form that is not here is only pointed out.
    var fitting: [String: String] = [:]
    /// Why, as a key of the texts; nil for a region's own words.
    var why: String?
    /// Words after which, or before which, it means something else and is left alone.
    var notAfter: [String] = []
    var notBefore: [String] = []
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
      var chosen = word
      // HH's own word for a group, kept from when it was offered everywhere, is no choice of this region.
      if choice.instead != word.instead && !Self.ofGroups.contains(choice.instead) {
        chosen = Word(
          language: word.language, word: word.word, forms: choice.forms, instead: choice.instead,
          fitting: Self.paired([word.word] + choice.forms, choice.instead), isStandard: true)
      }
      chosen.isOff = choice.isOff
      return chosen
    }
    let known = Set(Self.standard.map { Self.key($0.language, $0.word) })
    let own = choices.filter { !known.contains(Self.key($0.language, $0.word)) }
      .sorted { ($0.language.rawValue, $0.word) < ($1.language.rawValue, $1.word) }
      .map {
        Word(
          language: $0.language, word: $0.word, forms: $0.forms, instead: $0.instead,
          fitting: Self.paired([$0.word] + $0.forms, $0.instead), isOff: $0.isOff)
      }
    words = standard + own
  }

  /// What is pointed out.
  var inUse: [Word] { words.filter { !$0.isOff } }

  private static let ofGroups: Set<String> = [
    "buurtbewoner", "verhuizen", "leerervaring", "neighbour", "moving house", "learning experience",
  ]

  /// A region writes its other words in the order of its forms: "cliënt, cliënten" and "bewoner, bewoners". A form
  /// without one of its own is only pointed out: one word for both numbers would spoil a sentence.
  static func paired(_ forms: [String], _ instead: String) -> [String: String] {
    let others = instead.split(separator: ",").map { $0.drop { $0 == " " } }.map(String.init).filter { !$0.isEmpty }
    return Dictionary(zip(forms, others), uniquingKeysWith: { first, _ in first })
  }

  private static func key(_ language: Language, _ word: String) -> String {
    "\(language.rawValue)/\(word.lowercased())"
  }
}
