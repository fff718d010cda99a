/// An optimum of a problem, which can be asked why it is so and be changed.
public struct Optimum: Sendable {
  private let problem: Problem
  let edges: Adjacency
  let forest: Forest
  var settled: Settled
  /// What has changed since it was solved.
  var capacity: [Int]
  var isWithdrawn: [Bool]
  var declined: [Int32: Set<Int32>] = [:]

  /// Solves a problem.
  public init(_ problem: Problem) {
    self.problem = problem
    edges = Adjacency(problem)
    forest = Forest(problem)
    capacity = problem.capacity
    isWithdrawn = Array(repeating: false, count: problem.homeCount)
    settled =
      Auction<Int64>.fits(problem, edges)
      ? Self.settle(Auction<Int64>(problem, edges, forest)) : Self.settle(Auction<Int128>(problem, edges, forest))
  }

  private static func settle<Price>(_ auction: consuming Auction<Price>) -> Settled {
    auction.run()
    return auction.settled()
  }

  /// Who lives where, with prices that prove it.
  public var allocation: Allocation {
    func price(_ depth: Int64, above area: Int32) -> Int64 { max(0, depth - settled.depthOfArea[Int(area)]) }
    return Allocation(
      total: settled.homeOfPerson.indices.reduce(0) { $0 + Int128(weight(ofPerson: $1)) },
      homeOfPerson: settled.homeOfPerson,
      priceOfPerson: settled.homeOfPerson.indices.map { hubDepth - depth(ofPerson: $0) },
      priceOfHome: settled.depthOfHome.indices.map {
        isWithdrawn[$0] ? 0 : price(settled.depthOfHome[$0], above: forest.areaOfHome[$0])
      },
      priceOfArea: forest.parent.indices.map { price(settled.depthOfArea[$0], above: forest.parent[$0]) })
  }

  // Points for a search: homes, people, areas and the hub, which stands for the whole region.

  var firstPerson: Int { settled.personOfHome.count }
  var firstArea: Int { firstPerson + settled.homeOfPerson.count }
  var hubPoint: Int { firstArea + forest.hub }
  var pointCount: Int { hubPoint + 1 }

  var hubDepth: Int64 { settled.depthOfArea[forest.hub] }

  /// A person's depth; of who has no home it is the hub's, which is the most anyone's can be.
  @inline(__always)
  func depth(ofPerson person: Int) -> Int64 {
    settled.homeOfPerson[person] < 0 ? hubDepth : settled.depthOfPerson[person]
  }

  @inline(__always)
  func isDeclined(_ person: Int32, _ home: Int) -> Bool {
    !declined.isEmpty && declined[Int32(home)]?.contains(person) ?? false
  }

  /// The weight of the home a person has; 0 without one.
  func weight(ofPerson person: Int) -> Int64 {
    let home = settled.homeOfPerson[person]
    guard home >= 0, let place = edges.place(person: person, home: Int(home)) else { return 0 }
    return edges.weightAt[place]
  }
}

extension Problem {
  /// The best allocation there is, with prices that prove it.
  public func solved() -> Allocation { Optimum(self).allocation }
}
