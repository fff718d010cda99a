internal import App
import Foundation
import Kernel
import Site
import Store
import TestKit
import Testing

@testable import Trust

/// A second opinion, written from the words of the sharing matrix and not from the code: a chain of sentences.
private struct SecondOpinion {
  let cells: [String: String]

  init() {
    var cells: [String: String] = [:]
    let lines = String(decoding: PackageResources.sharing_csv, as: UTF8.self).components(separatedBy: "\n").filter {
      !$0.isEmpty
    }
    let heads = lines[0].components(separatedBy: ",")
    for line in lines.dropFirst() {
      let parts = line.components(separatedBy: ",")
      for column in 1..<heads.count { cells[parts[0] + "/" + heads[column]] = parts[column] }
    }
    self.cells = cells
  }

  func may(_ subject: Subject, _ action: Action, _ category: Category, _ consents: [Consent], _ now: Instant) -> Bool {
    if now < subject.fromAt { return false }
    if let end = subject.untilAt, now >= end { return false }
    var letter = cells["\(subject.role.rawValue)/\(category.rawValue)"] ?? "x"
    if letter == "x" { return false }
    var hidden = false
    var widened = false
    for consent in consents where consent.category == category && consent.item == nil {
      if consent.fromAt > now { continue }
      if let end = consent.untilAt, end <= now { continue }
      var meant = false
      if consent.account != nil {
        meant = consent.account == subject.account
      } else if consent.organisation != nil {
        meant = consent.organisation == subject.organisation
      } else if consent.role == subject.role {
        meant = true
      } else if consent.role == .standIn && subject.role == .standInActive {
        meant = true
      }
      if !meant { continue }
      if consent.choice == .hide { hidden = true }
      if consent.choice == .show && consent.account != nil { widened = true }
    }
    let law = subject.ground == .task && ["identity", "contact", "journey", "signal"].contains(category.rawValue)
    if hidden && !law && subject.role != .resident { return false }
    // Being let read takes nothing away: who may tell a worry still may.
    let mayTell = letter == "c" || letter == "w"
    if widened && "-sc".contains(letter) { letter = "r" }
    switch action {
    case .read: return letter == "r" || letter == "w"
    case .add: return mayTell
    case .write: return letter == "w"
    }
  }
}

@Suite struct DecideTests {
  @Test func agreesWithASecondOpinionOnRandomCases() {
    var random = SplitMix(state: 20_260_305)
    let chance = Chance.seeded(1)
    let now = Instant(milliseconds: 1_000_000)
    let accounts: [ID<Account>] = (0..<3).map { _ in chance.id(at: now) }
    let organisations: [ID<Organisation>] = (0..<3).map { _ in chance.id(at: now) }
    let resident: ResidentID = chance.id(at: now)
    let opinion = SecondOpinion()
    func instant() -> Instant { Instant(milliseconds: Int64.random(in: 999_990...1_000_010, using: &random)) }
    var (granted, differences) = (0, 0)
    // With three actions each: a million and more decisions.
    for _ in 0..<340_000 {
      let subject = Subject(
        account: accounts.randomElement(using: &random)!, organisation: organisations.randomElement(using: &random),
        role: Role.allCases.randomElement(using: &random)!,
        ground: Relation.Ground.allCases.randomElement(using: &random)!,
        fromAt: instant(), untilAt: Bool.random(using: &random) ? instant() : nil)
      let category = Category.allCases.randomElement(using: &random)!
      let consents = (0..<Int.random(in: 0...3, using: &random)).map { _ -> Consent in
        let about = Int.random(in: 0...2, using: &random)
        var consent = Consent(
          id: chance.id(at: now), resident: resident,
          account: about == 0 ? accounts.randomElement(using: &random) : nil,
          organisation: about == 1 ? organisations.randomElement(using: &random) : nil,
          role: about == 2 ? Role.allCases.randomElement(using: &random) : nil,
          category: Bool.random(using: &random) ? category : Category.allCases.randomElement(using: &random)!,
          item: Int.random(in: 0...4, using: &random) == 0 ? chance.id(at: now) : nil,
          choice: Bool.random(using: &random) ? .hide : .show, fromAt: instant(), recordedBy: accounts[0])
        if Bool.random(using: &random) { consent.untilAt = instant() }
        return consent
      }
      for action in Action.allCases {
        let ours = decide(subject, action, category, consents: consents, now: now)
        if ours { granted += 1 }
        // Counted, not expected one by one: a million expectations take minutes.
        if ours != opinion.may(subject, action, category, consents, now) { differences += 1 }
      }
    }
    #expect(differences == 0)
    // The cases are not all refusals.
    #expect(granted > 30_000)
  }

