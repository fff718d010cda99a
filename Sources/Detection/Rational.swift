/// An exact fraction, so that a statistic never drifts off its lattice.
public struct Rational: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let numerator: Int
  /// Above 0, and without a factor in common with the numerator.
  public let denominator: Int

  public init(_ numerator: Int, _ denominator: Int = 1) {
    precondition(denominator > 0, "a denominator above 0")
    let divisor = max(1, greatestCommonDivisor(numerator.magnitude, denominator.magnitude))
    self.numerator = numerator / Int(divisor)
    self.denominator = denominator / Int(divisor)
  }

  /// Reads `3`, `2.5` or `5/3`; nil for anything else, and for more than six decimals.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2 {
      guard let above = Self.digits(parts[0]), let below = Self.digits(parts[1]), below > 0 else { return nil }
      self.init(above, below)
      return
    }
    let decimal = text.split(separator: ".", omittingEmptySubsequences: false)
    guard decimal.count == 1 || decimal.count == 2, let whole = Self.digits(decimal[0]) else { return nil }
    guard decimal.count == 2 else {
      self.init(whole)
      return
    }
    guard decimal[1].count <= 6, let behind = Self.digits(decimal[1]) else { return nil }
    let scale = (0..<decimal[1].count).reduce(1) { product, _ in product * 10 }
    self.init(whole * scale + behind, scale)
  }

  private static func digits(_ text: Substring) -> Int? {
    guard (1...9).contains(text.count), text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Int(text)
  }

  public var value: Double { Double(numerator) / Double(denominator) }

  public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }

  public static func < (left: Rational, right: Rational) -> Bool {
    // In twice the width: neither side can overflow.
    let (one, other) = (
      left.numerator.multipliedFullWidth(by: right.denominator),
      right.numerator.multipliedFullWidth(by: left.denominator)
    )
    return one.high < other.high || one.high == other.high && one.low < other.low
  }
}

func greatestCommonDivisor(_ one: UInt, _ other: UInt) -> UInt {
  var (large, small) = (one, other)
  while small != 0 { (large, small) = (small, large % small) }
  return large
}

func leastCommonMultiple(_ one: Int, _ other: Int) -> Int {
  one / Int(greatestCommonDivisor(one.magnitude, other.magnitude)) * other
}
