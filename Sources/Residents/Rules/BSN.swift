/// The citizen service number: nine digits that pass the eleven test.
public enum BSN {
  /// The nine digits, with a zero in front of a number of eight; nil when it can't be a citizen service number. What a
  /// spreadsheet makes of one (`10000094.0`, `1,0000094E7`) is read as the number it was; a point is no digit's place.
  public static func normalised(_ text: String) -> String? {
    guard let digits = digits(text), (8...9).contains(digits.count) else { return nil }
    let nine = digits.count == 8 ? "0" + digits : digits
    let numbers = nine.compactMap(\.wholeNumberValue)
    let sum = zip(numbers, [9, 8, 7, 6, 5, 4, 3, 2, -1]).reduce(0) { $0 + $1.0 * $1.1 }
    return sum % 11 == 0 && sum != 0 ? nine : nil
  }

  /// The one way to read it as digits.
  private static func digits(_ text: String) -> String? {
    let plain = text.filter { !$0.isWhitespace }
    if plain.allSatisfy({ $0.isASCII && $0.isNumber }) { return plain }
    if let number = WholeNumber.fromSpreadsheet(plain) { return number }
    let groups = plain.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "-" }
    guard [[4, 2, 3], [3, 3, 3], [3, 2, 3], [2, 3, 3]].contains(groups.map(\.count)),
      groups.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
    else { return nil }
    return groups.joined()
  }
}

/// Whole numbers that a spreadsheet wrote its own way.
public enum WholeNumber {
  /// The digits of `123.0`, `123,00` and `1,23E+02`; nil for anything else, also when digits were lost.
  public static func fromSpreadsheet(_ text: String) -> String? {
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let mantissa = parts.first else { return nil }
    let pieces = mantissa.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    guard (1...2).contains(pieces.count), pieces.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else {
      return nil
    }
    var whole = String(pieces[0])
    var part = pieces.count == 2 ? String(pieces[1]) : ""
    if parts.count == 2 {
      let power = parts[1].hasPrefix("+") ? parts[1].dropFirst() : parts[1]
      // Fewer digits than the power says were rounded away.
      guard let shift = Int(power), (0...18).contains(shift), part.count >= shift else { return nil }
      whole += part.prefix(shift)
      part = String(part.dropFirst(shift))
    } else if pieces.count == 1 {
      return nil
    }
    guard part.allSatisfy({ $0 == "0" }) else { return nil }
    return whole
  }

  private static func isDigit(_ letter: Character) -> Bool { letter.isASCII && letter.isNumber }
}
