public import Kernel

/// When signals are due, and who comes next (domain §3, region defaults).
public enum Escalation {
  /// The end of the working day on which a new signal is due.
  public static func due(_ colour: Signal.Colour, raisedAt: Instant, _ rules: RegionRules) -> Instant {
    let day = RegionTime.amsterdam.date(of: raisedAt)
    let count = colour == .red ? rules[.redWorkingDays] : rules[.amberWorkingDays]
    return RegionTime.amsterdam.instant(WorkingDays.after(day, count: count), hour: 17)
  }

  /// Who may be asked when a level's time has passed, in this order; whoever is not there is passed over. After the
  /// manager it goes round: nothing ends with somebody who does not look.
  public static func next(after level: Signal.Level) -> [Signal.Level] {
    switch level {
    case .owner: [.standIn, .coordinator, .manager]
    case .standIn: [.coordinator, .manager]
    case .coordinator: [.manager, .coordinator]
    case .manager: [.coordinator, .manager]
    }
  }

  /// When everybody was asked once, it goes round by the week: it stays late, and on everybody's list.
  static let roundAfterDays = 14

  /// When the time of whoever is asked now is over.
  public static func due(
    at level: Signal.Level, since moment: Instant, raisedAt: Instant? = nil, _ rules: RegionRules
  ) -> Instant {
    let isRound = raisedAt.map { moment.since($0) > .days(roundAfterDays) } ?? false
    let days = isRound ? 7 : level == .standIn ? rules[.coordinatorAfterDays] : rules[.managerAfterDays]
    return RegionTime.amsterdam.instant(RegionTime.amsterdam.date(of: moment).adding(days: days), hour: 17)
  }
}
