internal import Testing

@testable import Allocation

@Suite struct SolverTests {
  /// The best total by trying everything: another way altogether.
  private func best(_ problem: Problem, _ person: Int = 0, _ taken: Set<Int32> = []) -> Int64 {
    guard person < problem.personCount else { return 0 }
    var most = best(problem, person + 1, taken)
    for edge in problem.edges where edge.person == Int32(person) && !taken.contains(edge.home) {
      let after = taken.union([edge.home])
      if fits(problem, after) { most = max(most, edge.weight + best(problem, person + 1, after)) }
    }
    return most
  }

  private func fits(_ problem: Problem, _ homes: Set<Int32>) -> Bool {
    var filled = [Int](repeating: 0, count: problem.areaCount)
    for home in homes {
      var area = Int(problem.areaOfHome[Int(home)])
      while area >= 0 {
        filled[area] += 1
        area = Int(problem.parentOfArea[area])
      }
    }
    return zip(filled, problem.capacity).allSatisfy { $0 <= $1 }
  }

  @Test(arguments: [1, 2, 3, 1000]) func equalsTryingEverything(_ weights: Int) throws {
    var dice = Dice(state: UInt64(weights))
    for _ in 0..<60 {
      let problem = try MadeProblem(&dice, people: 5, homes: 4, areas: 1 + dice.roll(4), weights: weights).problem
      let found = problem.solved()
      #expect(found.total == Int128(best(problem)))
      #expect(problem.proves(found))
    }
  }

  @Test(arguments: [1, 3, 20, 1_000_000_000]) func largerOnesAreProvenByTheirPrices(_ weights: Int) throws {
    var dice = Dice(state: UInt64(weights) &+ 7)
    for _ in 0..<6 {
      let problem = try MadeProblem(&dice, people: 60, homes: 25, areas: 9, weights: weights).problem
      #expect(problem.proves(problem.solved()))
    }
  }

  /// Weights near the largest there may be: prices then need more than 64 bits on the way.
  @Test func weightsAsLargeAsTheyMayBe() throws {
    var dice = Dice(state: 3)
    for _ in 0..<10 {
      var made = MadeProblem(&dice, people: 20, homes: 12, areas: 6, weights: 1000)
      for place in made.edges.indices { made.edges[place].weight <<= 51 }
      let found = try made.problem.solved()
      #expect(try made.problem.proves(found))
      for place in made.edges.indices { made.edges[place].weight >>= 51 }
      #expect(try made.problem.solved().total == found.total >> 51)
    }
    let edge = Problem.Edge(person: 0, home: 0, weight: .max / 2)
    #expect(throws: Problem.Fault.weight(edge: 0)) {
      try Problem(personCount: 1, areaOfHome: [-1], parentOfArea: [], capacity: [], edges: [edge])
    }
  }

  /// The order of a file decides nothing.
  @Test func theSameInAnyOrder() throws {
    var dice = Dice(state: 17)
    for _ in 0..<20 {
      var made = MadeProblem(&dice, people: 30, homes: 12, areas: 6, weights: 2)
      let found = try made.problem.solved()
      made.edges.reverse()
      #expect(try made.problem.solved() == found)
    }
  }

  @Test func theProofRefusesWhatIsNotTheBest() throws {
    let edges = [Problem.Edge(person: 0, home: 0, weight: 5), Problem.Edge(person: 1, home: 0, weight: 7)]
    let problem = try Problem(personCount: 2, areaOfHome: [0], parentOfArea: [-1], capacity: [1], edges: edges)
    let found = problem.solved()
    #expect(found.total == 7)
    #expect(found.homeOfPerson == [-1, 0])
    let worse = Allocation(
      total: 5, homeOfPerson: [0, -1], priceOfPerson: [0, 0], priceOfHome: [5], priceOfArea: [0])
    #expect(!problem.proves(worse))
    let cheap = Allocation(
      total: 7, homeOfPerson: [-1, 0], priceOfPerson: [0, 0], priceOfHome: [7], priceOfArea: [-1])
    #expect(!problem.proves(cheap))
  }

  @Test func nobodyAndNothing() throws {
    for (people, homes) in [(0, 0), (3, 0), (0, 2), (2, 2)] {
      let problem = try Problem(
        personCount: people, areaOfHome: Array(repeating: -1, count: homes), parentOfArea: [], capacity: [], edges: [])
      let found = problem.solved()
      #expect(found.total == 0)
      #expect(problem.proves(found))
    }
  }

  @Test func refusesWhatIsNoProblem() {
    let edge = Problem.Edge(person: 0, home: 0, weight: 1)
    func problem(_ parents: [Int32], _ edges: [Problem.Edge]) throws -> Problem {
      try Problem(
        personCount: 1, areaOfHome: [-1], parentOfArea: parents, capacity: parents.map { _ in 1 }, edges: edges)
    }
    #expect(throws: Problem.Fault.twice(edge: 1)) { try problem([], [edge, edge]) }
    #expect(throws: Problem.Fault.self) { try problem([1, 0], [edge]) }
    #expect(throws: Problem.Fault.unknown(edge: 0)) { try problem([], [Problem.Edge(person: 1, home: 0, weight: 1)]) }
    #expect(throws: Problem.Fault.weight(edge: 0)) { try problem([], [Problem.Edge(person: 0, home: 0, weight: -1)]) }
  }
}

