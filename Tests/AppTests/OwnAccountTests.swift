internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Trust

/// One's own account: another password, where one is signed in, the letters one gets.
@Suite struct OwnAccountTests {
  private static let password = "fietsen langs de vaart"

  private static func relative(_ house: TestHouse, _ email: String) async throws -> ID<Account> {
    let hash = try PasswordHash.make(password, cost: .cheap, chance: .seeded(1))
    return try await house.act { transaction in
      let account = try transaction.put(
        Account(id: transaction.freshID(), name: "Marlies", email: email, organisation: nil, role: .relative))
      try Credentials.store(hash, for: account.id, transaction)
      return account.id
    }
  }

  @Test func anotherPasswordEndsEveryOtherSession() async throws {
    let house = try await TestHouse()
    let marlies = try await Self.relative(house, "marlies@example.nl")
    let (here, there) = (try await house.browser(of: marlies), try await house.browser(of: marlies))
    func change(_ current: String, _ fresh: String) async -> Outgoing {
      await here.post("/account/password", ["current": current, "password": fresh], from: "/account")
    }
    let wrong = await change("iets heel anders", "een nieuwe lange zin")
    #expect(wrong.status == 422 && wrong.text.contains("field-current-fault"))
    let short = await change(Self.password, "kort")
    #expect(short.status == 422 && short.text.contains("field-password-fault"))
    // No password stands on the page that is shown again.
    #expect(!wrong.text.contains("iets heel anders") && !short.text.contains(Self.password))
    #expect(await there.get("/account").status == 200)
    #expect(await change(Self.password, "een nieuwe lange zin").status == 303)
    #expect(await there.get("/account").status == 303)
    #expect(await here.get("/account").text.contains("je wachtwoord is veranderd"))
    let fresh = Browser(site: house.house.site)
    #expect(
      await fresh.post("/sign-in", ["email": "marlies@example.nl", "password": Self.password], from: "/sign-in").status
        == 422)
    let now = await fresh.post(
      "/sign-in", ["email": "marlies@example.nl", "password": "een nieuwe lange zin"], from: "/sign-in")
    #expect(now.header("location") == "/")
    let lines = try await house.house.audit.lines(
      by: marlies.retyped(), from: TestHouse.start, until: house.clock.now.adding(.minutes(1)), limit: 100)
    #expect(lines.contains { $0.event == "password.changed" } && lines.contains { $0.event == "password.failed" })
  }

  /// Whoever sits at a browser that was left open does not guess the password.
  @Test func guessingTheOwnPasswordWaits() async throws {
    let house = try await TestHouse()
    let marlies = try await Self.relative(house, "marlies@example.nl")
    let browser = try await house.browser(of: marlies)
    for number in 0..<6 {
      await browser.post(
        "/account/password", ["current": "fout \(number)", "password": "een nieuwe lange zin"], from: "/account")
    }
    let right = await browser.post(
      "/account/password", ["current": Self.password, "password": "een nieuwe lange zin"], from: "/account")
    #expect(right.status == 422 && right.text.contains("te vaak geprobeerd"))
  }

  @Test func oneSignsOutElsewhereAndOnlyOneself() async throws {
    let house = try await TestHouse()
    let marlies = try await Self.relative(house, "marlies@example.nl")
    let other = try await Self.relative(house, "els@example.nl")
    let (here, there) = (try await house.browser(of: marlies), try await house.browser(of: marlies))
    let els = try await house.browser(of: other)
    let theirs = try #require(
      Browser.hidden("session", in: await here.get("/account").text))
    // Somebody else's name for it does nothing.
    await els.post("/account/sessions/end", ["session": theirs], from: "/account")
    #expect(await there.get("/account").status == 200)
    #expect(await here.post("/account/sessions/end", ["session": theirs], from: "/account").status == 303)
    #expect(await there.get("/account").status == 303)
    #expect(await here.get("/account").status == 200)
    #expect(await els.get("/account").status == 200)
  }

  /// A letter says where to go, and speaks to who reads it.
  @Test func aLetterSaysWhereAndToWhom() async throws {
    let house = try await TestHouse()
    let admin = try await house.act { transaction in
      try transaction.put(
        Account(
          id: transaction.freshID(), name: "Bea", email: "bea@example.nl", organisation: nil,
          role: .systemAdministrator)
      ).id
    }
    let worker = try await house.act { transaction in
      let place = try Organisation.add("Stek", .careProvider, transaction)
      return try Account.make(
        name: "Kim", email: "kim@example.nl", role: .supportWorker, organisation: place.id, transaction
      ).id
    }
    let page = try await house.browser(of: admin)
    let keys = await page.get("/admin/people/\(worker)").text
    let letter = await page.send(
      form: "/admin/people/\(worker)/letter", ["form-token": Browser.hidden("form-token", in: keys) ?? ""],
      headers: ["host": "geland.example.nl", "origin": "http://geland.example.nl"])
    #expect(letter.status == 200 && letter.text.contains("Ga naar http://geland.example.nl "))
    #expect(letter.text.contains("collega") && !letter.text.contains("je thuis"))
  }
}
