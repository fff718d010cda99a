internal import EngineKit
internal import Simulation

/// Reads a scenario; the first fault ends it, with its line.
struct ScenarioFile {
  private(set) var kinds: [Scenario.Kind] = []
  private var nodeNames: [String] = []

  /// - Parameter replications: instead of what the file says.
  static func read(_ bytes: [UInt8], replications: Int?) throws -> Scenario {
    let root = try YAMLReader(bytes)
    let parts = try root.parts(["name", "horizon", "replications", "classes", "nodes"])
    func part(_ name: String) -> YAMLReader? { parts.first { $0.name == name }?.value }
    guard let nodes = part("nodes") else { throw root.fault("no nodes") }
    var file = ScenarioFile()
    let (warmUp, length) = try file.horizon(part("horizon"), root)
    try file.readKinds(part("classes"), nodes)
    let items = try nodes.items()
    guard !items.isEmpty, items.count <= 10_000 else { throw nodes.fault("nodes should be 1 to 10000") }
    for item in items { try file.readName(item) }
    let made = try items.map { try file.node($0) }
    let times = try replications ?? part("replications")?.whole(1...1_000_000) ?? 30
    let scenario = Scenario(warmUp: warmUp, length: length, replications: times, kinds: file.kinds, nodes: made)
    try refuseWhatNeverEnds(scenario, items)
    return scenario
  }

  /// What one replication may take: minutes, and a gigabyte.
  private static let mostEvents = 1e9
  private static let mostPeople = 2e7

  private static func refuseWhatNeverEnds(_ scenario: Scenario, _ items: [YAMLReader]) throws {
    if let node = scenario.timelessNode() {
      throw items[node].fault("node \"\(scenario.nodes[node].id)\" helps people again and again in no time")
    }
    let events = scenario.expectedEvents
    guard let most = events.max(), let node = events.firstIndex(of: most) else { return }
    if events.reduce(0, +) > mostEvents {
      throw items[node].fault(
        "node \"\(scenario.nodes[node].id)\" would have some \(most) arrivals and services, more than \(mostEvents) in all"
      )
    }
    let crowd = scenario.expectedCrowd
    if crowd > mostPeople {
      throw items[node].fault(
        "some \(crowd) people would be there at once, more than \(mostPeople), most of them from \"\(scenario.nodes[node].id)\""
      )
    }
  }

  private func horizon(_ given: YAMLReader?, _ root: YAMLReader) throws -> (Double, Double) {
    guard let given else { throw root.fault("no horizon") }
    let parts = try given.parts(["warmUp", "length"])
    guard let length = parts.first(where: { $0.name == "length" })?.value else { throw given.fault("no length") }
    return (try parts.first { $0.name == "warmUp" }?.value.number(0...1e9) ?? 0, try Self.days(length))
  }

  private static func days(_ given: YAMLReader) throws -> Double {
    let days = try given.number(0...1e9)
    guard days > 0 else { throw given.fault("length should be above 0") }
    return days
  }

  /// Without classes there is one for each name that arrives somewhere.
  private mutating func readKinds(_ classes: YAMLReader?, _ nodes: YAMLReader) throws {
    guard let classes else {
      for node in try nodes.items() {
        for part in try node.parts() where part.name == "arrivals" {
          for kind in try part.value.parts() where !kinds.contains(where: { $0.id == kind.name }) {
            guard kind.name != "all" else { throw part.value.fault("a class may not be called \"all\"") }
            kinds.append(Scenario.Kind(id: kind.name))
          }
        }
      }
      if kinds.isEmpty { throw nodes.fault("nobody arrives anywhere") }
      return
    }
    for item in try classes.items() {
      let parts = try item.parts(["id", "priority"])
      guard let id = try parts.first(where: { $0.name == "id" })?.value.text() else {
        throw item.fault("a class without id")
      }
      guard !kinds.contains(where: { $0.id == id }) else { throw item.fault("class \"\(id)\" stands there twice") }
      guard id != "all" else { throw item.fault("a class may not be called \"all\"") }
      let priority = try parts.first { $0.name == "priority" }?.value.whole(-1_000_000...1_000_000) ?? 0
      kinds.append(Scenario.Kind(id: id, priority: priority))
    }
    guard (1...1000).contains(kinds.count) else { throw classes.fault("classes should be 1 to 1000") }
  }

  private static let nodeParts = ["id", "servers", "service", "arrivals", "discipline", "abandon", "routing"]

  private mutating func readName(_ item: YAMLReader) throws {
    guard let id = try item.parts(Self.nodeParts).first(where: { $0.name == "id" })?.value.text() else {
      throw item.fault("a node without id")
    }
    // Beside the nodes' numbers stand the days they were counted.
    guard id != "time" else { throw item.fault("a node may not be called \"time\"") }
    guard !nodeNames.contains(id) else { throw item.fault("node \"\(id)\" stands there twice") }
    nodeNames.append(id)
  }

  private func node(_ item: YAMLReader) throws -> Scenario.Node {
    let parts = try item.parts(Self.nodeParts)
    func part(_ name: String) -> YAMLReader? { parts.first { $0.name == name }?.value }
    let id = try part("id")?.text() ?? ""
    guard let service = part("service") else { throw item.fault("node \"\(id)\" has no service") }
    guard let servers = part("servers") else { throw item.fault("node \"\(id)\" has no servers") }
    let arrivals = try part("arrivals").map(self.arrivals) ?? [:]
    let count = try self.servers(servers)
    if case .schedule(let pieces) = count, pieces.allSatisfy({ $0.value == 0 }) {
      let comes = arrivals.values.contains { $0.contains { $0.value > 0 } }
      if comes { throw servers.fault("node \"\(id)\" has 0 servers, and people arrive") }
    }
    let discipline = try part("discipline").map { given in
      guard let found = Scenario.Discipline(rawValue: try given.text()) else {
        throw given.fault("discipline is fifo or priority")
      }
      return found
    }
    return Scenario.Node(
      id: id, servers: count, service: try distribution(service), arrivals: arrivals,
      discipline: discipline ?? .fifo, abandon: try part("abandon").map(distribution),
      routing: try part("routing").map(routing) ?? [])
  }

