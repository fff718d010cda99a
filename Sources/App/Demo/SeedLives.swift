internal import Kernel
internal import Residents
internal import Store
internal import Trust

/// Any number of made-up lives. Each is lived by people with habits, through the same verbs and guards as real ones: who
/// is refused tries again later, or never gets there.
struct SeedLives {
  let batch: Batch
  let region: SeedRegion
  let jobs: [String: JobHandler]
  let end: Instant
  let years: Int

  /// How somebody and those around them are; drawn once for a life.
  struct Habits {
    /// How often an agreed visit does not happen, and how often a call is tried in vain.
    let misses: Double
    /// How often check-ins are given, from seldom to each visit.
    let checksIn: Double
    /// Where the mood starts and where it goes in half a year.
    let mood: Double
    let improves: Double
    let paysLate: Bool
    let answersFridays: Bool
    /// A neighbour or relative carries along.
    let isCarried: Bool
    /// Days from registration to ready, and from ready to a home.
    let preparing: Int
    let waiting: Int
    /// Days the next organisation takes to answer; sometimes the answer is no.
    let answering: Int
    let isRefusedFirst: Bool
    let hasSetback: Bool
    let isHomeFirst: Bool
    /// Uses Geland themselves: gives check-ins, and is the one who says "landed".
    let hasAccount: Bool
    /// Agreed between resident and worker; nil keeps to the region's rhythm.
    let everyDays: Int?
  }

  /// Lives one life; the same number gives the same life.
  func live(_ number: Int, seed: UInt64) throws {
    var random = SplitMix(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number))
    let habits = Habits(&random)
    let daysAgo = Int.random(in: 3...max(4, years * 365), using: &random)
    let start = RegionTime.amsterdam.instant(
      RegionTime.amsterdam.date(of: end).adding(days: -daysAgo), hour: 9, minute: number % 60)
    let place = region.places[Int.random(in: 0..<region.places.count, using: &random)]
    let life = Life(batch, region, jobs: jobs, from: start, end: end)
    try SeedLife(
      life: life, habits: habits, place: place, number: number,
      shelter: region.shelters[number % region.shelters.count],
      provider: region.providers[Int.random(in: 0..<region.providers.count, using: &random)], random: random
    ).run()
  }
}

extension SeedLives.Habits {
  init(_ random: inout SplitMix) {
    func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }
    misses = Double.random(in: 0.02..<0.3, using: &random)
    checksIn = Double.random(in: 0..<0.7, using: &random)
    mood = Double.random(in: 2..<4.2, using: &random)
    improves = Double.random(in: -0.6..<1.4, using: &random)
    paysLate = chance(0.2)
    answersFridays = chance(0.3)
    isCarried = chance(0.6)
    preparing = Int.random(in: 40...200, using: &random)
    waiting = Int.random(in: 20...240, using: &random)
    answering = Int.random(in: 1...9, using: &random)
    isRefusedFirst = chance(0.12)
    hasSetback = chance(0.25)
    isHomeFirst = chance(0.15)
    hasAccount = chance(0.7)
    everyDays = [nil, 28, 28, 28, 35, 35, 35, 35, 35].randomElement(using: &random) ?? nil
  }
}

/// One life on its way, until it reaches today.
struct SeedLife {
  let life: Life
  let habits: SeedLives.Habits
  let place: SeedRegion.Place
  let number: Int
  let shelter: SeedRegion.Provider
  let provider: SeedRegion.Provider
  var random: SplitMix

  private var firstName = ""
  private var visits = 0
  /// The last agreed visit did not happen, so somebody tries again the next day.
  private var wasMissed = false

  init(
    life: Life, habits: SeedLives.Habits, place: SeedRegion.Place, number: Int, shelter: SeedRegion.Provider,
    provider: SeedRegion.Provider, random: SplitMix
  ) {
    self.life = life
    self.habits = habits
    self.place = place
    self.number = number
    self.shelter = shelter
    self.provider = provider
    self.random = random
  }

  private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  consuming func run() throws {
    try register()
    guard try reach(.preparing), try reachReady(), try reachHome() else { return }
    try stayHome()
  }

