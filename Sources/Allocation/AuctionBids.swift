/// The first half of a round: homes bid, room that is not used goes down to homes or up. Prices of people rise, all
/// others fall.
extension Auction {
  mutating func settleSpare() {
    while true {
      if let area = areasToSettle.popLast() {
        passOn(area: Int(area))
      } else if let home = homesToSettle.popLast() {
        var next = Int(home)
        while let loser = bid(next) { next = loser }
      } else {
        return
      }
    }
  }

  /// A home with room and nobody takes the person that suits it best at their price, at most for what the second best is
  /// worth to it; or gives its room back.
  /// - Returns: the home that has nobody now, when there is one.
  private mutating func bid(_ home: Int) -> Int? {
    guard hasRoom[home], personOfHome[home] < 0 else { return nil }
    let out = priceOfRoom(in: area(of: home))
    var (best, second, chosen) = (out - 1, out, -1)
    // What nobody looked at, or nobody offered, is worth at most.
    var rest: Price = 0
    for place in edges.edges(ofHome: home) {
      let worth = worth(edges.weightAt[place])
      if worth <= second && (chosen >= 0 || worth < second) {
        rest = max(rest, worth)
        break
      }
      let value = worth - ask[Int(edges.personAt[place])]
      if value > best {
        second = max(second, best)
        best = value
        chosen = place
      } else {
        second = max(second, value)
        rest = max(rest, value)
      }
    }
    guard chosen >= 0 else {
      depth[home] = min(depth[home], rest)
      giveBack(home)
      return nil
    }
    depth[home] = min(depth[home], second)
    return contest(Int(edges.personAt[chosen]), home, edges.weightAt[chosen])
  }

  /// Two homes want a person: the one to which they are worth more has them, at the price of the other.
  private mutating func contest(_ person: Int, _ home: Int, _ weight: Int64) -> Int? {
    let holder = Int(homeOfPerson[person])
    guard holder >= 0 else {
      pair(person, home, weight)
      return nil
    }
    let offer = worth(weight) - depth[home]
    let held = worth(weightOfPerson[person]) - depth[holder]
    ask[person] = max(ask[person], min(offer, held) + step)
    guard offer >= held else { return home }
    part(person, holder)
    pair(person, home, weight)
    return holder
  }

  private mutating func giveBack(_ home: Int) {
    let area = area(of: home)
    hasRoom[home] = false
    waiting.add(home, worth: depth[home])
    spare[area] += 1
    if area < areas && spare[area] == 1 { areasToSettle.append(Int32(area)) }
  }

  mutating func startWaiting() {
    waiting.start { home in hasRoom[home] || isClosed[home] ? nil : depth[home] }
  }

  /// Spare room goes to the empty home below it that is worth most, when it is worth more than room further up;
  /// otherwise up. It costs what the next in line would give.
  private mutating func passOn(area: Int) {
    let around = Int(forest.parent[area])
    let price = priceOfRoom(in: around)
    while spare[area] > 0 {
      guard let (home, worth) = waiting.first(below: area), worth > price else {
        depthOfArea[area] = min(depthOfArea[area], price)
        return passUp(area, to: around)
      }
      let second = max(price, waiting.second(below: area, after: home))
      depthOfArea[area] = min(depthOfArea[area], second)
      spare[area] -= 1
      hasRoom[home] = true
      homesToSettle.append(Int32(home))
      waiting.remove(home)
      var inner = self.area(of: home)
      while inner != area {
        filled[inner] += 1
        if filled[inner] == capacity[inner] {
          depthOfArea[inner] = priceOfRoom(in: area)
          waiting.reopened(inner)
        }
        inner = Int(forest.parent[inner])
      }
    }
  }

  private mutating func passUp(_ area: Int, to around: Int) {
    let amount = min(spare[area], filled[area])
    filled[area] -= amount
    spare[area] -= amount
    waiting.reopened(area)
    guard around < areas else { return }
    spare[around] += amount
    if spare[around] > 0 { areasToSettle.append(Int32(around)) }
  }
}
