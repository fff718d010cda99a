internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Trust

/// A second factor, through the real router: set up at first entry, asked with every entry and again before what touches
/// many, lost and replaced.
@Suite struct SecondFactorTests {
  private static let password = "fietsen langs de vaart"

  private static func person(
    _ house: TestHouse, _ email: String, _ role: Role = .supportWorker
  ) async throws -> ID<Account> {
    let hash = try PasswordHash.make(password, cost: .cheap, chance: .seeded(1))
    return try await house.act { transaction in
      let needsOne = FactorRule.isNeeded(role, isEmployed: true) && role != .systemAdministrator
      let organisation =
        needsOne ? try Organisation.add("Thuishaven", .careProvider, transaction).id : nil
      let account = try transaction.put(
        Account(id: transaction.freshID(), name: "Iemand", email: email, organisation: organisation, role: role))
      try Credentials.store(hash, for: account.id, transaction)
      return account.id
    }
  }

  /// Gives an account a factor, and its key.
  private static func factor(_ house: TestHouse, _ account: ID<Account>) async throws -> [UInt8] {
    let secret = try await house.act { transaction in
      let person = try transaction.get(Account.self, account)
      var factor = try SecondFactor.begin(for: person, transaction)
      factor.confirmedAt = transaction.now
      return try transaction.put(factor).secret
    }
    return try #require(Base32.bytes(secret))
  }

  private static func code(_ key: [UInt8], _ house: TestHouse, later steps: Int64 = 0) -> String {
    TOTP.code(key, step: TOTP.step(at: house.clock.now) + steps)
  }

  private static func signIn(_ browser: Browser, _ email: String) async -> Outgoing {
    await browser.post("/sign-in", ["email": email, "password": password], from: "/sign-in")
  }

  private static func key(on page: String) throws -> [UInt8] {
    let groups = try #require(page.firstMatch(of: /class="code lines-kept">([A-Z2-7 ]+)</)).output.1
    return try #require(Base32.bytes(groups.filter { $0 != " " }))
  }

  @Test func itIsSetUpAtFirstEntryAndAskedFromThenOn() async throws {
    let house = try await TestHouse()
    _ = try await Self.person(house, "sanne@example.nl")
    let browser = Browser(site: house.house.site)
    let first = await Self.signIn(browser, "sanne@example.nl")
    #expect(first.status == 303 && first.header("location") == "/sign-in/factor")
    // Halfway is nowhere.
    for path in ["/account", "/today", "/people", "/search", "/"] {
      #expect(await browser.get(path).header("location")?.hasPrefix("/sign-in") == true, "\(path)")
    }
    let page = await browser.get("/sign-in/factor")
    #expect(page.status == 200 && page.text.contains("class=\"qr\""))
    let key = try Self.key(on: page.text)
    #expect(await browser.post("/sign-in/factor", ["code": "000000"], from: "/sign-in/factor").status == 422)
    let done = await browser.post("/sign-in/factor", ["code": Self.code(key, house)], from: "/sign-in/factor")
    let codes = done.text.matches(of: /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/).map { String($0.output) }
    #expect(done.status == 200 && Set(codes).count == 10)
    #expect(await browser.get("/today").status == 200)
    // The key is nowhere in the file as it is.
    let secret = Base32.text(key)
    let kept = try Data(contentsOf: URL(filePath: house.path))
    #expect(kept.range(of: Data(secret.utf8)) == nil)
    #expect(codes.allSatisfy { kept.range(of: Data($0.utf8)) == nil })

    let other = Browser(site: house.house.site)
    #expect(await Self.signIn(other, "sanne@example.nl").header("location") == "/sign-in/code")
    #expect(await other.get("/today").status == 303)
    // Setting up another one is no way around the first.
    #expect(await other.get("/sign-in/factor").header("location") == "/sign-in")
    #expect(await other.post("/sign-in/factor", ["code": "000000"], from: "/sign-in").status == 303)
    // The code that was used is used.
    #expect(await other.post("/sign-in/code", ["code": Self.code(key, house)], from: "/sign-in/code").status == 422)
    house.clock.advance(.seconds(30))
    let typed = Self.code(key, house)
    let spaced = "\(typed.prefix(3)) \(typed.suffix(3))"
    #expect(await other.post("/sign-in/code", ["code": spaced], from: "/sign-in/code").header("location") == "/")
    #expect(await other.get("/today").status == 200)

    // A recovery code works once, however it is typed.
    for (round, expected) in [303, 422].enumerated() {
      let third = Browser(site: house.house.site)
      _ = await Self.signIn(third, "sanne@example.nl")
      let answer = await third.post(
        "/sign-in/code", ["code": codes[3].lowercased().replacing("-", with: " ")], from: "/sign-in/code")
      #expect(answer.status == expected, "round \(round)")
    }
    #expect(await browser.get("/account").text.contains("Je hebt nog 9 herstelcodes."))
    #expect(await browser.get("/account").text.contains("er is een herstelcode gebruikt"))
  }

