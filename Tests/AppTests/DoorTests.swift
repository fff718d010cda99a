internal import Foundation
internal import Kernel
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Site
@testable import Trust

/// Who comes in at the door, and what is done with what they bring.
@Suite struct DoorTests {
  /// - Parameter role: a relative comes in with a password alone.
  private static func person(
    _ house: TestHouse, _ email: String, _ role: Role = .relative
  ) async throws -> ID<Account> {
    let hash = try PasswordHash.make("fietsen langs de vaart", cost: .cheap, chance: .seeded(1))
    return try await house.act { transaction in
      let account = try transaction.put(
        Account(id: transaction.freshID(), name: "Bea", email: email, organisation: nil, role: role))
      try Credentials.store(hash, for: account.id, transaction)
      return account.id
    }
  }

  /// A sign-in from an address, with the keys of a page of its own.
  private static func signIn(
    _ house: TestHouse, _ email: String, _ password: String, from address: String, cookies: String = ""
  ) async -> Outgoing {
    let site = house.house.site
    let page = await site.respond(to: Incoming("GET", "/sign-in"))
    let own = page.header("set-cookie")?.split(separator: ";").first.map(String.init) ?? ""
    let token = Browser.hidden("form-token", in: page.text) ?? ""
    func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
    let body = "email=\(encoded(email))&password=\(encoded(password))&form-token=\(encoded(token))"
    return await site.respond(
      to: Incoming(
        "POST", "/sign-in",
        headers: [
          "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin",
          "cookie": own + (cookies.isEmpty ? "" : "; " + cookies),
        ], body: Array(body.utf8), address: address))
  }

  /// Sixty guesses at once are sixty, not one: the right one among them does not get in (F5).
  @Test func guessesAtOnceAreCountedBeforeTheyAreChecked() async throws {
    let house = try await TestHouse()
    _ = try await Self.person(house, "bea@example.nl")
    let answers = await withTaskGroup(of: Int.self) { group in
      for number in 0..<60 {
        group.addTask {
          let password = number == 59 ? "fietsen langs de vaart" : "iets anders \(number)"
          return await Self.signIn(house, "bea@example.nl", password, from: "192.0.2.\(number % 2)").status
        }
      }
      return await group.reduce(into: [Int]()) { $0.append($1) }
    }
    // At most five of each address are checked at all; the rest waits, or is sent away by the line.
    #expect(answers.filter { $0 == 303 }.count <= 1)
    let tries = try await house.read {
      try $0.rows("select count from sign_in_try where subject like 'account:%'").compactMap { $0.integer("count") }
    }
    #expect(tries.allSatisfy { $0 >= 5 })
  }

