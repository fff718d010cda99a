/// Which column a heading means: by its names, by abbreviations people use, and by likeness.
enum Headings {
  struct Guess: Equatable {
    let column: CaseloadColumn
    /// One of its names, or an abbreviation of one: nothing to ask.
    let isSure: Bool
  }

  /// How headings are shortened.
  private static let long = [
    "geb": "geboorte", "geboorte": "geboorte", "nr": "nummer", "num": "nummer", "no": "nummer", "dat": "datum",
    "tel": "telefoon", "adr": "adres", "vnaam": "voornaam", "anaam": "achternaam", "vn": "voornaam", "an": "achternaam",
    "beg": "begeleider", "begel": "begeleider", "org": "organisatie", "gem": "gemeente", "cl": "client",
    "clt": "client", "e": "", "email": "mail", "emailadres": "mailadres", "voorv": "voorvoegsel",
    "tussenv": "tussenvoegsel", "verv": "vervanger",
    "vervang": "vervanger", "min": "min", "max": "max",
  ]

  /// The names of columns as they are compared.
  private static let names: [(CaseloadColumn, String)] = CaseloadColumn.allCases.flatMap { column in
    ([column.rawValue] + column.alsoCalled).map { (column, plain($0)) }
  }

  /// Each heading's column, every column at most once: what is sure first, then what is most alike.
  static func guesses(_ headings: [String]) -> [Guess?] {
    var found = [Guess?](repeating: nil, count: headings.count)
    var taken: Set<CaseloadColumn> = []
    var likely: [(place: Int, column: CaseloadColumn, score: Double)] = []
    for (place, heading) in headings.enumerated() {
      let plain = plain(heading)
      guard !plain.isEmpty else { continue }
      for (column, name) in names {
        let score = name == plain ? 1 : likeness(plain, name)
        if score >= 0.65 { likely.append((place, column, score)) }
      }
    }
    likely.sort { ($1.score, $0.place) < ($0.score, $1.place) }
    for one in likely where found[one.place] == nil && !taken.contains(one.column) {
      // As like to two columns is like to none.
      let isAsLike = likely.contains {
        $0.place == one.place && $0.column != one.column && $0.score == one.score && !taken.contains($0.column)
      }
      guard one.score == 1 || !isAsLike else { continue }
      found[one.place] = Guess(column: one.column, isSure: one.score == 1)
      taken.insert(one.column)
    }
    return found
  }

  /// How much a row looks like the headings: names it has for sure, and those it may have.
  static func score(_ row: [String]) -> Int {
    guesses(row).reduce(0) { $0 + ($1.map { $0.isSure ? 3 : 1 } ?? 0) }
  }

  /// In small letters without marks, abbreviations written out, and without what is remarked about it.
  static func plain(_ heading: String) -> String {
    var text = heading
    if let open = text.firstIndex(of: "("), text.first != "(" { text = String(text[..<open]) }
    let words = Names.folded(text).split(separator: " ").map(String.init)
    let kept = words.filter {
      !["optional", "optioneel", "verplicht", "required", "van", "de", "het", "of"].contains($0)
    }
    return (kept.isEmpty ? words : kept).map { long[$0] ?? unglued($0) }.joined()
  }

  /// `clientnr` and `geb` written together with the next word.
  private static func unglued(_ word: String) -> String {
    if word.hasSuffix("nr") { return word.dropLast(2) + "nummer" }
    if word.hasPrefix("geb") && !word.hasPrefix("gebo") && word.count > 3 { return "geboorte" + word.dropFirst(3) }
    return word
  }

  /// Dice's coefficient of pairs of letters.
  private static func likeness(_ one: String, _ other: String) -> Double {
    let (a, b) = (pairs(one), pairs(other))
    guard a.count > 1, b.count > 1 else { return 0 }
    var rest = b
    var same = 0
    for pair in a {
      guard let place = rest.firstIndex(of: pair) else { continue }
      rest.remove(at: place)
      same += 1
    }
    return min(0.99, Double(2 * same) / Double(a.count + b.count))
  }

  private static func pairs(_ text: String) -> [String] {
    zip(text, text.dropFirst()).map { "\($0)\($1)" }
  }
}
