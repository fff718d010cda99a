internal import Testing

@testable import Allocation

/// Truth here is solving the changed problem from the start; that an optimum is one, its prices prove.
@Suite struct ChangesTests {
  static let shapes = [(1, 4), (2, 3), (3, 6), (50, 4), (1_000_000_000, 9)]

  @Test(arguments: shapes) func oneChangeLaterItIsTheBestAgain(_ weights: Int, _ room: Int) throws {
    var dice = Dice(state: UInt64(weights * 31 + room))
    for _ in 0..<40 {
      var made = MadeProblem(&dice, people: 12, homes: 8, areas: 5, weights: weights, room: room)
      var optimum = Optimum(try made.problem)
      for _ in 0..<6 {
        change(&optimum, &made, &dice)
        let (again, now) = (try made.problem, optimum.allocation)
        #expect(again.proves(now))
        #expect(now.total == again.solved().total)
      }
    }
  }

  private func change(_ optimum: inout Optimum, _ made: inout MadeProblem, _ dice: inout Dice) {
    let placed = optimum.allocation.homeOfPerson
    switch dice.roll(3) {
    case 0:
      let home = dice.roll(8)
      optimum.withdraw(home: home)
      made.edges.removeAll { $0.home == Int32(home) }
    case 1:
      let person = dice.roll(12)
      let home = placed[person] >= 0 ? Int(placed[person]) : dice.roll(8)
      optimum.decline(person: person, home: home)
      made.edges.removeAll { $0.person == Int32(person) && $0.home == Int32(home) }
    default:
      let area = dice.roll(5)
      optimum.widen(area: area)
      made.capacity[area] += 1
    }
  }

  @Test func aLargeOneToo() throws {
    var dice = Dice(state: 11)
    var made = MadeProblem(&dice, people: 300, homes: 80, areas: 20, weights: 1000, room: 12)
    var optimum = Optimum(try made.problem)
    for _ in 0..<10 {
      let homes = optimum.allocation.homeOfPerson
      let placed = homes.indices.filter { homes[$0] >= 0 }
      let person = placed[dice.roll(placed.count)]
      let home = Int(homes[person])
      optimum.decline(person: person, home: home)
      made.edges.removeAll { $0.person == Int32(person) && $0.home == Int32(home) }
      #expect(try made.problem.proves(optimum.allocation))
    }
  }
}

/// Every answer is checked by making that one change and solving again.
@Suite struct ExplanationTests {
  @Test(arguments: [2, 5, 100]) func whyNotMe(_ weights: Int) throws {
    var dice = Dice(state: UInt64(weights))
    for _ in 0..<15 {
      let made = MadeProblem(&dice, people: 10, homes: 6, areas: 4, weights: weights)
      let optimum = Optimum(try made.problem)
      let total = optimum.allocation.total
      let person = dice.roll(10)
      for shortfall in optimum.shortfalls(ofPerson: person) where shortfall.weight > 0 {
        try holds(shortfall, person, made, total)
      }
    }
  }

  private func holds(_ shortfall: Optimum.Shortfall, _ person: Int, _ made: MadeProblem, _ total: Int128) throws {
    func solved(_ more: Int64) throws -> Allocation {
      try made.with(person, shortfall.home, more: more).problem.solved()
    }
    let less = try solved(shortfall.weight - 1)
    #expect(less.total == total && less.homeOfPerson[person] != Int32(shortfall.home))
    #expect(try solved(shortfall.weight).total == total)
    let more = try solved(shortfall.weight + 1)
    #expect(more.total == total + 1 && more.homeOfPerson[person] == Int32(shortfall.home))
  }

  @Test func whichCapBinds() throws {
    var dice = Dice(state: 5)
    for _ in 0..<40 {
      let made = MadeProblem(&dice, people: 10, homes: 8, areas: 5, weights: 20)
      let optimum = Optimum(try made.problem)
      let total = optimum.allocation.total
      for area in 0..<5 {
        var wider = made
        wider.capacity[area] += 1
        #expect(try wider.problem.solved().total - total == Int128(optimum.gain(ofPlaceIn: area)))
      }
      for home in 0..<8 {
        for (area, gain) in optimum.bindingAreas(aroundHome: home) { #expect(gain == optimum.gain(ofPlaceIn: area)) }
      }
    }
  }

  @Test func whatWouldChangeIt() throws {
    var dice = Dice(state: 8)
    var found = 0
    for _ in 0..<40 {
      let made = MadeProblem(&dice, people: 10, homes: 6, areas: 4, weights: 30)
      let optimum = Optimum(try made.problem)
      for person in 0..<10 {
        let remedies = optimum.remedies(forPerson: person)
        if optimum.allocation.homeOfPerson[person] >= 0 { #expect(remedies.isEmpty) }
        for remedy in remedies {
          found += 1
          switch remedy {
          case .weight(let home, let more):
            #expect(try made.with(person, home, more: more).problem.solved().homeOfPerson[person] == Int32(home))
          case .place(let area):
            // With the place there is an optimum in which this person has a home: forcing it costs nothing.
            var wider = made
            wider.capacity[area] += 1
            let best = try wider.problem.solved().total
            #expect(try forced(person, wider) == best)
          }
        }
      }
    }
    #expect(found > 50)
  }

  /// The best total in which a person has a home: as good as when they were worth very much more everywhere.
  private func forced(_ person: Int, _ made: MadeProblem) throws -> Int128 {
    var changed = made
    for place in changed.edges.indices where changed.edges[place].person == Int32(person) {
      changed.edges[place].weight += 1_000_000
    }
    return try changed.problem.solved().total - 1_000_000
  }

  @Test func whoIsNext() throws {
    var dice = Dice(state: 21)
    for _ in 0..<40 {
      // Weights so various that there is one optimum only.
      let made = MadeProblem(&dice, people: 10, homes: 6, areas: 4, weights: 1_000_000_000)
      let optimum = Optimum(try made.problem)
      for (person, home) in optimum.allocation.homeOfPerson.enumerated() where home >= 0 {
        var without = made
        without.edges.removeAll { $0.person == Int32(person) && $0.home == home }
        let again = try without.problem.solved().homeOfPerson.firstIndex(of: home)
        #expect(optimum.next(forHome: Int(home)) == again)
      }
    }
  }

  @Test func oneRoundByHand() throws {
    // Three people, two homes in one building of which one may be filled.
    let edges = [(0, 0, 5), (1, 0, 7), (1, 1, 4), (2, 1, 6)].map {
      Problem.Edge(person: $0.0, home: $0.1, weight: $0.2)
    }
    let problem = try Problem(
      personCount: 3, areaOfHome: [0, 0], parentOfArea: [-1], capacity: [1], edges: edges)
    let optimum = Optimum(problem)
    #expect(optimum.allocation.homeOfPerson == [-1, 0, -1])
    #expect(optimum.shortfalls(ofPerson: 0) == [.init(home: 0, weight: 2)])
    #expect(optimum.shortfalls(ofPerson: 2) == [.init(home: 1, weight: 1)])
    #expect(optimum.bindingAreas(aroundHome: 1).map(\.gain) == [6])
    #expect(optimum.remedies(forPerson: 2) == [.weight(home: 1, more: 2), .place(area: 0)])
    // Without that pair 6 is the most, in the other home: nobody is next for this one.
    #expect(optimum.next(forHome: 0) == nil)
  }
}
