/// The homes that would take room, by what it is worth to them: each area has a knock-out tournament of its own homes
/// without room and the winners of the areas in it that are not full, so that who comes first below an area is known at
/// once, and a change costs a handful of matches.
struct Waiting<Price: FixedWidthInteger & SignedInteger & BitwiseCopyable> {
  private let forest: Forest
  private let filled: Column<Int>
  private let capacity: Column<Int>
  /// Where each area's tournament begins: its final stands at 1 from there, its first matches from `size`.
  private let base: Column<Int32>
  private let size: Column<Int32>
  /// Where homes and areas play their first match.
  private let seatOfHome: Column<Int32>
  private let seatOfArea: Column<Int32>
  private let best: Column<Price>
  private let home: Column<Int32>
  private let count: Int

  init(_ forest: Forest, filled: Column<Int>, capacity: Column<Int>) {
    self.forest = forest
    self.filled = filled
    self.capacity = capacity
    base = Column(forest.hub + 1, filledWith: 0)
    size = Column(forest.hub + 1, filledWith: 1)
    seatOfHome = Column(forest.areaOfHome.count, filledWith: 0)
    seatOfArea = Column(forest.hub + 1, filledWith: 0)
    var next = 0
    for area in 0...forest.hub {
      let (homes, areas) = (forest.homesIn[area], forest.areasIn[area])
      var places = 1
      while places < homes.count + areas.count { places *= 2 }
      base[area] = Int32(next)
      size[area] = Int32(places)
      for (seat, home) in homes.enumerated() { seatOfHome[Int(home)] = Int32(places + seat) }
      for (seat, inner) in areas.enumerated() { seatOfArea[Int(inner)] = Int32(places + homes.count + seat) }
      next += 2 * places
    }
    count = next
    best = Column(next, filledWith: .min)
    home = Column(next, filledWith: -1)
  }

  func free() {
    for column in [base, size, seatOfHome, seatOfArea, home] { column.free() }
    best.free()
  }

  /// Everyone plays again.
  func start(_ worth: (Int) -> Price?) {
    for place in 0..<count { (best[place], home[place]) = (.min, -1) }
    for area in forest.order.reversed().lazy.map(Int.init) {
      let base = Int(base[area])
      for home in forest.homesIn[area].lazy.map(Int.init) {
        if let worth = worth(home) { seat(base + Int(seatOfHome[home]), worth, home) }
      }
      for inner in forest.areasIn[area].lazy.map(Int.init) where filled[inner] < capacity[inner] {
        let won = Int(self.base[inner]) + 1
        seat(base + Int(seatOfArea[inner]), best[won], Int(home[won]))
      }
      for match in (1..<Int(size[area])).reversed() { play(base, match) }
    }
  }

  /// Who comes first below an area, and what room is worth to them.
  func first(below area: Int) -> (home: Int, worth: Price)? {
    let won = Int(base[area]) + 1
    return home[won] < 0 ? nil : (Int(home[won]), best[won])
  }

  /// What room is worth to who comes second below an area: the best of all that the first beat.
  func second(below area: Int, after first: Int) -> Price {
    var most = Price.min
    var inner = Int(forest.areaOfHome[first])
    var place = Int(seatOfHome[first])
    while true {
      let base = Int(base[inner])
      while place > 1 {
        most = max(most, best[base + (place ^ 1)])
        place >>= 1
      }
      if inner == area { return most }
      place = Int(seatOfArea[inner])
      inner = Int(forest.parent[inner])
    }
  }

  func add(_ waiting: Int, worth: Price) { change(waiting, worth, waiting) }

  func remove(_ waiting: Int) { change(waiting, .min, -1) }

  private func change(_ waiting: Int, _ worth: Price, _ who: Int) {
    let area = Int(forest.areaOfHome[waiting])
    let place = Int(seatOfHome[waiting])
    seat(Int(base[area]) + place, worth, who)
    climb(area, place)
  }

  /// An area became full, or has room again.
  func reopened(_ area: Int) {
    guard area < forest.hub else { return }
    let (around, place) = (Int(forest.parent[area]), Int(seatOfArea[area]))
    let won = Int(base[area]) + 1
    let isOpen = filled[area] < capacity[area]
    seat(Int(base[around]) + place, isOpen ? best[won] : .min, isOpen ? Int(home[won]) : -1)
    climb(around, place)
  }

  /// Plays the matches above one again, until nothing changes.
  private func climb(_ area: Int, _ from: Int) {
    let base = Int(base[area])
    var match = from >> 1
    while match > 0 {
      guard play(base, match) else { return }
      match >>= 1
    }
    reopened(area)
  }

  @inline(__always)
  private func seat(_ place: Int, _ worth: Price, _ who: Int) {
    best[place] = worth
    home[place] = Int32(who)
  }

  /// - Returns: whether the winner is another, or worth another amount.
  @inline(__always) @discardableResult
  private func play(_ base: Int, _ match: Int) -> Bool {
    let one = base + 2 * match
    let won = best[one + 1] > best[one] ? one + 1 : one
    let place = base + match
    if best[place] == best[won] && home[place] == home[won] { return false }
    (best[place], home[place]) = (best[won], home[won])
    return true
  }
}
