public import Kernel

/// When signals are due, and who comes next (domain §3, region defaults).
public enum Escalation {
  /// The end of the working day on which a new signal is due.
  public static func due(_ colour: Signal.Colour, raisedAt: Instant, _ rules: RegionRules) -> Instant {
    let day = RegionTime.amsterdam.date(of: raisedAt)
    let count = colour == .red ? rules[.redWorkingDays] : rules[.amberWorkingDays]
    return RegionTime.amsterdam.instant(WorkingDays.after(day, count: count), hour: 17)
  }

  /// The next level after one whose time has passed, and when that one's time is over. After the manager nobody
  /// comes, but the signal stays open.
  public static func next(after level: Signal.Level, dueAt: Instant, _ rules: RegionRules) -> (Signal.Level, Instant)? {
    switch level {
    case .owner: (.standIn, later(dueAt, rules[.coordinatorAfterDays]))
    case .standIn: (.coordinator, later(dueAt, rules[.managerAfterDays]))
    case .coordinator: (.manager, later(dueAt, rules[.managerAfterDays]))
    case .manager: nil
    }
  }

  private static func later(_ due: Instant, _ days: Int) -> Instant {
    RegionTime.amsterdam.instant(RegionTime.amsterdam.date(of: due).adding(days: days), hour: 17)
  }
}
