/// The publications that lessons come from. Files name them by two letters and the chapter; people read their titles.
enum SourceName {
  private static let titles: [(code: String, title: String, year: Int?)] = [
    ("BT", "Bouwen aan een thuis (2021)", 2021), ("IN", "Interview over Bouwen aan een thuis (2021)", 2021),
    ("BV", "Een buurt voor iedereen (2018)", 2018), ("HH", "Herstel begint met een huis (2021)", 2021),
    ("BW", "Van beschermd wonen naar beschermd thuis", nil),
  ]

  /// The year of the first publication named: what is told in the present tense was so then.
  static func year(_ source: String) -> Int? {
    let code = source.prefix { $0.isLetter }
    return titles.first { $0.code == code }?.year
  }

  /// "BT, Wonen; BT, Inleiding; IN" is "Bouwen aan een thuis (2021): Wonen; Inleiding. Interview over …". What a region wrote
  /// itself stays as it is.
  static func spelled(_ source: String) -> String {
    var parts: [(title: String, chapters: [String])] = []
    for piece in source.split(separator: ";") {
      let text = piece.drop { $0 == " " }
      guard let known = titles.first(where: { text == $0.code || text.hasPrefix($0.code + ", ") }) else {
        return source
      }
      let chapter = String(text.dropFirst(known.code.count + 2))
      if parts.last?.title != known.title { parts.append((known.title, [])) }
      if !chapter.isEmpty { parts[parts.count - 1].chapters.append(chapter) }
    }
    return parts.map { $0.title + ($0.chapters.isEmpty ? "" : ": " + $0.chapters.joined(separator: "; ")) }
      .joined(separator: ". ")
  }
}
