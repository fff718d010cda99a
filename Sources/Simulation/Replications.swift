extension Scenario {
  private static let momentCount = 100

  /// Days at which the population is counted: a hundred, evenly, the last at the end.
  var moments: [Double] {
    (1...Self.momentCount).map { end * Double($0) / Double(Self.momentCount) }
  }

  /// Runs all replications, as many at a time as there are cores. The outcome is the same for any number of cores: each
  /// replication has streams of its own.
  /// - Parameter progress: told how many are done.
  public func run(
    seed: UInt64, atATime: Int, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async -> Outcome {
    var starts: [Generator] = []
    var generator = Generator(seed: seed)
    for _ in 0..<replications {
      starts.append(generator)
      generator.longJump()
    }
    let all = starts
    let done = await withTaskGroup(of: (Int, Replication).self) { group in
      var results: [(Int, Replication)] = []
      var next = 0
      while next < min(atATime, all.count) {
        let number = next
        group.addTask { (number, Replication(self, all[number])) }
        next += 1
      }
      while let result = await group.next() {
        results.append(result)
        progress(results.count)
        guard next < all.count else { continue }
        let number = next
        group.addTask { (number, Replication(self, all[number])) }
        next += 1
      }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
    return outcome(done)
  }

  /// The same on one core, for measuring and for tests.
  public func run(seed: UInt64) -> Outcome {
    var generator = Generator(seed: seed)
    return outcome(
      (0..<replications).map { _ in
        defer { generator.longJump() }
        return Replication(self, generator)
      })
  }

  private func outcome(_ done: [Replication]) -> Outcome {
    let nodes = self.nodes.indices.map { node in
      let capacity = self.nodes[node].servers == .infinite ? nil : done.map { $0.capacity[node] }
      let kinds = self.kinds.indices.map { kind in
        NodeFigures(done.map { $0.tallies[node * self.kinds.count + kind] }, days: length, capacity: capacity)
      }
      let all = done.map { one in
        self.kinds.indices.reduce(Tally()) { $0 + one.tallies[node * self.kinds.count + $1] }
      }
      let population = moments.indices.map { moment in
        done.reduce(0) { $0 + Double($1.population[moment][node]) } / Double(max(1, done.count))
      }
      return Outcome.Node(
        all: NodeFigures(all, days: length, capacity: capacity), kinds: kinds, population: population)
    }
    return Outcome(
      nodes: nodes, present: Figure(done.map { $0.system.presentArea / length }),
      stay: Figure(done.map { $0.system.served == 0 ? .nan : $0.system.staySum / Double($0.system.served) }),
      arrivals: Figure(done.map { Double($0.system.arrivals) / length }), moments: moments,
      growth: growth(through: nodes.map { $0.all.throughput.map { $0.low ?? $0.mean } }),
      events: done.reduce(0) { $0 + $1.events })
  }
}

/// What one replication counted.
struct Replication: Sendable {
  let tallies: [Tally]
  let system: Tally
  let capacity: [Double]
  let population: [[Int]]
  let events: Int

  init(_ scenario: Scenario, _ generator: Generator) {
    var run = Run(scenario, generator)
    var population: [[Int]] = []
    var isCounting = false
    func begin() {
      run.go(until: scenario.warmUp)
      run.beginCounting(at: scenario.warmUp)
      isCounting = true
    }
    for moment in scenario.moments {
      if !isCounting && moment > scenario.warmUp { begin() }
      run.go(until: moment)
      population.append(scenario.nodes.indices.map { run.present($0) })
    }
    run.end(at: scenario.end)
    tallies = run.tallies
    system = run.system
    capacity = scenario.nodes.indices.map { run.capacityArea($0) }
    self.population = population
    events = run.events
  }
}
