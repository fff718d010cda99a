/// How many will have had each cause by each time, where the one takes away the chance of the other (Aalen & Johansen
/// 1978), with the standard errors of the infinitesimal jackknife.
public struct Incidence: Sendable {
  public let time: [Double]
  /// By cause, from 1.
  public let value: [[Double]]
  public let standardError: [[Double]]

  public init(_ seen: Observations) {
    let grid = TimeGrid(seen.time)
    let table = RiskTable(grid, seen)
    var byCause = [[Int]](repeating: [Int](repeating: 0, count: grid.times.count), count: seen.causeCount)
    for person in 0..<seen.count where seen.event[person] != 0 {
      byCause[Int(seen.event[person]) - 1][Int(grid.slot[person])] += 1
    }
    let entrySlots = seen.entry.map { entry in
      entry.map { moment in Int32(grid.firstSlot(after: moment)) }
    }
    time = grid.times
    let found = byCause.indices.map { cause in
      Self.one(table, byCause[cause], entrySlots, leaving: grid.slot) { person in
        let event = Int(seen.event[person])
        return event == 0 ? .censored : event == cause + 1 ? .own : .other
      }
    }
    value = found.map(\.value)
    standardError = found.map(\.error)
  }

  /// The curve of one cause.
  ///
  /// A person's influence on it is P(s) − F(t)·Q(s) with s the moment they left or t itself: both grow equally for
  /// everyone at risk, so sums of squares are kept for those who left and made for those who are there. That is one
  /// pass where the definition has people × times.
  private static func one(
    _ table: RiskTable, _ ownEvents: [Int], _ entry: [Int32]?, leaving: [Int32], _ ownOf: (Int) -> HowLeft
  ) -> (value: [Double], error: [Double]) {
    let leavers = entry.map { Leavers(entry: $0, leaving: leaving, size: table.times.count) }
    var state = Influence()
    var value: [Double] = []
    var error: [Double] = []
    for slot in table.times.indices {
      state.enter(leavers?.entering[slot] ?? (slot == 0 ? table.atRisk[0] : 0))
      let (died, own) = (table.events[slot], ownEvents[slot])
      if died > 0 { state.pass(present: Double(table.atRisk[slot]), died: Double(died), own: Double(own)) }
      if let leavers {
        for person in leavers.at(slot) {
          state.leave(1, enteredAt: Int(leavers.entry[person]), ownOf(person))
        }
      } else {
        state.leave(own, enteredAt: 0, .own)
        state.leave(died - own, enteredAt: 0, .other)
        state.leave(table.censored[slot], enteredAt: 0, .censored)
      }
      value.append(state.incidence)
      error.append(state.variance.squareRoot())
    }
    return (value, error)
  }
}

/// People by the slot in which they leave.
private struct Leavers {
  let entry: [Int32]
  /// How many come into view before each slot.
  let entering: [Int]
  private let order: [Int32]
  private let starts: [Int]

  init(entry: [Int32], leaving: [Int32], size: Int) {
    var starts = [Int](repeating: 0, count: size + 1)
    var entering = [Int](repeating: 0, count: size + 1)
    for person in leaving.indices {
      starts[Int(leaving[person]) + 1] += 1
      entering[Int(entry[person])] += 1
    }
    for slot in 0..<size { starts[slot + 1] += starts[slot] }
    var next = starts
    var order = [Int32](repeating: 0, count: leaving.count)
    for person in leaving.indices {
      let slot = Int(leaving[person])
      order[next[slot]] = Int32(person)
      next[slot] += 1
    }
    (self.entry, self.entering, self.order, self.starts) = (entry, entering, order, starts)
  }

  func at(_ slot: Int) -> [Int] { order[starts[slot]..<starts[slot + 1]].map { Int($0) } }
}

private enum HowLeft { case own, other, censored }

/// The sums of squares of everyone's influence, as time goes by.
private struct Influence {
  private(set) var incidence = 0.0
  private var survival = 1.0
  /// What everyone at risk has gathered, with the sign turned: of P and of Q.
  private var (p, q) = (0.0, 0.0)
  /// The same as it was before each slot, for who came in there.
  private var before: [(p: Double, q: Double)] = []
  /// What an event adds to one's own influence now.
  private var (ownJump, anyJump) = (0.0, 0.0)
  private var present = Squares()
  private var left = Squares()

  /// So many come into view before this slot.
  mutating func enter(_ count: Int) {
    before.append((p, q))
    present.add(Double(count), p, q)
    (ownJump, anyJump) = (0, 0)
  }

  mutating func pass(present: Double, died: Double, own: Double) {
    let share = died / present
    let grown = survival * own / present
    incidence += grown
    // When everyone has the event nothing comes after, and both terms would cancel.
    let anyJump = share < 1 ? 1 / (present * (1 - share)) : 0
    p += grown / present + incidence * share * anyJump
    q += share * anyJump
    self.anyJump = anyJump
    ownJump = survival / present
    survival *= (present - died) / present
  }

  mutating func leave(_ count: Int, enteredAt slot: Int, _ how: HowLeft) {
    guard count > 0 else { return }
    let start = before[slot]
    let (anyJump, ownJump) = (how == .censored ? 0 : anyJump, how == .own ? ownJump : 0)
    left.add(Double(count), start.p - p + ownJump + incidence * anyJump, start.q - q + anyJump)
    present.add(-Double(count), start.p, start.q)
  }

  /// Of the incidence now.
  var variance: Double {
    let here = present.shifted(by: p, q)
    let (pp, pq, qq) = (left.pp + here.pp, left.pq + here.pq, left.qq + here.qq)
    return max(0, pp - 2 * incidence * pq + incidence * incidence * qq)
  }
}

/// Sums of squares and products of pairs.
private struct Squares {
  private var count = 0.0
  private var (p, q) = (0.0, 0.0)
  private(set) var (pp, pq, qq) = (0.0, 0.0, 0.0)

  mutating func add(_ times: Double, _ p: Double, _ q: Double) {
    count += times
    self.p += times * p
    self.q += times * q
    pp += times * p * p
    pq += times * p * q
    qq += times * q * q
  }

  /// The sums when everyone moves this far down.
  func shifted(by p: Double, _ q: Double) -> (pp: Double, pq: Double, qq: Double) {
    (
      count * p * p - 2 * p * self.p + pp, count * p * q - p * self.q - q * self.p + pq,
      count * q * q - 2 * q * self.q + qq
    )
  }
}
