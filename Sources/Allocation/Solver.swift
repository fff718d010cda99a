/// Finds the optimum home by home. After each home the allocation is the best there is for the homes so far, and prices
/// prove it; the next is fitted in by one cheapest path of changes (successive shortest paths with potentials): it takes
/// a person, who may leave a home that takes another …, until somebody without a home is reached, or a home that had
/// better stay empty, or room in a full area comes free.
///
/// The flow runs from a hub through areas into homes, to people, and back to the hub. `depth` is each point's potential:
/// along every way that is open, cost + depth(from) − depth(to) ≥ 0.
struct Solver {
  let problem: Problem
  private let homes: Int
  private let people: Int
  /// Points: homes, then people, then areas, then the hub.
  private let firstPerson: Int
  private let firstArea: Int
  private let hub: Int

  /// Edges by home.
  private let starts: [Int32]
  private let personOf: [Int32]
  private let weightOf: [Int64]

  private var depth: [Int64]
  private(set) var personOfHome: [Int32]
  private(set) var homeOfPerson: [Int32]
  /// The weight of the edge each person is on.
  private var weightOfPerson: [Int64]
  private var filled: [Int]
  /// Homes that take part by now.
  private var isIn: [Bool]
  /// Homes by area, and areas by the area around them, for going down.
  private let homesIn: Groups
  private let areasIn: Groups
  private let roots: [Int32]
  /// Homes so that those of an area and of all below it stand together, and where each area's begin and end.
  private let homesInTree: [Int32]
  private let treeOf: [(start: Int32, end: Int32)]
  private let looseHomes: [Int32]
  /// Who is housed: for the ways out of the hub.
  private var housed: [Int32] = []
  private var placeInHoused: [Int32]

  /// One search: distances, from where, and what was reached.
  private var distance: [Int64]
  private var from: [Int32]
  private var isDone: [Bool]
  private var reached: [Int32] = []
  private var heap = Heap()

  init(_ problem: Problem) {
    self.problem = problem
    homes = problem.homeCount
    people = problem.personCount
    firstPerson = homes
    firstArea = homes + people
    hub = homes + people + problem.areaCount
    var starts = [Int32](repeating: 0, count: homes + 1)
    for edge in problem.edges { starts[Int(edge.home) + 1] += 1 }
    for home in 0..<homes { starts[home + 1] += starts[home] }
    var next = starts
    var persons = [Int32](repeating: 0, count: problem.edges.count)
    var weights = [Int64](repeating: 0, count: problem.edges.count)
    for edge in problem.edges {
      let place = Int(next[Int(edge.home)])
      next[Int(edge.home)] += 1
      persons[place] = edge.person
      weights[place] = edge.weight
    }
    // Of each home the largest weight first: a search stops where no edge can be near enough.
    for home in 0..<homes {
      let own = Int(starts[home])..<Int(starts[home + 1])
      let sorted = own.map { (weights[$0], persons[$0]) }.sorted { $0.0 > $1.0 || $0.0 == $1.0 && $0.1 < $1.1 }
      for (place, edge) in zip(own, sorted) { (weights[place], persons[place]) = edge }
    }
    self.starts = starts
    personOf = persons
    weightOf = weights
    depth = Array(repeating: 0, count: hub + 1)
    personOfHome = Array(repeating: -1, count: homes)
    homeOfPerson = Array(repeating: -1, count: people)
    weightOfPerson = Array(repeating: 0, count: people)
    filled = Array(repeating: 0, count: problem.areaCount)
    isIn = Array(repeating: false, count: homes)
    homesIn = Groups(problem.areaOfHome, count: problem.areaCount)
    areasIn = Groups(problem.parentOfArea, count: problem.areaCount)
    roots = problem.parentOfArea.indices.filter { problem.parentOfArea[$0] < 0 }.map { Int32($0) }
    (homesInTree, treeOf) = problem.homesInTree(homesIn, areasIn, roots)
    looseHomes = problem.areaOfHome.indices.filter { problem.areaOfHome[$0] < 0 }.map { Int32($0) }
    placeInHoused = Array(repeating: -1, count: people)
    distance = Array(repeating: .max, count: hub + 1)
    from = Array(repeating: -1, count: hub + 1)
    isDone = Array(repeating: false, count: hub + 1)
  }

  mutating func solve() -> Allocation {
    for home in 0..<homes { add(home) }
    return allocation
  }

  /// The point a home's flow comes from: its area, or the hub.
  private func above(home: Int) -> Int {
    let area = problem.areaOfHome[home]
    return area < 0 ? hub : firstArea + Int(area)
  }

  private func above(area: Int) -> Int {
    let parent = problem.parentOfArea[area]
    return parent < 0 ? hub : firstArea + Int(parent)
  }

  /// A person's potential; of who has no home it is the hub's, which is the most anyone's can be.
  @inline(__always)
  private func depth(ofPerson person: Int) -> Int64 {
    homeOfPerson[person] < 0 ? depth[hub] : depth[firstPerson + person]
  }

