/// The distinct times in order, and the place of each person's time among them. Whole numbers (days) are counted into
/// their place; other times are sorted by their bits, eleven at a time.
struct TimeGrid {
  let times: [Double]
  let slot: [Int32]

  init(_ time: [Double]) {
    if let (times, slot) = Self.counted(time) ?? nil {
      self.times = times
      self.slot = slot
    } else {
      (times, slot) = Self.sorted(time)
    }
  }

  /// For whole numbers that lie close enough together.
  private static func counted(_ time: [Double]) -> (times: [Double], slot: [Int32])? {
    let most = max(1 << 16, time.count * 4)
    var largest = 0
    for value in time {
      // Not negative, so that a truncated number is the number itself only when it is whole.
      guard value < Double(most) else { return nil }
      let whole = Int(value)
      guard Double(whole) == value else { return nil }
      if whole > largest { largest = whole }
    }
    var place = [Int32](repeating: -1, count: largest + 1)
    for value in time { place[Int(value)] = 0 }
    var times: [Double] = []
    for value in place.indices where place[value] == 0 {
      place[value] = Int32(times.count)
      times.append(Double(value))
    }
    return (times, time.map { place[Int($0)] })
  }

  private static func sorted(_ time: [Double]) -> (times: [Double], slot: [Int32]) {
    let order = ascendingOrder(time)
    var times: [Double] = []
    var slot = [Int32](repeating: 0, count: time.count)
    for person in order {
      let value = time[Int(person)]
      if times.last != value { times.append(value) }
      slot[Int(person)] = Int32(times.count - 1)
    }
    return (times, slot)
  }

  /// The first place whose time is later than a moment; `times.count` when none is.
  func firstSlot(after moment: Double) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= moment { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The order of values from small to large, equal ones as they stood: a radix sort on the bits of a double, turned so
/// that they compare as whole numbers.
func ascendingOrder(_ values: [Double]) -> [Int32] {
  let digits = 11
  let mask = UInt64(1 << digits) - 1
  var keys = values.map { value -> UInt64 in
    // Minus nought and nought are one time.
    let bits = (value + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }
  var order = (0..<Int32(values.count)).map { $0 }
  var otherKeys = [UInt64](repeating: 0, count: keys.count)
  var otherOrder = [Int32](repeating: 0, count: order.count)
  for shift in stride(from: 0, to: 64, by: digits) {
    var starts = [Int](repeating: 0, count: Int(mask) + 1)
    for key in keys { starts[Int(key >> UInt64(shift) & mask)] += 1 }
    // A digit that is the same everywhere orders nothing.
    if starts.contains(keys.count) { continue }
    var sum = 0
    for digit in starts.indices {
      let count = starts[digit]
      starts[digit] = sum
      sum += count
    }
    for place in keys.indices {
      let digit = Int(keys[place] >> UInt64(shift) & mask)
      otherKeys[starts[digit]] = keys[place]
      otherOrder[starts[digit]] = order[place]
      starts[digit] += 1
    }
    swap(&keys, &otherKeys)
    swap(&order, &otherOrder)
  }
  return order
}

/// How many are at risk, have the event and leave unseen at each distinct time; for one group.
struct RiskTable {
  let times: [Double]
  var atRisk: [Int]
  var events: [Int]
  var censored: [Int]

  init(_ seen: Observations) {
    self.init(TimeGrid(seen.time), seen)
  }

  init(_ grid: TimeGrid, _ seen: Observations) {
    times = grid.times
    var events = [Int](repeating: 0, count: times.count)
    var leaving = events
    for person in grid.slot.indices {
      let slot = Int(grid.slot[person])
      leaving[slot] += 1
      if seen.event[person] != 0 { events[slot] += 1 }
    }
    var entering = [Int](repeating: 0, count: times.count + 1)
    if let entry = seen.entry {
      for moment in entry { entering[grid.firstSlot(after: moment)] += 1 }
    } else {
      entering[0] = seen.count
    }
    var atRisk = [Int](repeating: 0, count: times.count)
    var present = 0
    for slot in times.indices {
      present += entering[slot]
      atRisk[slot] = present
      present -= leaving[slot]
    }
    self.atRisk = atRisk
    self.events = events
    censored = zip(leaving, events).map { $0 - $1 }
  }
}