  private func servers(_ given: YAMLReader) throws -> Scenario.Servers {
    if given.isList {
      return .schedule(try schedule(given, "servers") { try $0.whole(0...100_000_000) })
    }
    if try given.text() == "infinite" { return .infinite }
    return .schedule([Scenario.Piece(from: 0, value: try given.whole(0...100_000_000))])
  }

  private func schedule<Value>(
    _ given: YAMLReader, _ name: String, _ read: (YAMLReader) throws -> Value
  ) throws -> [Scenario.Piece<Value>] {
    var pieces: [Scenario.Piece<Value>] = []
    for item in try given.items() {
      let parts = try item.parts(["from", name])
      guard let from = parts.first(where: { $0.name == "from" })?.value,
        let value = parts.first(where: { $0.name == name })?.value
      else { throw item.fault("a schedule has from and \(name)") }
      let day = try from.number(0...1e9)
      if let last = pieces.last, day <= last.from { throw from.fault("from should be later than \(last.from)") }
      pieces.append(Scenario.Piece(from: day, value: try read(value)))
    }
    guard let first = pieces.first else { throw given.fault("an empty schedule") }
    guard first.from == 0 else { throw given.fault("a schedule begins from 0") }
    return pieces
  }

  private func arrivals(_ given: YAMLReader) throws -> [Int: [Scenario.Piece<Double>]] {
    var found: [Int: [Scenario.Piece<Double>]] = [:]
    for part in try given.parts() {
      guard let kind = kinds.firstIndex(where: { $0.id == part.name }) else {
        throw part.value.fault("no class \"\(part.name)\"; there are: \(kinds.map(\.id).joined(separator: ", "))")
      }
      found[kind] = try rates(part.value)
    }
    return found
  }

  /// `{poisson: {rate: 0.8}}`, `{schedule: [{from: 0, rate: 0.8}]}`, or the list itself.
  private func rates(_ given: YAMLReader) throws -> [Scenario.Piece<Double>] {
    if given.isList { return try schedule(given, "rate") { try $0.number(0...1e9) } }
    let parts = try given.parts(["poisson", "schedule"])
    guard parts.count == 1 else { throw given.fault("arrivals are poisson or a schedule") }
    if parts[0].name == "schedule" || parts[0].value.isList {
      return try schedule(parts[0].value, "rate") { try $0.number(0...1e9) }
    }
    let rate = try parts[0].value.parts(["rate", "schedule"])
    guard rate.count == 1 else { throw parts[0].value.fault("poisson has a rate") }
    if rate[0].name == "schedule" { return try schedule(rate[0].value, "rate") { try $0.number(0...1e9) } }
    return [Scenario.Piece(from: 0, value: try rate[0].value.number(0...1e9))]
  }

  private func routing(_ given: YAMLReader) throws -> [(to: Int, chance: Double)] {
    var routes: [(to: Int, chance: Double)] = []
    for item in try given.items() {
      let parts = try item.parts(["to", "p"])
      guard let to = parts.first(where: { $0.name == "to" })?.value,
        let p = parts.first(where: { $0.name == "p" })?.value
      else { throw item.fault("a route has to and p") }
      guard let place = nodeNames.firstIndex(of: try to.text()) else {
        throw to.fault("no node \"\(try to.text())\"; there are: \(nodeNames.joined(separator: ", "))")
      }
      routes.append((place, try p.number(0...1)))
    }
    let sum = routes.reduce(0) { $0 + $1.chance }
    guard sum <= 1 + 1e-9 else { throw given.fault("the chances to go on sum to \(sum), above 1") }
    return routes
  }

  private func distribution(_ given: YAMLReader) throws -> Distribution {
    let known = ["exponential", "deterministic", "erlang", "lognormal", "gamma", "empirical", "uniform"]
    let parts = try given.parts(known)
    guard parts.count == 1 else { throw given.fault("\(given.name) has one of: \(known.joined(separator: ", "))") }
    let (name, inner) = (parts[0].name, parts[0].value)
    let names = [
      "exponential": ["mean"], "deterministic": ["value"], "erlang": ["shape", "mean"],
      "lognormal": ["mean", "cv"], "gamma": ["mean", "cv"], "empirical": ["values"], "uniform": ["min", "max"],
    ]
    let values = try inner.parts(names[name])
    func value(_ name: String) throws -> YAMLReader {
      guard let found = values.first(where: { $0.name == name })?.value else { throw inner.fault("no \(name)") }
      return found
    }
    switch name {
    case "exponential": return .exponential(mean: try value("mean").positive())
    case "deterministic": return .deterministic(value: try value("value").number())
    case "erlang": return .erlang(shape: try value("shape").whole(1...10_000), mean: try value("mean").positive())
    case "lognormal":
      return .lognormal(mean: try value("mean").positive(), variation: try value("cv").number(0...1000))
    case "gamma": return .gamma(mean: try value("mean").positive(), variation: try value("cv").number(0...100))
    case "empirical":
      let items = try value("values").items().map { try $0.number() }
      guard !items.isEmpty else { throw inner.fault("no values") }
      return .empirical(items)
    default:
      let (low, high) = (try value("min").number(), try value("max"))
      guard try high.number() >= low else { throw high.fault("max is below min") }
      return .uniform(min: low, max: try high.number())
    }
  }
}
