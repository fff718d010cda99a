public import Kernel
public import Site

/// What somebody asks of a worker today, and in which order: red signals, then amber ones and what is late, then
/// what is near, then the rest.
public struct TodayNeed: Sendable, Equatable {
  public let colour: StateColour
  /// Higher comes first within a colour.
  public let weight: Int

  public init(
    signals: [Signal], now: Instant, silentDays: Int?, rhythmDays: Int, stepsLate: Int, daysToMove: Int?,
    warning: WarningState.Colour? = nil, isMoodLow: Bool = false, rewardsDue: Int = 0
  ) {
    let overdue = signals.filter { $0.dueAt < now }.count
    // The plan's colour stays until the plan says otherwise, also when its signal was settled (domain §7).
    let isRed = signals.contains { $0.colour == .red } || overdue > 0 || warning == .red
    let isSilent = silentDays.map { $0 > rhythmDays } ?? false
    let isNearMove = daysToMove.map { (0...14).contains($0) } ?? false
    if isRed {
      colour = .alarm
    } else if !signals.isEmpty || isSilent || stepsLate > 0 || isNearMove || warning == .amber || isMoodLow
      || rewardsDue > 0
    {
      colour = .mind
    } else {
      colour = .good
    }
    let silence = silentDays.map { max(0, $0 - rhythmDays) } ?? 0
    weight =
      overdue * 1000 + signals.count * 100 + silence * 2 + stepsLate * 10 + (isNearMove ? 20 : 0)
      + (warning == .red ? 500 : warning == .amber ? 50 : 0) + (isMoodLow ? 30 : 0) + rewardsDue * 5
  }

  public static func comesFirst(_ one: TodayNeed, _ other: TodayNeed) -> Bool {
    one.colour == other.colour ? one.weight > other.weight : one.colour > other.colour
  }
}
