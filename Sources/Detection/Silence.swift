/// Silence: a gap between contacts that is longer than this person's own gaps make likely.
public enum Silence {
  /// The chance of a gap at least this long, after gaps that were seen, when contacts come by chance at a rate nobody
  /// knows: (1 + gap / Σ gaps)⁻ⁿ, exact, as the ratio of the two is F-distributed with 2 and 2n degrees of freedom.
  /// - Returns: nil when no gap was seen yet.
  public static func chance(ofGap gap: Double, after gaps: [Double]) -> Double? {
    let sum = gaps.reduce(0, +)
    guard !gaps.isEmpty, sum > 0, gap >= 0 else { return nil }
    return exponential(-Double(gaps.count) * logarithmOfOne(plus: gap / sum))
  }

  /// The gap that is a signal when one in so many gaps may be a false alarm.
  public static func limit(after gaps: [Double], oneIn count: Double) -> Double? {
    let sum = gaps.reduce(0, +)
    guard !gaps.isEmpty, sum > 0, count > 1 else { return nil }
    return sum * exponentialLessOne(logarithm(count) / Double(gaps.count))
  }

  /// Days until the first silence of `days` days in a row, on average, when a day brings a contact with the chance
  /// that its count is not 0: the mean waiting time for a run (Feller, volume 1, XIII.7).
  public static func averageRunLength(days: Int, _ counts: CountDistribution) -> Double {
    let quiet: Double
    switch counts {
    case .poisson(let mean): quiet = -mean
    case .negativeBinomial(let mean, let size): quiet = -size * logarithmOfOne(plus: mean / size)
    }
    // (q⁻ⁿ − 1) / (1 − q), both without a difference of near numbers.
    return exponentialLessOne(-quiet * Double(days)) / -exponentialLessOne(quiet)
  }
}
