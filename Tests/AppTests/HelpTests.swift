internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// Help at every hour, and the resident's own voice (domain §7).
@Suite struct HelpTests {
  private func numbers(_ file: MarkedFile) async throws {
    let (worker, organisation) = (file.worker, file.organisation)
    try await file.house.act { transaction in
      var account = try transaction.get(Account.self, worker)
      account.phone = "06 11111111"
      try transaction.put(account)
      var provider = try transaction.get(Organisation.self, organisation)
      provider.phone = "030 2222222"
      try transaction.put(provider)
    }
  }

  /// The worker by day; at night whoever is there then. Never nobody.
  @Test func somebodyCanBeCalledAtEveryHour() async throws {
    let file = try await MarkedFile()
    try await numbers(file)
    let resident = file.resident
    let person = try await file.somebody(.resident)
    for (hour, number) in [(11, "0611111111"), (3, "112")] {
      file.house.clock.set(RegionTime.amsterdam.instant(try #require(LocalDate("2026-03-10")), hour: hour))
      let home = await (try file.house.browser(of: person)).get("/home").text
      #expect(home.contains("tel:\(number)"), "at \(hour)")
      #expect(home.contains("tel:113"))
      let call = try await file.house.read { try HelpCard(Journey.open(of: resident, $0), $0).call }
      #expect(call.lines.contains { $0.isNow })
    }
  }

  @Test func aRelativeHasTheNumbersTooAndHearsWhatCameOfIt() async throws {
    let file = try await MarkedFile()
    try await numbers(file)
    let relative = try await file.house.browser(of: try await file.somebody(.relative))
    let page = "/residents/\(file.resident)"
    #expect(await relative.get(page).text.contains("tel:0611111111"))
    let told = await relative.post("\(page)/concern", ["words": "ze eet niet"], from: page)
    #expect(told.status == 303)
    let open = await relative.get(page).text
    #expect(open.contains("Begeleider krijgt bericht"))
    // Somebody else near the resident does not hear of it.
    let other = try await file.house.browser(of: try await file.somebody(.goodNeighbour))
    #expect(await !other.get(page).text.contains("krijgt bericht en doet"))
    let resident = file.resident
    let id = try await file.house.read {
      try #require(try $0.first(Signal.self, "where resident = \(resident) and by is not null")).id
    }
    let worker = try await file.house.browser(of: file.worker)
    await worker.post("\(page)/signals/\(id)/settle", ["done": "samen gegeten"], from: page)
    let settled = await relative.get(page).text
    #expect(settled.contains("Begeleider heeft dit opgepakt"))
    // What was said about it is for who may read signals.
    #expect(!settled.contains("samen gegeten"))
    #expect(await worker.get(page).text.contains("samen gegeten"))
  }

  @Test func aLowCheckInAsksForAttentionWithItsSentence() async throws {
    let file = try await MarkedFile()
    let own = try await file.house.browser(of: try await file.somebody(.resident))
    #expect(await own.post("/home/check-in", ["score": "6"], from: "/home").status == 422)
    #expect(
      await own.post("/home/check-in", ["score": "1", "sentence": "ik slaap niet"], from: "/home").status == 303)
    let resident = file.resident
    let raised = try await file.house.read {
      try $0.all(Signal.self, "where resident = \(resident) and kind = 'checkIn' and settled_at is null")
    }
    #expect(raised.map(\.owner) == [file.worker])
    let worker = try await file.house.browser(of: file.worker)
    #expect(await worker.get("/today").text.contains("ik slaap niet"))
    #expect(await worker.get("/residents/\(resident)").text.contains("ik slaap niet"))
    // A coordinator may not read the plan, so not this either.
    let coordinator = try await file.house.browser(of: try await file.somebody(.coordinator))
    #expect(await !coordinator.get("/residents/\(resident)").text.contains("ik slaap niet"))
  }

  @Test func theColourStaysUntilThePlanSaysOtherwise() async throws {
    let file = try await MarkedFile()
    let worker = try await file.house.browser(of: file.worker)
    let page = "/residents/\(file.resident)"
    #expect(await worker.post("\(page)/warning/colour", [:], from: "\(page)/warning").status == 422)
    await worker.post("\(page)/warning/colour", ["colour": "red"], from: "\(page)/warning")
    let resident = file.resident
    let account = file.worker
    try await file.house.act { transaction in
      for signal in try transaction.all(Signal.self, "where resident = \(resident) and settled_at is null") {
        try signal.settle("gebeld", by: account, transaction)
      }
    }
    #expect(await worker.get("/today").text.contains("Rood: het gaat niet"))
    #expect(await worker.get(page).text.contains("Rood: het gaat niet"))
    file.house.clock.advance(.minutes(5))
    await worker.post("\(page)/warning/colour", ["colour": "green"], from: "\(page)/warning")
    #expect(await !worker.get(page).text.contains("Rood: het gaat niet"))
  }

  @Test func detailsAreCorrectedAndWhatStoodThereIsSeen() async throws {
    let file = try await MarkedFile()
    let worker = try await file.house.browser(of: file.worker)
    let page = "/residents/\(file.resident)/details"
    let fields = [
      "version": "1", "firstName": "Voornaam", "lastName": "Kenmerknaam", "birthDate": "1980-02-03",
      "phone": "06 12345678", "address": "Nieuwe weg 2",
    ]
    let shown = await worker.get(page).text
    let version = try #require(shown.firstMatch(of: /name="version" value="([0-9]+)"/)).1
    var sent = fields.merging(["version": String(version)]) { $1 }
    file.house.clock.advance(.minutes(1))
    #expect(await worker.post(page, sent, from: page).status == 303)
    let after = await worker.get(page).text
    #expect(after.contains("Nieuwe weg 2") && after.contains("Kenmerkstraat 1"))
    // What can't be is said at its field, and nothing is changed.
    sent["version"] = String((Int(version) ?? 0) + 1)
    sent["birthDate"] = "31-02-1980"
    sent["lastName"] = ""
    let wrong = await worker.post(page, sent, from: page)
    #expect(wrong.status == 422)
    #expect(wrong.text.contains("field-birthDate-fault") && wrong.text.contains("field-lastName-fault"))
    // A neighbour and a peer worker have no such page; a resident changes where they can be reached, not who they are.
    for role in [Role.goodNeighbour, .peerWorker] {
      let other = try await file.house.browser(of: try await file.somebody(role))
      #expect(await other.get(page).status == 404, "\(role)")
    }
    let own = try await file.house.browser(of: try await file.somebody(.resident))
    let form = await own.get(page).text
    #expect(form.contains("field-address") && !form.contains("field-firstName"))
  }

  @Test func nobodyIsRegisteredWithoutSurnameAndBirthDate() async throws {
    let file = try await MarkedFile()
    let worker = file.worker
    try await file.house.act { transaction in
      let made = try Resident.register(
        Registration(firstName: "Onbekend", lastName: "", municipality: "0344", isOutreach: true), by: worker,
        role: .supportWorker, transaction)
      #expect(throws: Problem.self) {
        try made.journey.advance(reason: "het moet", mayPass: true, by: worker, transaction)
      }
      try Resident.correct(
        Details(
          identity: .init(
            firstName: "Onbekend", lastName: "Bekend", birthDate: LocalDate(year: 1990, month: 1, day: 2))),
        of: made.resident.key, transaction)
      #expect(try made.journey.advance(by: worker, transaction).phase == .registered)
    }
  }

