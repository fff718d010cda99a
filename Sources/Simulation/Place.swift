/// A node at work.
struct Place {
  let service: Sampler
  let patience: Sampler?
  let routes: [(until: Double, to: Int)]
  /// `Int.max` where everyone is helped at once.
  var capacity: Int
  var busy = 0
  /// One line, or one for each priority, the most urgent first.
  var lines: [Line]
  /// Which line a kind stands in.
  let lineOfKind: [Int]
  var waiting = 0
  var serviceStream: Generator
  var patienceStream: Generator
  var routeStream: Generator
  private var lastCapacity = 0.0
  /// Of servers that are there: so many as there should be, and whoever is still helping somebody to the end.
  private(set) var capacityArea = 0.0

  init(_ node: Scenario.Node, kinds: [Scenario.Kind], _ streams: inout Streams) {
    service = Sampler(node.service)
    patience = node.abandon.map(Sampler.init)
    var sum = 0.0
    routes = node.routing.map { route in
      sum += route.chance
      return (sum, route.to)
    }
    switch node.servers {
    case .infinite: capacity = .max
    case .schedule(let pieces): capacity = pieces.first.map { $0.from <= 0 ? $0.value : 0 } ?? 0
    }
    let priorities = node.discipline == .fifo ? [0] : Set(kinds.map(\.priority)).sorted(by: >)
    lines = priorities.map { _ in Line() }
    lineOfKind = kinds.map { kind in
      node.discipline == .fifo ? 0 : priorities.firstIndex(of: kind.priority) ?? 0
    }
    serviceStream = streams.next()
    patienceStream = streams.next()
    routeStream = streams.next()
  }

  /// Brings the area up to a moment; before every change of how many there are.
  mutating func touchCapacity(_ now: Double) {
    if capacity != .max { capacityArea += Double(max(capacity, busy)) * (now - lastCapacity) }
    lastCapacity = now
  }

  mutating func beginCapacity(at now: Double) {
    touchCapacity(now)
    capacityArea = 0
  }
}

/// Hands out streams that never overlap, one after another.
struct Streams {
  private var generator: Generator

  init(_ generator: Generator) { self.generator = generator }

  mutating func next() -> Generator {
    let stream = generator
    generator.jump()
    return stream
  }
}

/// People of one kind who come to one node from outside.
struct Source {
  let node: Int
  let kind: Int
  private let pieces: [Scenario.Piece<Double>]
  private var stream: Generator
  private var place = 0

  init(node: Int, kind: Int, _ pieces: [Scenario.Piece<Double>], _ stream: Generator) {
    self.node = node
    self.kind = kind
    self.pieces = pieces
    self.stream = stream
  }

  /// The next arrival after a moment: one unit of chance, spent at the rate of each day.
  mutating func next(after moment: Double) -> Double {
    var (now, left) = (moment, stream.exponential())
    while place < pieces.count {
      let until = place + 1 < pieces.count ? pieces[place + 1].from : .infinity
      now = max(now, pieces[place].from)
      let rate = pieces[place].value
      if rate > 0 {
        let days = left / rate
        if now + days < until { return now + days }
        left -= rate * (until - now)
      }
      if until == .infinity { return .infinity }
      now = until
      place += 1
    }
    return .infinity
  }
}
