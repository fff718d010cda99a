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

      Where more come than can be helped the queue grows without end, and what is said
      of waiting depends on the horizon: that is said with the node, and in "warnings"
      of --json. In use is the time that servers help of the time they are there, at
      most 1: fewer servers send nobody away, and who still helps somebody is there.
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
