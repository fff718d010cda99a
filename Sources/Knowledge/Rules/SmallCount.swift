internal import Site

/// Of fewer than five people nothing is shown, also not how many they are (domain §4, rule 9).
enum SmallCount {
  static let fewest = 5

  /// Nobody, or enough that nobody is told apart.
  static func isShown(_ count: Int) -> Bool { count == 0 || count >= fewest }

  static func text(_ count: Int, _ t: Texts) -> String {
    isShown(count) ? String(count) : t("knowledge.fewerThan", ["n": String(fewest)])
  }
}
