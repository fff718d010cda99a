/// The citizen service number: nine digits that pass the eleven test.
public enum BSN {
  /// The nine digits, with a zero in front of a number of eight; nil when it can't be a citizen service number.
  public static func normalised(_ text: String) -> String? {
    let digits = text.filter { $0 != " " && $0 != "." }
    guard (8...9).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    let nine = digits.count == 8 ? "0" + digits : digits
    let numbers = nine.compactMap(\.wholeNumberValue)
    let sum = zip(numbers, [9, 8, 7, 6, 5, 4, 3, 2, -1]).reduce(0) { $0 + $1.0 * $1.1 }
    return sum % 11 == 0 && sum != 0 ? nine : nil
  }
}
