@testable import Allocation

struct Dice {
  var state: UInt64
  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % sides
  }
}

/// A problem made by chance, to be changed and solved again: nested areas, some full from the start, weights that are
/// often equal.
struct MadeProblem {
  let people: Int
  let areaOfHome: [Int32]
  let parents: [Int32]
  var capacity: [Int]
  var edges: [Problem.Edge] = []

  init(_ dice: inout Dice, people: Int, homes: Int, areas: Int, weights: Int, room: Int = 4) {
    self.people = people
    parents = (0..<areas).map { Int32($0 == 0 ? -1 : dice.roll($0 + 1) - 1) }
    capacity = (0..<areas).map { _ in dice.roll(room) }
    areaOfHome = (0..<homes).map { _ in Int32(dice.roll(areas + 1) - 1) }
    for person in 0..<people {
      for home in 0..<homes where dice.roll(3) > 0 {
        edges.append(Problem.Edge(person: Int32(person), home: Int32(home), weight: Int64(dice.roll(weights))))
      }
    }
  }

  var problem: Problem {
    get throws {
      try Problem(
        personCount: people, areaOfHome: areaOfHome, parentOfArea: parents, capacity: capacity, edges: edges)
    }
  }

  func with(_ person: Int, _ home: Int, more: Int64) -> MadeProblem {
    var changed = self
    for place in edges.indices where edges[place].person == Int32(person) && edges[place].home == Int32(home) {
      changed.edges[place].weight += more
    }
    return changed
  }
}
