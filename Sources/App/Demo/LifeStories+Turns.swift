internal import Kernel
internal import Residents
internal import Store
internal import Trust

/// Lives that took a turn: a setback, a new beginning, an ending.
extension LifeStories {
  /// Landed, and on the pilot light.
  func kees() throws -> ResidentID {
    let life = life(daysAgo: 900)
    try life.register(
      person("Kees", "van der Meer", born: "1962-09-09", "Zeist", phone: "06 12345681", address: "Laan 12, Zeist"),
      by: region.place("Zeist").coordinators[0])
    try life.openAccount(name: "Kees van der Meer", email: nil)
    try life.handOver(to: shelterWorker, agreements: "Rustig aan.", answerAfter: 3)
    try life.warningPlan(WarningWords(good: "Ik schilder.", amber: "De kwasten staan droog.", red: "Ik doe niet open."))
    try toTheKeys(life, readyAfter: 80, homeAfter: 90, home: "Laan 12, Zeist")
    try life.handOver(to: ravi, agreements: "Eens per week.", answerAfter: 5, alongDays: 14)
    try life.around("Buurman Ton", .goodNeighbour, "drinkt koffie, kijkt een oogje mee")
    try visits(life, days: 200, every: 7, mood: [3, 4, 4, 5])
    try life.settleSignals("in orde")
    try life.report([
      (.rentPaid, .yes, nil), (.dayActivity, .yes, "schilderen"), (.homeKept, .yes, nil),
      (.pilotLight, .yes, "drie keer per jaar bellen"),
    ])
    try life.advance(to: .settled)
    try life.sayLanded("Ik woon hier gewoon.")
    try life.advance(to: .pilotLight)
    while try life.wait(days: 100) {
      try life.contact(.call, minutes: 15, "Alles goed. Hij exposeert in het buurthuis.")
    }
    return life.resident
  }

  /// A setback after four months, and support that grew at once.
  func lisa() throws -> ResidentID {
    let life = life(daysAgo: 380)
    try life.register(
      person(
        "Lisa", "de Boer", born: "2001-04-03", "Woerden", phone: "06 12345691", address: "Kazernestraat 2, Woerden",
        kind: .temporaryRoom), by: region.place("Woerden").coordinators[1])
    try life.openAccount(name: "Lisa de Boer", email: nil)
    try life.handOver(to: sanne, agreements: "Kamer met hoofdbewoner.", answerAfter: 3)
    try life.standIn(ravi)
    try life.warningPlan(
      WarningWords(
        good: "Ik ga naar school.", amber: "Ik blijf bij vrienden slapen.", worker: "App haar, ga samen eten.",
        red: "Ik reageer nergens meer op."))
    try toTheKeys(life, readyAfter: 50, homeAfter: 60, home: "Kazernestraat 2, Woerden")
    try visits(life, days: 120, every: 7, mood: [4, 3])
    try life.setback(
      "Weggelopen na ruzie. Twee nachten bij een vriendin. Samen teruggekomen en gepraat met de hoofdbewoner.")
    try life.wait(days: 1)
    try life.settleSignals("langsgegaan, twee keer per week afgesproken")
    try visits(life, days: max(0, today.days(since: life.today) - 1), every: 4, mood: [2, 3, 3])
    return life.resident
  }

  /// Sleeps rough; outreach worker brings coffee.
  func omar() throws -> ResidentID {
    let life = life(daysAgo: 40)
    try life.register(
      person("Omar", "", born: "", "Utrecht", outreach: true), by: region.place("Utrecht").coordinators[1])
    try life.contact(.walk, minutes: 20, "Koffie gebracht bij het station. Wil nog niet praten.")
    while try life.wait(days: 9, hour: 8) { try life.contact(.walk, minutes: 25, "Weer even gesproken.") }
    return life.resident
  }

  /// The provider's lease became hers.
  func wilma() throws -> ResidentID {
    let life = life(daysAgo: 420)
    try life.register(
      person(
        "Wilma", "Groen", born: "1958-06-27", "De Bilt", phone: "06 12345701", address: "Looydijk 9, De Bilt",
        kind: .flipInPlace),
      by: region.place("De Bilt").coordinators[0])
    try life.openAccount(name: "Wilma Groen", email: nil)
    try life.handOver(to: region.providers[2].workers[0], agreements: "Contract op eigen naam.", answerAfter: 4)
    try life.warningPlan(
      WarningWords(good: "Ik zing in het koor.", amber: "Ik mis een avond.", red: "Ik hoor stemmen."))
    try life.sawSharing()
    try life.advance(to: .preparing)
    try visits(life, days: 60, every: 10, mood: [4])
    try life.report([
      (.identityDocument, .yes, nil), (.income, .yes, "AOW"), (.debts, .yes, nil), (.support, .yes, nil),
      (.wishes, .yes, "blijven"), (.tenancy, .yes, "eigen naam"),
    ])
    try life.advance(to: .ready)
    try life.report([(.moveDate, .yes, life.today.adding(days: 5).description), (.keys, .yes, nil)])
    try life.advance(to: .moving)
    try life.wait(days: 5)
    try life.advance(to: .landing)
    try visits(life, days: max(0, today.days(since: life.today) - 2), every: 10, mood: [4, 5])
    try life.settleSignals("in orde")
    try life.report([(.homeKept, .yes, nil), (.rentPaid, .yes, nil), (.dayActivity, .yes, "koor")])
    try life.advance(to: .settled)
    return life.resident
  }

  /// Lost his first home; the journey goes on, and nothing starts from zero.
  func tom() throws -> ResidentID {
    let life = life(daysAgo: 500)
    try life.register(
      person("Tom", "Verhoeven", born: "1989-10-10", "Vijfheerenlanden", phone: "06 12345711"),
      by: region.place("Vijfheerenlanden").coordinators[0])
    try life.openAccount(name: "Tom Verhoeven", email: nil)
    try life.handOver(to: ravi, agreements: "Werk en woning.", answerAfter: 5)
    try life.warningPlan(WarningWords(good: "Ik werk.", amber: "Ik gok.", red: "De huur blijft liggen."))
    try toTheKeys(life, readyAfter: 60, homeAfter: 80, home: "Dorpsstraat 5, Vianen")
    try visits(life, days: 150, every: 7, mood: [3, 2])
    try life.settleSignals("samen met budgetbeheer bekeken")
    if let journey = try life.journey() {
      try life.act("journey.end", by: life.worker) {
        try journey.end(
          .continued, words: "De huur kon niet meer. Samen gekozen voor een andere plek.", by: life.worker, $0)
      }
    }
    try life.advance(to: .preparing)
    try visits(life, days: max(0, today.days(since: life.today) - 5), every: 10, mood: [3, 3, 4])
    return life.resident
  }

  /// Just registered: the access team is first.
  func ines() throws -> ResidentID {
    let life = life(daysAgo: 6)
    try life.register(
      person("Ines", "Tavares", born: "1996-03-08", "Nieuwegein", phone: "06 12345721"),
      by: region.place("Nieuwegein").coordinators[0])
    try life.openAccount(name: "Ines Tavares", email: nil)
    return life.resident
  }
}
