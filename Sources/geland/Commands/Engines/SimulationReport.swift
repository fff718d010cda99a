internal import EngineKit
internal import Simulation

/// What came out, for people and for programs.
struct SimulationReport {
  private let scenario: Scenario
  private let outcome: Outcome
  private let name: String
  private let seed: UInt64

  init(_ scenario: Scenario, _ outcome: Outcome, name: String, seed: UInt64) {
    self.scenario = scenario
    self.outcome = outcome
    self.name = name
    self.seed = seed
  }

  /// With its keys in the order of the alphabet.
  var json: String {
    var writer = JSONWriter()
    writer.object { json in
      json.member("nodes") { json in
        json.object { json in
          for (node, result) in zip(scenario.nodes, outcome.nodes).sorted(by: { $0.0.id < $1.0.id }) {
            json.member(node.id) { json in
              json.object { json in
                let rows = [("all", result.all)] + zip(scenario.kinds.map(\.id), result.kinds)
                for (kind, figures) in rows.sorted(by: { $0.0 < $1.0 }) {
                  json.member(kind) { Self.write(Self.named(figures), &$0) }
                }
              }
            }
          }
        }
      }
      json.member("population") { json in
        json.object { json in
          let curves = zip(scenario.nodes, outcome.nodes).map { ($0.id, $1.population) } + [("time", outcome.moments)]
          for (name, values) in curves.sorted(by: { $0.0 < $1.0 }) { json.member(name, values) }
        }
      }
      json.member("replications", scenario.replications)
      json.member("scenario", name)
      json.member("seed") { $0.whole(seed) }
      json.member("system") {
        Self.write([("arrivals", outcome.arrivals), ("present", outcome.present), ("stay", outcome.stay)], &$0)
      }
      json.member("warnings", outcome.growth.map { "\(scenario.nodes[$0.node].id): \(Self.words(of: $0))" })
    }
    return writer.text
  }

  private static func named(_ figures: NodeFigures) -> [(String, Figure?)] {
    [
      ("abandoned", figures.abandoned), ("arrivals", figures.arrivals), ("present", figures.present),
      ("stay", figures.stay), ("throughput", figures.throughput), ("utilisation", figures.utilisation),
      ("wait", figures.wait), ("waitProbability", figures.waitProbability), ("waiting", figures.waiting),
    ]
  }

  private static func write(_ figures: [(String, Figure?)], _ json: inout JSONWriter) {
    json.object { json in
      for (name, figure) in figures {
        guard let figure else {
          json.member(name, nil as Double?)
          continue
        }
        json.member(name) { json in
          json.object { json in
            json.member("high", figure.high)
            json.member("low", figure.low)
            json.member("mean", figure.mean)
          }
        }
      }
    }
  }

  var words: String {
    var lines: [String] = []
    for (place, (node, result)) in zip(scenario.nodes, outcome.nodes).enumerated() {
      lines.append(node.id)
      lines += outcome.growth.filter { $0.node == place }.map { "  " + Self.words(of: $0) }
      var rows = [("all", result.all)]
      if scenario.kinds.count > 1 { rows += zip(scenario.kinds.map(\.id), result.kinds) }
      for (kind, figures) in rows {
        lines.append("  \(kind)")
        for (name, figure) in Self.told(figures) {
          guard let figure else { continue }
          let limits = figure.low.map { " (\(Self.short($0)) to \(Self.short(figure.high ?? $0)))" } ?? ""
          lines.append("    \(name): \(Self.short(figure.mean))\(limits)")
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func words(of growth: Growth) -> String {
    let about = "what is said of it depends on the horizon"
    switch growth.reason {
    case .queue:
      let (coming, helpable) = (short(growth.coming, digits: 4), short(growth.helpable, digits: 4))
      return "the queue grows without end: \(coming) come a day and \(helpable) can be helped; \(about)"
    case .nobodyLeaves: return "their number grows without end: people come and nobody leaves; \(about)"
    }
  }

  private static func told(_ figures: NodeFigures) -> [(String, Figure?)] {
    [
      ("arrive a day", figures.arrivals), ("are helped a day", figures.throughput), ("in use", figures.utilisation),
      ("wait, at any moment", figures.waiting), ("are there, at any moment", figures.present),
      ("days waiting", figures.wait), ("days in all", figures.stay), ("share that waits", figures.waitProbability),
      ("share that gives up", figures.abandoned),
    ]
  }

  private static func short(_ value: Double, digits: Int = 3) -> String {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    return "\((value * scale).rounded() / scale)"
  }
}