  /// Fits a home in.
  private mutating func add(_ home: Int) {
    isIn[home] = true
    var best = Int64.min
    for place in Int(starts[home])..<Int(starts[home + 1]) {
      if weightOf[place] + depth[hub] <= best { break }
      best = max(best, weightOf[place] + depth(ofPerson: Int(personOf[place])))
    }
    let above = above(home: home)
    // Worth no more to anybody than the room it takes.
    guard best > depth[above] else {
      // As low as it may be, so that searches through its area don't come in for nothing.
      depth[home] = best == .min ? depth[above] : best
      return
    }
    depth[home] = best
    let gap = best - depth[above]
    if let length = search(from: home, to: above, within: gap) {
      settle(length)
      change(to: above, from: home)
    } else {
      settle(gap)
    }
    clear()
  }

  /// The shortest way between two points, when it is shorter than a length.
  private mutating func search(from source: Int, to target: Int, within limit: Int64) -> Int64? {
    reach(source, 0, via: -1, limit)
    while let (length, point) = heap.take() {
      if isDone[point] || length > distance[point] { continue }
      isDone[point] = true
      if point == target { return length }
      // Nothing that is as far as the target, or the limit, can make it nearer.
      let bound = min(limit, distance[target])
      if length >= bound { continue }
      if point < homes {
        leave(home: point, length, bound)
      } else if point < firstArea {
        leave(person: point - firstPerson, length, bound)
      } else if point < hub {
        leave(area: point - firstArea, length, bound)
      } else {
        leaveHub(length, target, bound)
      }
    }
    return nil
  }

  @inline(__always)
  private mutating func reach(_ point: Int, _ length: Int64, via: Int, _ bound: Int64) {
    guard length < bound, length < distance[point] else { return }
    if distance[point] == .max { reached.append(Int32(point)) }
    distance[point] = length
    from[point] = Int32(via)
    heap.add(length, point)
  }

  private mutating func leave(home: Int, _ length: Int64, _ bound: Int64) {
    let base = length + depth[home]
    let own = personOfHome[home]
    let least = base - depth[hub]
    for place in Int(starts[home])..<Int(starts[home + 1]) {
      if least - weightOf[place] >= bound { break }
      let person = Int(personOf[place])
      if personOf[place] == own { continue }
      let point = firstPerson + person
      let there = base - weightOf[place] - depth(ofPerson: person)
      guard there < bound, there < distance[point] else { continue }
      reach(point, there, via: home, bound)
    }
    // A home that is filled may be emptied.
    if own >= 0 {
      let above = above(home: home)
      reach(above, base - depth[above], via: home, bound)
    }
  }

  private mutating func leave(person: Int, _ length: Int64, _ bound: Int64) {
    let home = Int(homeOfPerson[person])
    if home >= 0 {
      let base = length + depth[firstPerson + person]
      reach(home, base + weightOfPerson[person] - depth[home], via: firstPerson + person, bound)
    } else {
      reach(hub, length, via: firstPerson + person, bound)
    }
  }

  private mutating func leave(area: Int, _ length: Int64, _ bound: Int64) {
    let point = firstArea + area
    let base = length + depth[point]
    if filled[area] > 0 {
      let above = above(area: area)
      reach(above, base - depth[above], via: point, bound)
    }
    for below in areasIn[area] where filled[Int(below)] < problem.capacity[Int(below)] {
      reach(firstArea + Int(below), base - depth[firstArea + Int(below)], via: point, bound)
    }
    for home in homesIn[area] where isIn[Int(home)] && personOfHome[Int(home)] < 0 {
      reach(Int(home), base - depth[Int(home)], via: point, bound)
    }
  }

  private mutating func leaveHub(_ length: Int64, _ target: Int, _ bound: Int64) {
    let base = length + depth[hub]
    let full = fullArea(over: target)
    if full < 0 {
      // Room all the way: nothing is nearer than straight down.
      straightDown(to: target, base, bound)
    } else {
      exchange(in: full, for: target, length, base, bound)
    }
    let bound = min(bound, distance[target])
    if bound <= length { return }
    for root in roots where filled[Int(root)] < problem.capacity[Int(root)] {
      reach(firstArea + Int(root), base - depth[firstArea + Int(root)], via: hub, bound)
    }
    for home in looseHomes where isIn[Int(home)] && personOfHome[Int(home)] < 0 {
      reach(Int(home), base - depth[Int(home)], via: hub, bound)
    }
    for person in housed {
      let point = firstPerson + Int(person)
      reach(point, base - depth[point], via: hub, bound)
    }
  }

  /// The full area nearest to a target, on its way from the hub; −1 when there is room all the way.
  private func fullArea(over target: Int) -> Int {
    var point = target
    while point != hub {
      let area = point - firstArea
      if filled[area] >= problem.capacity[area] { return area }
      point = above(area: area)
    }
    return -1
  }

