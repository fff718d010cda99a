internal import ArgumentParser
internal import EngineKit
internal import Foundation
internal import Simulation

/// `geland simulate`: how long people wait, and for what.
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Queues: who waits how long, and what another place would change.",
    discussion: #"""
      Reads a scenario in YAML: places with so many servers (beds, workers, homes),
      who arrives how often, how long help takes, and where people go on to. Prints
      means with 95 % intervals over replications. Times are in days.

        $ cat >shelter.yaml <<'END'
        horizon: {warmUp: 365, length: 3650}
        replications: 30
        classes: [{id: regular}, {id: urgent, priority: 1}]
        nodes:
          - id: shelter
            servers: 80
            service: {exponential: {mean: 90}}
            arrivals:
              regular: {poisson: {rate: 0.7}}
              urgent: {poisson: {rate: 0.1}}
            discipline: priority
            abandon: {exponential: {mean: 400}}
            routing: [{to: home, p: 0.7}, {to: shelter, p: 0.05}]
          - id: home
            servers: infinite
            service: {lognormal: {mean: 300, cv: 1}}
        END
        $ geland simulate shelter.yaml --seed 1

      servers: a number, infinite, or [{from: 0, servers: 80}, {from: 365, servers:
      100}]. arrivals: poisson, or [{from: 0, rate: 0.7}, ...]. Times: exponential
      {mean}, deterministic {value}, erlang {shape, mean}, lognormal {mean, cv},
      gamma {mean, cv}, empirical {values}, uniform {min, max}. discipline: fifo or
      priority (the higher first; nobody is interrupted). What routing leaves over,
      leaves. The same seed gives the same answer on any machine; two scenarios with
      one seed meet the same people.
      """#)

  @Argument(help: "The scenario; - for standard input.") var scenario: String
  @Option(help: "How many times, instead of what the scenario says.") var replications: Int?
  @Option(help: "Where chance begins.") var seed: UInt64 = 1
  @Flag(help: "One line of JSON.") var json = false

  func validate() throws {
    if let replications, !(1...1_000_000).contains(replications) {
      throw ValidationError("--replications must be from 1 to 1000000.")
    }
  }

  func run() async throws {
    let bytes = try EngineFile.read(scenario)
    let read = try EngineFile.checking(scenario) { try ScenarioFile.read(bytes, replications: replications) }
    let progress = Progress(of: read.replications)
    let outcome = await read.run(seed: seed, atATime: ProcessInfo.processInfo.activeProcessorCount) {
      progress.tell($0)
    }
    let name = scenario == "-" ? "-" : URL(filePath: scenario).deletingPathExtension().lastPathComponent
    let report = SimulationReport(read, outcome, name: name, seed: seed)
    EngineFile.say(json ? report.json : report.words)
  }
}

/// How far a long run is, on a terminal.
private struct Progress: Sendable {
  let total: Int
  private let isShown = isatty(2) == 1
  private let began = ContinuousClock.now

  init(of total: Int) { self.total = total }

  func tell(_ done: Int) {
    guard isShown, ContinuousClock.now - began > .seconds(2) else { return }
    FileHandle.standardError.write(Data("\r\(done) of \(total)\(done == total ? "\n" : "")".utf8))
  }
}

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
    for (node, result) in zip(scenario.nodes, outcome.nodes) {
      lines.append(node.id)
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

  private static func told(_ figures: NodeFigures) -> [(String, Figure?)] {
    [
      ("arrive a day", figures.arrivals), ("are helped a day", figures.throughput), ("in use", figures.utilisation),
      ("wait, at any moment", figures.waiting), ("are there, at any moment", figures.present),
      ("days waiting", figures.wait), ("days in all", figures.stay), ("share that waits", figures.waitProbability),
      ("share that gives up", figures.abandoned),
    ]
  }

  private static func short(_ value: Double) -> String {
    let rounded = (value * 1000).rounded() / 1000
    return "\(rounded)"
  }
}