  private mutating func register() throws {
    firstName = pick(SeedNames.first)
    let registration = Registration(
      firstName: firstName, lastName: pick(SeedNames.last),
      birthDate: LocalDate(
        year: 1950 + Int.random(in: 0..<56, using: &random), month: 1 + number % 12,
        day: 1 + Int.random(in: 0..<28, using: &random)),
      bsn: TestBSN.at(LifeStories.firstFreeNumber + number),
      address: "\(pick(SeedNames.streets)) \(1 + number % 180), \(place.municipality.name)",
      municipality: place.municipality.code,
      isHomeFirst: habits.isHomeFirst)
    try life.register(registration, by: place.coordinators[number % place.coordinators.count])
  }

  /// From the access team to the shelter's worker, who talks sharing through first.
  private mutating func reach(_ phase: Phase) throws -> Bool {
    guard try life.wait(days: 2 + number % 5) else { return false }
    try life.handOver(
      to: pick(shelter.workers), agreements: "Elke twee weken een gesprek.", answerAfter: habits.answering)
    if life.isOver { return false }
    try life.contact(.visit, minutes: 60)
    try life.sawSharing()
    if habits.hasAccount { try life.openAccount(name: firstName, email: nil) }
    if let days = habits.everyDays { try life.agree(everyDays: days, hours: 1...(2 + number % 4)) }
    try life.advance(to: phase)
    return true
  }

  private mutating func reachReady() throws -> Bool {
    if !habits.isHomeFirst {
      try life.warningPlan(SeedNames.warning)
      if habits.isCarried {
        try life.around(pick(SeedNames.first) + " " + pick(SeedNames.last), pick([.relative, .goodNeighbour]))
      }
      let goal = try life.goal(pick([.money, .people, .work, .dailyRhythm]), pick(SeedNames.goals))
      let step = try life.step(pick(SeedNames.steps), to: goal, dueIn: habits.preparing / 2 + 4)
      guard try spend(days: habits.preparing / 2) else { return false }
      if chance(0.8) { try life.done(step) }
      try life.report([(.identityDocument, .yes, nil), (.income, .yes, nil)])
      guard try spend(days: habits.preparing / 2) else { return false }
      try life.report([(.debts, habits.paysLate ? .partly : .yes, nil)])
      if habits.paysLate {
        guard try spend(days: 60) else { return false }
        try life.report([(.debts, .yes, nil)])
      }
    }
    try life.report([(.wishes, .yes, nil), (.support, .yes, nil)])
    return try life.advance(to: .ready)
  }

  private mutating func reachHome() throws -> Bool {
    guard try spend(days: habits.isHomeFirst ? habits.waiting / 2 : habits.waiting) else { return false }
    try life.report([(.home, .yes, nil)])
    try life.advance(to: .matched)
    guard try life.wait(days: 4) else { return false }
    try life.report([(.tenancy, .yes, nil), (.moveDate, .yes, life.today.adding(days: 9).description)])
    try life.advance(to: .moving)
    try life.contact(.visit, minutes: 90)
    let receiver = pick(provider.workers)
    if habits.isRefusedFirst {
      try life.handOver(
        to: pick(provider.workers), agreements: "Twee keer per week.", answerAfter: 3, refusing: "Geen plek deze maand."
      )
      if life.isOver { return false }
      try life.contact(.call, minutes: 10)
    }
    try life.handOver(
      to: receiver, agreements: "Wekelijks thuis, eerst samen de post.", answerAfter: min(habits.answering, 3),
      alongDays: 21)
    if life.isOver { return false }
    try life.contact(.visit, minutes: 60)
    try life.report([(.keys, .yes, nil)])
    return try life.advance(to: .landing)
  }

  private mutating func stayHome() throws {
    try life.report([
      (.rentPaid, habits.paysLate ? .partly : .yes, nil), (.dayActivity, pick([.yes, .partly, .no]), nil),
    ])
    guard try spend(days: 95) else { return }
    if habits.hasSetback {
      try life.setback("De huur bleef een maand liggen; samen een regeling gemaakt.")
      guard try life.wait(days: 2) else { return }
      try life.settleSignals("Samen langs de woonconsulent geweest.")
    }
    guard try spend(days: 95) else { return }
    try life.settleSignals("Besproken aan de keukentafel.")
    try life.advance(to: .settled)
    guard try spend(days: 120) else { return }
    try life.report([(.homeKept, .yes, nil), (.pilotLight, .yes, nil)])
    try life.settleSignals("Gebeld, alles goed.")
    if chance(0.7) { try life.sayLanded("Dit is mijn huis.") }
    try life.advance(to: .landed)
    try life.advance(to: .pilotLight)
    while try spend(days: 110) {}
  }

