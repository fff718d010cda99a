/// People, homes and areas with room for so many: who may live where, and how well that suits.
public struct Problem: Sendable {
  /// A person who could live in a home, with the weight of it. All counted from 0.
  public struct Edge: Sendable, Equatable {
    public var person: Int32
    public var home: Int32
    public var weight: Int64

    public init(person: Int32, home: Int32, weight: Int64) {
      self.person = person
      self.home = home
      self.weight = weight
    }
  }

  public let personCount: Int
  /// The area of each home; −1 for none.
  public let areaOfHome: [Int32]
  /// The area around each area; −1 for none. They form a forest.
  public let parentOfArea: [Int32]
  /// How many homes may be filled in each area and below it.
  public let capacity: [Int]
  public let edges: [Edge]

  public var homeCount: Int { areaOfHome.count }
  public var areaCount: Int { capacity.count }

  /// So that the sum of a few weights can be counted.
  public static let largestWeight = Int64.max >> 2

  /// What can't be a problem.
  public enum Fault: Error, Equatable, Sendable {
    case cycle(area: Int)
    case unknown(edge: Int)
    case twice(edge: Int)
    case weight(edge: Int)
  }

  /// - Throws: when areas go round in a circle, an edge names nobody, stands twice, or has a weight below 0 or
  ///   above the largest.
  public init(
    personCount: Int, areaOfHome: [Int32], parentOfArea: [Int32], capacity: [Int], edges: [Edge]
  ) throws(Fault) {
    precondition(parentOfArea.count == capacity.count && capacity.allSatisfy { $0 >= 0 })
    self.personCount = personCount
    self.areaOfHome = areaOfHome
    self.parentOfArea = parentOfArea
    self.capacity = capacity
    self.edges = edges
    if let area = Self.circle(parentOfArea) { throw .cycle(area: area) }
    // Of each home, the last edge that named each person.
    let byHome = Self.order(edges, homes: areaOfHome.count)
    guard let byHome else {
      let wrong = edges.firstIndex { !(0..<areaOfHome.count).contains(Int($0.home)) } ?? 0
      throw .unknown(edge: wrong)
    }
    var last = [Int32](repeating: -1, count: personCount)
    for place in byHome {
      let edge = edges[Int(place)]
      guard (0..<personCount).contains(Int(edge.person)) else { throw .unknown(edge: Int(place)) }
      guard edge.weight >= 0, edge.weight <= Self.largestWeight else { throw .weight(edge: Int(place)) }
      guard last[Int(edge.person)] != edge.home else { throw .twice(edge: Int(place)) }
      last[Int(edge.person)] = edge.home
    }
  }

  /// An area that lies within itself.
  private static func circle(_ parents: [Int32]) -> Int? {
    var state = [UInt8](repeating: 0, count: parents.count)
    for start in parents.indices where state[start] == 0 {
      var (area, path) = (start, [Int]())
      while area >= 0 && state[area] == 0 {
        state[area] = 1
        path.append(area)
        area = Int(parents[area])
      }
      if area >= 0 && state[area] == 1 { return area }
      for passed in path { state[passed] = 2 }
    }
    return nil
  }

  /// Edges by home, in the order they stood; nil when a home is unknown.
  static func order(_ edges: [Edge], homes: Int) -> [Int32]? {
    var starts = [Int32](repeating: 0, count: homes + 1)
    for edge in edges {
      guard edge.home >= 0, edge.home < homes else { return nil }
      starts[Int(edge.home) + 1] += 1
    }
    for home in 0..<homes { starts[home + 1] += starts[home] }
    var order = [Int32](repeating: 0, count: edges.count)
    for place in edges.indices {
      let home = Int(edges[place].home)
      order[Int(starts[home])] = Int32(place)
      starts[home] += 1
    }
    return order
  }
}

/// An optimum with its proof.
public struct Allocation: Sendable, Equatable {
  /// Wider than a weight: with a lottery weights fill 63 bits.
  public let total: Int128
  /// The home of each person; −1 for none.
  public let homeOfPerson: [Int32]
  /// What each person, home and area is worth at the margin, all at least 0: with them anyone can check in one pass that
  /// nothing better exists.
  public let priceOfPerson: [Int64]
  public let priceOfHome: [Int64]
  public let priceOfArea: [Int64]
}

extension Problem {
  /// Whether an allocation keeps to the rules, and its prices prove that none is better.
  public func proves(_ allocation: Allocation) -> Bool {
    let (homes, people) = (homeCount, personCount)
    guard allocation.homeOfPerson.count == people, allocation.priceOfPerson.count == people,
      allocation.priceOfHome.count == homes, allocation.priceOfArea.count == areaCount,
      (allocation.priceOfPerson + allocation.priceOfHome + allocation.priceOfArea).allSatisfy({ $0 >= 0 })
    else { return false }
    var around = [Int128](repeating: 0, count: homes)
    var taken = [Bool](repeating: false, count: homes)
    var filled = [Int](repeating: 0, count: areaCount)
    for home in 0..<homes {
      var area = Int(areaOfHome[home])
      while area >= 0 {
        around[home] += Int128(allocation.priceOfArea[area])
        area = Int(parentOfArea[area])
      }
    }
    var found = 0
    var total: Int128 = 0
    for edge in edges {
      let (person, home) = (Int(edge.person), Int(edge.home))
      let covered = Int128(allocation.priceOfPerson[person]) + Int128(allocation.priceOfHome[home]) + around[home]
      guard Int128(edge.weight) <= covered else { return false }
      guard allocation.homeOfPerson[person] == edge.home else { continue }
      if taken[home] { return false }
      taken[home] = true
      found += 1
      total += Int128(edge.weight)
      var area = Int(areaOfHome[home])
      while area >= 0 {
        filled[area] += 1
        area = Int(parentOfArea[area])
      }
    }
    guard found == allocation.homeOfPerson.count(where: { $0 >= 0 }) else { return false }
    guard zip(filled, capacity).allSatisfy({ $0 <= $1 }) else { return false }
    func sum(_ prices: [Int64]) -> Int128 { prices.reduce(0) { $0 + Int128($1) } }
    let rooms = zip(allocation.priceOfArea, capacity).reduce(Int128(0)) { $0 + Int128($1.0) * Int128($1.1) }
    return total == allocation.total && sum(allocation.priceOfPerson) + sum(allocation.priceOfHome) + rooms == total
  }
}
