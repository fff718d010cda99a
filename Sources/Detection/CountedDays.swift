/// One person's counts by day. Silence has no rows: whoever calls no more writes nothing down, and a day that nobody wrote
/// down is a day with 0 unless somebody says that it was not looked at.
public struct CountedDays: Sendable, Equatable {
  /// What days without a row are.
  public enum Gaps: String, Sendable, CaseIterable {
    /// Days with a count of 0.
    case zero
    /// No days at all: the next row is the next day.
    case skip
  }

  /// In order, each once.
  public private(set) var days: [Day]
  public private(set) var counts: [Int]

  /// - Precondition: the days are in order, each once, and as many as the counts.
  public init(days: [Day], counts: [Int]) {
    precondition(days.count == counts.count && zip(days, days.dropFirst()).allSatisfy { $0 < $1 })
    (self.days, self.counts) = (days, counts)
  }

  /// Stretches of days without a row between the first row and a last day: the first day of each and how many.
  public func gaps(until last: Day) -> [(first: Day, days: Int)] {
    guard let end = days.last else { return [] }
    var gaps: [(first: Day, days: Int)] = []
    for (one, other) in zip(days, days.dropFirst()) where other.days(since: one) > 1 {
      gaps.append((one.next, other.days(since: one) - 1))
    }
    if end < last { gaps.append((end.next, last.days(since: end))) }
    return gaps
  }

  /// With a 0 on each day without a row, up to and with a last day.
  public func filled(until last: Day) -> CountedDays {
    guard let first = days.first else { return self }
    var filled = CountedDays(days: [], counts: [])
    var day = first
    for (own, count) in zip(days, counts) {
      while day < own { filled.add(&day, 0) }
      filled.add(&day, count)
    }
    while day <= last { filled.add(&day, 0) }
    return filled
  }

  private mutating func add(_ day: inout Day, _ count: Int) {
    days.append(day)
    counts.append(count)
    day = day.next
  }
}
