/// Whether groups differ: observed against expected events, summed over time (Mantel 1966; Peto & Peto 1972).
public struct LogRank: Sendable {
  public let chiSquare: Double
  public let degrees: Int
  public let p: Double
  public let observed: [Double]
  public let expected: [Double]

  /// - Returns: nil with fewer than two groups, or without events.
  public init?(_ seen: Observations) {
    let groups = seen.groupCount
    guard groups > 1, !seen.group.isEmpty else { return nil }
    let grid = TimeGrid(seen.time)
    let tables = Self.tables(grid, seen)
    var observed = [Double](repeating: 0, count: groups)
    var expected = observed
    var variance = [Double](repeating: 0, count: groups * groups)
    for slot in grid.times.indices {
      let died = Double(tables.events[slot].reduce(0, +))
      let present = Double(tables.atRisk[slot].reduce(0, +))
      guard died > 0 else { continue }
      // Ties: as drawing without putting back.
      let spread = present > 1 ? died * (present - died) / (present - 1) : 0
      for group in 0..<groups {
        let share = Double(tables.atRisk[slot][group]) / present
        observed[group] += Double(tables.events[slot][group])
        expected[group] += died * share
        for other in 0..<groups {
          let otherShare = Double(tables.atRisk[slot][other]) / present
          variance[group * groups + other] += spread * share * ((group == other ? 1 : 0) - otherShare)
        }
      }
    }
    // A group of which nobody was ever at risk beside others says nothing.
    let used = (0..<groups).filter { expected[$0] > 0 }
    guard used.count > 1 else { return nil }
    let kept = Array(used.dropLast())
    let difference = kept.map { observed[$0] - expected[$0] }
    let matrix = kept.flatMap { row in kept.map { variance[row * groups + $0] } }
    guard let solved = Symmetric(matrix, size: kept.count).solve(difference) else { return nil }
    chiSquare = zip(difference, solved).reduce(0) { $0 + $1.0 * $1.1 }
    degrees = kept.count
    p = upperChiSquare(chiSquare, degrees: degrees)
    self.observed = observed
    self.expected = expected
  }

  private static func tables(
    _ grid: TimeGrid, _ seen: Observations
  ) -> (atRisk: [[Int]], events: [[Int]]) {
    let none = [Int](repeating: 0, count: seen.groupCount)
    var events = [[Int]](repeating: none, count: grid.times.count)
    var leaving = events
    var entering = [[Int]](repeating: none, count: grid.times.count + 1)
    for person in 0..<seen.count {
      let (slot, group) = (Int(grid.slot[person]), Int(seen.group[person]))
      leaving[slot][group] += 1
      if seen.event[person] != 0 { events[slot][group] += 1 }
      entering[seen.entry.map { grid.firstSlot(after: $0[person]) } ?? 0][group] += 1
    }
    var atRisk = events
    var present = none
    for slot in grid.times.indices {
      for group in none.indices {
        present[group] += entering[slot][group]
        atRisk[slot][group] = present[group]
        present[group] -= leaving[slot][group]
      }
    }
    return (atRisk, events)
  }
}
