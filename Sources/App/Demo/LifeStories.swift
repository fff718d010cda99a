internal import Kernel
internal import Residents
internal import Store
internal import Trust

/// Twelve made-up people and two more, whose lives one would believe: for the demo and for tests. Each is told from a
/// number of days before today; what the guards would refuse does not happen.
struct LifeStories {
  let batch: Batch
  let region: SeedRegion
  let jobs: [String: JobHandler]
  let end: Instant

  var today: LocalDate { RegionTime.amsterdam.date(of: end) }

  /// A life that begins so many days ago.
  func life(daysAgo: Int) -> Life {
    let start = RegionTime.amsterdam.instant(today.adding(days: -daysAgo), hour: 9)
    return Life(batch, region, jobs: jobs, from: start, end: end)
  }

  /// Sanne, the demo's support worker, and those around her.
  var sanne: ID<Account> { region.providers[0].workers[0] }
  var ravi: ID<Account> { region.providers[0].workers[1] }
  var shelterWorker: ID<Account> { region.shelters[0].workers[0] }

  private static let numbered = [
    "Noor", "Daan", "Aïcha", "Joris", "Mehmet", "Petra", "Ruben", "Fatima", "Kees", "Lisa", "Omar", "Wilma", "Tom",
    "Ines",
  ]

  /// The number after those of the stories.
  static let firstFreeNumber = numbered.count

  func tellAll() throws -> [String: ResidentID] {
    var residents: [String: ResidentID] = [:]
    residents["noor"] = try noor()
    residents["daan"] = try daan()
    residents["aicha"] = try aicha()
    residents["joris"] = try joris()
    residents["mehmet"] = try mehmet()
    residents["petra"] = try petra()
    residents["ruben"] = try ruben()
    residents["fatima"] = try fatima()
    residents["kees"] = try kees()
    residents["lisa"] = try lisa()
    residents["omar"] = try omar()
    residents["wilma"] = try wilma()
    residents["tom"] = try tom()
    residents["ines"] = try ines()
    return residents
  }

  func person(
    _ first: String, _ last: String, born: String, _ place: String, phone: String? = nil, address: String? = nil,
    kind: Journey.Kind = .move, homeFirst: Bool = false, outreach: Bool = false, bsn: String? = nil
  ) -> Registration {
    Registration(
      firstName: first, lastName: last, birthDate: LocalDate(born),
      bsn: bsn ?? (outreach ? nil : Self.numbered.firstIndex(of: first).flatMap(TestBSN.at)), phone: phone,
      address: address,
      municipality: region.place(place).municipality.code, kind: kind, isHomeFirst: homeFirst, isOutreach: outreach)
  }

  /// From registration up to a home, the ordinary way; the life stands at the moving day afterwards.
  func toTheKeys(_ life: Life, readyAfter: Int, homeAfter: Int, home: String) throws {
    try life.sawSharing()
    try life.advance(to: .preparing)
    try life.wait(days: 7)
    try life.report([
      (.identityDocument, .yes, nil), (.income, .yes, "uitkering loopt"), (.wishes, .yes, "rustige buurt"),
    ])
    try visits(life, days: readyAfter, every: 12)
    try life.report([(.debts, .yes, "regeling loopt"), (.support, .yes, "twee keer per week")])
    try life.advance(to: .ready)
    try visits(life, days: homeAfter, every: 12)
    try life.report([(.home, .yes, home)])
    try life.advance(to: .matched)
    try life.wait(days: 3)
    let move = life.today.adding(days: 11)
    try life.report([(.tenancy, .yes, "drie partijen"), (.moveDate, .yes, move.description)])
    try life.advance(to: .moving)
    try visits(life, days: 11, every: 3)
    try life.report([(.keys, .yes, nil)])
    try life.advance(to: .landing)
  }

  /// Visits and calls through a stretch of days.
  func visits(_ life: Life, days: Int, every: Int, mood: [Int] = []) throws {
    let until = life.today.adding(days: days)
    var number = 0
    while life.today.adding(days: every) <= until {
      guard try life.wait(days: every, hour: 10 + number % 6, minute: number % 2 * 30) else { return }
      try life.contact(number % 3 == 2 ? .call : .visit, minutes: number % 3 == 2 ? 15 : 60)
      if !mood.isEmpty { try life.checkIn(mood[number % mood.count]) }
      number += 1
    }
    try life.wait(until: until)
  }

