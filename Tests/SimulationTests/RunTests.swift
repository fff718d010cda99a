internal import Testing

@testable import Simulation

@Suite struct RunTests {
  private static func busy(replications: Int = 4) -> Scenario {
    let rates = [Scenario.Piece(from: 0, value: 1.0), Scenario.Piece(from: 40, value: 3.0)]
    return Scenario(
      warmUp: 50, length: 200, replications: replications,
      kinds: [Scenario.Kind(id: "regular"), Scenario.Kind(id: "urgent", priority: 2)],
      nodes: [
        Scenario.Node(
          id: "shelter",
          servers: .schedule([
            Scenario.Piece(from: 0, value: 3), Scenario.Piece(from: 100, value: 1), Scenario.Piece(from: 150, value: 5),
          ]), service: .lognormal(mean: 1.2, variation: 1),
          arrivals: [0: rates, 1: [Scenario.Piece(from: 0, value: 0.5)]], discipline: .priority,
          abandon: .exponential(mean: 6), routing: [(to: 1, chance: 0.6), (to: 0, chance: 0.2)]),
        Scenario.Node(id: "home", servers: .infinite, service: .gamma(mean: 4, variation: 0.4)),
      ])
  }

  /// Little's law, as an identity: the area under "how many" is the sum of everyone's own time.
  @Test(arguments: 0..<8) func littlesLawHoldsToRounding(_ seed: Int) {
    let replication = Replication(Self.busy(), Generator(seed: UInt64(seed)))
    for tally in replication.tallies + [replication.system] {
      #expect(abs(tally.presentArea - tally.ownTime) < 1e-9 * max(1, tally.presentArea))
    }
    #expect(replication.tallies.map(\.presentArea).reduce(0, +) > 100)
  }

  /// Who comes in leaves, gives up, or is there.
  @Test func nobodyGetsLost() {
    var run = Run(Self.busy(), Generator(seed: 3))
    run.go(until: 250)
    run.end(at: 250)
    for tally in run.tallies {
      #expect(tally.arrivals == tally.served + tally.abandoned + tally.present)
      #expect(tally.present == tally.waiting + tally.busy)
    }
    #expect(run.system.arrivals == run.system.served + run.system.present)
  }

  @Test func theSameSeedGivesTheSameOnAnyNumberOfCores() async {
    let scenario = Self.busy(replications: 7)
    let alone = scenario.run(seed: 9)
    for cores in [1, 2, 5] {
      let together = await scenario.run(seed: 9, atATime: cores)
      #expect(together.nodes == alone.nodes)
      #expect(together.present == alone.present)
      #expect(together.events == alone.events)
    }
    #expect(scenario.run(seed: 10).nodes != alone.nodes)
  }

  /// Common random numbers: one bed more meets the same people.
  @Test func twoScenariosMeetTheSamePeople() {
    func shelter(_ beds: Int) -> Scenario {
      Scenario(
        warmUp: 0, length: 400, replications: 3, kinds: [Scenario.Kind(id: "a")],
        nodes: [
          Scenario.Node(
            id: "s", servers: .schedule([Scenario.Piece(from: 0, value: beds)]), service: .exponential(mean: 1),
            arrivals: [0: [Scenario.Piece(from: 0, value: 3)]])
        ])
    }
    let (few, more) = (shelter(4).run(seed: 2), shelter(5).run(seed: 2))
    #expect(few.arrivals == more.arrivals)
    #expect((more.nodes[0].all.wait?.mean ?? 9) < (few.nodes[0].all.wait?.mean ?? 0))
  }

  @Test func fewerServersSendNobodyAway() {
    let scenario = Scenario(
      warmUp: 0, length: 10, replications: 1, kinds: [Scenario.Kind(id: "a")],
      nodes: [
        Scenario.Node(
          id: "s", servers: .schedule([Scenario.Piece(from: 0, value: 5), Scenario.Piece(from: 2, value: 0)]),
          service: .deterministic(value: 4), arrivals: [0: [Scenario.Piece(from: 0, value: 10)]])
      ])
    var run = Run(scenario, Generator(seed: 1))
    run.go(until: 3)
    #expect(run.tallies[0].busy == 5)
    run.go(until: 10)
    #expect(run.tallies[0].busy == 0)
    #expect(run.tallies[0].served == 5)
  }