  /// From the hub through areas with room to the target; costs cancel on the way, so each distance is known at once.
  private mutating func straightDown(to target: Int, _ base: Int64, _ bound: Int64) {
    var way: [Int] = []
    var point = target
    while point != hub {
      way.append(point)
      point = above(area: point - firstArea)
    }
    var via = hub
    for point in way.reversed() {
      reach(point, base - depth[point], via: via, bound)
      guard from[point] == via else { return }
      via = point
    }
  }

  /// The pair of least weight in a full area makes room for the target: a way that is there at once, and that anything
  /// else must beat.
  private mutating func exchange(
    in full: Int, for target: Int, _ length: Int64, _ base: Int64, _ bound: Int64
  ) {
    var (least, chosen) = (Int64.max, -1)
    for place in Int(treeOf[full].start)..<Int(treeOf[full].end) {
      let person = personOfHome[Int(homesInTree[place])]
      if person >= 0, weightOfPerson[Int(person)] < least {
        (least, chosen) = (weightOfPerson[Int(person)], Int(person))
      }
    }
    guard chosen >= 0, base + least - depth[target] < min(bound, distance[target]) else { return }
    let home = Int(homeOfPerson[chosen])
    var way = [firstPerson + chosen, home]
    // Up from the home's area, and down where the target's own way meets it.
    var down: [Int] = []
    var point = target
    while point != firstArea + full {
      down.append(point)
      point = above(area: point - firstArea)
    }
    down.append(point)
    var up = above(home: home)
    while !down.contains(up) {
      way.append(up)
      up = above(area: up - firstArea)
    }
    way += down[...(down.firstIndex(of: up) ?? 0)].reversed()
    var (via, cost) = (hub, base)
    for point in way {
      if point < homes { cost += least }
      reach(point, cost - depth[point], via: via, bound)
      // Somebody is there already by a way as short: the search will go on from there.
      guard from[point] == via else { return }
      via = point
    }
  }

  /// Moves the potentials along, so that the way that was found costs nothing.
  private mutating func settle(_ length: Int64) {
    for point in reached where distance[Int(point)] < length { depth[Int(point)] += distance[Int(point)] - length }
  }

  private mutating func clear() {
    for point in reached {
      distance[Int(point)] = .max
      isDone[Int(point)] = false
    }
    reached.removeAll(keepingCapacity: true)
    heap.clear()
  }

  /// Makes the changes along the way that was found, from its end.
  private mutating func change(to target: Int, from source: Int) {
    var way: [Int] = [target]
    while way[way.count - 1] != source { way.append(Int(from[way[way.count - 1]])) }
    way.reverse()
    for (one, other) in zip(way, way.dropFirst()) {
      if one < homes {
        if other >= firstPerson && other < firstArea { continue }
        // Emptied: its person was taken in the step before.
        personOfHome[one] = -1
      } else if one >= firstArea && one < hub
        && (other == hub || other >= firstArea && above(area: one - firstArea) == other)
      {
        filled[one - firstArea] -= 1
      } else if other >= firstArea && other < hub && above(area: other - firstArea) == one {
        filled[other - firstArea] += 1
      }
    }
    // Who lives where: every step from a home to a person is a new pair; people passed by the hub lose theirs.
    for (one, other) in zip(way, way.dropFirst()) where one == hub && other >= firstPerson && other < firstArea {
      unhouse(other - firstPerson)
    }
    for (one, other) in zip(way, way.dropFirst()) where one < homes && other >= firstPerson && other < firstArea {
      house(other - firstPerson, in: one)
    }
  }

  private mutating func house(_ person: Int, in home: Int) {
    if placeInHoused[person] < 0 {
      depth[firstPerson + person] = depth[hub]
      placeInHoused[person] = Int32(housed.count)
      housed.append(Int32(person))
    }
    homeOfPerson[person] = Int32(home)
    personOfHome[home] = Int32(person)
    for place in Int(starts[home])..<Int(starts[home + 1]) where personOf[place] == person {
      weightOfPerson[person] = weightOf[place]
    }
  }

  private mutating func unhouse(_ person: Int) {
    let place = Int(placeInHoused[person])
    let last = housed.removeLast()
    if Int(last) != person {
      housed[place] = last
      placeInHoused[Int(last)] = Int32(place)
    }
    placeInHoused[person] = -1
    homeOfPerson[person] = -1
  }

  private var allocation: Allocation {
    let hubDepth = depth[hub]
    return Allocation(
      total: homeOfPerson.indices.reduce(0) { $0 + (homeOfPerson[$1] < 0 ? 0 : weightOfPerson[$1]) },
      homeOfPerson: homeOfPerson,
      priceOfPerson: (0..<people).map { hubDepth - depth(ofPerson: $0) },
      priceOfHome: (0..<homes).map { max(0, depth[$0] - depth[above(home: $0)]) },
      priceOfArea: (0..<problem.areaCount).map { max(0, depth[firstArea + $0] - depth[above(area: $0)]) })
  }
}

extension Problem {
  /// The best allocation there is, with prices that prove it.
  public func solved() -> Allocation {
    var solver = Solver(self)
    return solver.solve()
  }
}
