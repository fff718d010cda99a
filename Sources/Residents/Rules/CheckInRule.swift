/// When what a resident says of how it goes asks for attention (domain §7).
public enum CheckInRule {
  /// How many earlier check-ins it takes to know what is usual.
  static let usualFrom = 3

  /// - Parameters:
  ///   - score: 1 (bad) to 5 (great), just given.
  ///   - earlier: those before it, newest first.
  public static func asksForAttention(_ score: Int, earlier: [Int], _ rules: RegionRules) -> Bool {
    if score <= rules[.checkInAlone] { return true }
    if score <= rules[.checkInTwice], let before = earlier.first, before <= rules[.checkInTwice] { return true }
    guard earlier.count >= usualFrom else { return false }
    return usual(earlier) - score >= rules[.checkInDrop]
  }

  /// What somebody mostly gives: the middle of the last weeks' scores.
  static func usual(_ earlier: [Int]) -> Int {
    let sorted = earlier.prefix(12).sorted()
    return sorted[sorted.count / 2]
  }

  /// A low one colours the day, also when nothing was asked.
  static func isLow(_ score: Int, _ rules: RegionRules) -> Bool { score <= rules[.checkInTwice] }
}