  /// Six weeks in her own flat; things go well.
  func noor() throws -> ResidentID {
    let life = life(daysAgo: 330)
    try life.register(
      person(
        "Noor", "Hendriks", born: "1991-05-14", "Nieuwegein", phone: "06 12345601",
        address: "Vlindersingel 14, Nieuwegein"),
      by: region.place("Nieuwegein").coordinators[0])
    try life.openAccount(name: "Noor Hendriks", email: "noor@demo.geland.example")
    try life.handOver(to: shelterWorker, agreements: "Elke week een gesprek; samen het plan maken.", answerAfter: 4)
    try life.warningPlan(
      WarningWords(
        protects: "Op tijd naar bed. Elke dag even buiten.", good: "Ik kook zelf en bel mijn moeder.",
        amber: "Ik neem de telefoon niet op. Post blijft liggen.", me: "Wandelen langs de Vaart.",
        others: "Vraag of ik mee ga naar buiten.", worker: "Kom langs en lees samen de post.",
        red: "Ik slaap niet en wil niemand zien.", redOthers: "Bel Sanne. Blijf rustig.",
        redWorker: "Kom dezelfde dag. Vraag naar de logeerplek.", contacts: "Mama, Sanne, huisarts"))
    try life.wait(days: 20)
    let mother = try life.around("Mama", .relative, "belt elke zondag", phone: "06 12345602")
    let geld = try life.goal(.money, "Mijn geld op orde, zodat ik 's nachts slaap")
    let first = try life.step(
      "Alle post op een stapel en samen openen", to: geld, dueIn: 10, reward: "koffie met gebak")
    try life.wait(days: 9)
    try life.done(first)
    let people = try life.goal(.people, "Mensen leren kennen in de buurt")
    try toTheKeys(life, readyAfter: 70, homeAfter: 120, home: "Vlindersingel 14, Nieuwegein")
    try life.handOver(to: sanne, agreements: "Wekelijks thuis, eerst samen de post.", answerAfter: 5, alongDays: 21)
    try life.standIn(ravi)
    try life.wait(days: 2)
    let wim = try life.around("Wim Koster", .goodNeighbour, "vist ook graag", phone: "06 12345603")
    let board = try life.step("Naambordje bij de bel", to: people, dueIn: 12, reward: "kaart van Sanne")
    try visits(life, days: max(0, today.days(since: life.today) - 4), every: 6, mood: [3, 4, 4, 3, 4])
    try life.done(board)
    try life.report([
      (.rentPaid, .yes, nil), (.moneyInOrder, .yes, "budgetbeheer"), (.dayActivity, .partly, "zoekt vrijwilligerswerk"),
      (.closePeople, .yes, nil),
    ])
    try life.step("Koffie in de huiskamer", to: people, dueIn: 6, companion: wim.id)
    try life.step("Brief van het energiebedrijf samen lezen", to: geld, dueIn: 5, companion: mother.id)
    try life.story("Ik heb twee jaar bij De Brug gewoond. Nu heb ik mijn eigen sleutel. Dat went langzaam.")
    try life.checkIn(4)
    return life.resident
  }

  /// Three weeks in his home, and it does not go well: red since last night.
  func daan() throws -> ResidentID {
    let life = life(daysAgo: 250)
    try life.register(
      person(
        "Daan", "Visser", born: "1986-11-02", "Nieuwegein", phone: "06 12345611", address: "Merwestraat 8, Nieuwegein"),
      by: region.place("Nieuwegein").coordinators[0])
    try life.openAccount(name: "Daan Visser", email: "daan@demo.geland.example")
    try life.handOver(to: shelterWorker, agreements: "Samen de schulden in kaart.", answerAfter: 6)
    try life.warningPlan(
      WarningWords(
        protects: "Voetbal kijken met mijn zus.", good: "Ik sta op tijd op en eet.",
        amber: "Ik bel 's nachts vaak.", me: "Muziek aan.", others: "Samen wandelen.",
        worker: "Samen wandelen, zus bellen.",
        red: "Ik kom niet meer buiten.", redOthers: "Zus bellen.", redWorker: "Vandaag langsgaan met zus erbij.",
        contacts: "Zus Marlies"))
    try life.around("Marlies Visser", .relative, "zus", phone: "06 12345612")
    try toTheKeys(life, readyAfter: 60, homeAfter: 110, home: "Merwestraat 8, Nieuwegein")
    try life.handOver(
      to: sanne, agreements: "Twee keer per week; nachtbellen bespreken.", answerAfter: 4, alongDays: 28)
    try life.standIn(ravi)
    try visits(life, days: max(0, today.days(since: life.today) - 3), every: 5, mood: [3, 3, 2])
    try life.wait(until: today.adding(days: -2), hour: 23)
    try life.colour(.red, "Belde vannacht drie keer. Wil niemand zien.")
    return life.resident
  }

