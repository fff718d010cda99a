/// Logarithm and exponential by addition and multiplication alone, so that the same seed gives the same bytes on every
/// machine: C libraries differ in the last bit. To about 10⁻¹⁶, which a random number does not need.
enum SteadyMath {
  private static let ln2 = 0.693_147_180_559_945_3

  /// The natural logarithm of a positive, normal number.
  static func log(_ value: Double) -> Double {
    var exponent = Int(value.exponent)
    var significand = value.significand
    // Into [√½, √2), where the series is short.
    if significand > 1.414_213_562_373_095_1 {
      significand /= 2
      exponent += 1
    }
    // log m = 2·artanh((m − 1) / (m + 1))
    let s = (significand - 1) / (significand + 1)
    let z = s * s
    let w = z * z
    let even = 1.0 + w * (1.0 / 5 + w * (1.0 / 9 + w * (1.0 / 13 + w * (1.0 / 17 + w * (1.0 / 21)))))
    let odd = 1.0 / 3 + w * (1.0 / 7 + w * (1.0 / 11 + w * (1.0 / 15 + w * (1.0 / 19))))
    return Double(exponent) * ln2 + 2 * s * (even + z * odd)
  }

  /// e to the power of a number between −700 and 700.
  static func exp(_ value: Double) -> Double {
    let turns = (value / ln2).rounded()
    let rest = value - turns * ln2
    var (term, sum) = (1.0, 1.0)
    for step in 1...17 {
      term *= rest / Double(step)
      sum += term
    }
    return Double(sign: .plus, exponent: Int(turns), significand: sum)
  }
}
