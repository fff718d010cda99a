extension CoxSums {
  /// Harrell's share of concordant pairs, ties in risk counting half; pairs that have the event at one time don't count.
  func concordance(_ beta: [Double]) -> Double? {
    let lines = (0..<layout.count).map { row in
      (0..<size).reduce(0.0) { $0 + beta[$1] * layout.values[row * size + $1] }
    }
    let grid = TimeGrid.ofAnything(lines)
    var present = Tally(grid.times.count)
    var (concordant, discordant, tied) = (0, 0, 0)
    var (come, gone) = (0, 0)
    let late = layout.late
    for time in layout.deaths.indices {
      for row in layout.early[time] { present.add(Int(grid.slot[row]), 1) }
      while come < late.byFirst.count, late.byFirst[come].first <= time {
        present.add(Int(grid.slot[Int(late.byFirst[come].row)]), 1)
        come += 1
      }
      while gone < late.byLast.count, late.byLast[gone].last < time {
        present.add(Int(grid.slot[Int(late.byLast[gone].row)]), -1)
        gone += 1
      }
      let first = layout.starts[time + 1]
      for row in first..<first + layout.deaths[time] {
        // Everyone counted now lived longer: lower risk than this one is as expected.
        let rank = Int(grid.slot[row])
        let below = present.count(below: rank)
        let same = present.count(below: rank + 1) - below
        concordant += below
        tied += same
        discordant += present.total - below - same
      }
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
