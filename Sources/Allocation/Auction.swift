/// Finds the optimum by an auction in rounds. Homes that have room in their areas bid for people; who is wanted twice
/// becomes dearer, and a home for which nobody is worth its room any more gives the room back, to the home
/// below it that would use it best. Then the other way round: people with a price who are without a home look for one, and full
/// areas give room to whoever is worth most.
///
/// In a round everything is allowed to be wrong by one `step`: a home may have a person who suits it less than the best
/// by that much (ε-complementary slackness, Bertsekas 1979, Goldberg & Tarjan 1990). Steps become smaller from round to
/// round. Weights are multiplied by more than the number of points a circle of changes can pass, so at a step of 1 no
/// circle of changes makes the total larger: the allocation is an optimum, exactly.
///
/// Prices stand as depths: the hub's is 0, an area's is what room in it costs, a home's what room and home cost together.
///
/// - Parameter Price: wide enough for eight times the largest weight times the scale.
struct Auction<Price: FixedWidthInteger & SignedInteger & BitwiseCopyable>: ~Copyable {
  let edges: Adjacency
  let forest: Forest
  let homes: Int
  let people: Int
  let areas: Int
  /// What weights are multiplied by.
  let scale: Price
  var step: Price

  /// What a home must bid for a person: the price, and a step more when another home has them.
  let ask: Column<Price>
  let homeOfPerson: Column<Int32>
  let weightOfPerson: Column<Int64>

  /// What room and home cost together, for each home.
  let depth: Column<Price>
  let personOfHome: Column<Int32>
  /// Whether its areas have made room for this home.
  let hasRoom: Column<Bool>
  /// Homes nobody can live in: without edges, or in an area where none may be filled.
  let isClosed: Column<Bool>

  /// What room in an area costs beyond the one around it, as a depth, where it is full; elsewhere it costs what it does
  /// around it (`priceOfRoom`).
  let depthOfArea: Column<Price>
  let capacity: Column<Int>
  /// How much room each area takes from the one around it, and how much of that is not used (below 0: lacking).
  let filled: Column<Int>
  let spare: Column<Int>
  let waiting: Waiting<Price>

  /// Who has something to settle: areas with spare or lacking room, homes with room and nobody, people with a price and
  /// no home.
  var areasToSettle: [Int32] = []
  var homesToSettle: [Int32] = []
  var peopleToSettle: [Int32] = []

  init(_ problem: Problem, _ edges: Adjacency, _ forest: Forest) {
    self.edges = edges
    self.forest = forest
    homes = problem.homeCount
    people = problem.personCount
    areas = problem.areaCount
    scale = Price(Self.scale(problem))
    step = 1
    ask = Column(people, filledWith: 0)
    homeOfPerson = Column(people, filledWith: -1)
    weightOfPerson = Column(people, filledWith: 0)
    depth = Column(homes, filledWith: 0)
    personOfHome = Column(homes, filledWith: -1)
    hasRoom = Column(homes, filledWith: false)
    isClosed = Column(homes, filledWith: false)
    depthOfArea = Column(areas + 1, filledWith: 0)
    capacity = Column(problem.capacity + [.max])
    filled = Column(areas + 1, filledWith: 0)
    spare = Column(areas + 1, filledWith: 0)
    waiting = Waiting(forest, filled: filled, capacity: capacity)
    // Closed goes down: no area has room where the one around it has none.
    for area in forest.order.dropFirst() where capacity[Int(forest.parent[Int(area)])] == 0 { capacity[Int(area)] = 0 }
    for home in 0..<homes {
      isClosed[home] = capacity[Int(forest.areaOfHome[home])] == 0 || edges.edges(ofHome: home).isEmpty
    }
  }

  /// A circle of changes passes each home, each person in a home, and each area once at most, and one person more.
  static func scale(_ problem: Problem) -> Int { 2 * problem.homeCount + problem.areaCount + 4 }

  /// Whether prices that large can be counted.
  static func fits(_ problem: Problem, _ edges: Adjacency) -> Bool {
    let most = (0..<problem.homeCount).reduce(Int64(0)) { max($0, edges.largest(ofHome: $1) ?? 0) }
    let (whole, over) = Price(most).multipliedReportingOverflow(by: Price(scale(problem)))
    return !over && whole <= Price.max >> 3
  }

  deinit {
    for column in [ask, depth, depthOfArea] { column.free() }
    for column in [homeOfPerson, personOfHome] { column.free() }
    for column in [capacity, filled, spare] { column.free() }
    for column in [hasRoom, isClosed] { column.free() }
    weightOfPerson.free()
    waiting.free()
  }