  /// Keys in eleven days; the benefit is not applied for yet.
  func aicha() throws -> ResidentID {
    let life = life(daysAgo: 210)
    try life.register(
      person("Aïcha", "el Amrani", born: "1998-02-20", "Woerden", phone: "06 12345621", homeFirst: true),
      by: region.place("Woerden").coordinators[0])
    try life.openAccount(name: "Aïcha el Amrani", email: "aicha@demo.geland.example")
    try life.handOver(to: sanne, agreements: "Eerst een huis; zij bepaalt het tempo.", answerAfter: 5)
    try life.standIn(ravi)
    try life.sawSharing()
    try life.report([(.support, .yes, "wekelijks"), (.wishes, .yes, "bij haar zus in de buurt")])
    try life.advance(to: .ready)
    try life.around("Samira el Amrani", .relative, "zus", phone: "06 12345622")
    try visits(life, days: max(0, today.days(since: life.today) - 9), every: 9, mood: [3, 4])
    try life.report([(.home, .yes, "Kerkweg 21, Woerden")])
    try life.advance(to: .matched)
    try life.wait(until: today.adding(days: -4))
    try life.report([
      (.tenancy, .yes, "eigen naam"), (.moveDate, .yes, today.adding(days: 11).description),
      (.income, .no, "nog niet aangevraagd"),
    ])
    try life.advance(to: .moving)
    let goal = try life.goal(.money, "Uitkering op tijd, zodat de huur betaald is")
    try life.step("Uitkering aanvragen", to: goal, dueIn: 5)
    try life.contact(.call, minutes: 20)
    return life.resident
  }

  /// Fourteen months at home; the last weeks nobody got hold of him.
  func joris() throws -> ResidentID {
    let life = life(daysAgo: 640)
    try life.register(
      person("Joris", "Bakker", born: "1979-08-30", "Zeist", phone: "06 12345631", address: "Brugakker 3, Zeist"),
      by: region.place("Zeist").coordinators[0])
    try life.openAccount(name: "Joris Bakker", email: nil)
    try life.handOver(to: shelterWorker, agreements: "Budgetbeheer en dagritme.", answerAfter: 3)
    try life.warningPlan(
      WarningWords(
        good: "Ik ga naar de werkplaats.", amber: "Ik zeg afspraken af.", worker: "Bel zijn zoon.",
        red: "Ik drink weer."))
    try toTheKeys(life, readyAfter: 60, homeAfter: 100, home: "Brugakker 3, Zeist")
    try life.handOver(to: sanne, agreements: "Om de week thuis.", answerAfter: 7, alongDays: 30)
    try life.standIn(ravi)
    try life.around("Stefan Bakker", .relative, "zoon")
    try visits(life, days: 190, every: 7, mood: [4, 3, 4])
    try life.settleSignals("besproken bij het huisbezoek")
    try life.report([
      (.rentPaid, .yes, nil), (.dayActivity, .yes, "werkplaats, drie dagen"), (.moneyInOrder, .yes, nil),
    ])
    try life.advance(to: .settled)
    try visits(life, days: max(0, today.days(since: life.today) - 17), every: 12, mood: [4])
    try life.wait(until: today.adding(days: -8), hour: 15)
    try life.contact(.visit, reached: false, minutes: 0, "niet thuis")
    return life.resident
  }

