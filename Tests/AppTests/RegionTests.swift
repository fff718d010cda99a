internal import App
internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import Residents
@testable import Trust

/// The region's own affairs, by page and API: people and teams, the numbers it works with, agreements, reading in.
@Suite struct RegionTests {
  private static func administrator(
    _ house: TestHouse, _ email: String = "beheer@example.nl"
  ) async throws -> ID<Account> {
    try await house.act { transaction in
      try transaction.put(
        Account(
          id: transaction.freshID(), name: "Beheer", email: email, organisation: nil,
          role: .systemAdministrator)
      ).id
    }
  }

  private static func id(_ answer: Outgoing) throws -> String {
    guard case .string(let id)? = JSON(parsing: answer.body)?["id"] else { throw Problem.notFound }
    return id
  }

  @Test func anAdministratorRunsPeopleAndTeamsByApi() async throws {
    let file = try await MarkedFile()
    let program = try await Program(file.house, as: Self.administrator(file.house))
    let organisation = try Self.id(
      await program.call("POST", "/organisations", #"{"name": "Nieuw", "kind": "careProvider"}"#))
    let made = await program.call(
      "POST", "/accounts",
      #"{"name": "Kim", "email": "kim@example.nl", "role": "supportWorker", "organisation": "\#(organisation)", "mayRegister": false}"#
    )
    #expect(made.status == 201)
    let account = try Self.id(made)
    // The same address again is a fault, and nothing is made.
    let again = await program.call(
      "POST", "/accounts",
      #"{"name": "Kim", "email": "KIM@example.nl", "role": "supportWorker", "organisation": "\#(organisation)"}"#)
    #expect(again.status == 400)
    let list = await program.get("/accounts?organisation=\(organisation)").json.text
    #expect(list.contains(account) && list.contains(#""mayRegister":false"#))
    let team = try Self.id(await program.call("POST", "/teams", #"{"name": "Samen"}"#))
    let joined = await program.call("POST", "/teams/\(team)/members", #"{"account": "\#(account)"}"#)
    // Whoever joins sees whom the team shares: a second person agrees first.
    #expect(joined.status == 202)
    #expect(await !program.get("/teams").json.text.contains(account))
    let approval = try Self.id(joined)
    let agree = #"{"agrees": true}"#
    #expect(await program.call("POST", "/approvals/\(approval)/decision", agree).status == 404)
    let second = try await Program(file.house, as: Self.administrator(file.house, "tweede@example.nl"))
    #expect(await second.get("/approvals").json.text.contains(approval))
    #expect(await second.call("POST", "/approvals/\(approval)/decision", agree).status == 200)
    #expect(await program.get("/teams").json.text.contains(account))
    let membership = try await file.house.read {
      try #require(try $0.first(TeamMembership.self, "where account = \(ID<Account>(account))")).id
    }
    #expect(await program.call("POST", "/team-memberships/\(membership)/ending", "{}").status == 200)
    #expect(await !program.get("/teams").json.text.contains(account))
    #expect(await program.call("POST", "/accounts/\(account)/closure", "{}").status == 200)
    #expect(await program.get("/accounts?organisation=\(organisation)").json.text.contains("closedAt"))
    // Here is no resident, and whoever is first for one doesn't leave with that in their pocket.
    #expect(await !program.get("/accounts").json.text.contains("Kenmerknaam"))
    #expect(await program.call("POST", "/accounts/\(file.worker)/closure", "{}").status == 409)
  }

  /// With a letter for a resident's account one could read their file.
  @Test func anAdministratorGetsNoHoldOfAResidentsAccount() async throws {
    let file = try await MarkedFile()
    let administrator = try await Self.administrator(file.house)
    let resident = try await file.house.act { transaction in
      try transaction.put(
        Account(
          id: transaction.freshID(), name: "Zelf", email: "zelf@example.nl", organisation: nil, role: .resident,
          resident: file.resident)
      ).id
    }
    let browser = try await file.house.browser(of: administrator)
    let program = try await Program(file.house, as: administrator)
    #expect(await browser.get("/admin/people/\(resident)").status == 404)
    for verb in ["letter", "close"] {
      #expect(await browser.post("/admin/people/\(resident)/\(verb)", [:], from: "/admin/teams").status == 404)
    }
    #expect(await program.call("POST", "/accounts/\(resident)/closure", "{}").status == 404)
    #expect(await !program.get("/accounts").json.text.contains("\(resident)"))
    let team = try Self.id(await program.call("POST", "/teams", #"{"name": "Samen"}"#))
    #expect(await program.call("POST", "/teams/\(team)/members", #"{"account": "\#(resident)"}"#).status == 404)
    let joined = await browser.post("/admin/teams/\(team)/members", ["email": "zelf@example.nl"], from: "/admin/teams")
    #expect(joined.status == 422 && joined.text.contains("Er is geen account met dit e-mailadres."))
    // And a resident does not go on leave.
    let own = try await Program(file.house, as: resident)
    #expect(await own.call("POST", "/absences", #"{"from": "2026-03-06"}"#).status == 404)
  }

  @Test func nobodyElseDoes() async throws {
    let file = try await MarkedFile()
    let program = try await Program(file.house, as: file.worker)
    for path in ["/accounts", "/teams"] { #expect(await program.get(path).status == 404) }
    #expect(await program.call("POST", "/teams", #"{"name": "Samen"}"#).status == 404)
    let rule = #"{"name": "contactDays", "value": 2, "source": "ik"}"#
    #expect(await program.call("POST", "/rules", rule).status == 404)
    for path in ["/board", "/ready", "/merges", "/signals/late"] {
      #expect(await program.get(path).status == 404)
    }
  }

  @Test func aNumberHoldsFromItsDayOn() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let administrator = try await Self.administrator(house)
    let browser = try await house.browser(of: administrator, language: .english)
    let tomorrow = RegionTime.amsterdam.date(of: house.clock.now).adding(days: 1)
    let answer = await browser.post(
      "/admin/rules",
      ["name": "contactDays", "value": "10", "from": tomorrow.description, "source": "Meeting of March"],
      from: "/admin/rules")
    #expect(answer.status == 303)
    #expect(try await house.read { try RegionRules.inForce($0)[.contactDays] } == 14)
    #expect(await browser.get("/admin/rules").text.contains("10 days from"))
    house.clock.advance(.days(1))
    #expect(try await house.read { try RegionRules.inForce($0)[.contactDays] } == 10)
    // A night passed; the session with it.
    let later = try await house.browser(of: administrator, language: .english)
    #expect(await later.get("/admin/rules").text.contains("Meeting of March"))
    let wrong = await later.post(
      "/admin/rules", ["name": "contactDays", "value": "0", "from": "2020-01-01"], from: "/admin/rules")
    #expect(wrong.status == 422)
    for fault in ["from 1 to 366", "today or a later day", "field-source"] { #expect(wrong.text.contains(fault)) }
    // Whoever reads may not choose.
    let worker = try await house.browser(of: file.worker)
    #expect(await worker.get("/admin/rules").status == 200)
    let tried = await worker.post("/admin/rules", ["name": "contactDays", "value": "9", "source": "ik"])
    #expect(tried.status == 404)
  }

  @Test func silenceIsMeasuredAgainstWhatWasAgreed() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let browser = try await house.browser(of: file.worker, language: .english)
    let path = "/residents/\(file.resident)/agreement"
    let version = Browser.hidden("version", in: await browser.get(path).text) ?? ""
    let kept = await browser.post(
      path, ["contactEveryDays": "5", "hoursMin": "2", "hoursMax": "4", "version": version], from: path)
    #expect(kept.status == 303)
    let shown = await browser.get("/residents/\(file.resident)/journey").text
    #expect(shown.contains("Contact every 5 days, as agreed together"))
    #expect(shown.contains("2–4 hours of support a week"))
    let due = try await house.read { reader in
      try reader.row("select due_at from job where kind = 'silence'")?.instant("due_at")
    }
    let today = RegionTime.amsterdam.date(of: house.clock.now)
    #expect(due.map { RegionTime.amsterdam.date(of: $0) <= today.adding(days: 6) } == true)
    let stale = await browser.post(path, ["contactEveryDays": "7", "version": version], from: path)
    #expect(stale.status == 409)
    let now = Browser.hidden("version", in: await browser.get(path).text) ?? ""
    let wrong = await browser.post(path, ["contactEveryDays": "often", "version": now], from: path)
    #expect(wrong.status == 422)
    #expect(wrong.text.contains("Write a whole number here."))
    #expect(SupportAgreement(contactEveryDays: 0, hoursMin: 9, hoursMax: 3).faults.count == 2)
    #expect(SupportAgreement(contactEveryDays: 366, hoursMin: 168, hoursMax: 168).faults.isEmpty)
  }

  @Test func aCaseloadComesInByApiWholeOrNotAtAll() async throws {
    let house = try await TestHouse(demo: true)
    let program = try await Program(house, as: house.demoAccount("nieuwegein.a"))
    func body(_ birth: String, dry: Bool) -> String {
      let csv =
        "external id,first name,last name,birth date,municipality,organisation,responsible worker e-mail,phase\\n"
        + "api-1,Ada,Byron,\(birth),Nieuwegein,Thuishaven,thuishaven.1@demo.geland.example,preparing\\n"
      return #"{"csv": "\#(csv)", "dryRun": \#(dry)}"#
    }
    func count() async throws -> Int { try await house.read { try $0.count("select count(*) from resident") } }
    let before = try await count()
    let wrong = await program.call("POST", "/imports", body("1990-13-45", dry: false))
    #expect(wrong.status == 400)
    #expect(wrong.text.contains("row 2"))
    let dry = await program.call("POST", "/imports", body("1990-12-10", dry: true))
    #expect(dry.status == 200, "\(dry.text)")
    #expect(dry.text.contains(#""fresh":1"#))
    #expect(try await count() == before)
    #expect(await program.call("POST", "/imports", body("1990-12-10", dry: false)).text.contains(#""isKept":true"#))
    #expect(try await count() == before + 1)
    // The same again changes nothing.
    #expect(await program.call("POST", "/imports", body("1990-12-10", dry: false)).text.contains(#""known":1"#))
    #expect(try await count() == before + 1)
  }
}
