/// One replication: people come, wait, are helped and go on, event by event.
struct Run {
  /// What an event is about: its two highest bits say how, the rest whom or which.
  private enum Subject {
    static let arrival: UInt32 = 0
    static let completion: UInt32 = 1 << 30
    static let abandonment: UInt32 = 2 << 30
    static let capacity: UInt32 = 3 << 30
    static let how: UInt32 = 3 << 30
  }

  private struct Person {
    var kind: UInt16
    var isWaiting: Bool
    var hasLeft: Bool
    var node: UInt32
    /// Raised each time somebody starts to wait, so that an earlier patience is not theirs.
    var serial: UInt32
    var cameToSystem: Double
    var cameHere: Double
    var started: Double
  }

  private let kindCount: Int
  private var places: [Place]
  private var sources: [Source]
  private var changes: [(node: Int, capacity: Int)] = []
  private var heap = EventHeap()
  private var people: [Person] = []
  private var free: [UInt32] = []
  private(set) var tallies: [Tally]
  private(set) var system = Tally()
  private var countedFrom = 0.0
  /// Arrivals from outside and completions, for measuring speed.
  private(set) var events = 0

  init(_ scenario: Scenario, _ generator: Generator) {
    kindCount = scenario.kinds.count
    var streams = Streams(generator)
    places = []
    sources = []
    for (number, node) in scenario.nodes.enumerated() {
      places.append(Place(node, kinds: scenario.kinds, &streams))
      // Every kind has its stream, whether it comes here or not: leaving one out moves no other.
      for kind in scenario.kinds.indices {
        let stream = streams.next()
        guard let pieces = node.arrivals[kind] else { continue }
        sources.append(Source(node: number, kind: kind, pieces, stream))
      }
    }
    tallies = Array(repeating: Tally(), count: scenario.nodes.count * scenario.kinds.count)
    for (number, node) in scenario.nodes.enumerated() {
      guard case .schedule(let pieces) = node.servers else { continue }
      for piece in pieces where piece.from > 0 && piece.from <= scenario.end {
        heap.plan(piece.from, Subject.capacity | UInt32(changes.count))
        changes.append((number, piece.value))
      }
    }
    for source in sources.indices { planArrival(source, after: 0) }
  }

  private mutating func planArrival(_ source: Int, after moment: Double) {
    let next = sources[source].next(after: moment)
    if next < .infinity { heap.plan(next, Subject.arrival | UInt32(source)) }
  }

  /// Lets time pass until a moment.
  mutating func go(until end: Double) {
    while heap.nextTime <= end {
      let event = heap.take()
      let whom = event.subject & ~Subject.how
      switch event.subject & Subject.how {
      case Subject.arrival:
        let source = Int(whom)
        events += 1
        come(sources[source].kind, to: sources[source].node, event.time)
        planArrival(source, after: event.time)
      case Subject.completion:
        events += 1
        complete(whom, event.time)
      case Subject.abandonment: giveUp(whom, event.serial, event.time)
      default: change(Int(whom), event.time)
      }
    }
  }

  /// From here on things are counted.
  mutating func beginCounting(at now: Double) {
    countedFrom = now
    for cell in tallies.indices {
      tallies[cell].touch(now)
      tallies[cell].begin(at: now)
    }
    system.touch(now)
    system.begin(at: now)
    for place in places.indices { places[place].beginCapacity(at: now) }
  }

  /// Closes the books.
  mutating func end(at now: Double) {
    for cell in tallies.indices { tallies[cell].touch(now) }
    system.touch(now)
    for place in places.indices { places[place].touchCapacity(now) }
    for person in people where !person.hasLeft {
      let cell = Int(person.node) * kindCount + Int(person.kind)
      tallies[cell].ownTime += now - max(person.cameHere, countedFrom)
      system.ownTime += now - max(person.cameToSystem, countedFrom)
    }
  }

  func capacityArea(_ node: Int) -> Double { places[node].capacityArea }

  func present(_ node: Int) -> Int {
    (0..<kindCount).reduce(0) { $0 + tallies[node * kindCount + $1].present }
  }

  private mutating func come(_ kind: Int, to node: Int, _ now: Double) {
    let person = Person(
      kind: UInt16(kind), isWaiting: false, hasLeft: false, node: UInt32(node), serial: 0, cameToSystem: now,
      cameHere: now, started: now)
    let number: UInt32
    if let used = free.popLast() {
      number = used
      let serial = people[Int(used)].serial
      people[Int(used)] = person
      people[Int(used)].serial = serial
    } else {
      number = UInt32(people.count)
      people.append(person)
    }
    system.touch(now)
    system.present += 1
    system.arrivals += 1
    enter(number, node, kind, now)
  }