  /// A stranger's wrong guesses keep nobody out: not from another address, not on a device known here.
  @Test func aStrangerShutsNobodyOut() async throws {
    let house = try await TestHouse()
    _ = try await Self.person(house, "bea@example.nl")
    let first = await Self.signIn(house, "bea@example.nl", "fietsen langs de vaart", from: "192.0.2.1")
    #expect(first.status == 303)
    let device = try #require(
      first.headers.first { $0.name == "set-cookie" && $0.value.hasPrefix("geland-device=") }?.value.split(
        separator: ";"
      )
      .first)
    for round in 0..<40 { _ = await Self.signIn(house, "bea@example.nl", "fout \(round)", from: "203.0.113.9") }
    // Elsewhere the right password goes on working …
    #expect(await Self.signIn(house, "bea@example.nl", "fietsen langs de vaart", from: "192.0.2.7").status == 303)
    // … at the stranger's own address it does not …
    #expect(await Self.signIn(house, "bea@example.nl", "fietsen langs de vaart", from: "203.0.113.9").status == 422)
    // … but on a known device it does, also there.
    let known = await Self.signIn(
      house, "bea@example.nl", "fietsen langs de vaart", from: "203.0.113.9", cookies: String(device))
    #expect(known.status == 303)
  }

  /// An address that tries many names waits too.
  @Test func anAddressThatTriesManyNamesWaits() async throws {
    let house = try await TestHouse()
    _ = try await Self.person(house, "bea@example.nl")
    for number in 0..<70 { _ = await Self.signIn(house, "x\(number)@example.nl", "fout", from: "203.0.113.9") }
    #expect(await Self.signIn(house, "bea@example.nl", "fietsen langs de vaart", from: "203.0.113.9").status == 422)
    house.clock.advance(.hours(2))
    #expect(await Self.signIn(house, "bea@example.nl", "fietsen langs de vaart", from: "203.0.113.9").status == 303)
  }

  /// Wrong tries are told in the trail, by whose account they were, without filling the disk.
  @Test func manyWrongTriesAreFewLines() async throws {
    let house = try await TestHouse()
    let bea = try await Self.person(house, "bea@example.nl")
    for number in 0..<64 { _ = await Self.signIn(house, "bea@example.nl", "fout \(number)", from: "203.0.113.9") }
    let now = house.clock.now
    let lines = try await house.house.audit.lines(
      by: bea.retyped(), from: now, until: now.adding(.minutes(1)), limit: 100)
    #expect(lines.count >= 6 && lines.count <= 10)
    #expect(lines.allSatisfy { $0.event == "sign-in.failed" })
  }

  /// A session that is over stays over when the clock is set back; a second sign-in ends the first (F20).
  @Test func sessionsEndForGood() async throws {
    let house = try await TestHouse()
    let bea = try await Self.person(house, "bea@example.nl")
    let browser = try await house.browser(of: bea)
    house.clock.advance(.minutes(31))
    #expect(await browser.get("/account").status == 303)
    house.clock.set(TestHouse.start)
    #expect(await browser.get("/account").status == 303)
    let again = try await house.browser(of: bea)
    let before = try await house.read { try $0.count("select count(*) from session") }
    await again.post("/sign-in", ["email": "bea@example.nl", "password": "fietsen langs de vaart"], from: "/sign-in")
    #expect(try await house.read { try $0.count("select count(*) from session") } == before)
    #expect(await again.get("/account").status == 200)
  }

  @Test func keysEndAndMayBeOnlyForReading() async throws {
    let house = try await TestHouse()
    let bea = try await Self.person(house, "bea@example.nl", .systemAdministrator)
    let token = try await house.act { try ApiTokens.make(for: bea, label: "t", days: 30, mayOnlyRead: true, $0) }
    func call(_ method: String, _ path: String, _ body: String = "") async -> Int {
      await house.house.site.respond(
        to: Incoming(
          method, "/api/v1" + path, headers: ["authorization": "Bearer \(token)", "content-type": "application/json"],
          body: Array(body.utf8))
      ).status
    }
    #expect(await call("GET", "/teams") == 200)
    #expect(await call("POST", "/teams", #"{"name": "x"}"#) == 403)
    house.clock.advance(.days(31))
    #expect(await call("GET", "/teams") == 401)
  }

  @Test func aFormThatSaysNotWhereItComesFromIsRefused() async throws {
    let house = try await TestHouse()
    let answer = await house.house.site.respond(
      to: Incoming(
        "POST", "/sign-in", headers: ["content-type": "application/x-www-form-urlencoded"], body: Array("a=b".utf8)))
    #expect(answer.status == 403)
  }

  /// Only where a file is asked for one may come; nobody's is read before it is known who sends it.
  @Test func bodiesAreJudgedByTheirHead() async throws {
    let house = try await TestHouse(demo: true)
    let site = house.house.site
    func admitted(_ path: String, _ headers: [String: String]) async -> Int {
      let all = headers.merging(["sec-fetch-site": "same-origin"]) { $1 }
      switch await site.admit(Incoming("POST", path, headers: all)) {
      case .take: return 0
      case .refused(let answer): return answer.status
      }
    }
    let multipart = ["content-type": "multipart/form-data; boundary=x"]
    #expect(await admitted("/import/check", multipart) == 303)
    #expect(await admitted("/sign-in", multipart) == 400)
    #expect(await admitted("/sign-in", ["content-length": "40000"]) == 413)
    #expect(await admitted("/sign-in", ["content-length": "400"]) == 0)
    #expect(await admitted("/niets", [:]) == 404)
    #expect(await admitted("/api/v1/teams", ["content-length": "10"]) == 401)
  }

  /// Ready is said after trying; a full or broken disk is told (F13).
  @Test func readinessIsTried() async throws {
    let house = try await TestHouse()
    let site = house.house.site
    #expect(await site.respond(to: Incoming("GET", "/ready-to-serve")).status == 200)
    struct Broken: Error {}
    let readiness = Readiness(database: house.database, audit: AuditLog(besides: "/nergens/hier"), clock: house.clock)
    #expect(await readiness.isReady() == false)
  }

  @Test func aBodyOfManyPartsIsNotRead() {
    let boundary = "grens"
    func body(_ parts: Int) -> [UInt8] {
      let one = "--grens\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nb\r\n"
      return Array((String(repeating: one, count: parts) + "--grens--\r\n").utf8)
    }
    let kind = "multipart/form-data; boundary=\(boundary)"
    #expect(Multipart(contentType: kind, body: body(40))?.fields["a"]?.count == 40)
    #expect(Multipart(contentType: kind, body: body(51)) == nil)
    #expect(Multipart(contentType: kind, body: body(40_000)) == nil)
    #expect(Multipart(contentType: kind, body: Array(body(3).dropLast(12))) == nil)
  }

  @Test func onlyATrustedProxyIsBelieved() {
    let proxies = TrustedProxies(["10.0.0.1", "10.0.0.2"])
    #expect(proxies.origin(of: "203.0.113.9", forwarded: "192.0.2.1") == "203.0.113.9")
    #expect(proxies.origin(of: "10.0.0.1", forwarded: "192.0.2.1, 198.51.100.7, 10.0.0.2") == "198.51.100.7")
    #expect(proxies.origin(of: "10.0.0.1", forwarded: "<script>") == "10.0.0.1")
    #expect(proxies.origin(of: "10.0.0.1", forwarded: nil) == "10.0.0.1")
  }
}

@Suite struct PasswordRowTests {
  @Test(arguments: ["123456789012", "abcdefghijkl", "qwertyuiopqwerty", "098765432109", "lkjihgfedcba"])
  func rowsAreRefused(_ password: String) { #expect(PasswordRule.fault(in: password) != nil) }
}
