/// A mean over replications with its 95 % interval, which needs at least two.
public struct Figure: Sendable, Equatable {
  public let mean: Double
  public let low: Double?
  public let high: Double?

  /// - Parameter values: one per replication; those in which there was nothing to measure are left out.
  /// - Parameter most: what none of them can be more than; the interval ends there.
  init?(_ values: [Double], most: Double = .infinity) {
    let known = values.filter(\.isFinite)
    guard !known.isEmpty else { return nil }
    let count = Double(known.count)
    let mean = known.reduce(0, +) / count
    self.mean = mean
    guard known.count > 1 else {
      (low, high) = (nil, nil)
      return
    }
    let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let half = Student.upper(degrees: known.count - 1) * (variance / count).squareRoot()
    (low, high) = (mean - half, min(most, mean + half))
  }
}

/// What became of one kind of people, or of all, at one node.
public struct NodeFigures: Sendable, Equatable {
  /// Per day, from outside and from other nodes.
  public let arrivals: Figure?
  /// Helped, per day.
  public let throughput: Figure?
  /// Time that servers help, of the time that they are there, at most 1; who is to go and still helps somebody is there
  /// until that is done. Nil where servers are without number.
  public let utilisation: Figure?
  /// On average, at any moment.
  public let waiting: Figure?
  public let present: Figure?
  /// In days, of those who were helped.
  public let wait: Figure?
  public let stay: Figure?
  /// Shares of the arrivals.
  public let waitProbability: Figure?
  public let abandoned: Figure?

  init(_ tallies: [Tally], days: Double, capacity: [Double]?) {
    func per(_ value: (Tally) -> Double) -> Figure? { Figure(tallies.map { value($0) / days }) }
    func share(_ above: (Tally) -> Double, _ below: (Tally) -> Int) -> Figure? {
      Figure(tallies.map { below($0) == 0 ? .nan : above($0) / Double(below($0)) })
    }
    arrivals = per { Double($0.arrivals) }
    throughput = per { Double($0.served) }
    utilisation = capacity.flatMap { areas in
      // Two areas of the same stretches, summed in another order, may differ by rounding.
      Figure(zip(tallies, areas).map { $1 == 0 ? .nan : min(1, $0.busyArea / $1) }, most: 1)
    }
    waiting = per(\.waitingArea)
    present = per(\.presentArea)
    wait = share(\.waitSum, \.served)
    stay = share(\.staySum, \.served)
    waitProbability = share({ Double($0.waited) }, \.arrivals)
    abandoned = share({ Double($0.abandoned) }, \.arrivals)
  }
}

/// What came out of all replications.
public struct Outcome: Sendable {
  public struct Node: Sendable, Equatable {
    public let all: NodeFigures
    /// In the order of the kinds.
    public let kinds: [NodeFigures]
    /// How many were there at each of the outcome's moments, on average.
    public let population: [Double]
  }

  public let nodes: [Node]
  public let present: Figure?
  /// Days from coming to leaving, helped or not.
  public let stay: Figure?
  /// From outside, per day.
  public let arrivals: Figure?
  /// Days at which the population was counted.
  public let moments: [Double]
  /// Nodes whose figures depend on how long is simulated.
  public let growth: [Growth]
  /// Arrivals from outside and completions, in all replications.
  public let events: Int
}