  @inline(__always)
  func worth(_ weight: Int64) -> Price { Price(truncatingIfNeeded: weight) &* scale }

  @inline(__always)
  func area(of home: Int) -> Int { Int(forest.areaOfHome[home]) }

  /// What room in an area costs: the most that any full area around it asks.
  @inline(__always)
  func priceOfRoom(in area: Int) -> Price {
    var (most, around) = (Price(0), area)
    while around < areas {
      if filled[around] >= capacity[around] { most = max(most, depthOfArea[around]) }
      around = Int(forest.parent[around])
    }
    return most
  }

  /// Rounds with ever smaller steps, down to 1.
  mutating func run() {
    let most = (0..<homes).reduce(Int64(0)) { isClosed[$1] ? $0 : max($0, edges.largest(ofHome: $1) ?? 0) }
    step = max(1, worth(most) / 4)
    while true {
      round()
      if step == 1 { return }
      let smaller = max(1, step / 5)
      for person in 0..<people where homeOfPerson[person] >= 0 { ask[person] += smaller - step }
      step = smaller
    }
  }

  private mutating func round() {
    for area in forest.order.dropFirst() { level(Int(area)) }
    for home in 0..<homes where !isClosed[home] { open(home) }
    shareOutRoom()
    for area in 0..<areas where spare[area] < 0 { areasToSettle.append(Int32(area)) }
    settleLackingAreas()
    startWaiting()
    for area in 0..<areas where spare[area] > 0 { areasToSettle.append(Int32(area)) }
    settleSpare()
    for home in 0..<homes where !isClosed[home] { raise(home) }
    for person in 0..<people where homeOfPerson[person] < 0 && ask[person] > step {
      peopleToSettle.append(Int32(person))
    }
    settleLacking()
  }

  /// At the beginning of a round: what is dearer than around it by no more than a step is so no longer.
  private func level(_ area: Int) {
    let price = priceOfRoom(in: Int(forest.parent[area]))
    if filled[area] < capacity[area] || depthOfArea[area] - price <= step { depthOfArea[area] = price }
  }

  /// At the beginning of a round: what a home would be worth at most now; a pair that suits less than that by more than a
  /// step comes apart.
  private mutating func open(_ home: Int) {
    let own = Int(personOfHome[home])
    var best = Price.min
    for place in edges.edges(ofHome: home) {
      let worth = worth(edges.weightAt[place])
      if worth <= best { break }
      let person = Int(edges.personAt[place])
      best = max(best, worth - (person == own ? ask[person] - step : ask[person]))
    }
    best = max(best, 0)
    depth[home] = best
    let above = priceOfRoom(in: area(of: home))
    if own >= 0 {
      let value = worth(weightOfPerson[own]) - (ask[own] - step)
      if value < best - step || best < above - step { part(own, home) }
    }
    if personOfHome[home] >= 0 { return }
    if best > above + step { hasRoom[home] = true }
    if best < above - step { hasRoom[home] = false }
    if hasRoom[home] { homesToSettle.append(Int32(home)) }
  }

  /// Areas take as much as is used in them, those with a price as much as they may.
  private mutating func shareOutRoom() {
    for area in 0...areas { spare[area] = 0 }
    for home in 0..<homes where hasRoom[home] { spare[area(of: home)] -= 1 }
    for area in forest.order.dropFirst().reversed().lazy.map(Int.init) {
      let around = Int(forest.parent[area])
      let isDear = depthOfArea[area] > priceOfRoom(in: around)
      filled[area] = isDear ? capacity[area] : min(-spare[area], capacity[area])
      spare[area] += filled[area]
      spare[around] -= filled[area]
    }
  }

  /// Before the second half of a round: a home is worth as much as its person lets it, an empty one what its room costs.
  private mutating func raise(_ home: Int) {
    let person = Int(personOfHome[home])
    let most =
      person < 0 ? priceOfRoom(in: area(of: home)) : worth(weightOfPerson[person]) - (ask[person] - step)
    depth[home] = max(depth[home], most)
  }

  @inline(__always)
  mutating func pair(_ person: Int, _ home: Int, _ weight: Int64) {
    homeOfPerson[person] = Int32(home)
    weightOfPerson[person] = weight
    personOfHome[home] = Int32(person)
    ask[person] += step
  }

  @inline(__always)
  mutating func part(_ person: Int, _ home: Int) {
    homeOfPerson[person] = -1
    personOfHome[home] = -1
    ask[person] -= step
  }
}
