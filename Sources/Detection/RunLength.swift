/// Average run lengths, exact: the statistic on its lattice is a Markov chain with a finite number of states below h
/// (Brook & Evans 1972). Solved by eliminating states without a single subtraction (Grassmann, Taksar & Heyman 1985), so
/// that also run lengths of a million years keep all their digits.
extension Cusum {
  /// The most states that are solved; a chain of so many takes seconds.
  public static let mostStates = 4000

  /// Days until the first signal, on average, from the head start.
  /// - Throws: `Fault.tooFine` when the chain has more states than `mostStates`, `Fault.tooWild` when counts vary by more
  ///   than ten thousand times their size.
  public func averageRunLength(_ counts: CountDistribution) throws(Fault) -> Double {
    let size = Int(stepsOfH)
    guard size <= Self.mostStates else { throw .tooFine }
    // The tail of a wild distribution has millions of counts that matter.
    if case .negativeBinomial(let mean, let spread) = counts, mean > spread * 10_000 { throw .tooWild }
    return Chain(self, counts, size).runLength(from: Int(stepsOfStart))
  }
}

private struct Chain {
  private let size: Int
  private let isUpper: Bool
  /// Steps of k: how far one day can bring S down (upper) or up (lower).
  private let reach: Int
  /// Row by row: the chance of going from one state to another.
  private var chance: [Double]
  private var signal: [Double]

  init(_ design: Cusum, _ counts: CountDistribution, _ size: Int) {
    self.size = size
    isUpper = design.side == .upper
    reach = Int(design.stepsOfK)
    chance = Array(repeating: 0, count: size * size)
    signal = Array(repeating: 0, count: size)
    let probabilities = counts.probabilities()
    let unit = Int(design.unit)
    // Sums from the far end, smallest first.
    var tail = Array(repeating: 0.0, count: probabilities.count + 1)
    for count in probabilities.indices.reversed() { tail[count] = tail[count + 1] + probabilities[count] }
    func atLeast(_ count: Int) -> Double { count <= 0 ? 1 : count < tail.count ? tail[count] : 0 }
    var head = Array(repeating: 0.0, count: probabilities.count + 1)
    for count in probabilities.indices { head[count + 1] = head[count] + probabilities[count] }
    func atMost(_ count: Int) -> Double { count < 0 ? 0 : head[min(count + 1, probabilities.count)] }
    for state in 0..<size {
      for count in probabilities.indices {
        let next = state + (isUpper ? count * unit - reach : reach - count * unit)
        // What lands at 0 is summed below, in an order that keeps small chances.
        if next > 0 && next < size { chance[state * size + next] = probabilities[count] }
        if isUpper ? next >= size : next <= 0 { break }
      }
      if isUpper {
        let needed = size + reach - state
        signal[state] = atLeast((needed + unit - 1) / unit)
        chance[state * size] = reach - state >= 0 ? atMost((reach - state) / unit) : 0
      } else {
        let room = state + reach - size
        signal[state] = room >= 0 ? atMost(room / unit) : 0
        chance[state * size] = atLeast((state + reach + unit - 1) / unit)
      }
    }
  }

  /// Eliminates the highest state again and again: what went through it goes directly, and takes its days along.
  func runLength(from start: Int) -> Double {
    var (chance, signal) = (chance, signal)
    var days = Array(repeating: 1.0, count: size)
    var leaving = Array(repeating: 0.0, count: size)
    chance.withUnsafeMutableBufferPointer { chance in
      for state in stride(from: size - 1, through: 0, by: -1) {
        let row = state * size
        let lowest = isUpper ? max(0, state - reach) : 0
        // One less than the chance to stay, as a sum of the ways to leave.
        var sum = signal[state]
        for other in lowest..<max(lowest, state) { sum += chance[row + other] }
        leaving[state] = sum
        let first = isUpper ? 0 : max(0, state - reach)
        for other in first..<max(first, state) {
          let factor = chance[other * size + state] / leaving[state]
          if factor == 0 { continue }
          for next in lowest..<state { chance[other * size + next] += factor * chance[row + next] }
          signal[other] += factor * signal[state]
          days[other] += factor * days[state]
        }
      }
    }
    var lengths = Array(repeating: 0.0, count: size)
    for state in 0..<size {
      var sum = days[state]
      for other in 0..<state { sum += chance[state * size + other] * lengths[other] }
      lengths[state] = sum / leaving[state]
    }
    return lengths[start]
  }
}
