/// Citizen service numbers that are nobody's: those that begin with 9999 pass the eleven test but are not given out.
enum TestBSN {
  static let all: [String] = (0..<10_000).compactMap { middle in
    let digits = [9, 9, 9, 9, middle / 1000, middle / 100 % 10, middle / 10 % 10, middle % 10]
    let check = zip(digits, stride(from: 9, to: 1, by: -1)).reduce(0) { $0 + $1.0 * $1.1 } % 11
    return check < 10 ? (digits + [check]).map(String.init).joined() : nil
  }

  /// One of them; nil when there are no more.
  static func at(_ place: Int) -> String? { all.indices.contains(place) ? all[place] : nil }
}