  @Test func loggingTheContactOffersToSettleAndSettledIsOpenedAgain() async throws {
    let file = try await MarkedFile()
    let worker = try await file.house.browser(of: file.worker)
    let page = "/residents/\(file.resident)/contacts/new"
    let resident = file.resident
    let id = try await file.house.read {
      try #require(try $0.first(Signal.self, "where resident = \(resident) and kind = 'concern'")).id
    }
    #expect(await worker.get(page).text.contains("value=\"\(id)\""))
    let day = RegionTime.amsterdam.date(of: file.house.clock.now).description
    // Having tried is not having spoken.
    let tried = await worker.post(
      page, ["channel": "call", "on": day, "reached": "no", "settles": "\(id)"], from: page)
    #expect(tried.status == 422)
    await worker.post(page, ["channel": "call", "on": day, "minutes": "15", "settles": "\(id)"], from: page)
    let settled = try await file.house.read { try $0.get(Signal.self, id) }
    #expect(settled.settledAt != nil && settled.done == "Contact gehad: gebeld.")
    let list = await worker.get("/signals").text
    #expect(list.contains("/signals/\(id)/reopen"))
    await worker.post("/residents/\(resident)/signals/\(id)/reopen", [:], from: "/signals")
    let open = try await file.house.read { try $0.get(Signal.self, id) }
    #expect(open.settledAt == nil && open.owner == file.worker)
    // A relative can do neither.
    let relative = try await file.house.browser(of: try await file.somebody(.relative))
    #expect(await relative.post("/residents/\(resident)/signals/\(id)/reopen", [:]).status == 404)
  }