  /// Ready for five months and waiting; looks only in one district.
  func mehmet() throws -> ResidentID {
    let life = life(daysAgo: 300)
    try life.register(
      person("Mehmet", "Yildiz", born: "1983-03-11", "Nieuwegein", phone: "06 12345641"),
      by: region.place("Nieuwegein").coordinators[0])
    try life.openAccount(name: "Mehmet Yildiz", email: nil)
    try life.handOver(to: shelterWorker, agreements: "Werk behouden, huis zoeken.", answerAfter: 8)
    try life.warningPlan(WarningWords(good: "Ik werk.", amber: "Ik meld me ziek.", red: "Ik blijf in bed."))
    try life.sawSharing()
    try life.advance(to: .preparing)
    try visits(life, days: 90, every: 11, mood: [3])
    try life.report([
      (.identityDocument, .yes, nil), (.income, .yes, "loon"), (.debts, .yes, nil), (.support, .yes, nil),
      (.wishes, .yes, "alleen Vreeswijk"),
    ])
    try life.advance(to: .ready)
    try life.handOver(to: sanne, agreements: "Als hij in Nieuwegein een huis krijgt.", answerAfter: 6, area: "0356")
    try visits(life, days: max(0, today.days(since: life.today) - 3), every: 12, mood: [3, 2, 3])
    return life.resident
  }

  /// Preparing; two things are still missing.
  func petra() throws -> ResidentID {
    let life = life(daysAgo: 80)
    try life.register(
      person("Petra", "Dijkstra", born: "1969-12-05", "Utrecht", phone: "06 12345651"),
      by: region.place("Utrecht").coordinators[0])
    try life.openAccount(name: "Petra Dijkstra", email: nil)
    try life.handOver(to: region.shelters[1].workers[0], agreements: "Rolstoel: gelijkvloers zoeken.", answerAfter: 5)
    try life.sawSharing()
    try life.advance(to: .preparing)
    try visits(life, days: max(0, today.days(since: life.today) - 2), every: 9, mood: [4, 4, 5])
    try life.report([
      (.identityDocument, .yes, nil), (.income, .yes, nil), (.debts, .partly, "drie regelingen, één open"),
      (.wishes, .yes, "gelijkvloers, lift"),
    ])
    return life.resident
  }

  /// Offered to Thuishaven; the answer waits.
  func ruben() throws -> ResidentID {
    let life = life(daysAgo: 160)
    try life.register(
      person("Ruben", "Postma", born: "1994-07-22", "IJsselstein", phone: "06 12345661"),
      by: region.place("IJsselstein").coordinators[0])
    try life.handOver(to: shelterWorker, agreements: "Rust en ritme.", answerAfter: 4)
    try life.warningPlan(WarningWords(good: "Ik sport.", amber: "Ik sla maaltijden over.", red: "Ik loop weg."))
    try toTheKeys(life, readyAfter: 40, homeAfter: 60, home: "Poortdijk 60, IJsselstein")
    try life.wait(until: today.adding(days: -12))
    try visits(life, days: 6, every: 3)
    try life.handOver(
      to: sanne, agreements: "Wekelijks thuis, samen sporten bij de buurtclub. Warme overdracht met zijn zus erbij.",
      answerAfter: 30)
    return life.resident
  }

  /// At risk of losing her home; it was kept.
  func fatima() throws -> ResidentID {
    let life = life(daysAgo: 270)
    try life.register(
      person(
        "Fatima", "Ouali", born: "1975-01-18", "Houten", phone: "06 12345671", address: "Het Rond 40, Houten",
        kind: .stay),
      by: region.place("Houten").coordinators[0])
    try life.openAccount(name: "Fatima Ouali", email: nil)
    try life.handOver(
      to: region.providers[1].workers[0], agreements: "Huurachterstand regelen, samen met de corporatie.",
      answerAfter: 2)
    try life.sawSharing()
    try life.advance(to: .preparing)
    try visits(life, days: max(0, today.days(since: life.today) - 2), every: 10, mood: [2, 3, 3, 4])
    try life.report([(.rentPaid, .partly, "regeling loopt"), (.homeKept, .yes, nil), (.moneyInOrder, .partly, nil)])
    try life.settleSignals("afspraken gemaakt met de corporatie")
    try life.advance(to: .settled)
    return life.resident
  }
}
