/// Why it is so, and what would change it; each answer is what solving again with that one change would give.
extension Optimum {
  /// How much more a home would have to suit a person for them to live there in an optimum: at one more they do in every
  /// one; at one less in none.
  public struct Shortfall: Sendable, Equatable {
    public let home: Int
    public let weight: Int64
  }

  /// "Why not me": what a person lacks for each home they could live in, the least first; 0 for their own, and where it
  /// was a tie.
  public func shortfalls(ofPerson person: Int) -> [Shortfall] {
    let homes = edges.edges(ofPerson: person).map { Int(edges.homeOf[$0]) }.filter(canBeReached)
    let search = Search(self, from: firstPerson + person, to: homes)
    return edges.edges(ofPerson: person).compactMap { index -> Shortfall? in
      let home = Int(edges.homeOf[index])
      if settled.homeOfPerson[person] == Int32(home) { return Shortfall(home: home, weight: 0) }
      guard search.length[home] < .max, !isDeclined(Int32(person), home) else { return nil }
      let weight = edges.weightAt[Int(edges.placeOf[index])]
      let lacks = settled.depthOfHome[home] - weight - depth(ofPerson: person)
      return Shortfall(home: home, weight: lacks + search.length[home])
    }.sorted { ($0.weight, $0.home) < ($1.weight, $1.home) }
  }

  /// "Which cap binds": the full areas around a home, from the inside out, with what one more place in each would add to
  /// the total; those where it adds nothing are left out.
  public func bindingAreas(aroundHome home: Int) -> [(area: Int, gain: Int64)] {
    var binding: [(area: Int, gain: Int64)] = []
    var area = Int(forest.areaOfHome[home])
    while area != forest.hub {
      let gain = gain(ofPlaceIn: area)
      if gain > 0 { binding.append((area, gain)) }
      area = Int(forest.parent[area])
    }
    return binding
  }

  /// What one more place in an area would add to the total.
  public func gain(ofPlaceIn area: Int) -> Int64 {
    let around = Int(forest.parent[area])
    let price = settled.depthOfArea[area] - settled.depthOfArea[around]
    guard settled.filled[area] == capacity[area], price > 0 else { return 0 }
    let search = Search(self, from: firstArea + area, to: [firstArea + around])
    return max(0, price - search.length[firstArea + around])
  }

  /// One thing that would give somebody a home.
  public enum Remedy: Sendable, Equatable {
    /// This home suits them that much better.
    case weight(home: Int, more: Int64)
    /// One more home may be filled in this area.
    case place(area: Int)
  }

  /// "What would change it": each single change that would give a person without a home one. Empty for who has one.
  public func remedies(forPerson person: Int) -> [Remedy] {
    guard settled.homeOfPerson[person] < 0 else { return [] }
    var remedies: [Remedy] = shortfalls(ofPerson: person).prefix(1).map { .weight(home: $0.home, more: $0.weight + 1) }
    for area in areasAroundHomes(ofPerson: person) {
      var wider = self
      wider.widen(area: area)
      if wider.settled.homeOfPerson[person] >= 0 { remedies.append(.place(area: area)) }
    }
    return remedies
  }

  /// "Who is next": who gets a home when the one who has it declines; nil for nobody.
  public func next(forHome home: Int) -> Int? {
    let person = Int(settled.personOfHome[home])
    guard person >= 0 else { return nil }
    var without = self
    without.decline(person: person, home: home)
    let next = without.settled.personOfHome[home]
    return next < 0 ? nil : Int(next)
  }

  /// Somebody lives there, or could as far as areas go.
  private func canBeReached(_ home: Int) -> Bool {
    var area = Int(forest.areaOfHome[home])
    while area != forest.hub {
      if capacity[area] == 0 { return false }
      area = Int(forest.parent[area])
    }
    return !isWithdrawn[home]
  }

  private func areasAroundHomes(ofPerson person: Int) -> [Int] {
    var areas: Set<Int> = []
    for index in edges.edges(ofPerson: person) {
      var area = Int(forest.areaOfHome[Int(edges.homeOf[index])])
      while area != forest.hub, areas.insert(area).inserted { area = Int(forest.parent[area]) }
    }
    return areas.sorted()
  }
}
