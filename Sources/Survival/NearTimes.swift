/// Times that differ by rounding alone made one: 0.3 and 0.1 + 0.2 are one day, and who had the event on it were tied.
///
/// As R's `survival` does (its `timefix`): all times and entries in order, each that is no further from the one before than
/// √2⁻⁵², or that part of the mean of all, joins it.
public struct NearTimes: Sendable {
  public let time: [Double]
  public let entry: [Double]?
  /// The first person whose entry and time became one: nobody can be followed for no time at all.
  public let emptied: Int?

  private static let tolerance = 0x1p-26

  public init(time: [Double], entry: [Double]? = nil) {
    let all = time + (entry ?? [])
    guard !Self.areFarApart(all), let firsts = Self.firsts(all) else {
      (self.time, self.entry, emptied) = (time, entry, nil)
      return
    }
    let joinedTime = time.map { Self.last(in: firsts, upTo: $0) }
    let joinedEntry = entry.map { $0.map { Self.last(in: firsts, upTo: $0) } }
    (self.time, self.entry) = (joinedTime, joinedEntry)
    emptied = joinedEntry.flatMap { joinedEntry in joinedTime.indices.first { joinedEntry[$0] >= joinedTime[$0] } }
  }

  /// Whole numbers (days) so small that one more is more than rounding: most tables, and nothing to sort.
  private static func areFarApart(_ times: [Double]) -> Bool {
    times.allSatisfy { abs($0) < 0x1p25 && $0 == $0.rounded(.towardZero) }
  }

  /// The smallest of each bunch, in order; nil when every time is one by itself.
  private static func firsts(_ times: [Double]) -> [Double]? {
    var distinct: [Double] = []
    for place in ascendingOrder(times) where distinct.last != times[Int(place)] { distinct.append(times[Int(place)]) }
    let mean = distinct.reduce(0) { $0 + abs($1) / Double(distinct.count) }
    var firsts: [Double] = []
    for (place, value) in distinct.enumerated() {
      let gap = place == 0 ? .infinity : value - distinct[place - 1]
      if gap > tolerance && gap / mean > tolerance { firsts.append(value) }
    }
    return firsts.count == distinct.count ? nil : firsts
  }

  private static func last(in sorted: [Double], upTo value: Double) -> Double {
    var (low, high) = (0, sorted.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if sorted[middle] <= value { low = middle } else { high = middle }
    }
    return sorted[low]
  }
}
