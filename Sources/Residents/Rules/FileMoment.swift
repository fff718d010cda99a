internal import Kernel

/// At which step of work somebody opens a file, so that what others learned about that step can stand beside it.
enum FileMoment {
  /// The first weeks after moving: everything is new at once.
  static let firstDaysHome = 14

  /// What asks for attention comes first, then the first days at home.
  static func overview(_ journey: Journey?, _ signals: [Signal.Kind], on today: LocalDate) -> Moment? {
    if signals.contains(.setback) { return .setback }
    if signals.contains(.silence) { return .silence }
    if signals.contains(.warningRed) || signals.contains(.warningAmber) { return .earlyWarning }
    guard let journey, journey.phase == .landing else { return nil }
    return today.days(since: journey.movedOn ?? journey.phaseSince) <= firstDaysHome ? .firstWeekHome : nil
  }

  /// What the phase asks next.
  static func journey(_ phase: Phase) -> Moment? {
    switch phase {
    case .registered, .preparing: .planningJourney
    case .ready, .matched, .moving: .planningMove
    case .landing: .firstWeekHome
    case .settled, .landed: .landed
    default: nil
    }
  }
}
