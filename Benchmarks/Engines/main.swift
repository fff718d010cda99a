// Our side of Benchmarks/engines.py: does each engine's work on the same data as its peers, and prints processor seconds
// as JSON. Reading files is not part of them.

import Allocation
import Detection
import EngineKit
import Foundation
import Simulation
import Survival

/// Processor seconds of a body: the median of several times.
func seconds(times: Int = 5, _ body: () -> Void) -> Double {
  let taken = (0..<times).map { _ in
    let began = clock()
    body()
    return Double(clock() - began) / Double(CLOCKS_PER_SEC)
  }
  return taken.sorted()[times / 2]
}

func survival(_ path: String) throws -> [String: Double] {
  let table = try CSVTable([UInt8](Data(contentsOf: URL(filePath: path))))
  func column(_ name: String) throws -> [Double] {
    let place = try table.column(name)
    return try (0..<table.rowCount).map { try table.number(row: $0, column: place) ?? .nan }
  }
  let (time, cause) = (try column("time"), try column("cause").map { Int32($0) })
  let columns = try ["a", "b", "c", "d"].map(column)
  let competing = Observations(time: time, event: cause, causeCount: 2)
  let seen = Observations(time: time, event: cause.map { $0 == 0 ? 0 : 1 })
  var answers: [String: Double] = [:]
  answers["kaplanMeier"] = seconds {
    let curve = SurvivalCurve(seen)
    answers["kaplanMeierLast"] = curve.survival.last
    answers["kaplanMeierError"] = curve.standardError.last
  }
  answers["cox"] = seconds {
    let found = CoxModel(seen, columns: columns)
    for place in 0..<4 { answers["cox\(place)"] = found?.coefficient[place] }
  }
  answers["aalenJohansen"] = seconds {
    let found = Incidence(competing)
    answers["aalenJohansenLast"] = found.value[0].last
    answers["aalenJohansenError"] = found.standardError[0].last
  }
  return answers
}

func node(_ servers: Int, rate: Double = 0, routing: [(to: Int, chance: Double)] = []) -> Scenario.Node {
  Scenario.Node(
    id: "n", servers: .schedule([.init(from: 0, value: servers)]), service: .exponential(mean: 1),
    arrivals: rate > 0 ? [0: [.init(from: 0, value: rate)]] : [:], routing: routing)
}

func simulation(length: Double) -> [String: Double] {
  let kinds = [Scenario.Kind(id: "a")]
  let queue = Scenario(warmUp: 100, length: length, replications: 1, kinds: kinds, nodes: [node(20, rate: 18)])
  // Five nodes in a row; a fifth of those who are helped at each begins again at the first.
  let network = Scenario(
    warmUp: 100, length: length * 4, replications: 1, kinds: kinds,
    nodes: (0..<5).map { place in
      node(
        3, rate: place == 0 ? 0.8 : 0,
        routing: place < 4 ? [(to: place + 1, chance: 0.8), (to: 0, chance: 0.2)] : [(to: 0, chance: 0.2)])
    })
  var answers: [String: Double] = [:]
  for (name, scenario) in [("queue", queue), ("network", network)] {
    var outcome: Outcome?
    let taken = seconds { outcome = scenario.run(seed: 1) }
    answers[name + "EventsPerSecond"] = Double(outcome?.events ?? 0) / taken
    answers[name + "Wait"] = outcome?.nodes[0].all.wait?.mean
  }
  return answers
}

func detection() throws -> [String: Double] {
  let design = try Cusum(.upper, k: Rational(3, 2), h: Rational(5))
  let counts = (0..<1024).map { ($0 &* 2_654_435_761) >> 7 % 4 }
  var states = Array(repeating: design.start, count: 1000)
  var signals = 0
  let updates = 50_000_000
  let taken = seconds(times: 3) {
    for day in 0..<updates / states.count {
      for person in states.indices {
        if design.update(&states[person], counts[(day &+ person) & 1023]) {
          signals += 1
          states[person] = design.restarted
        }
      }
    }
  }
  return [
    "updatesPerSecond": Double(updates) / taken, "signals": Double(signals),
    "bytesPerResident": Double(MemoryLayout<Cusum.State>.size),
    "runLength": try design.averageRunLength(.poisson(mean: 1)),
  ]
}

/// Reading a file, solving it, and solving again after one change: medians of several.
func allocation(_ path: String) throws -> [String: Double] {
  let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
  var problem: Problem?
  let reading = seconds(times: 1) { problem = try? AllocationFile(bytes).problem }
  guard let problem else { throw CocoaError(.fileReadCorruptFile) }
  var found: Optimum?
  let solving = seconds(times: 3) { found = Optimum(problem) }
  guard var optimum = found else { return [:] }
  let allocation = optimum.allocation
  var answers = [
    "reading": reading, "seconds": solving, "total": Double(allocation.total),
    "proven": problem.proves(allocation) ? 1 : 0,
  ]
  let placed = allocation.homeOfPerson.enumerated().filter { $1 >= 0 }.map { (person: $0, home: Int($1)) }
  // Nobody to change anything for.
  if placed.isEmpty { return answers.merging(["withdraw": 0, "decline": 0]) { $1 } }
  var next = 0
  answers["withdraw"] = seconds(times: 21) {
    next = (next + 7919) % placed.count
    optimum.withdraw(home: placed[next].home)
  }
  answers["decline"] = seconds(times: 21) {
    next = (next + 7919) % placed.count
    optimum.decline(person: placed[next].person, home: placed[next].home)
  }
  return answers
}

let arguments = CommandLine.arguments
let answers: [String: Double]
switch arguments.dropFirst().first {
case "survival" where arguments.count == 3: answers = try survival(arguments[2])
case "simulation": answers = simulation(length: 200_000)
case "allocation" where arguments.count == 3: answers = try allocation(arguments[2])
case "detection": answers = try detection()
default:
  FileHandle.standardError.write(Data("engines survival FILE | simulation | detection | allocation FILE\n".utf8))
  exit(64)
}
var writer = JSONWriter()
writer.object { json in
  for (name, value) in answers.sorted(by: { $0.key < $1.key }) { json.member(name, value) }
}
FileHandle.standardOutput.write(Data((writer.text + "\n").utf8))
