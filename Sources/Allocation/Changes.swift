/// One change later: the allocation that was the best becomes the best again along one shortest way of changes, and its
/// prices with it.
extension Optimum {
  /// A home is not there any more.
  public mutating func withdraw(home: Int) {
    guard !isWithdrawn[home] else { return }
    isWithdrawn[home] = true
    guard settled.hasRoom[home] else { return }
    let person = Int(settled.personOfHome[home])
    settled.hasRoom[home] = false
    settled.personOfHome[home] = -1
    send(from: firstArea + Int(forest.areaOfHome[home]), to: firstPerson + person)
  }

  /// A person will not live in a home.
  public mutating func decline(person: Int, home: Int) {
    guard edges.place(person: person, home: home) != nil else { return }
    declined[Int32(home), default: []].insert(Int32(person))
    guard settled.homeOfPerson[person] == Int32(home) else { return }
    settled.personOfHome[home] = -1
    send(from: home, to: firstPerson + person)
  }

  /// One more home may be filled in an area.
  public mutating func widen(area: Int) {
    capacity[area] += 1
    let around = Int(forest.parent[area])
    guard settled.filled[area] == capacity[area] - 1, settled.depthOfArea[area] > settled.depthOfArea[around] else {
      return
    }
    settled.filled[area] += 1
    send(from: firstArea + area, to: firstArea + around)
  }

  /// Sends what is too much at one point the shortest way to where it lacks.
  private mutating func send(from source: Search.Point, to target: Search.Point) {
    let search = Search(self, from: source, to: [target])
    let length = search.length[target]
    precondition(length < .max, "from every home there is a way through the hub to everybody")
    for point in search.reached where search.length[point] < length { lower(point, by: length - search.length[point]) }
    make(search.way(to: target))
  }

  private mutating func lower(_ point: Search.Point, by amount: Int64) {
    if point < firstPerson {
      settled.depthOfHome[point] -= amount
    } else if point < firstArea {
      settled.depthOfPerson[point - firstPerson] -= amount
    } else {
      settled.depthOfArea[point - firstArea] -= amount
    }
  }

  /// Makes the changes along a way: first who gives something up, then who gets it.
  private mutating func make(_ way: [Search.Point]) {
    let steps = Array(zip(way, way.dropFirst()))
    for (one, other) in steps {
      if one >= firstArea && other >= firstArea { moveRoom(from: one - firstArea, to: other - firstArea) }
      if one < firstPerson && other >= firstArea { settled.hasRoom[one] = false }
      if one >= firstArea && other < firstPerson { settled.hasRoom[other] = true }
      if other < firstPerson && one < firstArea && one >= firstPerson { settled.personOfHome[other] = -1 }
      if one == hubPoint && other < firstArea && other >= firstPerson { unhouse(other - firstPerson) }
    }
    for (one, other) in steps where one < firstPerson && other < firstArea { house(other - firstPerson, in: one) }
  }

  private mutating func moveRoom(from one: Int, to other: Int) {
    if one != forest.hub && Int(forest.parent[one]) == other {
      settled.filled[one] -= 1
    } else {
      settled.filled[other] += 1
    }
  }

  private mutating func house(_ person: Int, in home: Int) {
    if settled.homeOfPerson[person] < 0 { settled.depthOfPerson[person] = hubDepth }
    settled.homeOfPerson[person] = Int32(home)
    settled.personOfHome[home] = Int32(person)
  }

  private mutating func unhouse(_ person: Int) {
    let home = Int(settled.homeOfPerson[person])
    if home >= 0 && settled.personOfHome[home] == Int32(person) { settled.personOfHome[home] = -1 }
    settled.homeOfPerson[person] = -1
  }
}
