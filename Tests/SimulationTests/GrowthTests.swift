internal import Testing

@testable import Simulation

/// What can't be told by a figure is told in words. The loads here are by hand: people a day times days of service, against
/// servers.
@Suite struct GrowthTests {
  private static func node(
    _ servers: [(Double, Int)] = [(0, 10)], _ service: Distribution = .exponential(mean: 90),
    rate: [(Double, Double)] = [], abandon: Distribution? = nil, routing: [(to: Int, chance: Double)] = []
  ) -> Scenario.Node {
    Scenario.Node(
      id: "n", servers: .schedule(servers.map { Scenario.Piece(from: $0.0, value: $0.1) }), service: service,
      arrivals: rate.isEmpty ? [:] : [0: rate.map { Scenario.Piece(from: $0.0, value: $0.1) }], abandon: abandon,
      routing: routing)
  }

  private static func scenario(_ nodes: [Scenario.Node], warmUp: Double = 0, length: Double = 3650) -> Scenario {
    Scenario(warmUp: warmUp, length: length, replications: 2, kinds: [Scenario.Kind(id: "a")], nodes: nodes)
  }

  private func grows(_ nodes: [Scenario.Node], warmUp: Double = 0, length: Double = 3650) -> [Int: Growth.Reason] {
    let found = Self.scenario(nodes, warmUp: warmUp, length: length).run(seed: 1).growth
    return Dictionary(uniqueKeysWithValues: found.map { ($0.node, $0.reason) })
  }

  @Test func moreComeThanCanBeHelped() throws {
    // 0.2 a day, ten places of 90 days: 10 / 90 can be helped.
    let found = Self.scenario([Self.node(rate: [(0, 0.2)])]).run(seed: 1).growth
    #expect(found.count == 1 && found[0].reason == .queue)
    #expect(found[0].coming == 0.2 && found[0].helpable == 10.0 / 90)
    #expect(grows([Self.node(rate: [(0, 0.11)])]) == [:])
    // Just as many.
    #expect(grows([Self.node([(0, 9)], rate: [(0, 0.1)])]) == [0: .queue])
  }

  @Test func whoComesBackComesToo() {
    // 0.06 from outside and half of all again: 0.12, where 0.111 can be helped.
    #expect(grows([Self.node(rate: [(0, 0.06)], routing: [(to: 0, chance: 0.5)])]) == [0: .queue])
    #expect(grows([Self.node(rate: [(0, 0.05)], routing: [(to: 0, chance: 0.5)])]) == [:])
  }

  @Test func noMoreGoOnThanAreHelped() {
    // 1 a day comes to the first, where 10 / 90 are helped; the second can help so many.
    let first = Self.node(rate: [(0, 1)], routing: [(to: 1, chance: 1)])
    #expect(grows([first, Self.node([(0, 11)])]) == [0: .queue])
    #expect(grows([first, Self.node([(0, 9)])]) == [0: .queue, 1: .queue])
  }

  @Test func aNodeWithNobodyToHelp() {
    let first = Self.node(rate: [(0, 0.05)], routing: [(to: 1, chance: 0.1)])
    #expect(grows([first, Self.node([(0, 0)])]) == [1: .queue])
  }

  @Test func whoGivesUpKeepsALineShort() {
    #expect(grows([Self.node(rate: [(0, 0.2)], abandon: .exponential(mean: 100))]) == [:])
    // But not who would wait longer than all that is simulated.
    #expect(grows([Self.node(rate: [(0, 0.2)], abandon: .deterministic(value: 9000))]) == [0: .queue])
    // And those who gave up don't go on: 0.111 do, of 0.2.
    let first = Self.node(rate: [(0, 0.2)], abandon: .exponential(mean: 100), routing: [(to: 1, chance: 1)])
    #expect(grows([first, Self.node([(0, 14)])]) == [:])
  }

  @Test func schedulesCountByTheirDays() {
    // Ten places for half of the days, then thirty: as twenty, 0.222.
    #expect(grows([Self.node([(0, 10), (1825, 30)], rate: [(0, 0.2)])]) == [:])
    // The other way round things go wrong in the end, though on average they would not.
    #expect(grows([Self.node([(0, 30), (1825, 10)], rate: [(0, 0.2)])]) == [0: .queue])
    // A last weekend is no end.
    #expect(grows([Self.node([(0, 30), (3640, 0)], rate: [(0, 0.2)])]) == [:])
    // Days that are not counted don't count.
    #expect(grows([Self.node([(0, 0), (300, 30)], rate: [(0, 0.2)])], warmUp: 365) == [:])
    // More who come, later on.
    #expect(grows([Self.node(rate: [(0, 0.05), (2000, 0.12)])]) == [0: .queue])
  }

  @Test func nobodyLeaves() {
    func home(_ chance: Double) -> Scenario.Node {
      Scenario.Node(
        id: "home", servers: .infinite, service: .exponential(mean: 10), arrivals: [0: [.init(from: 0, value: 0.1)]],
        routing: [(to: 0, chance: chance)])
    }
    #expect(grows([home(1)]) == [0: .nobodyLeaves])
    #expect(grows([home(0.9)]) == [:])
  }

