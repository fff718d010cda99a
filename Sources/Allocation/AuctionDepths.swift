/// Where an auction ends: who lives where, and depths in units of weight that are right exactly.
struct Settled: Sendable {
  var homeOfPerson: [Int32]
  var personOfHome: [Int32]
  /// Homes that take room in their areas: those with a person.
  var hasRoom: [Bool]
  /// How many homes are filled in each area and below it.
  var filled: [Int]
  /// Depths of people are their prices, below 0.
  var depthOfPerson: [Int64]
  var depthOfHome: [Int64]
  var depthOfArea: [Int64]
}

extension Auction {
  /// Rounds depths down to weights. With less than one step too little anywhere and more values that a remainder can have
  /// than points, there is a remainder none has; counted from there, rounding down never makes an open way cost less than
  /// nothing.
  func settled() -> Settled {
    let origin = freeRemainder() + 1
    func rounded(_ depth: Price) -> Int64 { Int64((depth - origin).floored(by: scale)) }
    let hub = rounded(0)
    var ofArea = (0..<areas).map { rounded(priceOfRoom(in: $0)) - hub }
    var ofHome = (0..<homes).map { rounded(depth(ofHome: $0)) - hub }
    let ofPerson = (0..<people).map { person -> Int64 in
      let home = Int(homeOfPerson[person])
      // Nothing but home and person is in this pair's way: all it is worth beyond the home is the person's.
      return home < 0 ? 0 : ofHome[home] - weightOfPerson[person]
    }
    ofArea.append(0)
    close(&ofHome, &ofArea, ofPerson)
    return Settled(
      homeOfPerson: (0..<people).map { homeOfPerson[$0] }, personOfHome: (0..<homes).map { personOfHome[$0] },
      hasRoom: (0..<homes).map { hasRoom[$0] },
      filled: (0..<areas).map { filled[$0] }, depthOfPerson: ofPerson, depthOfHome: ofHome, depthOfArea: ofArea)
  }

  /// An empty home costs what its room does, at least.
  private func depth(ofHome home: Int) -> Price {
    hasRoom[home] ? depth[home] : max(depth[home], priceOfRoom(in: area(of: home)))
  }

  /// Below 0: a person's price.
  private func depth(ofPerson person: Int) -> Price {
    homeOfPerson[person] < 0 ? -ask[person] : step - ask[person]
  }

  private func freeRemainder() -> Price {
    let size = Int(scale)
    var isTaken = [Bool](repeating: false, count: size)
    func take(_ depth: Price) { isTaken[Int(depth - depth.floored(by: scale) * scale)] = true }
    take(0)
    for area in 0..<areas { take(priceOfRoom(in: area)) }
    for home in 0..<homes { take(depth(ofHome: home)) }
    for person in 0..<people { take(depth(ofPerson: person)) }
    return Price(isTaken.firstIndex(of: false) ?? 0)
  }

  /// Nobody bid in closed areas: there a home costs what it would be worth, and the outermost area without room says so.
  private func close(_ depthOfHome: inout [Int64], _ depthOfArea: inout [Int64], _ depthOfPerson: [Int64]) {
    for home in 0..<homes where isClosed[home] {
      depthOfHome[home] = edges.edges(ofHome: home).reduce(depthOfArea[area(of: home)]) {
        max($0, edges.weightAt[$1] + depthOfPerson[Int(edges.personAt[$1])])
      }
    }
    for area in forest.order.dropFirst().lazy.map(Int.init)
    where capacity[area] == 0 && (forest.parent[area] == Int32(areas) || capacity[Int(forest.parent[area])] > 0) {
      let most = forest.homes(below: area).reduce(depthOfArea[area]) { max($0, depthOfHome[Int($1)]) }
      for inner in forest.areas(below: area) { depthOfArea[Int(inner)] = most }
    }
  }
}

extension FixedWidthInteger where Self: SignedInteger {
  /// Division that rounds down, below 0 too.
  fileprivate func floored(by size: Self) -> Self {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: size)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
