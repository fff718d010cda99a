/// How long something takes, in days.
public enum Distribution: Sendable, Equatable {
  case exponential(mean: Double)
  case deterministic(value: Double)
  case erlang(shape: Int, mean: Double)
  /// By the mean and the coefficient of variation of the times themselves.
  case lognormal(mean: Double, variation: Double)
  case gamma(mean: Double, variation: Double)
  /// One of these, each as likely.
  case empirical([Double])
  case uniform(min: Double, max: Double)

  public var mean: Double {
    switch self {
    case .exponential(let mean), .erlang(_, let mean), .lognormal(let mean, _), .gamma(let mean, _): mean
    case .deterministic(let value): value
    case .empirical(let values): values.reduce(0, +) / Double(values.count)
    case .uniform(let low, let high): (low + high) / 2
    }
  }
}

/// A distribution with everything computed that is the same for every draw.
enum Sampler: Sendable {
  case exponential(mean: Double)
  case fixed(Double)
  case erlang(shape: Int, stage: Double)
  case lognormal(location: Double, spread: Double)
  case gamma(shape: Double, scale: Double)
  case empirical([Double])
  case uniform(low: Double, width: Double)

  init(_ distribution: Distribution) {
    switch distribution {
    case .exponential(let mean): self = .exponential(mean: mean)
    case .deterministic(let value): self = .fixed(value)
    case .erlang(let shape, let mean): self = .erlang(shape: shape, stage: mean / Double(shape))
    case .lognormal(let mean, let variation):
      guard variation > 0, mean > 0 else {
        self = .fixed(mean)
        return
      }
      let variance = SteadyMath.log(1 + variation * variation)
      self = .lognormal(location: SteadyMath.log(mean) - variance / 2, spread: variance.squareRoot())
    case .gamma(let mean, let variation):
      guard variation > 0, mean > 0 else {
        self = .fixed(mean)
        return
      }
      let shape = 1 / (variation * variation)
      self = .gamma(shape: shape, scale: mean / shape)
    case .empirical(let values): self = .empirical(values)
    case .uniform(let low, let high): self = .uniform(low: low, width: high - low)
    }
  }

  func draw(_ stream: inout Generator) -> Double {
    switch self {
    case .exponential(let mean): return mean * stream.exponential()
    case .fixed(let value): return value
    case .erlang(let shape, let stage):
      var sum = 0.0
      for _ in 0..<shape { sum += stream.exponential() }
      return stage * sum
    case .lognormal(let location, let spread):
      return SteadyMath.exp(min(700, max(-700, location + spread * stream.normal())))
    case .gamma(let shape, let scale): return scale * stream.gamma(shape: shape)
    case .empirical(let values): return values[Int(stream.uniform() * Double(values.count))]
    case .uniform(let low, let width): return low + width * stream.uniform()
    }
  }
}
