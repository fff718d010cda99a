extension Cusum {
  /// A design with what it costs and gains.
  public struct Choice: Sendable, Equatable {
    public let design: Cusum
    /// Days between false alarms.
    public let inControl: Double
    /// Days until the shift is noticed.
    public let shifted: Double
  }

  /// The design that notices a shift soonest with no more than one false alarm in so many days.
  ///
  /// k begins at the reference value of the likelihood ratio of the two means, which is best for a shift of just this
  /// size (Lucas 1985, eq. 3); its neighbours on the lattice are tried too. For each, h is the lowest that keeps the
  /// false alarms rare enough.
  /// - Parameters:
  ///   - falseAlarmEvery: days in control between two false alarms, at least.
  ///   - denominator: k and h are whole multiples of one over this.
  /// - Returns: nil when the shift is none, or the lattice too fine for so rare a false alarm.
  public static func choose(
    usual counts: CountDistribution, shifted mean: Double, falseAlarmEvery days: Double, denominator: Int = 4
  ) -> Choice? {
    guard mean != counts.mean, mean >= 0, counts.mean > 0, days >= 1 else { return nil }
    let side: Side = mean > counts.mean ? .upper : .lower
    let best = referenceValue(counts, max(mean, counts.mean / 1000))
    let nearest = Int((best * Double(denominator)).rounded())
    return (nearest - 1...nearest + 1).filter { $0 > 0 }.compactMap { steps in
      lowest(side, k: Rational(steps, denominator), counts, mean, days, denominator)
    }.min { $0.shifted < $1.shifted }
  }

  /// Where a day counts for neither: log-likelihoods of the two means are equal there.
  private static func referenceValue(_ counts: CountDistribution, _ mean: Double) -> Double {
    switch counts {
    case .poisson(let usual): return (mean - usual) / (logarithm(mean) - logarithm(usual))
    case .negativeBinomial(let usual, let size):
      let above = size * (logarithm(size + mean) - logarithm(size + usual))
      return above / (logarithm(mean / (size + mean)) - logarithm(usual / (size + usual)))
    }
  }

  private static func lowest(
    _ side: Side, k: Rational, _ counts: CountDistribution, _ mean: Double, _ days: Double, _ denominator: Int
  ) -> Choice? {
    func tried(_ steps: Int) -> (design: Cusum, length: Double)? {
      guard let design = try? Cusum(side, k: k, h: Rational(steps, denominator)),
        let length = try? design.averageRunLength(counts)
      else { return nil }
      return (design, length)
    }
    // The run length only grows with h: double until it is enough, then halve the gap.
    var (low, high) = (0, 1)
    while let found = tried(high), found.length < days { (low, high) = (high, high * 2) }
    guard tried(high) != nil else { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      if let found = tried(middle), found.length < days { low = middle } else { high = middle }
    }
    guard let found = tried(high), let shifted = try? found.design.averageRunLength(counts.with(mean: mean)) else {
      return nil
    }
    return Choice(design: found.design, inControl: found.length, shifted: shifted)
  }
}
