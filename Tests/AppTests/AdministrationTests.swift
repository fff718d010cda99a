internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// Organisations and people are corrected where they stand, by who looks after them; who they are to residents follows.
@Suite struct AdministrationTests {
  static func staff(
    _ house: TestHouse, _ role: Role, _ organisation: ID<Organisation>?, _ email: String? = nil
  ) async throws -> ID<Account> {
    try await house.act { transaction in
      try transaction.put(
        Account(id: transaction.freshID(), name: "Iemand", email: email, organisation: organisation, role: role)
      ).id
    }
  }

  /// What the form of a page holds, sent as it stands with some of it changed.
  private static func form(_ page: String, _ changed: [String: String]) -> [String: String] {
    var fields: [String: String] = [:]
    for match in page.matches(of: /<input type="(?:text|email|tel|hidden)"[^>]*?name="([a-zA-Z]+)" value="([^"]*)"/) {
      fields[String(match.output.1)] = fields[String(match.output.1)] ?? String(match.output.2)
    }
    for match in page.matches(of: /<select[^>]*?name="([a-zA-Z]+)"[^>]*>(.*?)<\/select>/) {
      let chosen = match.output.2.firstMatch(of: /value="([^"]*)" selected/)
      fields[String(match.output.1)] = chosen.map { String($0.output.1) } ?? ""
    }
    if page.contains("name=\"mayRegister\" value=\"on\" checked") { fields["mayRegister"] = "on" }
    return fields.merging(changed) { $1 }.filter { !["back", "once", "form-token", "language"].contains($0.key) }
  }

  private static func change(
    _ browser: Browser, _ path: String, _ changed: [String: String]
  ) async -> Outgoing {
    await browser.post(path, form(await browser.get(path).text, changed), from: path)
  }

  @Test func anOrganisationIsCorrected() async throws {
    let file = try await MarkedFile()
    let admin = try await file.house.browser(of: Self.staff(file.house, .systemAdministrator, nil))
    let path = "/admin/organisations/\(file.organisation)"
    func journal() async throws -> Int { try await file.house.read { try $0.count("select count(*) from journal") } }
    let before = try await journal()
    #expect(await Self.change(admin, path, [:]).status == 303)
    #expect(try await journal() == before)
    let stale = Self.form(await admin.get(path).text, ["name": "Te laat"])
    #expect(await Self.change(admin, path, ["name": "Thuis & Haven", "phone": "030 1234567"]).status == 303)
    let now = try await file.house.read { try $0.get(Organisation.self, file.organisation) }
    #expect(now.name == "Thuis & Haven" && now.phone == "030 1234567")
    // Somebody else was earlier: both stand there.
    let late = await admin.post(path, stale, from: path)
    #expect(late.status == 409 && late.text.contains("Te laat") && late.text.contains("Thuis &amp; Haven"))
    // What somebody may be follows from the kind: it stays while somebody sees through it.
    let kind = await Self.change(admin, path, ["kind": "housingCorporation"])
    #expect(kind.status == 422 && kind.text.contains("field-kind-fault"))
    #expect(await admin.post(path + "/end", [:], from: path).status == 409)
    let empty = try await file.house.act { try Organisation.add("Leeg", .careProvider, $0).id }
    let other = "/admin/organisations/\(empty)"
    #expect(await Self.change(admin, other, ["kind": "welfare"]).status == 303)
    #expect(await admin.post(other + "/end", [:], from: other).status == 303)
    #expect(try await file.house.read { try !Organisation.isThere(empty, $0) })
    #expect(await admin.post(other + "/reopen", [:], from: other).status == 303)
    #expect(try await file.house.read { try Organisation.isThere(empty, $0) })
  }

  @Test func aPersonIsCorrected() async throws {
    let file = try await MarkedFile()
    let admin = try await file.house.browser(of: Self.staff(file.house, .systemAdministrator, nil))
    let worker = try await Self.staff(file.house, .supportWorker, file.organisation, "kim@example.nl")
    let path = "/admin/people/\(worker)"
    let before = try await file.house.read { try $0.count("select count(*) from journal") }
    #expect(await Self.change(admin, path, [:]).status == 303)
    #expect(try await file.house.read { try $0.count("select count(*) from journal") } == before)
    let own = try await file.house.browser(of: worker)
    let changed = await Self.change(
      admin, path, ["name": "Kim de Wit", "email": "k.dewit@example.nl", "label": "woonbegeleider", "phone": "06 1"])
    #expect(changed.status == 303)
    // A name is no other place: one stays signed in, and reads what was changed and by whom.
    let page = await own.get("/account").text
    #expect(page.contains("Kim de Wit") && page.contains("woonbegeleider"))
    #expect(page.contains("je naam, inlognaam of telefoonnummer is veranderd, door Iemand"))
    #expect(try await file.house.read { try Account.with(email: "k.dewit@example.nl", $0) }?.id == worker)
    for (field, value) in [
      ("name", ""), ("email", ""), ("email", "geen adres"), ("role", "bestaat-niet"), ("organisation", ""),
      ("organisation", "bestaat-niet"), ("role", "resident"),
    ] {
      let answer = await Self.change(admin, path, [field: value])
      #expect(answer.status == 422 && answer.text.contains("field-\(field)-fault"), "\(field)=\(value)")
    }
  }

  /// Another employer: what was seen for the old one is seen no more, and what was open is handed on first.
  @Test func anotherPlaceEndsWhatNoLongerFits() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let admin = try await house.browser(of: Self.staff(house, .systemAdministrator, nil))
    let colleague = try await Self.staff(house, .supportWorker, file.organisation)
    let other = try await house.act { try Organisation.add("Stek", .careProvider, $0).id }
    try await house.act { transaction in
      var account = try transaction.get(Account.self, file.worker)
      account.email = "begeleider@example.nl"
      try transaction.put(account)
      let journey = try #require(try Journey.open(of: file.resident, transaction))
      try Accountability.changeWorker(journey, to: file.worker, standIn: colleague, transaction)
      let team = try transaction.put(Team(id: transaction.freshID(), name: "Team")).id
      try TeamMembership.join(team, file.worker, transaction)
    }
    let path = "/admin/people/\(file.worker)"
    let own = try await house.browser(of: file.worker)
    let page = "/residents/\(file.resident)"
    #expect(await own.get(page).status == 200)
    let asked = await Self.change(admin, path, ["organisation": "\(other)"])
    #expect(asked.status == 422 && asked.text.contains("field-handOn-fault"))
    #expect(await own.get(page).status == 200)
    #expect(await Self.change(admin, path, ["organisation": "\(other)", "handOn": "on"]).status == 303)
    // The session is over, and so is the sight.
    #expect(await own.get("/account").status == 303)
    let again = try await house.browser(of: file.worker)
    #expect(await again.get(page).status == 404)
    #expect(await again.get("/account").text.contains("je hoort nu bij een andere organisatie"))
    let (relations, teams, first) = try await house.read { reader in
      (
        try Relation.openOnes(of: file.worker, reader),
        try reader.count("select count(*) from team_membership where until_at is null"),
        try reader.rows("select worker from accountability where until_at is null").compactMap { $0.id("worker") }
          as [ID<Account>]
      )
    }
    #expect(relations.isEmpty && teams == 0 && first == [colleague])
  }

  /// With another role at the same place what may still be stays, and nothing else.
  @Test func anotherRoleKeepsWhatMayBe() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let admin = try await house.browser(of: Self.staff(house, .systemAdministrator, nil))
    let path = "/admin/people/\(file.worker)"
    try await house.act { transaction in
      var account = try transaction.get(Account.self, file.worker)
      account.email = "begeleider@example.nl"
      try transaction.put(account)
    }
    // A clinician may be first as a support worker may.
    #expect(await Self.change(admin, path, ["role": "clinician"]).status == 303)
    #expect(try await house.browser(of: file.worker).get("/residents/\(file.resident)").status == 200)
    // A policy adviser sees nobody.
    let adviser = await Self.change(admin, path, ["role": "policyAdviser", "handOn": "on"])
    #expect(adviser.status == 303)
    #expect(try await house.browser(of: file.worker).get("/residents/\(file.resident)").status == 404)
    #expect(try await house.read { try Relation.openOnes(of: file.worker, $0).isEmpty })
  }

  /// Who would see or decide for many waits for a second person; nobody raises themselves.
  @Test func aWeightyRoleWaits() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let one = try await Self.staff(house, .systemAdministrator, nil, "een@example.nl")
    let worker = try await Self.staff(house, .supportWorker, file.organisation, "w@example.nl")
    let admin = try await house.browser(of: one)
    let path = "/admin/people/\(worker)"
    let asked = await Self.change(admin, path, ["role": "teamLeader", "name": "Kim"])
    #expect(asked.header("location")?.contains("approval.asked") == true)
    func account() async throws -> Account { try await house.read { try $0.get(Account.self, worker) } }
    #expect(try await account().role == .supportWorker)
    #expect(try await account().name == "Kim")
    let approval = try await house.read { try #require(try Approval.waiting($0).first) }
    // Whom it is about agrees to nothing, nor who asked, nor another organisation's administrator.
    let elsewhere = try await house.act { try Organisation.add("Stek", .careProvider, $0).id }
    let decision = "/approvals/\(approval.id)"
    for other in [one, try await Self.staff(house, .systemAdministrator, elsewhere)] {
      #expect(
        try await house.browser(of: other).post(decision, ["decision": "agreed"], from: "/approvals").status == 404)
    }
    let two = try await house.browser(of: Self.staff(house, .systemAdministrator, nil))
    #expect(await two.get("/approvals").text.contains("Kim wordt teamleider, Thuishaven"))
    #expect(await two.post(decision, ["decision": "agreed"], from: "/approvals").status == 303)
    #expect(try await account().role == .teamLeader)
    let own = "/admin/people/\(one)"
    for change in [["role": "coordinator"], ["organisation": "\(file.organisation)"], ["mayRegister": "on"]] {
      let answer = await Self.change(admin, own, change)
      #expect(answer.status == 422 && answer.text.contains("Dit verander je niet bij jezelf"), "\(change)")
    }
    #expect(await Self.change(admin, own, ["phone": "030 1"]).status == 303)
  }

  /// An administrator of one organisation neither sees nor changes another's people.
  @Test func anAdministratorOfOneOrganisationStaysThere() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let other = try await house.act { try Organisation.add("Stek", .careProvider, $0).id }
    let admin = try await Self.staff(house, .systemAdministrator, other, "a@example.nl")
    let own = try await Self.staff(house, .supportWorker, other, "eigen@example.nl")
    let browser = try await house.browser(of: admin)
    let program = try await Program(house, as: admin)
    #expect(await Self.change(browser, "/admin/people/\(own)", ["name": "Kim"]).status == 303)
    let people = await browser.get("/admin/people").text
    #expect(people.contains("Kim") && !people.contains("Begeleider"))
    #expect(await !browser.get("/admin/people?organisation=\(file.organisation)").text.contains("Begeleider"))
    #expect(await !program.get("/accounts?organisation=\(file.organisation)").json.text.contains("Begeleider"))
    for path in ["/admin/people/\(file.worker)", "/admin/organisations/\(file.organisation)"] {
      #expect(await browser.get(path).status == 404)
      #expect(await browser.post(path, ["name": "x", "version": "1"], from: "/admin/people").status == 404)
    }
    for verb in ["letter", "factor", "close"] {
      #expect(await browser.post("/admin/people/\(file.worker)/\(verb)", [:], from: "/admin/people").status == 404)
    }
    #expect(await program.call("POST", "/accounts/\(file.worker)/closure", "{}").status == 404)
    // Not somebody of theirs for another, and no administrator of everything.
    let moved = await Self.change(browser, "/admin/people/\(own)", ["organisation": "\(file.organisation)"])
    #expect(moved.status == 422 && moved.text.contains("field-organisation-fault"))
    let everything = await Self.change(
      browser, "/admin/people/\(own)", ["role": "systemAdministrator", "organisation": ""])
    #expect(everything.status == 422)
    #expect(await program.call("POST", "/organisations", #"{"name": "N", "kind": "welfare"}"#).status == 404)
  }
}