  /// Servers that go while people are still being helped: in use at most 1.
  @Test func useIsAtMostAll() throws {
    // Twenty beds fill at once, for 90 days each; after a hundred days there are none any more. Helping goes on to the end
    // of each: beds are there as long as somebody is in them.
    let full = Self.scenario(
      [Self.node([(0, 20), (100, 0)], .deterministic(value: 90), rate: [(0, 1000)])], length: 200
    ).run(seed: 3).nodes[0].all
    let use = try #require(full.utilisation)
    #expect(use.mean > 0.999 && use.mean <= 1)
    #expect((use.high ?? 2) <= 1)
    let some = Self.scenario(
      [Self.node([(0, 20), (100, 0)], .deterministic(value: 90), rate: [(0, 1), (90, 0)])], length: 200)
    for seed in 0..<20 {
      let found = try #require(some.run(seed: UInt64(seed)).nodes[0].all.utilisation)
      #expect(found.mean > 0.5 && found.mean <= 1 && (found.high ?? 2) <= 1)
    }
  }

  /// By hand: one bed, one person from day 0 (nearly) for 6 days; the bed is to go at day 3. In 10 days it is there for 6.
  @Test func whoStillHelpsIsThere() {
    var run = Run(
      Self.scenario([Self.node([(0, 1), (3, 0)], .deterministic(value: 6), rate: [(0, 1e6), (1, 0)])], length: 10),
      Generator(seed: 1))
    run.go(until: 10)
    run.end(at: 10)
    #expect(abs(run.capacityArea(0) - 6) < 1e-4)
    #expect(abs(run.tallies[0].busyArea - 6) < 1e-12)
  }
}

/// A run that would never end is told before it begins.
@Suite struct EndlessTests {
  private static func scenario(_ service: Distribution, again: Double, length: Double = 100) -> Scenario {
    let node = Scenario.Node(
      id: "n", servers: .infinite, service: service, arrivals: [0: [.init(from: 0, value: 1)]],
      routing: [(to: 0, chance: again)])
    return Scenario(warmUp: 0, length: length, replications: 1, kinds: [Scenario.Kind(id: "a")], nodes: [node])
  }

  @Test(
    arguments: [
      (.deterministic(value: 0), 1, 0), (.deterministic(value: 0), 0.9999, 0), (.deterministic(value: 0), 0.9, nil),
      (.deterministic(value: 1e-300), 1, 0), (.exponential(mean: 1e-30), 1, 0), (.uniform(min: 0, max: 0), 1, 0),
      (.empirical([0, 0, 0, 9]), 1, nil), (.empirical([0]), 1, 0), (.exponential(mean: 1), 1, nil),
      (.deterministic(value: 0), 0, nil),
    ] as [(Distribution, Double, Int?)])
  func againAndAgainInNoTime(_ service: Distribution, _ again: Double, _ node: Int?) {
    #expect(Self.scenario(service, again: again).timelessNode() == node)
  }

  @Test func aCircleOfSeveral() {
    let nodes = (0..<3).map { place in
      Scenario.Node(
        id: "\(place)", servers: .infinite, service: .deterministic(value: place == 2 ? 1 : 0),
        arrivals: place == 0 ? [0: [.init(from: 0, value: 1)]] : [:], routing: [(to: (place + 1) % 3, chance: 1)])
    }
    func scenario(_ nodes: [Scenario.Node]) -> Scenario {
      Scenario(warmUp: 0, length: 100, replications: 1, kinds: [Scenario.Kind(id: "a")], nodes: nodes)
    }
    // A day passes in the third.
    #expect(scenario(nodes).timelessNode() == nil)
    #expect(scenario(nodes).run(seed: 1).events > 0)
    var circle = nodes
    circle[1] = Scenario.Node(
      id: "1", servers: .infinite, service: .deterministic(value: 0), routing: [(to: 0, chance: 1)])
    #expect(scenario(circle).timelessNode() != nil)
  }

  @Test func howOftenPeopleComeAndAreHelped() {
    // 100 people, each twice on average: they come and are helped.
    #expect(abs(Self.scenario(.exponential(mean: 1), again: 0.5).expectedEvents[0] - 400) < 1e-6)
    // 100 people who never leave, a thousandth of a day each time: so often that it does not matter how often they came.
    #expect(Self.scenario(.exponential(mean: 1e-3), again: 1).expectedEvents[0] >= 100 * 100 / 1e-3)
    // What was expected is what happens, about.
    let scenario = Self.scenario(.exponential(mean: 1), again: 0.75, length: 4000)
    let helped = scenario.run(seed: 5).nodes[0].all.throughput?.mean ?? 0
    #expect(abs(helped * 8000 / scenario.expectedEvents[0] - 1) < 0.05)
  }

  @Test func howManyAreThereAtOnce() {
    // One a day for ten days each; no more than came.
    #expect(abs(Self.scenario(.exponential(mean: 10), again: 0, length: 1000).expectedCrowd - 10) < 1e-9)
    #expect(Self.scenario(.exponential(mean: 900), again: 0, length: 100).expectedCrowd == 100)
    // Three a day and one can be helped: two a day more, for a hundred days, and one who is helped.
    func queue(_ abandon: Distribution?) -> Scenario {
      let node = Scenario.Node(
        id: "n", servers: .schedule([.init(from: 0, value: 1)]), service: .exponential(mean: 1),
        arrivals: [0: [.init(from: 0, value: 3)]], abandon: abandon)
      return Scenario(warmUp: 0, length: 100, replications: 1, kinds: [Scenario.Kind(id: "a")], nodes: [node])
    }
    #expect(abs(queue(nil).expectedCrowd - 201) < 1e-9)
    #expect(abs(queue(.exponential(mean: 4)).expectedCrowd - 9) < 1e-9)
  }
}