@Suite struct AllocationFileTests {
  private static let good = """
    c a round
    p alloc 3 2 1 3
    a 1 0 1
    h 1 1
    e 1 1 5
    e 2 1 7
    e 3 2 6
    """

  @Test func readsBothFormats() throws {
    let alloc = try AllocationFile(Array(Self.good.utf8))
    #expect(alloc.problem.solved().total == 13)
    // Two by two: the dear way costs 1 + 9, the cheap one 2 + 3.
    let asn = "p asn 4 4\nn 1\nn 2\na 1 3 1\na 1 4 2\na 2 3 3\na 2 4 9\n"
    let read = try AllocationFile(Array(asn.utf8))
    #expect(Int128(read.turned * 2) - read.problem.solved().total == 5)
  }

  @Test(
    arguments: [
      ("p alloc 3", "p alloc x", 2), ("a 1 0 1", "a 1 0 -1", 3), ("a 1 0 1", "a 2 0 1", 3), ("h 1 1", "h 3 1", 4),
      ("h 1 1", "h 1 2", 4), ("e 1 1 5", "e 4 1 5", 5), ("e 1 1 5", "e 1 1 1000000001", 5), ("e 3 2 6", "e 2 1 7", 7),
      ("e 3 2 6", "e 3 2", 7), ("e 3 2 6", "e 3 2 6 1", 7), ("e 3 2 6", "z 1", 7), ("p alloc", "p max", 2),
      ("\ne 3 2 6", "", nil), ("a 1 0 1", "a 1 1 1", nil), ("a 1 0 1\n", "", nil), ("p alloc 3 2 1 3\n", "", 2),
    ] as [(String, String, Int?)]) func tellsWhereItIsWrong(_ old: String, _ new: String, _ line: Int?) throws
  {
    do {
      _ = try AllocationFile(Array(Self.good.replacing(old, with: new).utf8))
      Issue.record("\(new) was taken")
    } catch let fault as AllocationFile.Fault { #expect(fault.line == line, "\(fault.reason)") }
  }

  /// Said twice, also when both say the same: which was meant? Both lines are named.
  @Test(
    arguments: [
      ("h 1 1\n", "h 1 1\nh 1 1\n", 5, 4), ("h 1 1\n", "h 1 0\nh 2 1\nh 1 1\n", 6, 4),
      ("a 1 0 1\n", "a 1 0 1\na 1 0 2\n", 4, 3),
      ("e 3 2 6", "e 2 1 7", 7, 6), ("e 1 1 5\n", "e 1 1 5\np alloc 3 2 1 3\n", 6, 2),
    ] as [(String, String, Int, Int)])
  func whatStandsThereTwiceIsRefusedWithBothLines(_ old: String, _ new: String, _ line: Int, _ first: Int) throws {
    let fault = try #require(
      throws: AllocationFile.Fault.self
    ) { try AllocationFile(Array(Self.good.replacing(old, with: new).utf8)) }
    #expect(fault.line == line)
    #expect(fault.reason.hasSuffix("line \(first) too") || fault.reason.hasSuffix("the first is line \(first)"))
  }

  @Test(
    arguments: [
      ("n 2\n", "n 1\n", 3, 2), ("n 2\n", "n 2\nn 2\n", 4, 3), ("a 2 4 9", "a 1 4 9", 7, 5),
    ] as [(String, String, Int, Int)])
  func alsoInAnAssignment(_ old: String, _ new: String, _ line: Int, _ first: Int) throws {
    let good = "p asn 4 4\nn 1\nn 2\na 1 3 1\na 1 4 2\na 2 3 3\na 2 4 9\n"
    let fault = try #require(
      throws: AllocationFile.Fault.self
    ) { try AllocationFile(Array(good.replacing(old, with: new).utf8)) }
    #expect(fault.line == line)
    #expect(fault.reason.hasSuffix("line \(first) too"))
  }
}
