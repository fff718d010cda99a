/// The second half of a round: areas that gave more room than they have take it back where it is worth least, and people
/// with a price who have no home ask for one. Prices of people fall, all others rise.
extension Auction {
  mutating func settleLacking() {
    repeat {
      settleLackingAreas()
      if let person = peopleToSettle.popLast() {
        var next = Int(person)
        while let loser = request(next) { next = loser }
      }
    } while !peopleToSettle.isEmpty || !areasToSettle.isEmpty
  }

  mutating func settleLackingAreas() {
    while let area = areasToSettle.popLast() { takeBack(area: Int(area)) }
  }

  /// Room comes from the area around when that has some for less, otherwise from the home in it that is worth least.
  private mutating func takeBack(area: Int) {
    let around = Int(forest.parent[area])
    while spare[area] < 0 {
      var (least, chosen) = (Price.max, -1)
      for home in forest.homes(below: area) where hasRoom[Int(home)] && depth[Int(home)] < least {
        (least, chosen) = (depth[Int(home)], Int(home))
      }
      let price = priceOfRoom(in: around)
      if filled[area] < capacity[area] && price <= least {
        takeFrom(around, for: area)
        if filled[area] == capacity[area] { depthOfArea[area] = price }
      } else {
        depthOfArea[area] = max(depthOfArea[area], least)
        empty(chosen, for: area)
      }
    }
  }

  private mutating func takeFrom(_ around: Int, for area: Int) {
    let amount = min(-spare[area], capacity[area] - filled[area])
    filled[area] += amount
    spare[area] += amount
    guard around < areas else { return }
    spare[around] -= amount
    if spare[around] < 0 { areasToSettle.append(Int32(around)) }
  }

  private mutating func empty(_ home: Int, for area: Int) {
    var inner = self.area(of: home)
    while inner != area {
      filled[inner] -= 1
      inner = Int(forest.parent[inner])
    }
    hasRoom[home] = false
    spare[area] += 1
    let person = Int(personOfHome[home])
    guard person >= 0 else { return }
    part(person, home)
    if ask[person] > step { peopleToSettle.append(Int32(person)) }
  }

  /// A person with a price and no home goes where they are worth most beyond what the home and its room cost, at a price
  /// that leaves what the second best would; or nowhere, at no price.
  /// - Returns: who has no home now, when there is one.
  private mutating func request(_ person: Int) -> Int? {
    guard homeOfPerson[person] < 0, ask[person] > step else { return nil }
    var (best, second, chosen) = (Price(0), Price(0), -1)
    for index in edges.edges(ofPerson: person) {
      let home = Int(edges.homeOf[index])
      if isClosed[home] { continue }
      let cost = hasRoom[home] ? depth[home] : max(depth[home], priceOfRoom(in: area(of: home)))
      let value = worth(edges.weightAt[Int(edges.placeOf[index])]) - cost - step
      if value > best {
        (best, second, chosen) = (value, best, index)
      } else {
        second = max(second, value)
      }
    }
    guard chosen >= 0 else {
      ask[person] = 0
      return nil
    }
    ask[person] = min(ask[person], second)
    return contest(Int(edges.homeOf[chosen]), person, edges.weightAt[Int(edges.placeOf[chosen])])
  }

  /// Two people want a home: who is worth more to it has it, and it costs what they pay. An empty one needs room first.
  private mutating func contest(_ home: Int, _ person: Int, _ weight: Int64) -> Int? {
    depth[home] = max(depth[home], worth(weight) - ask[person])
    let holder = Int(personOfHome[home])
    if holder >= 0 {
      if worth(weight) - ask[person] < worth(weightOfPerson[holder]) - (ask[holder] - step) { return person }
      part(holder, home)
    } else if !hasRoom[home] {
      makeRoom(for: home)
    }
    pair(person, home, weight)
    return holder < 0 ? nil : holder
  }

  private mutating func makeRoom(for home: Int) {
    let area = area(of: home)
    hasRoom[home] = true
    guard area < areas else { return }
    spare[area] -= 1
    if spare[area] < 0 { areasToSettle.append(Int32(area)) }
  }
}
