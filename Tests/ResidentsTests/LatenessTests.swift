internal import Kernel
internal import Store
internal import Testing

@testable import Residents

/// A signal is late when its first time has passed, however often it went on since; and not for going to somebody else at
/// once.
@Suite struct LatenessTests {
  private static let tuesday = RegionTime.amsterdam.instant(LocalDate(dayNumber: 20_522), hour: 11)

  private func signal(_ colour: Signal.Colour, raised: Instant, due: Instant, _ level: Signal.Level) -> Signal {
    Signal(
      id: ID(high: 1, low: 1), resident: ResidentID(high: 1, low: 2), journey: ID(high: 1, low: 3), kind: .concern,
      colour: colour, by: nil, owner: ID(high: 1, low: 4), level: level, raisedAt: raised, dueAt: due, cause: "x",
      words: nil, settledAt: nil, settledBy: nil, done: nil)
  }

  @Test func whatWentToACoordinatorAtOnceIsNotLate() {
    let now = Self.tuesday
    let lateness = Lateness(at: now, RegionRules())
    #expect(!lateness.isLate(signal(.red, raised: now, due: now.adding(.hours(30)), .coordinator)))
  }

  @Test func whatWentOnIsLate() {
    let now = Self.tuesday
    let lateness = Lateness(at: now, RegionRules())
    let raised = now.adding(.days(-9))
    #expect(lateness.isLate(signal(.red, raised: raised, due: now.adding(.days(2)), .manager)))
    #expect(lateness.isLate(signal(.amber, raised: raised, due: now.adding(.days(2)), .coordinator)))
  }

  /// For every hour of three weeks: the cut says what the first time says.
  @Test(arguments: [Signal.Colour.red, .amber]) func theCutIsTheFirstTime(_ colour: Signal.Colour) {
    let now = Self.tuesday
    let lateness = Lateness(at: now, RegionRules())
    for hours in 0..<(21 * 24) {
      let raised = now.adding(.hours(-hours))
      let isPast = Escalation.due(colour, raisedAt: raised, RegionRules()) < now
      #expect(lateness.isLate(signal(colour, raised: raised, due: now.adding(.days(9)), .owner)) == isPast)
    }
  }
}
