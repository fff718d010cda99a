/// How counts of a day fall out for one person.
public enum CountDistribution: Sendable, Equatable {
  case poisson(mean: Double)
  /// Counts that vary more than Poisson: variance = mean + mean² / size. The smaller the size, the wilder.
  case negativeBinomial(mean: Double, size: Double)

  public var mean: Double {
    switch self {
    case .poisson(let mean), .negativeBinomial(let mean, _): mean
    }
  }

  public func with(mean: Double) -> CountDistribution {
    switch self {
    case .poisson: .poisson(mean: mean)
    case .negativeBinomial(_, let size): .negativeBinomial(mean: mean, size: size)
    }
  }

  /// Probabilities of 0, 1, 2 … until they no longer matter (below 10⁻⁶⁰ of the largest), each to about 10⁻¹⁴ of
  /// itself: from the mode outwards by the ratio of neighbours, which has no subtraction.
  func probabilities() -> [Double] {
    let mode: Int
    let ratio: (Int) -> Double
    let atMode: Double
    switch self {
    case .poisson(let mean):
      mode = Int(mean)
      ratio = { mean / Double($0) }
      atMode = exponential(Double(mode) * logarithm(mean) - mean - logGamma(Double(mode) + 1))
    case .negativeBinomial(let mean, let size):
      mode = size > 1 ? Int(mean * (size - 1) / size) : 0
      let share = mean / (mean + size)
      ratio = { (Double($0) - 1 + size) / Double($0) * share }
      let choose = logGamma(Double(mode) + size) - logGamma(size) - logGamma(Double(mode) + 1)
      atMode = exponential(choose - size * logarithmOfOne(plus: mean / size) + Double(mode) * logarithm(share))
    }
    var values = Array(repeating: 0.0, count: mode + 1)
    // Small means start at 0, where the probability is one exponential: exact, without a difference of logarithms.
    values[mode] = mode == 0 ? atZero : atMode
    for count in stride(from: mode, to: 0, by: -1) { values[count - 1] = values[count] / ratio(count) }
    var next = values[mode]
    while next > values[mode] * 1e-60 {
      next *= ratio(values.count)
      values.append(next)
    }
    return values
  }

  private var atZero: Double {
    switch self {
    case .poisson(let mean): exponential(-mean)
    case .negativeBinomial(let mean, let size): exponential(-size * logarithmOfOne(plus: mean / size))
    }
  }
}
