/// The edges of a problem from both sides: those of each home stand together, largest weight first, so that a search may
/// stop where no edge can be near enough; each person has the places of theirs.
final class Adjacency: @unchecked Sendable {
  let homes: Int
  let people: Int
  /// Where each home's edges begin; one more at the end.
  private let startOfHome: Column<Int32>
  let personAt: Column<Int32>
  let weightAt: Column<Int64>
  private let startOfPerson: Column<Int32>
  /// Of each of a person's edges: where it stands among the homes', and which home it is of.
  let placeOf: Column<Int32>
  let homeOf: Column<Int32>

  @inline(__always)
  func edges(ofHome home: Int) -> Range<Int> { Int(startOfHome[home])..<Int(startOfHome[home + 1]) }

  /// Indexes into `placeOf` and `homeOf`.
  @inline(__always)
  func edges(ofPerson person: Int) -> Range<Int> { Int(startOfPerson[person])..<Int(startOfPerson[person + 1]) }

  /// The largest weight of a home; nil when nobody could live there.
  func largest(ofHome home: Int) -> Int64? {
    let own = edges(ofHome: home)
    return own.isEmpty ? nil : weightAt[own.lowerBound]
  }

  /// Where the edge of a person and a home stands; nil when there is none.
  func place(person: Int, home: Int) -> Int? {
    edges(ofPerson: person).first { homeOf[$0] == Int32(home) }.map { Int(placeOf[$0]) }
  }

  init(_ problem: Problem) {
    homes = problem.homeCount
    people = problem.personCount
    let count = problem.edges.count
    startOfHome = Column(homes + 1, filledWith: 0)
    startOfPerson = Column(people + 1, filledWith: 0)
    personAt = Column(unfilled: count)
    weightAt = Column(unfilled: count)
    placeOf = Column(unfilled: count)
    homeOf = Column(unfilled: count)
    countEdges(problem.edges)
    layOut(problem.edges)
    for home in 0..<homes { sort(edges(ofHome: home)) }
    pointBack()
  }

  deinit {
    for column in [startOfHome, startOfPerson, personAt, placeOf, homeOf] { column.free() }
    weightAt.free()
  }

  private func countEdges(_ edges: [Problem.Edge]) {
    for edge in edges {
      startOfHome[Int(edge.home) + 1] += 1
      startOfPerson[Int(edge.person) + 1] += 1
    }
    for home in 0..<homes { startOfHome[home + 1] += startOfHome[home] }
    for person in 0..<people { startOfPerson[person + 1] += startOfPerson[person] }
  }

  private func layOut(_ edges: [Problem.Edge]) {
    let next = copy(startOfHome, homes)
    defer { next.free() }
    for edge in edges {
      let place = Int(next[Int(edge.home)])
      next[Int(edge.home)] += 1
      personAt[place] = edge.person
      weightAt[place] = edge.weight
    }
  }

  /// Largest weight first; equal weights by person, so that the order of the file decides nothing.
  private func sort(_ own: Range<Int>) {
    if own.allSatisfy({ weightAt[$0] <= Int64(UInt32.max) }) {
      let keys = own.map { UInt64(weightAt[$0]) << 32 | UInt64(UInt32.max - UInt32(personAt[$0])) }.sorted(by: >)
      for (place, key) in zip(own, keys) {
        weightAt[place] = Int64(key >> 32)
        personAt[place] = Int32(UInt32.max - UInt32(truncatingIfNeeded: key))
      }
    } else {
      let sorted = own.map { (weightAt[$0], personAt[$0]) }.sorted { $0.0 > $1.0 || $0.0 == $1.0 && $0.1 < $1.1 }
      for (place, edge) in zip(own, sorted) { (weightAt[place], personAt[place]) = edge }
    }
  }

  private func pointBack() {
    let next = copy(startOfPerson, people)
    defer { next.free() }
    for home in 0..<homes {
      for place in edges(ofHome: home) {
        let person = Int(personAt[place])
        placeOf[Int(next[person])] = Int32(place)
        homeOf[Int(next[person])] = Int32(home)
        next[person] += 1
      }
    }
  }

  private func copy(_ column: Column<Int32>, _ count: Int) -> Column<Int32> {
    let made = Column<Int32>(unfilled: count)
    for place in 0..<count { made[place] = column[place] }
    return made
  }
}
