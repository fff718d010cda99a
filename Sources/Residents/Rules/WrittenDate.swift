public import Kernel

/// Dates as people and spreadsheets write them. The one place where a year of two digits is decided.
public enum WrittenDate {
  /// What a year of two digits may be.
  public enum About: Sendable { case birth, event }

  public enum Reading: Sendable, Equatable {
    case date(LocalDate)
    /// A year of two digits that may be two years.
    case unclear
    case wrong
  }

  private static let months = [
    "jan": 1, "januari": 1, "january": 1, "feb": 2, "februari": 2, "february": 2, "mrt": 3, "maart": 3, "mar": 3,
    "march": 3, "apr": 4, "april": 4, "mei": 5, "may": 5, "jun": 6, "juni": 6, "june": 6, "jul": 7, "juli": 7,
    "july": 7, "aug": 8, "augustus": 8, "august": 8, "sep": 9, "sept": 9, "september": 9, "okt": 10, "oct": 10,
    "oktober": 10, "october": 10, "nov": 11, "november": 11, "dec": 12, "december": 12,
  ]

  /// Reads `1987-04-03`, `3-4-1987`, `03/04/87`, `3.4.1987`, `3 april 1987`, `03041987`, and the number of days by which
  /// Excel knows it (31870); a time of day behind it is left out.
  public static func read(_ text: String, about: About, today: LocalDate) -> Reading {
    let plain = withoutTime(text.lowercased().replacing("’", with: "").replacing("'", with: ""))
    if let iso = LocalDate(plain) { return .date(iso) }
    if let number = WholeNumber.fromSpreadsheet(plain), let day = serial(number) { return .date(day) }
    if plain.allSatisfy(\.isNumber) {
      if let day = serial(plain) { return .date(day) }
      return plain.count == 8 ? packed(plain) : .wrong
    }
    let parts = plain.split { "-/. ".contains($0) }.map(String.init)
    guard parts.count == 3 else { return .wrong }
    if parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) {
      return date(year, month, day)
    }
    guard let day = Int(parts[0]), let month = Int(parts[1]) ?? months[parts[1]], let year = Int(parts[2]) else {
      return .wrong
    }
    switch parts[2].count {
    case 4: return date(year, month, day)
    case 2: return short(year, month, day, about, today)
    default: return .wrong
    }
  }

  private static func withoutTime(_ text: String) -> String {
    guard let place = text.firstIndex(where: { $0 == "t" || $0 == " " }) else { return text }
    let rest = text[text.index(after: place)...]
    let isTime = !rest.isEmpty && rest.contains(":") && rest.allSatisfy { $0.isNumber || ":.z ".contains($0) }
    return isTime ? String(text[..<place]) : text
  }

  /// Between 1927 and 2064, so that a year or a house number is no date.
  private static func serial(_ digits: String) -> LocalDate? {
    guard digits.count == 5, let number = Int(digits), (10_000...60_000).contains(number),
      let first = LocalDate(year: 1899, month: 12, day: 30)
    else { return nil }
    return first.adding(days: number)
  }

  private static func packed(_ digits: String) -> Reading {
    let numbers = digits.compactMap(\.wholeNumberValue)
    guard numbers.count == 8 else { return .wrong }
    func number(_ places: Range<Int>) -> Int { numbers[places].reduce(0) { $0 * 10 + $1 } }
    let (dutch, iso) = (
      date(number(4..<8), number(2..<4), number(0..<2)), date(number(0..<4), number(4..<6), number(6..<8))
    )
    let isDutch = dutch != .wrong && (1900...2100).contains(number(4..<8))
    let isIso = iso != .wrong && (1900...2100).contains(number(0..<4))
    return isDutch && isIso ? .unclear : isDutch ? dutch : isIso ? iso : .wrong
  }

  private static func date(_ year: Int, _ month: Int, _ day: Int) -> Reading {
    LocalDate(year: year, month: month, day: day).map(Reading.date) ?? .wrong
  }

  /// Of a birth the year that makes somebody 16 to 95; of anything else the year within fifty years back and twenty on.
  /// Where that is no year, or the person could be a child, it is asked.
  private static func short(_ year: Int, _ month: Int, _ day: Int, _ about: About, _ today: LocalDate) -> Reading {
    let century = today.year / 100 * 100
    let years = [century - 100 + year, century + year]
    let possible = years.filter {
      about == .birth ? (16...95).contains(today.year - $0) : (-20...50).contains(today.year - $0)
    }
    guard date(2000, month, day) != .wrong else { return .wrong }
    guard possible.count == 1 else { return .unclear }
    return date(possible[0], month, day)
  }
}
