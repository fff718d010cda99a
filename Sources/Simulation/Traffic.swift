/// How many people come to each node a day, over some days: from outside and from other nodes, where no more go on than
/// can be helped.
struct Traffic {
  /// People a day; of a circle that nobody leaves, no more than it was followed.
  private(set) var coming: [Double]
  /// How many can be helped a day, at most.
  let helpable: [Double]

  /// From outside, people a day in all.
  let outside: Double

  private static let mostWork = 2_000_000

  /// - Parameter through: of nodes where people give up, how many were helped a day; how many that will be is no sum.
  init(_ scenario: Scenario, from start: Double, to end: Double, through: [Double?] = []) {
    let outside = scenario.nodes.map { node in
      node.arrivals.values.reduce(0) { $0 + Self.mean($1.map { ($0.from, $0.value) }, start, end) }
    }
    helpable = scenario.nodes.map { node in
      guard case .schedule(let pieces) = node.servers, node.service.mean > 0 else { return .infinity }
      return Self.mean(pieces.map { ($0.from, Double($0.value)) }, start, end) / node.service.mean
    }
    coming = outside
    self.outside = outside.reduce(0, +)
    let size = scenario.nodes.reduce(1) { $0 + 1 + $1.routing.count }
    for _ in 0..<max(1000, Self.mostWork / size) {
      var next = outside
      for (place, node) in scenario.nodes.enumerated() {
        let most = min(
          helpable[place], node.abandon == nil || through.isEmpty ? .infinity : through[place] ?? .infinity)
        let going = min(coming[place], most)
        for route in node.routing { next[route.to] += going * route.chance }
      }
      let isSettled = zip(next, coming).allSatisfy { $0 - $1 <= 1e-13 * $0 }
      coming = next
      if isSettled { break }
    }
  }

  /// The mean of a schedule over some days.
  private static func mean(_ pieces: [(from: Double, value: Double)], _ start: Double, _ end: Double) -> Double {
    var sum = 0.0
    for (place, piece) in pieces.enumerated() {
      let until = place + 1 < pieces.count ? pieces[place + 1].from : .infinity
      let days = min(end, until) - max(start, piece.from)
      // Whole, where one piece holds all along: an equal sum, and not nearly.
      if days >= end - start { return piece.value }
      if days > 0 { sum += piece.value * days }
    }
    return sum / (end - start)
  }
}

extension Scenario {
  /// Nodes from which nobody ever leaves the network again.
  var endlessNodes: Set<Int> {
    var leaving = Set(nodes.indices.filter { nodes[$0].abandon != nil || sumOfRoutes($0) < 1 - 1e-9 })
    while true {
      let more = nodes.indices.filter { node in
        !leaving.contains(node) && nodes[node].routing.contains { $0.chance > 0 && leaving.contains($0.to) }
      }
      if more.isEmpty { return Set(nodes.indices).subtracting(leaving) }
      leaving.formUnion(more)
    }
  }

  private func sumOfRoutes(_ node: Int) -> Double { nodes[node].routing.reduce(0) { $0 + $1.chance } }

  /// About how many times people come to each node and are helped there in one replication. Who never leaves comes again
  /// until the end.
  public var expectedEvents: [Double] {
    let traffic = Traffic(self, from: 0, to: end)
    let endless = endlessNodes
    return nodes.indices.map { node in
      let helpable = traffic.helpable[node] * end
      let coming = traffic.coming[node] * end
      guard endless.contains(node), nodes[node].service.mean > 0 else { return coming + min(coming, helpable) }
      return coming + min(traffic.outside * end * end / nodes[node].service.mean, helpable)
    }
  }

  /// About how many people there are at once in one replication, at most.
  public var expectedCrowd: Double {
    let traffic = Traffic(self, from: 0, to: end)
    let waiting = nodes.indices.reduce(0.0) { sum, node in
      let patience = min(nodes[node].abandon?.mean ?? .infinity, end)
      let line = max(0, traffic.coming[node] - traffic.helpable[node]) * patience
      return sum + line + min(traffic.coming[node], traffic.helpable[node]) * min(nodes[node].service.mean, end)
    }
    return min(traffic.outside * end, waiting)
  }

  /// A node where people are helped again and again in no time at all, on average more often than `most` in a row: the
  /// day would not come to an end.
  public func timelessNode(most: Int = 1000) -> Int? {
    let chances = nodes.map { $0.service.chanceOfNothing(below: 1e-12 * end) }
    guard chances.contains(where: { $0 > 0 }) else { return nil }
    // How often on average, counting no more than so many in a row.
    var often = [Double](repeating: 1, count: nodes.count)
    for _ in 0..<most * 8 {
      var next = often
      for node in nodes.indices where chances[node] > 0 {
        next[node] = 1 + chances[node] * nodes[node].routing.reduce(0) { $0 + $1.chance * often[$1.to] }
      }
      if let node = next.firstIndex(where: { $0 > Double(most) }) { return node }
      if next == often { return nil }
      often = next
    }
    return nil
  }
}

extension Distribution {
  /// The chance of a time so short that it is none.
  func chanceOfNothing(below least: Double) -> Double {
    switch self {
    case .empirical(let values): Double(values.count { $0 <= least }) / Double(max(1, values.count))
    case .uniform(_, let high): high <= least ? 1 : 0
    case .deterministic, .exponential, .erlang, .lognormal, .gamma: mean <= least ? 1 : 0
    }
  }
}
