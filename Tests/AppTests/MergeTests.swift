internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import Residents
@testable import Trust

/// Two registrations of one person become one: nothing of either is lost, what was open stays owned, and it can be undone.
@Suite struct MergeTests {
  private struct Doubled {
    let file: MarkedFile
    /// The file that stays is the marked one; this is the other.
    let other: ResidentID
    let coordinator: ID<Account>
    /// Works with the second file only.
    let shelter: ID<Account>
    let concern: ID<Signal>
    let merge: ID<MergeCandidate>
    var house: TestHouse { file.house }
  }

  private static func make() async throws -> Doubled {
    let file = try await MarkedFile()
    return try await file.house.act { transaction in
      let access = try #require(try transaction.first(Organisation.self, "where municipality = '0344'")).id
      let coordinator = try #require(
        try transaction.first(Account.self, "where organisation = \(access) and role = 'coordinator'")
      ).id
      let brug = try transaction.put(
        Organisation(id: transaction.freshID(), name: "De Brug", kind: .careProvider)
      ).id
      let shelter = try transaction.put(
        Account(id: transaction.freshID(), name: "Marit", email: nil, organisation: brug, role: .supportWorker)
      ).id
      let made = try Resident.register(
        Registration(
          firstName: "Voornaam", lastName: "Kenmerknaam", birthDate: LocalDate(year: 1980, month: 2, day: 3),
          municipality: "0344"), by: coordinator, role: .coordinator, transaction)
      let other = made.resident.key
      try Handover.offer(
        HandoverForm(toWorker: shelter, agreements: "tweede afspraak"), made.journey, by: shelter, transaction
      )
      .accept(answer: nil, by: shelter, transaction)
      try Contact.log(
        Contact.Entry(at: transaction.now, channel: .visit, words: "slaapt weer buiten"), with: other, by: shelter,
        transaction)
      try Goal.add("een eigen bed", .home, other, transaction)
      try CircleMember.add(name: "Zus Els", role: .relative, other, transaction)
      try Fact.report(.moneyInOrder, .no, words: "tweede geld", other, by: shelter, transaction)
      let concern = try #require(
        try Signal.raise(.concern, .amber, made.journey, cause: "concern:x", words: "ziet er slecht uit", transaction))
      let candidate = try #require(try transaction.first(MergeCandidate.self, "where added = \(other)"))
      return Doubled(
        file: file, other: other, coordinator: coordinator, shelter: shelter, concern: concern.id, merge: candidate.id)
    }
  }

  private static let second = ["slaapt weer buiten", "een eigen bed", "Zus Els", "tweede geld", "tweede afspraak"]

  private static func merge(_ made: Doubled) async throws -> Browser {
    let browser = try await made.house.browser(of: made.coordinator)
    #expect(await browser.post("/merges/\(made.merge)", ["decision": "merged"], from: "/merges").status == 303)
    return browser
  }

  private static func signal(_ made: Doubled) async throws -> Signal {
    try await made.house.read { try $0.get(Signal.self, made.concern) }
  }

  @Test func whatWillHappenIsSaidByName() async throws {
    let made = try await Self.make()
    let page = try await made.house.browser(of: made.coordinator).get("/merges").text
    #expect(page.contains("Thuishaven, Begeleider") && page.contains("Ziet ook het dossier dat blijft: Marit"))
    #expect(page.contains("Eén open signaal gaat mee, naar Thuishaven, Begeleider"))
    #expect(page.contains("30 dagen"))
    // Anything that is no answer decides nothing.
    let browser = try await made.house.browser(of: made.coordinator)
    #expect(await browser.post("/merges/\(made.merge)", ["decision": "perhaps"], from: "/merges").status == 422)
    #expect(await browser.post("/merges/\(made.merge)", [:], from: "/merges").status == 422)
    #expect(try await made.house.read { try $0.get(MergeCandidate.self, made.merge).decision } == nil)
  }

  @Test func bothHistoriesAreReadInTheFileThatStays() async throws {
    let made = try await Self.make()
    _ = try await Self.merge(made)
    let place = "/residents/\(made.file.resident)/merged/\(made.other)"
    let worker = try await made.house.browser(of: made.file.worker)
    for tab in ["", "/plan", "/contacts", "/circle"] {
      #expect(await worker.get("/residents/\(made.file.resident)\(tab)").text.contains(place), "\(tab)")
    }
    let page = await worker.get(place).text
    for words in Self.second { #expect(page.contains(words), "\(words)") }
    // Each part by what one may see of the file that stays.
    let clinician = try await made.house.browser(of: made.file.somebody(.clinician))
    let some = await clinician.get(place).text
    #expect(some.contains("een eigen bed") && !some.contains("tweede geld"))
    let own = try await made.house.browser(of: made.file.somebody(.resident))
    let sharing = "/residents/\(made.file.resident)/sharing"
    await own.post(sharing, ["account": "\(made.file.worker)", "category": "plan", "choice": "hide"], from: sharing)
    #expect(await !worker.get(place).text.contains("een eigen bed"))
    // Only what became one with this file stands behind its address.
    #expect(await worker.get("/residents/\(made.file.resident)/merged/\(made.file.resident)").status == 404)
    let stranger = try await made.house.browser(of: made.file.somebody(.supportWorker, isRelated: false))
    #expect(await stranger.get(place).status == 404)
  }

  @Test func theOldAddressLeadsOnForWhoMaySee() async throws {
    let made = try await Self.make()
    _ = try await Self.merge(made)
    let worker = try await made.house.browser(of: made.file.worker)
    let led = await worker.get("/residents/\(made.other)/plan")
    #expect(led.status == 303 && led.header("location") == "/residents/\(made.file.resident)/plan")
    let stranger = try await made.house.browser(of: made.file.somebody(.supportWorker, isRelated: false))
    #expect(await stranger.get("/residents/\(made.other)/plan").status == 404)
    #expect(await worker.post("/residents/\(made.other)/plan", ["words": "x", "domain": "home"]).status == 404)
  }

  @Test func whatWasOpenStaysOpenWithSomebodyWhoCanAct() async throws {
    let made = try await Self.make()
    let before = try await Self.signal(made)
    _ = try await Self.merge(made)
    let signal = try await Self.signal(made)
    #expect(signal.settledAt == nil && signal.resident == made.file.resident && signal.owner == made.file.worker)
    #expect(signal.dueAt == before.dueAt)
    let worker = try await made.house.browser(of: made.file.worker)
    let page = "/residents/\(made.file.resident)"
    #expect(await worker.get(page).text.contains("ziet er slecht uit"))
    let settled = await worker.post("\(page)/signals/\(made.concern)/settle", ["done": "langs geweest"], from: page)
    #expect(settled.status == 303)
    #expect(try await Self.signal(made).settledAt != nil)
  }

  @Test func undoneTheFileIsAsItWas() async throws {
    let made = try await Self.make()
    let (house, other) = (made.house, made.other)
    let journey = try await house.read { try #require(try Journey.open(of: other, $0)) }
    _ = try await Self.merge(made)
    #expect(
      try await house.browser(of: made.shelter).get("/residents/\(made.file.resident)").status == 200)
    house.clock.advance(.days(12))
    let coordinator = try await house.browser(of: made.coordinator)
    let shelter = try await house.browser(of: made.shelter)
    try await house.act(by: made.file.worker) { transaction in
      try Contact.log(
        Contact.Entry(at: transaction.now, channel: .call, words: "intussen gebeld"), with: made.file.resident,
        by: made.file.worker, transaction)
    }
    #expect(await coordinator.get("/merges").text.contains("Maak ongedaan"))
    #expect(await coordinator.post("/merges/\(made.merge)/undo", [:], from: "/merges").status == 303)
    let now = try await house.read { try #require(try Journey.open(of: other, $0)) }
    #expect(now.id == journey.id && now.phase == journey.phase && now.phaseSince == journey.phaseSince)
    let first = try await house.read { try #require(try Accountability.now(journey.id, $0)) }
    #expect(first.worker == made.shelter)
    let plan = await shelter.get("/residents/\(other)/plan")
    #expect(plan.status == 200 && plan.text.contains("een eigen bed"))
    // Nobody keeps a sight that came with the merge, and what came along went back.
    #expect(await shelter.get("/residents/\(made.file.resident)").status == 404)
    let signal = try await Self.signal(made)
    #expect(signal.settledAt == nil && signal.resident == other && signal.owner == made.shelter)
    let worker = try await house.browser(of: made.file.worker)
    #expect(await worker.get("/residents/\(other)").status == 404)
    #expect(await worker.get("/residents/\(made.file.resident)/merged/\(other)").status == 404)
    // What was written meanwhile stays where it was written.
    #expect(await worker.get("/residents/\(made.file.resident)/contacts").text.contains("intussen gebeld"))
    #expect(await !shelter.get("/residents/\(other)/contacts").text.contains("intussen gebeld"))
    // A silence is watched again, and the pair is not raised again, however the details are corrected.
    let jobs = try await house.read {
      try $0.count("select count(*) from job where kind = 'silence' and subject = \(journey.id)")
    }
    #expect(jobs == 1)
    try await house.act { transaction in
      for name in ["Andersnaam", "Kenmerknaam"] {
        let details = Details.Identity(
          firstName: "Voornaam", lastName: name, birthDate: LocalDate(year: 1980, month: 2, day: 3))
        try Resident.correct(Details(identity: details), of: other, transaction)
      }
    }
    #expect(try await house.read { try $0.count("select count(*) from merge_candidate where decision is null") } == 0)
    #expect(await coordinator.post("/merges/\(made.merge)/undo", [:], from: "/merges").status == 409)
  }

  @Test func itCanBeUndoneForThirtyDaysAndByNobodyElse() async throws {
    let made = try await Self.make()
    let stranger = try await made.house.browser(of: made.file.somebody(.coordinator, isRelated: false))
    #expect(await stranger.post("/merges/\(made.merge)", ["decision": "merged"]).status == 404)
    let coordinator = try await Self.merge(made)
    #expect(await stranger.post("/merges/\(made.merge)/undo", [:]).status == 404)
    let worker = try await made.house.browser(of: made.file.worker)
    #expect(await worker.post("/merges/\(made.merge)/undo", [:]).status == 404)
    #expect(await coordinator.get("/merges").text.contains("Maak ongedaan"))
    made.house.clock.advance(.days(31))
    let later = try await made.house.browser(of: made.coordinator)
    #expect(await !later.get("/merges").text.contains("Maak ongedaan"))
    #expect(await later.post("/merges/\(made.merge)/undo", [:], from: "/merges").status == 409)
    #expect(try await made.house.read { try Journey.open(of: made.other, $0) } == nil)
  }

  /// Whoever left meanwhile does not come back: the access team has the file again.
  @Test func whoLeftDoesNotComeBack() async throws {
    let made = try await Self.make()
    let coordinator = try await Self.merge(made)
    try await made.house.act { transaction in
      var account = try transaction.get(Account.self, made.shelter)
      account.disabledAt = transaction.now
      try transaction.put(account)
    }
    #expect(await coordinator.post("/merges/\(made.merge)/undo", [:], from: "/merges").status == 303)
    let first = try await made.house.read { reader in
      try Accountability.now(try #require(try Journey.open(of: made.other, reader)).id, reader)
    }
    #expect(first?.worker == made.coordinator)
    #expect(try await Self.signal(made).owner == made.coordinator)
  }

  /// Where no journey is open in the file that stays, the other one goes on there: nobody falls between two files.
  @Test func theOneOpenJourneyGoesOn() async throws {
    let made = try await Self.make()
    try await made.house.act(by: made.file.worker) { transaction in
      for signal in try transaction.all(Signal.self, "where resident = \(made.file.resident) and settled_at is null") {
        try signal.settle("klaar", by: made.file.worker, transaction)
      }
      try Journey.needed(of: made.file.resident, transaction).end(
        .ownWish, words: nil, by: made.file.worker, transaction)
    }
    try await made.house.act(by: made.coordinator) { transaction in
      try transaction.get(MergeCandidate.self, made.merge).merge(by: made.coordinator, transaction)
    }
    let first = try await made.house.read { reader in
      try Accountability.now(try #require(try Journey.open(of: made.file.resident, reader)).id, reader)
    }
    #expect(first?.worker == made.shelter)
    #expect(try await Self.signal(made).owner == made.shelter)
    let shelter = try await made.house.browser(of: made.shelter)
    #expect(await shelter.get("/residents/\(made.file.resident)/merged/\(made.other)").text.contains("een eigen bed"))
    try await made.house.act(by: made.coordinator) { transaction in
      try transaction.get(MergeCandidate.self, made.merge).undo(by: made.coordinator, transaction)
    }
    #expect(try await made.house.read { try Journey.open(of: made.file.resident, $0) } == nil)
    #expect(try await Self.signal(made).resident == made.other)
    #expect(await shelter.get("/residents/\(made.other)").status == 200)
  }

  @Test func aProgramDoesTheSame() async throws {
    let made = try await Self.make()
    let program = try await Program(made.house, as: made.coordinator)
    #expect(await program.get("/merges").json.text.contains("Marit"))
    let merge = "/merges/\(made.merge)"
    #expect(await program.call("POST", merge + "/decision", #"{"decision": "merged"}"#).status == 200)
    #expect(await program.call("POST", merge + "/undoing").status == 200)
    #expect(await program.call("POST", merge + "/undoing").status == 409)
    #expect(try await made.house.read { try $0.get(Resident.self, made.other.retyped()).mergedInto } == nil)
  }
}
