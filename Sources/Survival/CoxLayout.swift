/// People laid out for the partial likelihood. Times with events are counted from late to early; a person is among the
/// others at risk from one of them on (the latest not after their own time, or, who had the event, the one before it)
/// until the last one after their entry.
struct CoxLayout {
  /// How many columns.
  let size: Int
  /// Column values in their own scales, row by row.
  let values: [Double]
  let scales: [ColumnScale]
  /// Where each group begins: who is among the others from the same time on.
  let starts: [Int]
  /// How many had the event at each time: they are the first rows of the group after it.
  let deaths: [Int]
  /// The rows of each group who had come into view before the first event: once in, they stay in.
  let early: [Range<Int>]
  let late: LateRows
  /// Where each time with events stands on the curve just before it, from the middle of all events.
  let place: [Double]

  var count: Int { starts.last ?? 0 }

  init(_ seen: Observations, columns: [[Double]]) {
    let grid = TimeGrid(seen.time)
    let table = RiskTable(grid, seen)
    let eventSlots = table.times.indices.reversed().filter { table.events[$0] > 0 }
    let deaths = eventSlots.map { table.events[$0] }
    let curve = SurvivalCurve(table, count: seen.count, .plain).survival
    let fallen = eventSlots.map { $0 == 0 ? 0 : 1 - curve[$0 - 1] }
    let middle = zip(fallen, deaths).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(max(1, deaths.reduce(0, +)))
    place = fallen.map { $0 - middle }
    let groups = PeopleByGroup(seen, grid, ahead: Self.eventTimes(from: table))
    starts = (0...deaths.count + 1).map { groups.bounds[$0 * PeopleByGroup.kinds] }
    early = (0...deaths.count).map { group in
      let first = group * PeopleByGroup.kinds
      return groups.bounds[first + 1]..<groups.bounds[first + 3]
    }
    size = columns.count
    scales = columns.map(ColumnScale.init)
    (values, late) = groups.laidOut(columns, scales, times: deaths.count)
    self.deaths = deaths
  }

  /// How many times with events there are from each slot on; one more at the end.
  private static func eventTimes(from table: RiskTable) -> [Int] {
    var ahead = [Int](repeating: 0, count: table.times.count + 1)
    for slot in table.times.indices.reversed() { ahead[slot] = ahead[slot + 1] + (table.events[slot] > 0 ? 1 : 0) }
    return ahead
  }
}

/// Where each person is laid: by group, and in a group events before others, those who were there from the start together.
private struct PeopleByGroup {
  /// Late with an event, early with one, early, late.
  static let kinds = 4

  /// Where each kind of each group begins.
  private(set) var bounds: [Int]
  private var keys: [Int32]
  /// The time behind the last at which each is among the others; empty when all were there from the start.
  private var ends: [Int32]

  init(_ seen: Observations, _ grid: TimeGrid, ahead: [Int]) {
    let times = ahead[0]
    bounds = Array(repeating: 0, count: (times + 1) * Self.kinds + 1)
    keys = Array(repeating: 0, count: seen.count)
    ends = Array(repeating: 0, count: seen.entry == nil ? 0 : seen.count)
    for person in 0..<seen.count {
      let isEvent = seen.event[person] != 0
      let group = ahead[Int(grid.slot[person]) + 1] + (isEvent ? 1 : 0)
      var isLate = false
      if let entry = seen.entry {
        let end = ahead[grid.firstSlot(after: entry[person])]
        ends[person] = Int32(end)
        isLate = end < times
      }
      let key = group * Self.kinds + (isEvent ? (isLate ? 0 : 1) : (isLate ? 3 : 2))
      keys[person] = Int32(key)
      bounds[key + 1] += 1
    }
    for key in 1..<bounds.count { bounds[key] += bounds[key - 1] }
  }

  func laidOut(_ columns: [[Double]], _ scales: [ColumnScale], times: Int) -> ([Double], LateRows) {
    var next = bounds
    let width = columns.count
    var values = [Double](repeating: 0, count: keys.count * width)
    var late: [LateRows.Stretch] = []
    for person in keys.indices {
      let key = Int(keys[person])
      let row = next[key]
      next[key] += 1
      for column in 0..<width { values[row * width + column] = scales[column].inward(columns[column][person]) }
      let first = Int32(key / Self.kinds)
      if key % Self.kinds == 0 || key % Self.kinds == 3, first < ends[person] {
        late.append(LateRows.Stretch(row: Int32(row), first: first, last: ends[person] - 1))
      }
    }
    return (values, LateRows(late, times: times))
  }
}
