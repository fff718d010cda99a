/// A day on the calendar, without a time zone (proleptic Gregorian, ISO 8601).
public struct LocalDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1 January 1970.
  public let dayNumber: Int

  public init(dayNumber: Int) { self.dayNumber = dayNumber }

  /// nil when there is no such day, as 30 February.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    guard day <= Self.length(ofMonth: month, year: year) else { return nil }
    dayNumber = Self.days(year: year, month: month, day: day)
  }

  /// Reads `2026-03-01`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    var numbers = (year: 0, month: 0, day: 0)
    var place = 0
    for byte in text.utf8 {
      let digit = Int(byte) - 48
      switch place {
      case 4, 7: guard byte == UInt8(ascii: "-") else { return nil }
      case 0...9 where !(0...9).contains(digit): return nil
      case 0...3: numbers.year = numbers.year * 10 + digit
      case 5...6: numbers.month = numbers.month * 10 + digit
      case 8...9: numbers.day = numbers.day * 10 + digit
      default: return nil
      }
      place += 1
    }
    guard place == 10 else { return nil }
    self.init(year: numbers.year, month: numbers.month, day: numbers.day)
  }

  public var parts: (year: Int, month: Int, day: Int) {
    // Days to civil date, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  public var year: Int { parts.year }
  public var month: Int { parts.month }
  public var day: Int { parts.day }

  public var description: String {
    let (year, month, day) = parts
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  /// Monday is 1, Sunday is 7 (ISO 8601).
  public var weekday: Int { (((dayNumber + 3) % 7) + 7) % 7 + 1 }

  public static func < (left: Self, right: Self) -> Bool { left.dayNumber < right.dayNumber }

  public func adding(days: Int) -> LocalDate { LocalDate(dayNumber: dayNumber + days) }

  /// The same day so many months on; the last day of that month when it is shorter.
  public func adding(months: Int) -> LocalDate {
    let (year, month, day) = parts
    let index = year * 12 + month - 1 + months
    let (newYear, newMonth) = (index / 12, index % 12 + 1)
    let newDay = min(day, Self.length(ofMonth: newMonth, year: newYear))
    return LocalDate(dayNumber: Self.days(year: newYear, month: newMonth, day: newDay))
  }

  public func days(since earlier: LocalDate) -> Int { dayNumber - earlier.dayNumber }

  /// Whole months passed since an earlier day.
  public func months(since earlier: LocalDate) -> Int {
    let (year, month, day) = parts
    let then = earlier.parts
    return (year - then.year) * 12 + month - then.month - (day < then.day ? 1 : 0)
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

extension LocalDate: Codable {
  public init(from decoder: any Decoder) throws {
    guard let date = LocalDate(try decoder.singleValueContainer().decode(String.self)) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a date"))
    }
    self = date
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