  @Test func aColleagueIsReportedAwayAndTheirSignalsMove() async throws {
    let file = try await MarkedFile()
    let organisation = file.organisation
    let colleague = try await file.house.act { transaction in
      try transaction.put(
        Account(
          id: transaction.freshID(), name: "Collega", email: nil, organisation: organisation, role: .supportWorker)
      ).id
    }
    let browser = try await file.house.browser(of: colleague)
    let day = RegionTime.amsterdam.date(of: file.house.clock.now).description
    #expect(
      await browser.post("/absence", ["account": "\(file.worker)", "from": "morgen"], from: "/absence").status == 422)
    await browser.post(
      "/absence", ["account": "\(file.worker)", "from": day, "standIn": "\(colleague)"], from: "/absence")
    let resident = file.resident
    let signals = try await file.house.read {
      try $0.all(Signal.self, "where resident = \(resident) and settled_at is null")
    }
    #expect(!signals.isEmpty && signals.allSatisfy { $0.owner == colleague && $0.level == .standIn })
    #expect(await browser.get("/residents/\(resident)/plan").text.contains("kenmerkdoel"))
    // Somebody of another employer reports nobody here.
    let stranger = try await file.house.browser(of: try await file.somebody(.supportWorker, isRelated: false))
    #expect(
      await stranger.post("/absence", ["account": "\(file.worker)", "from": day], from: "/absence").status == 422)
  }
}

/// Whom to call, asked of the rule alone.
@Suite struct WhoToCallTests {
  private func number(_ kind: HelpNumber.Kind, _ digits: String, from: Int, until: Int) -> HelpNumber {
    HelpNumber(
      id: ID(high: 1, low: 1), kind: kind, name: nil, number: digits, days: .everyDay, fromMinute: from,
      untilMinute: until, fromOn: LocalDate(dayNumber: 0), endedOn: nil, source: "")
  }

  @Test func dangerStandsLastAndWhoAnswersNowFirst() throws {
    var known = WhoToCall.Known()
    known.worker = ("Sanne", "0611", true)
    known.standIn = ("Ravi", "0622", false)
    known.region = [
      number(.emergency, "112", from: 0, until: 0), number(.dutyPhone, "0800", from: 17 * 60, until: 9 * 60),
    ]
    let monday = try #require(LocalDate("2026-03-09"))
    let day = WhoToCall(known, on: monday, minute: 10 * 60)
    #expect(day.first?.number == "0622")
    #expect(day.lines.last?.number == "112")
    let night = WhoToCall(known, on: monday, minute: 2 * 60)
    #expect(night.first?.number == "0800")
    let sunday = WhoToCall(known, on: try #require(LocalDate("2026-03-08")), minute: 12 * 60)
    #expect(sunday.first?.number == "112")
  }

  @Test func aNightEndsTheNextMorning() throws {
    let duty = number(.dutyPhone, "0800", from: 17 * 60, until: 9 * 60)
    let day = try #require(LocalDate("2026-03-09"))
    #expect(duty.isOpen(on: day, minute: 18 * 60) && duty.isOpen(on: day, minute: 8 * 60))
    #expect(!duty.isOpen(on: day, minute: 12 * 60))
  }
}

/// When a check-in asks for attention.
@Suite struct CheckInRuleTests {
  @Test(arguments: [
    (1, [Int](), true), (2, [], false), (2, [2], true), (3, [3, 3, 3], false), (3, [5, 5, 5], true),
    (3, [5, 5], false),
  ]) func lowOrFalling(_ score: Int, _ earlier: [Int], _ asks: Bool) {
    #expect(CheckInRule.asksForAttention(score, earlier: earlier, RegionRules()) == asks)
  }
}
