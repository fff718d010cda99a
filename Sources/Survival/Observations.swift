/// What was seen of each person: from when, until when, and how it ended. Times are taken as they are; `NearTimes` first
/// makes those one that differ by rounding.
public struct Observations: Sendable {
  /// When each was last seen, not negative.
  public let time: [Double]
  /// 0 when nothing had happened yet (censored), else the number of the cause, from 1.
  public let event: [Int32]
  /// When each came into view, before `time`; nil when everybody was there from the start.
  public let entry: [Double]?
  /// The group of each, from 0; empty when all are one.
  public let group: [Int32]
  public let groupCount: Int
  public let causeCount: Int

  /// - Precondition: all arrays are as long, times are finite and not negative, entries are before them.
  public init(
    time: [Double], event: [Int32], entry: [Double]? = nil, group: [Int32] = [], groupCount: Int = 1,
    causeCount: Int = 1
  ) {
    precondition(event.count == time.count && (entry?.count ?? time.count) == time.count)
    precondition(group.isEmpty || group.count == time.count)
    self.time = time
    self.event = event
    self.entry = entry
    self.group = group
    self.groupCount = groupCount
    self.causeCount = causeCount
  }

  public var count: Int { time.count }

  /// With only one cause counted as the event, and all others as the end of being seen.
  public func onlyCause(_ cause: Int32) -> Observations {
    Observations(
      time: time, event: event.map { $0 == cause ? 1 : 0 }, entry: entry, group: group, groupCount: groupCount)
  }

  /// Those of one group.
  public func only(group wanted: Int32) -> Observations {
    if group.isEmpty { return self }
    let kept = time.indices.filter { group[$0] == wanted }
    return Observations(
      time: kept.map { time[$0] }, event: kept.map { event[$0] }, entry: entry.map { all in kept.map { all[$0] } },
      causeCount: causeCount)
  }
}
