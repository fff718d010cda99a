/// Goes through one person's days.
public enum Watch {
  public struct Signal: Sendable, Equatable {
    /// Which day, from 0.
    public let place: Int
    public let statistic: Double
    /// What was usual.
    public let usual: Double
  }

  /// The days on which a design signals; after each, S starts again at 0.
  /// - Parameter usual: nil takes the person's own average over the days before S left 0, or, while there are none,
  ///   over the days until the signal.
  public static func signals(of counts: [Int], _ design: Cusum, usual: Double?) -> [Signal] {
    var state = design.start
    var signals: [Signal] = []
    var (sum, days) = (0, 0)
    var (calmSum, calmDays) = (0, 0)
    for (place, count) in counts.enumerated() {
      if state == design.restarted { (calmSum, calmDays) = (sum, days) }
      sum += count
      days += 1
      guard design.update(&state, count) else { continue }
      let own = calmDays > 0 ? Double(calmSum) / Double(calmDays) : Double(sum) / Double(days)
      signals.append(Signal(place: place, statistic: design.statistic(state), usual: usual ?? own))
      state = design.restarted
    }
    return signals
  }
}