  @Test(arguments: [Role.resident, .relative, .goodNeighbour, .hostTenant])
  func peopleAroundAResidentComeInWithoutOne(_ role: Role) async throws {
    let house = try await TestHouse()
    _ = try await Self.person(house, "noor@example.nl", role)
    let browser = Browser(site: house.house.site)
    #expect(await Self.signIn(browser, "noor@example.nl").header("location") == "/")
    #expect(await browser.get("/account").status == 200)
  }

  /// Whoever may may also have one, after their password; then it is asked.
  @Test func aRelativeMayHaveOne() async throws {
    let house = try await TestHouse()
    _ = try await Self.person(house, "marlies@example.nl", .relative)
    let browser = Browser(site: house.house.site)
    _ = await Self.signIn(browser, "marlies@example.nl")
    #expect(await browser.post("/account/factor", ["current": "iets anders"], from: "/account").status == 422)
    #expect(await browser.get("/account/factor").header("location") == "/account")
    #expect(await browser.post("/account/factor", ["current": Self.password], from: "/account").status == 303)
    let key = try Self.key(on: await browser.get("/account/factor").text)
    let done = await browser.post(
      "/account/factor/confirm", ["code": Self.code(key, house)], from: "/account/factor")
    #expect(done.status == 200 && done.text.contains("Je herstelcodes"))
    let other = Browser(site: house.house.site)
    #expect(await Self.signIn(other, "marlies@example.nl").header("location") == "/sign-in/code")
    // Another telephone takes a code of the first.
    house.clock.advance(.minutes(11))
    #expect(await browser.post("/account/factor", ["current": Self.password], from: "/account").status == 404)
    let asked = await browser.post("/account/factor/new", [:], from: "/account")
    #expect(asked.status == 200 && asked.text.contains("Nog even je code"))
    #expect(await browser.get("/account/factor").header("location") == "/account")
  }

