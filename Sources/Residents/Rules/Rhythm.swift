public import Kernel

/// The agreed contact rhythm (domain §4.2: nobody goes out of sight).
public enum Rhythm {
  /// Days between contacts: what was agreed with the resident, else the region's number for the phase.
  public static func days(_ journey: Journey, on day: LocalDate, _ rules: RegionRules) -> Int {
    if journey.isOpenDoor { return rules[.contactDaysOpenDoor] }
    if let agreed = journey.contactEveryDays, journey.phase != .moving { return agreed }
    switch journey.phase {
    case .moving: return rules[.contactDaysMoving]
    case .landing:
      let weeks = day.days(since: journey.movedOn ?? journey.phaseSince) / 7
      return weeks < rules[.landingWeeks] ? rules[.contactDaysLanding] : rules[.contactDays]
    case .pilotLight: return rules[.contactDaysPilotLight]
    default: return rules[.contactDays]
    }
  }

  /// The moment silence has lasted longer than agreed: the morning after the last day on which contact was due.
  /// Counted from the last time somebody was really reached, else from the start.
  public static func silenceDue(
    _ journey: Journey, lastReached: LocalDate?, on day: LocalDate, _ rules: RegionRules
  ) -> Instant? {
    guard journey.phase != .closed else { return nil }
    let from = lastReached ?? journey.startedOn
    let due = from.adding(days: days(journey, on: day, rules) + 1)
    return RegionTime.amsterdam.instant(due, hour: 7)
  }
}