/// The same by API.
@Suite struct EditingApiTests {
  @Test func correctedAgainstTheVersionThatWasRead() async throws {
    let file = try await MarkedFile()
    let admin = try await AdministrationTests.staff(file.house, .systemAdministrator, nil, "een@example.nl")
    let worker = try await AdministrationTests.staff(file.house, .supportWorker, file.organisation, "w@example.nl")
    let program = try await Program(file.house, as: admin)
    let path = "/organisations/\(file.organisation)"
    let body = #"{"name": "Thuis en Haven", "kind": "careProvider", "phone": "030 1234567"}"#
    #expect(await program.call("PUT", path, body).status == 428)
    #expect(await program.call("PUT", path, body, headers: ["if-match": "\"7\""]).status == 412)
    #expect(await program.call("PUT", path, body, headers: ["if-match": "\"1\""]).status == 200)
    #expect(try await file.house.read { try $0.get(Organisation.self, file.organisation) }.name == "Thuis en Haven")
    func change(_ role: String, _ version: Int) async -> Outgoing {
      await program.call(
        "PUT", "/accounts/\(worker)",
        #"{"name": "Kim", "email": "w@example.nl", "role": "\#(role)", "organisation": "\#(file.organisation)"}"#,
        headers: ["if-match": "\"\(version)\""])
    }
    let version = try await file.house.read { try $0.get(Account.self, worker).version }
    #expect(await change("clinician", version).status == 200)
    #expect(await change("teamLeader", version + 1).status == 412)
    #expect(await change("teamLeader", version + 2).status == 202)
    let account = try await file.house.read { try $0.get(Account.self, worker) }
    #expect(account.role == .clinician && account.name == "Kim")
    let merging = await program.call("POST", "/accounts/\(file.worker)/merging", #"{"into": "\#(worker)"}"#)
    #expect(merging.status == 202)
    // Nobody else has these calls.
    for role in [Role.supportWorker, .coordinator, .policyAdviser] {
      let other = try await Program(
        file.house, as: AdministrationTests.staff(file.house, role, file.organisation))
      #expect(await other.call("PUT", path, body, headers: ["if-match": "\"2\""]).status == 404)
      #expect(
        await other.call("POST", "/accounts/\(file.worker)/merging", #"{"into": "\#(worker)"}"#).status == 404)
    }
  }
}