  /// Codes are guessed as little as passwords: five, then a wait, also for the right one; nobody else waits.
  @Test func guessesWait() async throws {
    let house = try await TestHouse()
    let sanne = try await Self.person(house, "sanne@example.nl")
    let ravi = try await Self.person(house, "ravi@example.nl")
    let (key, other) = (try await Self.factor(house, sanne), try await Self.factor(house, ravi))
    let browser = Browser(site: house.house.site)
    _ = await Self.signIn(browser, "sanne@example.nl")
    let right = Self.code(key, house)
    for number in 0..<8 where "00000\(number)" != right {
      #expect(
        await browser.post("/sign-in/code", ["code": "00000\(number)"], from: "/sign-in/code").status == 422)
    }
    let waiting = await browser.post("/sign-in/code", ["code": right], from: "/sign-in/code")
    #expect(waiting.status == 422 && waiting.text.contains("te vaak geprobeerd"))
    // A new sign-in is no new start.
    let again = Browser(site: house.house.site)
    _ = await Self.signIn(again, "sanne@example.nl")
    #expect(await again.post("/sign-in/code", ["code": right], from: "/sign-in/code").status == 422)
    let elsewhere = Browser(site: house.house.site)
    _ = await Self.signIn(elsewhere, "ravi@example.nl")
    let code = Self.code(other, house)
    #expect(await elsewhere.post("/sign-in/code", ["code": code], from: "/sign-in/code").status == 303)
    house.clock.advance(.minutes(5))
    let later = Self.code(key, house)
    #expect(await again.post("/sign-in/code", ["code": later], from: "/sign-in/code").header("location") == "/")
  }

  /// A password that waits too long for its code is typed again; a code without a password is nothing.
  @Test func halfwayDoesNotLast() async throws {
    let house = try await TestHouse()
    let key = try await Self.factor(house, Self.person(house, "sanne@example.nl"))
    let browser = Browser(site: house.house.site)
    let stranger = await browser.post("/sign-in/code", ["code": Self.code(key, house)], from: "/sign-in")
    #expect(stranger.header("location") == "/sign-in")
    _ = await Self.signIn(browser, "sanne@example.nl")
    house.clock.advance(.minutes(16))
    let late = await browser.post("/sign-in/code", ["code": Self.code(key, house)], from: "/sign-in")
    #expect(late.header("location") == "/sign-in")
    #expect(await browser.get("/today").status == 303)
  }

  /// Lost: an administrator asks, another agrees, and only who also knows the password uses the letter.
  @Test func aLostOneIsReplacedByLetterAndASecondPerson() async throws {
    let house = try await TestHouse()
    let sanne = try await Self.person(house, "sanne@example.nl")
    let ravi = try await Self.person(house, "ravi@example.nl")
    let (one, two) = (
      try await Self.person(house, "een@example.nl", .systemAdministrator),
      try await Self.person(house, "twee@example.nl", .systemAdministrator)
    )
    let admin = try await house.browser(of: one)
    let page = "/admin/people/\(sanne)"
    #expect(await admin.post(page + "/factor", [:], from: page).status == 409)
    let old = try await Self.factor(house, sanne)
    _ = try await Self.factor(house, ravi)
    #expect(await admin.post(page + "/factor", [:], from: page).status == 303)
    let approval = try await house.read { try #require(try Approval.waiting($0).first) }
    #expect(approval.kind == .factor)
    let decision = "/approvals/\(approval.id)"
    #expect(await admin.post(decision, ["decision": "agreed"], from: "/approvals").status == 404)
    let second = try await house.browser(of: two)
    #expect(await second.post(decision, ["decision": "agreed"], from: "/approvals").status == 303)
    let letter = await admin.post(page + "/factor", [:], from: page)
    let code = try #require(letter.text.firstMatch(of: /([2-9A-Z]{4}-){4}[2-9A-Z]{4}/)).output.0
    // Not without the password, not for somebody else, and it chooses no password.
    let stranger = Browser(site: house.house.site)
    #expect(await stranger.post("/sign-in/lost", ["letter": "\(code)"], from: "/sign-in").status == 303)
    #expect(await stranger.get("/today").status == 303)
    let welcome = await stranger.post(
      "/welcome", ["code": "\(code)", "password": "nog een lange zin"], from: "/welcome")
    #expect(welcome.status == 422)
    let other = Browser(site: house.house.site)
    _ = await Self.signIn(other, "ravi@example.nl")
    #expect(await other.post("/sign-in/lost", ["letter": "\(code)"], from: "/sign-in/code").status == 422)
    // Hers, with her password: a new one is set up, and the old one is worth nothing.
    let own = Browser(site: house.house.site)
    _ = await Self.signIn(own, "sanne@example.nl")
    let reset = await own.post("/sign-in/lost", ["letter": "\(code)"], from: "/sign-in/code")
    #expect(reset.header("location") == "/sign-in/factor")
    #expect(await own.get("/today").status == 303)
    let fresh = try Self.key(on: await own.get("/sign-in/factor").text)
    #expect(fresh != old)
    #expect(
      await own.post("/sign-in/factor", ["code": Self.code(fresh, house)], from: "/sign-in/factor").status == 200)
    #expect(await own.get("/account").text.contains("je tweede stap is gewist"))
  }

  /// The only administrator lost it: whoever runs the region makes the letter; as soon as there is another who decides,
  /// they agree.
  @Test func theLastAdministratorIsHelpedAtTheCommandLine() async throws {
    let house = try await TestHouse()
    let bea = try await Self.person(house, "bea@example.nl", .systemAdministrator)
    #expect(try await house.house.lostFactor(of: "bea@example.nl", agreedBy: nil) == .nobody)
    _ = try await Self.factor(house, bea)
    #expect(try await house.house.lostFactor(of: "bea@example.nl", agreedBy: "bea@example.nl") == .approverNeeded)
    guard case .made(let code) = try await house.house.lostFactor(of: "bea@example.nl", agreedBy: nil) else {
      Issue.record("no letter")
      return
    }
    let browser = Browser(site: house.house.site)
    _ = await Self.signIn(browser, "bea@example.nl")
    let reset = await browser.post("/sign-in/lost", ["letter": code], from: "/sign-in/code")
    #expect(reset.header("location") == "/sign-in/factor")
    _ = try await Self.factor(house, bea)
    _ = try await Self.person(house, "roos@example.nl", .teamLeader)
    _ = try await Self.person(house, "sanne@example.nl")
    for wrong in [nil, "sanne@example.nl", "bea@example.nl", "niemand@example.nl"] {
      #expect(try await house.house.lostFactor(of: "bea@example.nl", agreedBy: wrong) == .approverNeeded)
    }
    guard case .made = try await house.house.lostFactor(of: "bea@example.nl", agreedBy: "Roos@example.nl") else {
      Issue.record("no letter")
      return
    }
  }

  /// What touches many asks a code again when the last one is ten minutes old; what was typed goes along.
  @Test func whatTouchesManyAsksAgain() async throws {
    let house = try await TestHouse()
    let admin = try await Self.person(house, "een@example.nl", .systemAdministrator)
    let key = try await Self.factor(house, admin)
    let browser = Browser(site: house.house.site)
    _ = await Self.signIn(browser, "een@example.nl")
    #expect(
      await browser.post("/sign-in/code", ["code": Self.code(key, house)], from: "/sign-in/code").status == 303)
    let place = try await house.act { try Organisation.add("Stek", .careProvider, $0).id }
    let fields = [
      "name": "Kim & \"Co\"", "email": "kim@example.nl", "role": "supportWorker", "organisation": "\(place)",
    ]
    func isThere() async throws -> Bool {
      try await house.read { try Account.with(email: "kim@example.nl", $0) } != nil
    }
    house.clock.advance(.minutes(11))
    let asked = await browser.post("/admin/people", fields, from: "/admin/people")
    #expect(asked.status == 200 && asked.text.contains("Nog even je code"))
    #expect(asked.text.contains("value=\"Kim &amp; &quot;Co&quot;\""))
    #expect(try await !isThere())
    let wrong = await browser.post(
      "/admin/people", fields.merging(["factor-code": "000000"]) { $1 }, from: "/admin/people")
    #expect(wrong.status == 422 && wrong.text.contains("field-factor-code-fault"))
    #expect(try await !isThere())
    let right = await browser.post(
      "/admin/people", fields.merging(["factor-code": Self.code(key, house)]) { $1 }, from: "/admin/people")
    #expect(right.status == 303)
    #expect(try await house.read { try Account.with(email: "kim@example.nl", $0) }?.name == "Kim & \"Co\"")
    // For ten minutes it is not asked again, in this browser.
    let team = await browser.post("/account/tokens", ["label": "x", "days": "30"], from: "/account")
    #expect(team.status == 200 && !team.text.contains("Nog even je code"))
    let elsewhere = try await house.browser(of: admin)
    #expect(
      await elsewhere.post("/account/tokens", ["label": "x", "days": "30"], from: "/account").text.contains(
        "Nog even je code"))
    // A program is asked nothing.
    let program = try await Program(house, as: admin)
    #expect(await program.call("POST", "/teams", #"{"name": "Samen"}"#).status == 201)
  }

  /// Each of these gives sight in bulk, or is a way in.
  @Test func theRoutesThatAskAgain() async throws {
    let house = try await TestHouse(demo: true)
    let admin = try await house.demoAccount("beheer")
    _ = try await Self.factor(house, admin)
    let browser = try await house.browser(of: admin)
    let somebody = try await house.demoAccount("thuishaven.1")
    for path in [
      "/approvals/\(somebody)", "/admin/people", "/admin/people/\(somebody)/letter", "/admin/people/\(somebody)/factor",
      "/account/tokens", "/account/factor/new", "/account/factor/codes",
    ] { #expect(await browser.post(path, [:], from: "/account").text.contains("Nog even je code"), "\(path)") }
    let coordinator = try await house.demoAccount("nieuwegein.a")
    _ = try await Self.factor(house, coordinator)
    let importing = try await house.browser(of: coordinator)
    #expect(await importing.post("/import", ["key": "x"], from: "/import").text.contains("Nog even je code"))
    // Who may not do it at all is not asked.
    let worker = try await house.browser(of: somebody)
    #expect(await worker.post("/admin/people", [:], from: "/account").status == 404)
  }

  /// The demo's one click asks nothing and says so.
  @Test func theDemoSignsInWithOneClick() async throws {
    let house = try await TestHouse(demo: true)
    let sanne = try await house.demoAccount("thuishaven.1")
    let browser = Browser(site: house.house.site)
    #expect(
      await browser.post("/sign-in/demo", ["account": "\(sanne)"], from: "/sign-in").header("location") == "/")
    #expect(await browser.get("/account").text.contains("In de demo log je in met één klik"))
    // Elsewhere there is no such click.
    let real = try await TestHouse()
    let account = try await Self.person(real, "x@example.nl")
    #expect(
      await Browser(site: real.house.site).post("/sign-in/demo", ["account": "\(account)"], from: "/sign-in").status
        == 404)
  }
}
