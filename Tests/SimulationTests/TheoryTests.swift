internal import Testing

@testable import Simulation

/// Against queueing theory: the true value lies in the 95 % interval about as often as it should. A smaller set than the
/// thousand experiments of `make soak` (Tests/Soak/test_theory.py); the seeds are fixed, so the answer is too.
@Suite struct TheoryTests {
  private static let experiments = 60

  private static func node(
    _ id: String = "q", servers: Int, _ service: Distribution, rate: Double, abandon: Distribution? = nil,
    routing: [(to: Int, chance: Double)] = []
  ) -> Scenario.Node {
    Scenario.Node(
      id: id, servers: .schedule([Scenario.Piece(from: 0, value: servers)]), service: service,
      arrivals: rate > 0 ? [0: [Scenario.Piece(from: 0, value: rate)]] : [:], abandon: abandon, routing: routing)
  }

  private static func scenario(_ nodes: [Scenario.Node], kinds: [Scenario.Kind] = [Scenario.Kind(id: "a")]) -> Scenario
  {
    Scenario(warmUp: 60, length: 300, replications: 10, kinds: kinds, nodes: nodes)
  }

  /// How many intervals hold the truth.
  private func held(_ scenario: Scenario, _ truth: Double, _ figure: (Outcome) -> Figure?) -> Int {
    (0..<Self.experiments).count { seed in
      guard let found = figure(scenario.run(seed: UInt64(seed))), let low = found.low, let high = found.high else {
        return false
      }
      return low <= truth && truth <= high
    }
  }

  /// Of sixty, 95 % held on average; fewer than fifty-one happens once in two thousand times.
  private static let enough = 51

  @Test func manyServers() {
    // Erlang C, M/M/4 at 80 %: the chance to wait by the sum of its terms.
    let (servers, load) = (4, 3.2)
    var (term, sum) = (1.0, 0.0)
    for step in 0..<servers {
      sum += term
      term *= load / Double(step + 1)
    }
    let top = term * Double(servers) / (Double(servers) - load)
    let wait = top / (sum + top) / (Double(servers) - load)
    let scenario = Self.scenario([Self.node(servers: servers, .exponential(mean: 1), rate: load)])
    #expect(held(scenario, wait) { $0.nodes[0].all.wait } >= Self.enough)
    #expect(held(scenario, load / Double(servers)) { $0.nodes[0].all.utilisation } >= Self.enough)
  }

  @Test(arguments: [
    (Distribution.deterministic(value: 1), 0.0), (.erlang(shape: 3, mean: 1), 1.0 / 3),
    (.lognormal(mean: 1, variation: 0.5), 0.25), (.gamma(mean: 1, variation: 0.7), 0.49),
    (.uniform(min: 0, max: 2), 1.0 / 3), (.empirical([0.5, 1.5]), 0.25),
  ]) func oneServerAnyService(_ service: Distribution, _ squaredVariation: Double) {
    // Pollaczek & Khinchine: W = ρ(1 + c²) / (2(1 − ρ)), in services of 1.
    let wait = 0.6 * (1 + squaredVariation) / (2 * 0.4)
    let scenario = Self.scenario([Self.node(servers: 1, service, rate: 0.6)])
    #expect(held(scenario, wait) { $0.nodes[0].all.wait } >= Self.enough)
  }

  @Test func everyoneIsHelpedAtOnce() {
    let node = Scenario.Node(
      id: "home", servers: .infinite, service: .gamma(mean: 10, variation: 0.5),
      arrivals: [0: [Scenario.Piece(from: 0, value: 2)]])
    let scenario = Self.scenario([node])
    #expect(held(scenario, 20) { $0.nodes[0].all.present } >= Self.enough)
    #expect(scenario.run(seed: 1).nodes[0].all.utilisation == nil)
  }

  @Test func peopleWhoGiveUp() {
    // Erlang A by its birth-death chain: births 3 a day, deaths min(n, 2) + 0.5·max(0, n − 2).
    var (weights, weight) = ([1.0], 1.0)
    for n in 1...200 {
      weight *= 3 / (Double(min(n, 2)) + 0.5 * Double(max(0, n - 2)))
      weights.append(weight)
    }
    let total = weights.reduce(0, +)
    let waiting = weights.enumerated().reduce(0) { $0 + Double(max(0, $1.offset - 2)) * $1.element } / total
    let scenario = Self.scenario([
      Self.node(servers: 2, .exponential(mean: 1), rate: 3, abandon: .exponential(mean: 2))
    ])
    #expect(held(scenario, waiting) { $0.nodes[0].all.waiting } >= Self.enough)
    #expect(held(scenario, 0.5 * waiting / 3) { $0.nodes[0].all.abandoned } >= Self.enough)
  }

  @Test func aNetworkWithFeedback() {
    // Jackson: γ₁ = 0.5 + 0.2·γ₂, γ₂ = 0.8·γ₁, so γ₁ = 0.5 / 0.84; each node is M/M/1 by itself.
    let first = 0.5 / 0.84
    let scenario = Self.scenario([
      Self.node("one", servers: 1, .exponential(mean: 1), rate: 0.5, routing: [(to: 1, chance: 0.8)]),
      Self.node("two", servers: 1, .exponential(mean: 1), rate: 0, routing: [(to: 0, chance: 0.2)]),
    ])
    #expect(held(scenario, first / (1 - first)) { $0.nodes[0].all.present } >= Self.enough)
    let second = 0.8 * first
    #expect(held(scenario, second / (1 - second)) { $0.nodes[1].all.present } >= Self.enough)
  }

  @Test func theUrgentGoFirst() {
    // Cobham 1954, M/M/1, nobody interrupted: W_k = R / ((1 − σ_{k−1})(1 − σ_k)) with R = ρ.
    let pieces = { (rate: Double) in [Scenario.Piece(from: 0, value: rate)] }
    let node = Scenario.Node(
      id: "q", servers: .schedule([Scenario.Piece(from: 0, value: 1)]), service: .exponential(mean: 1),
      arrivals: [0: pieces(0.4), 1: pieces(0.3)], discipline: .priority)
    let scenario = Self.scenario(
      [node], kinds: [Scenario.Kind(id: "regular"), Scenario.Kind(id: "urgent", priority: 1)])
    #expect(held(scenario, 0.7 / 0.7) { $0.nodes[0].kinds[1].wait } >= Self.enough)
    #expect(held(scenario, 0.7 / (0.7 * 0.3)) { $0.nodes[0].kinds[0].wait } >= Self.enough)
  }
}
