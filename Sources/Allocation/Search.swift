internal import HeapModule

/// The shortest ways of change from one point of an optimum to others: over everything that could be taken, given or
/// swapped, at what each change would cost beyond what it costs now.
struct Search {
  /// Homes first, then people, areas and the hub.
  typealias Point = Int

  private struct Stop: Comparable {
    let length: Int64
    let point: Point
    static func < (one: Self, other: Self) -> Bool { one.length < other.length }
  }

  private let optimum: Optimum
  private var heap = Heap<Stop>()
  private var bound = Int64.max
  private(set) var length: [Int64]
  private var from: [Int32]
  /// All that a way leads to.
  private(set) var reached: [Point] = []

  /// - Parameter targets: when all are reached by their shortest ways the search is over.
  init(_ optimum: Optimum, from source: Point, to targets: [Point]) {
    self.optimum = optimum
    length = Array(repeating: .max, count: optimum.pointCount)
    from = Array(repeating: -1, count: optimum.pointCount)
    reach(source, 0, via: -1)
    var open = Set(targets)
    while !open.isEmpty, let stop = heap.popMin() {
      guard stop.length == length[stop.point] else { continue }
      open.remove(stop.point)
      // Nothing that is as far as the last target can make it nearer.
      bound = open.reduce(0) { max($0, length[$1]) }
      leave(stop.point)
    }
  }

  /// The points on the way to one that was reached, from the source on.
  func way(to target: Point) -> [Point] {
    var way = [target]
    while from[way[way.count - 1]] >= 0 { way.append(Int(from[way[way.count - 1]])) }
    return way.reversed()
  }

  private mutating func reach(_ point: Point, _ reached: Int64, via: Point) {
    guard reached < bound, reached < length[point] else { return }
    if length[point] == .max { self.reached.append(point) }
    length[point] = reached
    from[point] = Int32(via)
    heap.insert(Stop(length: reached, point: point))
  }

  private mutating func leave(_ point: Point) {
    if point < optimum.firstPerson {
      leave(home: point)
    } else if point < optimum.firstArea {
      leave(person: point - optimum.firstPerson)
    } else {
      leave(area: point - optimum.firstArea)
    }
  }

  /// A home takes another person, or gives its room back.
  private mutating func leave(home: Int) {
    let base = length[home] + optimum.settled.depthOfHome[home]
    let least = base - optimum.hubDepth
    let own = optimum.settled.personOfHome[home]
    for place in optimum.edges.edges(ofHome: home) {
      let weight = optimum.edges.weightAt[place]
      // People's depths are at most the hub's.
      if least - weight >= bound { break }
      let person = optimum.edges.personAt[place]
      if person == own || optimum.isDeclined(person, home) { continue }
      reach(optimum.firstPerson + Int(person), base - weight - optimum.depth(ofPerson: Int(person)), via: home)
    }
    if optimum.settled.hasRoom[home] {
      let area = Int(optimum.forest.areaOfHome[home])
      reach(optimum.firstArea + area, base - optimum.settled.depthOfArea[area], via: home)
    }
  }

  /// A person leaves their home, or is somebody without one.
  private mutating func leave(person: Int) {
    let point = optimum.firstPerson + person
    let home = Int(optimum.settled.homeOfPerson[person])
    if home < 0 {
      reach(optimum.hubPoint, length[point], via: point)
    } else {
      let cost = optimum.settled.depthOfPerson[person] + optimum.weight(ofPerson: person)
      reach(home, length[point] + cost - optimum.settled.depthOfHome[home], via: point)
    }
  }

  /// Room goes up, to areas below that are not full, to empty homes; and from the hub, by taking somebody's.
  private mutating func leave(area: Int) {
    let point = optimum.firstArea + area
    let base = length[point] + optimum.settled.depthOfArea[area]
    func depth(_ area: Int) -> Int64 { optimum.settled.depthOfArea[area] }
    if area != optimum.forest.hub && optimum.settled.filled[area] > 0 {
      let around = Int(optimum.forest.parent[area])
      reach(optimum.firstArea + around, base - depth(around), via: point)
    }
    for inner in optimum.forest.areasIn[area].lazy.map(Int.init)
    where optimum.settled.filled[inner] < optimum.capacity[inner] {
      reach(optimum.firstArea + inner, base - depth(inner), via: point)
    }
    for home in optimum.forest.homesIn[area].lazy.map(Int.init)
    where !optimum.settled.hasRoom[home] && !optimum.isWithdrawn[home] {
      reach(home, base - optimum.settled.depthOfHome[home], via: point)
    }
    guard area == optimum.forest.hub else { return }
    for person in optimum.settled.homeOfPerson.indices where optimum.settled.homeOfPerson[person] >= 0 {
      reach(optimum.firstPerson + person, base - optimum.settled.depthOfPerson[person], via: point)
    }
  }
}
