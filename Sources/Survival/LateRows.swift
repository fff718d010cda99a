/// People who came into view after the first event: each is among those at risk at one stretch of the times with
/// events. To sum over whoever is there without ever taking somebody out, each stretch is cut in two at a place
/// that it shares with others, and gathered on either side from its far end towards the cut.
struct LateRows {
  struct Stretch {
    let row: Int32
    /// Times with events, counted from late to early.
    let first: Int32
    let last: Int32
  }

  /// Stretches with the cut in common.
  struct Knot {
    /// The first time behind the cut.
    let cut: Int
    let stretches: Range<Int>
  }

  /// Those of one time only.
  let single: [Stretch]
  let knots: [Knot]
  /// By knot, and in it by their first time.
  let forward: [Stretch]
  /// By knot, and in it by their last time, the last of all first.
  let backward: [Stretch]
  /// All of them, by their first and by their last time.
  let byFirst: [Stretch]
  let byLast: [Stretch]

  var isEmpty: Bool { byFirst.isEmpty }

  init(_ stretches: [Stretch], times: Int) {
    byFirst = Self.sorted(stretches, times) { Int($0.first) }
    byLast = Self.sorted(stretches, times) { Int($0.last) }
    single = byFirst.filter { $0.first == $0.last }
    forward = Self.sorted(byFirst.filter { $0.first < $0.last }, times, by: Self.cut)
    backward = Self.sorted(byLast.reversed().filter { $0.first < $0.last }, times, by: Self.cut)
    var knots: [Knot] = []
    var start = 0
    for place in forward.indices
    where place + 1 == forward.count || Self.cut(forward[place + 1]) != Self.cut(forward[start]) {
      knots.append(Knot(cut: Self.cut(forward[start]), stretches: start..<place + 1))
      start = place + 1
    }
    self.knots = knots
  }

  /// The roundest number in a stretch behind its first: the last with all bits below the highest differing one at 0.
  /// Stretches with the same cut so lie in one block of a power of two around it, and blocks of one size never overlap:
  /// each time is reached from no more blocks than it has bits.
  private static func cut(_ stretch: Stretch) -> Int {
    let differing = UInt32(bitPattern: stretch.first ^ stretch.last)
    let bit = UInt32.bitWidth - 1 - differing.leadingZeroBitCount
    return (Int(stretch.last) >> bit) << bit
  }

  /// Counted into place: those with one key stay in their order.
  private static func sorted(_ stretches: [Stretch], _ keys: Int, by key: (Stretch) -> Int) -> [Stretch] {
    guard var sorted = stretches.first.map({ [Stretch](repeating: $0, count: stretches.count) }) else { return [] }
    var next = [Int](repeating: 0, count: keys + 1)
    for stretch in stretches { next[key(stretch) + 1] += 1 }
    for place in 0..<keys { next[place + 1] += next[place] }
    for stretch in stretches {
      sorted[next[key(stretch)]] = stretch
      next[key(stretch)] += 1
    }
    return sorted
  }
}