  @Test func everyRoleAndCategoryStandsInTheTable() {
    for role in Role.allCases {
      for category in Category.allCases {
        // `level` answers `never` for what is missing; the file must not rely on that.
        #expect(SecondOpinion().cells["\(role.rawValue)/\(category.rawValue)"] != nil)
      }
    }
  }

  @Test func housingOfficerNeverSeesHealthDebtsOrNotes() {
    for category in [Category.health, .substance, .justice, .money, .notes, .plan, .contacts, .signalText] {
      #expect(SharingMatrix.standard.level(.housingOfficer, category) == .never)
    }
  }

  @Test func policyAdviserAndAdministratorSeeNobody() {
    for category in Category.allCases where category != .outcomes {
      #expect(SharingMatrix.standard.level(.policyAdviser, category) == .never)
    }
    for category in Category.allCases {
      #expect(SharingMatrix.standard.level(.systemAdministrator, category) == .never)
    }
  }
}

@Suite struct PasswordTests {
  @Test func rightOneMatchesAndWrongOneDoesNot() throws {
    let stored = try PasswordHash.make("een lange zin hier", cost: .cheap, chance: .seeded(3))
    #expect(try stored.matches("een lange zin hier"))
    #expect(try !stored.matches("een lange zin hie"))
    #expect(try PasswordHash.make("een lange zin hier", cost: .cheap, chance: .seeded(4)).hash != stored.hash)
  }

  // RFC 7914, section 12, second vector: P="password", S="NaCl", N=1024, r=8, p=16, first 32 of 64 bytes.
  @Test func isScrypt() throws {
    let cost = PasswordCost(rounds: 1024, blockSize: 8, parallelism: 16)
    let salt = Data("NaCl".utf8).base64EncodedString()
    let expected = Data([
      0xfd, 0xba, 0xbe, 0x1c, 0x9d, 0x34, 0x72, 0x00, 0x78, 0x56, 0xe7, 0x19, 0x0d, 0x01, 0xe9, 0xfe, 0x7c, 0x6a, 0xd7,
      0xcb, 0xc8, 0x23, 0x78, 0x30, 0xe7, 0x73, 0x76, 0x63, 0x4b, 0x37, 0x31, 0x62,
    ]).base64EncodedString()
    let stored = PasswordHash(
      hash: expected, salt: salt, rounds: cost.rounds, blockSize: cost.blockSize, parallelism: cost.parallelism)
    #expect(try stored.matches("password"))
  }

