extension CoxSums {
  /// Harrell's share of concordant pairs, ties in risk counting half; pairs that have the event at one time don't count.
  func concordance(_ beta: [Double]) -> Double? {
    var lines = [Double](repeating: 0, count: count)
    for row in 0..<count {
      for column in 0..<size { lines[row] += beta[column] * values[row * size + column] }
    }
    let grid = TimeGrid.ofAnything(lines)
    var present = Tally(grid.times.count)
    var (concordant, discordant, tied) = (0, 0, 0)
    var left = 0
    for place in deaths.indices {
      let (start, end) = (starts[place], starts[place + 1])
      let died = deaths[place]
      for row in start + died..<max(end, start + died) { present.add(Int(grid.slot[row]), 1) }
      if !leaving.isEmpty {
        while left < leftBefore[place] {
          // Whoever has the event now was in view, so only others leave here; but a later one may stand before.
          present.add(Int(grid.slot[Int(leaving[left])]), -1)
          left += 1
        }
      }
      for row in start..<start + died {
        // Everyone counted now lived longer: lower risk than this one is as expected.
        let rank = Int(grid.slot[row])
        let below = present.count(below: rank)
        let same = present.count(below: rank + 1) - below
        concordant += below
        tied += same
        discordant += present.total - below - same
      }
      for row in start..<start + died { present.add(Int(grid.slot[row]), 1) }
    }
    let all = concordant + discordant + tied
    return all == 0 ? nil : (Double(concordant) + Double(tied) / 2) / Double(all)
  }
}

extension TimeGrid {
  /// Ranks of any values, also negative ones.
  static func ofAnything(_ values: [Double]) -> (times: [Double], slot: [Int32]) {
    var times: [Double] = []
    var slot = [Int32](repeating: 0, count: values.count)
    for place in ascendingOrder(values) {
      let value = values[Int(place)]
      if times.last != value { times.append(value) }
      slot[Int(place)] = Int32(times.count - 1)
    }
    return (times, slot)
  }
}

/// How many stand at each rank, with quick sums below a rank (Fenwick 1994).
private struct Tally {
  private var sums: [Int32]
  private(set) var total = 0

  init(_ ranks: Int) { sums = [Int32](repeating: 0, count: ranks + 1) }

  mutating func add(_ rank: Int, _ change: Int32) {
    total += Int(change)
    var place = rank + 1
    while place < sums.count {
      sums[place] &+= change
      place += place & -place
    }
  }

  func count(below rank: Int) -> Int {
    var (place, sum) = (rank, 0)
    while place > 0 {
      sum += Int(sums[place])
      place &= place - 1
    }
    return sum
  }
}