  private mutating func enter(_ number: UInt32, _ node: Int, _ kind: Int, _ now: Double) {
    let cell = node * kindCount + kind
    tallies[cell].touch(now)
    tallies[cell].present += 1
    tallies[cell].arrivals += 1
    if places[node].busy < places[node].capacity {
      start(number, node, cell, now)
      return
    }
    tallies[cell].waiting += 1
    tallies[cell].waited += 1
    places[node].waiting += 1
    people[Int(number)].isWaiting = true
    people[Int(number)].serial &+= 1
    places[node].lines[places[node].lineOfKind[kind]].add(number)
    if let patience = places[node].patience {
      let wait = patience.draw(&places[node].patienceStream)
      heap.plan(now + wait, Subject.abandonment | number, people[Int(number)].serial)
    }
  }

  private mutating func start(_ number: UInt32, _ node: Int, _ cell: Int, _ now: Double) {
    tallies[cell].busy += 1
    places[node].busy += 1
    people[Int(number)].started = now
    people[Int(number)].isWaiting = false
    let days = places[node].service.draw(&places[node].serviceStream)
    heap.plan(now + days, Subject.completion | number)
  }

  private mutating func complete(_ number: UInt32, _ now: Double) {
    let person = people[Int(number)]
    let (node, kind) = (Int(person.node), Int(person.kind))
    let cell = node * kindCount + kind
    tallies[cell].touch(now)
    tallies[cell].busy -= 1
    tallies[cell].present -= 1
    tallies[cell].served += 1
    tallies[cell].waitSum += person.started - person.cameHere
    tallies[cell].staySum += now - person.cameHere
    tallies[cell].ownTime += now - max(person.cameHere, countedFrom)
    if places[node].busy > places[node].capacity { places[node].touchCapacity(now) }
    places[node].busy -= 1
    callNext(node, now)
    guard let next = route(node) else { return leave(number, now) }
    people[Int(number)].node = UInt32(next)
    people[Int(number)].cameHere = now
    enter(number, next, kind, now)
  }

  private mutating func route(_ node: Int) -> Int? {
    if places[node].routes.isEmpty { return nil }
    let chance = places[node].routeStream.uniform()
    return places[node].routes.first { chance < $0.until }?.to
  }

  private mutating func leave(_ number: UInt32, _ now: Double) {
    system.touch(now)
    system.present -= 1
    system.served += 1
    let came = people[Int(number)].cameToSystem
    system.staySum += now - came
    system.ownTime += now - max(came, countedFrom)
    people[Int(number)].hasLeft = true
    // Who gave up still stands in a line, and is let go when passed over.
    if !people[Int(number)].isWaiting { free.append(number) }
  }

  /// Whoever is next starts, while there is somebody free.
  private mutating func callNext(_ node: Int, _ now: Double) {
    while places[node].waiting > 0 && places[node].busy < places[node].capacity {
      guard let number = nextInLine(node) else { return }
      let cell = node * kindCount + Int(people[Int(number)].kind)
      tallies[cell].touch(now)
      tallies[cell].waiting -= 1
      places[node].waiting -= 1
      start(number, node, cell, now)
    }
  }

  private mutating func nextInLine(_ node: Int) -> UInt32? {
    for line in places[node].lines.indices {
      while let number = places[node].lines[line].next() {
        if !people[Int(number)].hasLeft { return number }
        free.append(number)
      }
    }
    return nil
  }

  private mutating func giveUp(_ number: UInt32, _ serial: UInt32, _ now: Double) {
    let person = people[Int(number)]
    guard person.isWaiting, !person.hasLeft, person.serial == serial else { return }
    let node = Int(person.node)
    let cell = node * kindCount + Int(person.kind)
    tallies[cell].touch(now)
    tallies[cell].waiting -= 1
    tallies[cell].present -= 1
    tallies[cell].abandoned += 1
    tallies[cell].ownTime += now - max(person.cameHere, countedFrom)
    places[node].waiting -= 1
    system.abandoned += 1
    leave(number, now)
  }

  /// Fewer servers send nobody away: who is being helped is helped to the end.
  private mutating func change(_ number: Int, _ now: Double) {
    let (node, capacity) = changes[number]
    places[node].touchCapacity(now)
    places[node].capacity = capacity
    callNext(node, now)
  }
}
