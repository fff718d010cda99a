/// The areas of a problem under one hub, which stands for the whole region and is never full: from the top down, so that
/// all that lies in an area stands together.
struct Forest: Sendable {
  /// The hub's number: one after the last area.
  let hub: Int
  /// The area around each area and around each home; the hub for those in none.
  let parent: [Int32]
  let areaOfHome: [Int32]
  let areasIn: Groups
  let homesIn: Groups
  /// Areas from the top down, and which part of that each area and all below it is.
  let order: [Int32]
  let below: [Range<Int32>]
  /// Homes in the same order, and which part of that lies in each area and below it.
  let homes: [Int32]
  let homesBelow: [Range<Int32>]

  init(_ problem: Problem) {
    let hub = problem.areaCount
    self.hub = hub
    parent = problem.parentOfArea.map { $0 < 0 ? Int32(hub) : $0 }
    areaOfHome = problem.areaOfHome.map { $0 < 0 ? Int32(hub) : $0 }
    areasIn = Groups(parent, count: hub + 1)
    homesIn = Groups(areaOfHome, count: hub + 1)
    var order: [Int32] = []
    var homes: [Int32] = []
    var below = [Range<Int32>](repeating: 0..<0, count: hub + 1)
    var homesBelow = below
    // An area stands on the stack twice: to go in, and (turned round) to come out.
    var stack = [Int32(hub)]
    while let next = stack.popLast() {
      if next < 0 {
        let area = Int(~next)
        below[area] = below[area].lowerBound..<Int32(order.count)
        homesBelow[area] = homesBelow[area].lowerBound..<Int32(homes.count)
        continue
      }
      below[Int(next)] = Int32(order.count)..<Int32.max
      homesBelow[Int(next)] = Int32(homes.count)..<Int32.max
      order.append(next)
      homes += homesIn[Int(next)]
      stack.append(~next)
      stack += areasIn[Int(next)]
    }
    (self.order, self.below, self.homes, self.homesBelow) = (order, below, homes, homesBelow)
  }

  /// An area and all areas below it, from the top down.
  @inline(__always)
  func areas(below area: Int) -> ArraySlice<Int32> {
    order[Int(below[area].lowerBound)..<Int(below[area].upperBound)]
  }

  /// All homes in an area and below it.
  @inline(__always)
  func homes(below area: Int) -> ArraySlice<Int32> {
    homes[Int(homesBelow[area].lowerBound)..<Int(homesBelow[area].upperBound)]
  }
}