  @Test(arguments: ["kort", "wachtwoordwachtwoord", "aaaaaaaaaaaaaa", "Welkom2026!!"])
  func weakOnesAreRefused(_ password: String) { #expect(PasswordRule.fault(in: password) != nil) }

  @Test func longOnesAreAccepted() { #expect(PasswordRule.fault(in: "fietsen langs de vaart") == nil) }
}

@Suite struct SignInTests {
  private func person(
    _ house: TestHouse, email: String = "noor@example.nl", _ role: Role = .systemAdministrator, password: String
  ) async throws -> ID<Account> {
    let hash = try PasswordHash.make(password, cost: .cheap, chance: .seeded(1))
    return try await house.act { transaction in
      let account = try transaction.put(
        Account(id: transaction.freshID(), name: "Bea", email: email, organisation: nil, role: role))
      try Credentials.store(hash, for: account.id, transaction)
      return account.id
    }
  }

  @Test func rightPasswordSignsInWithAFreshToken() async throws {
    let house = try await TestHouse()
    _ = try await person(house, .relative, password: "fietsen langs de vaart")
    let browser = Browser(site: house.house.site, token: "planted-by-somebody-else")
    let answer = await browser.post(
      "/sign-in", ["email": "NOOR@example.nl", "password": "fietsen langs de vaart"], from: "/sign-in")
    #expect(answer.status == 303)
    #expect(answer.header("set-cookie")?.contains("planted") == false)
    #expect(answer.header("set-cookie")?.contains("HttpOnly; SameSite=Lax") == true)
    #expect(await browser.get("/account").status == 200)
  }

  @Test func everyFailureLooksTheSame() async throws {
    let house = try await TestHouse()
    let closed = try await person(house, password: "fietsen langs de vaart")
    _ = try await person(house, email: "open@example.nl", password: "fietsen langs de vaart")
    try await house.act { transaction in try transaction.get(Account.self, closed).close(transaction) }
    func attempt(_ email: String, _ password: String) async -> String {
      let browser = Browser(site: house.house.site)
      let answer = await browser.post("/sign-in", ["email": email, "password": password], from: "/sign-in")
      #expect(answer.status == 422)
      return answer.text.replacing(email, with: "").replacing(/(value|form-token)="[^"]*"/, with: "")
    }
    let unknown = await attempt("niemand@example.nl", "fietsen langs de vaart")
    #expect(await attempt("open@example.nl", "iets heel anders dan dat") == unknown)
    #expect(await attempt("noor@example.nl", "fietsen langs de vaart") == unknown)
    for _ in 0..<8 { _ = await attempt("open@example.nl", "fout fout fout fout") }
    // Blocked now: also the right password gets the same answer, for a quarter of an hour at most.
    #expect(await attempt("open@example.nl", "fietsen langs de vaart") == unknown)
    house.clock.advance(.minutes(16))
    let browser = Browser(site: house.house.site)
    #expect(
      await browser.post(
        "/sign-in", ["email": "open@example.nl", "password": "fietsen langs de vaart"], from: "/sign-in"
      ).status == 303)
  }

  @Test func sessionEndsByIdleTimeAndByClosing() async throws {
    let house = try await TestHouse()
    let account = try await person(house, password: "fietsen langs de vaart")
    let browser = try await house.browser(of: account)
    #expect(await browser.get("/admin/teams").status == 200)
    house.clock.advance(.minutes(29))
    #expect(await browser.get("/admin/teams").status == 200)
    house.clock.advance(.minutes(31))
    #expect(await browser.get("/admin/teams").status == 303)
    let other = try await house.browser(of: account)
    try await house.act { transaction in try transaction.get(Account.self, account).close(transaction) }
    #expect(await other.get("/admin/teams").status == 303)
  }

  @Test func letterWorksOnce() async throws {
    let house = try await TestHouse()
    let code = try #require(try await house.house.firstAdministrator(name: "Bea", email: "bea@example.nl"))
    #expect(try await house.house.firstAdministrator(name: "X", email: "x@example.nl") == nil)
    let browser = Browser(site: house.house.site)
    let typed = code.lowercased().replacing("-", with: " ")
    let answer = await browser.post(
      "/welcome", ["code": typed, "password": "fietsen langs de vaart"], from: "/welcome")
    #expect(answer.status == 303)
    let again = await Browser(site: house.house.site).post(
      "/welcome", ["code": code, "password": "nog een lange zin"], from: "/welcome")
    #expect(again.status == 422)
  }
}

@Suite struct FormTests {
  @Test func formsFromElsewhereAreRefused() async throws {
    let house = try await TestHouse(demo: true)
    let admin = try await house.demoAccount("beheer")
    let browser = try await house.browser(of: admin)
    let page = await browser.get("/admin/teams")
    let token = try #require(Browser.hidden("form-token", in: page.text))
    let teams = { try await house.read { try $0.count("select count(*) from team") } }
    let before = try await teams()
    // Without our token nothing is done; somebody who signed in anew meanwhile finds what was typed there again.
    let old = await browser.send(form: "/admin/teams", ["name": "Team Kastanje"])
    #expect(old.status == 409 && old.text.contains("Team Kastanje"))
    let elsewhere = try await house.browser(of: house.demoAccount("beheer"))
    #expect(await elsewhere.send(form: "/sign-out", [:]).status == 403)
    #expect(try await teams() == before)
    #expect(
      await browser.send(
        form: "/admin/teams", ["name": "x", "form-token": token], headers: ["sec-fetch-site": "cross-site"]
      ).status == 403)
    #expect(
      await browser.send(
        form: "/admin/teams", ["name": "x", "form-token": token], headers: ["origin": "https://elders.example"]
      ).status == 403)
    #expect(await browser.send(form: "/admin/teams", ["name": "x", "form-token": token]).status == 303)
  }

  @Test func sendingTwiceChangesNothing() async throws {
    let house = try await TestHouse(demo: true)
    let browser = try await house.browser(of: try await house.demoAccount("beheer"))
    let before = try await house.read { try $0.count("select count(*) from team") }
    let page = await browser.get("/admin/teams")
    let token = try #require(Browser.hidden("form-token", in: page.text))
    let once = try #require(Browser.hidden("once", in: page.text))
    for _ in 0..<3 {
      let answer = await browser.send(form: "/admin/teams", ["name": "Team Vaart", "form-token": token, "once": once])
      #expect(answer.status == 303)
    }
    #expect(try await house.read { try $0.count("select count(*) from team") } == before + 1)
  }

  @Test func everyAnswerWearsTheSecurityHeaders() async throws {
    let house = try await TestHouse()
    let browser = Browser(site: house.house.site)
    for path in ["/", "/sign-in", "/nergens", "/residents/x", "/health"] {
      let answer = await browser.get(path)
      #expect(answer.header("content-security-policy")?.hasPrefix("default-src 'none'") == true)
      #expect(answer.header("x-content-type-options") == "nosniff")
      #expect(answer.header("referrer-policy") == "no-referrer")
      #expect(answer.header("cache-control") == "no-store")
    }
  }
}