  /// Time with visits in the rhythm that was agreed, or as near to it as this worker and resident come.
  /// - Returns: false when today was reached.
  private mutating func spend(days: Int) throws -> Bool {
    let until = life.today.adding(days: days)
    while life.today < until {
      let rhythm = life.rhythm()
      var next = min(life.today.adding(days: wasMissed ? 1 + visits % 2 : max(2, rhythm - 1)), until)
      // Who works with Fridays takes the one before.
      if habits.answersFridays && rhythm > 7 && !wasMissed {
        next = max(life.today.adding(days: 1), next.adding(days: -((next.weekday + 2) % 7)))
      }
      guard try life.wait(until: next, hour: 9 + visits % 8, minute: visits % 4 * 15) else { return false }
      visits += 1
      try meet()
    }
    return true
  }

  private mutating func meet() throws {
    wasMissed = chance(habits.misses)
    if wasMissed {
      if chance(0.5) { try life.contact(.call, reached: false, minutes: 0) }
      return
    }
    try life.contact(visits % 3 == 0 ? .call : .visit, minutes: visits % 3 == 0 ? 15 : 60)
    guard chance(habits.checksIn * 0.5) else { return }
    let grown = habits.mood + habits.improves * Double(visits) / 13
    try life.checkIn(max(1, min(5, Int(grown.rounded()))))
  }
}

/// Words for made-up lives.
enum SeedNames {
  static let first = [
    "Adam", "Aylin", "Bas", "Britt", "Chantal", "Dennis", "Dilan", "Eef", "Fatou", "Ferdi", "Gina", "Hamza", "Henk",
    "Ilse", "Iris", "Jaap", "Jamila", "Joyce", "Karim", "Kees", "Kim", "Lars", "Leila", "Lucas", "Mirjam", "Nadia",
    "Nico",
    "Otto", "Pim", "Rachid", "Ria", "Sem", "Silvia", "Stefan", "Suzan", "Teun", "Ties", "Tineke", "Wendy", "Yusuf",
  ]
  static let last = [
    "Achterberg", "van Amstel", "Arslan", "de Boer", "Bouali", "Broekhuis", "van den Berg", "Cornelissen", "Dijkstra",
    "Doğan", "Elzinga", "Faber", "Groen", "ten Have", "Hermans", "Idrissi", "Jacobs", "de Jong", "Kok", "Kroon",
    "Lammers",
    "van Leeuwen", "Maas", "Meijer", "Nguyen", "Oosting", "Pinas", "Postma", "Rietveld", "Sanders", "Schouten", "Tromp",
    "Uysal", "Veenstra", "van Vliet", "Wiersma", "Willems", "Yilmaz", "Zijlstra", "Zwart",
  ]
  static let streets = [
    "Appelgaard", "Beukenlaan", "Dorpsstraat", "Eikenhof", "Goudenregen", "Havenkade", "Kanaalweg", "Lindelaan",
    "Molenpad", "Oranjesingel", "Plantsoen", "Ringweg", "Stationsplein", "Tuindreef", "Vaartstraat", "Wilgenhof",
  ]
  static let goals = [
    "Rust in mijn geld", "Weer met mijn zus praten", "Een paar dagen werk per week", "Elke dag op tijd op",
    "Iemand leren kennen in de straat", "Zelf koken", "Mijn kinderen vaker zien", "Minder drinken",
  ]
  static let steps = [
    "Samen de post openen", "Naar de open inloop", "Een afspraak bij de huisarts", "Kijken bij de fietsenwerkplaats",
    "De wekker zetten en bellen", "Een kaart sturen", "Langs bij budgetbeheer",
  ]
  static let warning = WarningWords(
    protects: "Slapen, eten, naar buiten.", good: "Ik doe de deur open en maak een praatje.",
    amber: "De post blijft liggen.", me: "Een rondje lopen.", others: "Vraag hoe het is.",
    worker: "Langskomen, koffie.",
    red: "Ik neem niet meer op.", redOthers: "Bel mijn begeleider.", redWorker: "Dezelfde dag langs.")
}
