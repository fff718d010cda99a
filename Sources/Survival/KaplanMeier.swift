/// How limits around a curve are drawn.
public enum Limits: String, Sendable, CaseIterable {
  /// On the scale of log(−log S), which stays between 0 and 1 (Kalbfleisch & Prentice).
  case logLog = "log-log"
  /// S ± 1.96 standard errors, cut at 0 and 1.
  case plain
}

/// The curve of Kaplan & Meier (1958) with Greenwood's standard errors.
public struct SurvivalCurve: Sendable {
  public let count: Int
  public let events: Int
  /// Every distinct time, also those at which people only left.
  public let time: [Double]
  public let atRisk: [Int]
  public let eventsAt: [Int]
  public let censored: [Int]
  /// The share for whom nothing had happened just after each time.
  public let survival: [Double]
  /// Of `survival` itself; not a number once the curve has reached 0.
  public let standardError: [Double]
  /// Not a number where the scale has no width: on log-log before the first event and once the curve has reached 0.
  public let low: [Double]
  public let high: [Double]

  public init(_ seen: Observations, limits: Limits = .logLog) {
    self.init(RiskTable(seen), count: seen.count, limits)
  }

  init(_ table: RiskTable, count: Int, _ limits: Limits) {
    self.count = count
    time = table.times
    atRisk = table.atRisk
    eventsAt = table.events
    censored = table.censored
    events = table.events.reduce(0, +)
    let size = table.times.count
    var (share, sum) = (1.0, 0.0)
    var survival = [Double](repeating: 0, count: size)
    var (standardError, low, high) = (survival, survival, survival)
    for slot in 0..<size {
      let (present, died) = (Double(table.atRisk[slot]), Double(table.events[slot]))
      if died > 0 {
        share *= (present - died) / present
        sum += died / (present * (present - died))
      }
      survival[slot] = share
      standardError[slot] = share * sum.squareRoot()
      (low[slot], high[slot]) = limits.around(share, logError: sum.squareRoot())
    }
    self.survival = survival
    self.standardError = standardError
    self.low = low
    self.high = high
  }

  /// The time by which half had the event: the first at which the curve is at or below a half; where it lies exactly on
  /// a half, the middle of that stretch. Nil when it never comes so low.
  public var median: Double? { Self.half(survival, time) }

  /// Limits of the median: where the limits of the curve cross a half (Brookmeyer & Crowley 1982).
  public var medianLow: Double? { Self.half(low, time) }
  public var medianHigh: Double? { Self.half(high, time) }

  private static func half(_ curve: [Double], _ time: [Double]) -> Double? {
    let tolerance = 1.5e-8
    guard let first = curve.firstIndex(where: { $0 <= 0.5 + tolerance }) else { return nil }
    guard abs(curve[first] - 0.5) < tolerance,
      let next = curve[first...].firstIndex(where: { $0 < 0.5 - tolerance })
    else { return time[first] }
    return (time[first] + time[next]) / 2
  }
}

extension Limits {
  /// - Parameter logError: the standard error of log S.
  func around(_ share: Double, logError: Double) -> (low: Double, high: Double) {
    switch self {
    case .plain:
      let width = normalQuantile * share * logError
      return (max(0, share - width), min(1, share + width))
    case .logLog:
      // At 1 nothing has happened yet, at 0 everything: there is no width to give, as in R.
      guard share > 0 && share < 1 else { return (.nan, .nan) }
      let width = normalQuantile * logError / logarithm(share)
      return (power(share, exponential(-width)), power(share, exponential(width)))
    }
  }
}