  @Test func arrivalsFollowTheirSchedule() {
    let scenario = Scenario(
      warmUp: 100, length: 100, replications: 40, kinds: [Scenario.Kind(id: "a")],
      nodes: [
        Scenario.Node(
          id: "s", servers: .infinite, service: .deterministic(value: 0),
          arrivals: [
            0: [
              Scenario.Piece(from: 0, value: 9), Scenario.Piece(from: 100, value: 0),
              Scenario.Piece(from: 150, value: 4),
            ]
          ])
      ])
    let found = scenario.run(seed: 4).arrivals
    #expect(found.map { ($0.low ?? 0) < 2 && 2 < ($0.high ?? 0) } == true)
  }
}

@Suite struct ChanceTests {
  @Test func jumpsLandElsewhere() {
    var one = Generator(seed: 1)
    var other = one
    other.jump()
    var third = one
    third.longJump()
    let drawn = (0..<1000).map { _ in one.next() }
    #expect(Set(drawn).count == 1000)
    #expect(Set(drawn).isDisjoint(with: (0..<1000).map { _ in other.next() }))
    #expect(Set(drawn).isDisjoint(with: (0..<1000).map { _ in third.next() }))
  }

  @Test func meansAndVariationsAreAsAsked() {
    for (distribution, variation) in [
      (Distribution.exponential(mean: 3), 1.0), (.erlang(shape: 4, mean: 2), 0.5),
      (.lognormal(mean: 5, variation: 0.8), 0.8),
      (.gamma(mean: 2, variation: 0.6), 0.6), (.gamma(mean: 2, variation: 1.8), 1.8),
      (.uniform(min: 1, max: 3), 1 / 12.0.squareRoot()),
      (.empirical([1, 2, 6]), (14.0 / 3).squareRoot() / 3), (.deterministic(value: 2), 0),
    ] {
      var stream = Generator(seed: 11)
      let sampler = Sampler(distribution)
      let count = 200_000.0
      let drawn = (0..<Int(count)).map { _ in sampler.draw(&stream) }
      let mean = drawn.reduce(0, +) / count
      let spread = (drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
      #expect(abs(mean / distribution.mean - 1) < 0.02, "\(distribution)")
      #expect(abs(spread / mean - variation) < 0.03 * max(0.3, variation), "\(distribution) \(spread / mean)")
      #expect(drawn.allSatisfy { $0 >= 0 && $0.isFinite })
    }
  }

  @Test func logarithmAndExponentialAreThemselves() {
    // By mpmath, thirty digits.
    for (value, log) in [
      (2.0, 0.693147180559945309417), (1e-300, -690.775527898213705205), (0.7071067811865476, -0.34657359027997258635),
      (1.0000001, 9.99999950583870452e-8), (123456.789, 11.7236464871858810160),
    ] { #expect(abs(SteadyMath.log(value) / log - 1) < 3e-15 || abs(SteadyMath.log(value) - log) < 3e-16) }
    for (value, power) in [
      (1.0, 2.71828182845904523536), (-20.5, 1.25015286638674262e-9), (0.1, 1.10517091807564762481),
      (300, 1.94242639524125589e130),
    ] {
      #expect(abs(SteadyMath.exp(value) / power - 1) < 1e-13)
    }
  }

  @Test func studentsTable() {
    // By mpmath, thirty digits.
    for (degrees, value) in [
      (1, 12.706204736174705), (2, 4.3026527297494639), (3, 3.1824463052837096), (9, 2.2621571627982055),
      (29, 2.045229642132703), (30, 2.0422724563012383), (1000, 1.9623390808264085),
    ] { #expect(abs(Student.upper(degrees: degrees) / value - 1) < 1e-11) }
  }
}
