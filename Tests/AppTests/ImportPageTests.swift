internal import Kernel
internal import Site
internal import Store
internal import Tables
internal import TestKit
internal import Testing

@testable import Residents
@testable import Trust

/// A list brought in through the page: what would happen to whom, and who may not learn what.
@Suite struct ImportPageTests {
  private static let header =
    "nummer;voornaam;achternaam;geboortedatum;gemeente;organisatie;begeleider e-mail;fase;adres"

  private func sent(_ bytes: [UInt8], _ browser: Browser, name: String = "lijst.csv") async -> String {
    let page = await browser.get("/import").text
    var body: [UInt8] = []
    for field in ["form-token", "once", "at"] {
      body += Array("--grens\r\ncontent-disposition: form-data; name=\"\(field)\"\r\n\r\n".utf8)
      body += Array((Browser.hidden(field, in: page) ?? "").utf8) + Array("\r\n".utf8)
    }
    body += Array("--grens\r\ncontent-disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n".utf8)
    body += bytes + Array("\r\n--grens--\r\n".utf8)
    return await browser.send(
      Incoming(
        "POST", "/import/check",
        headers: ["content-type": "multipart/form-data; boundary=grens", "sec-fetch-site": "same-origin"], body: body)
    ).text
  }

  private func list(_ rows: String..., header: String = header) -> [UInt8] {
    Array(([header] + rows).joined(separator: "\n").utf8)
  }

  private let aad = "C1;Aad;Een;12-04-1980;Nieuwegein;Thuishaven;thuishaven.1@demo.geland.example;voorbereiden;Plein 3"
  private let bea = "C2;Bea;Twee;12-04-1981;Woerden;Nieuw Huis;b@nieuw.example;aangemeld;"

  private func after(_ text: String, _ browser: Browser) async -> (page: String, key: String) {
    let key = Browser.hidden("key", in: text) ?? ""
    let answer = await browser.post("/import", ["key": key], from: "/import")
    let place = answer.headers.first { $0.name == "location" }?.value ?? ""
    return (await browser.get(place).text, key)
  }

  @Test func whatHappensToWhomIsToldAndThenDone() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    let browser = try await house.browser(of: house.demoAccount("nieuwegein.a"))
    let preview = await sent(list(aad, bea), browser)
    for told in [
      "Aad Een", "Bea Twee", "op het bord van Nieuwegein", "op het bord van Woerden", "Nieuwe organisaties: Nieuw Huis",
      "Nieuwe begeleiders: b@nieuw.example", "Lees 2 bewoners in",
    ] { #expect(preview.contains(told), "\(told)") }
    let (done, key) = await after(preview, browser)
    #expect(done.contains("2 bewoners zijn ingelezen") && done.contains("Bea Twee") && done.contains("b@nieuw.example"))
    // Pressing again changes nothing.
    let count = try await house.read { try $0.count("select count(*) from resident") }
    await browser.post("/import", ["key": key], from: "/import")
    #expect(try await house.read { try $0.count("select count(*) from resident") } == count)
    // Who came along is the administrator's to invite, and shown to the coordinator.
    let administrator = try await house.browser(of: house.demoAccount("beheer"))
    #expect(await administrator.get("/admin/people").text.contains("b@nieuw.example"))
    #expect(await browser.get("/signals").text.contains("b@nieuw.example"))
    let worker = try await house.browser(of: house.demoAccount("thuishaven.1"))
    #expect(await !worker.get("/signals").text.contains("b@nieuw.example"))
  }

  @Test func aColumnIsPointedOutOnce() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    let browser = try await house.browser(of: house.demoAccount("nieuwegein.a"))
    let bytes = list(aad, header: Self.header.replacing("nummer", with: "Zorgcode"))
    let asked = await sent(bytes, browser)
    #expect(
      asked.contains("Welke kolom is wat?") && asked.contains("Zorgcode") && asked.contains("Nog nodig: cliëntnummer"))
    let key = try #require(Browser.hidden("key", in: asked))
    var fields = ["key": key, "column-0": "external id", "column-8": "external id"]
    for (place, column) in [
      CaseloadColumn.firstName, .lastName, .birthDate, .municipality, .organisation, .worker, .phase,
    ].enumerated() { fields["column-\(place + 1)"] = column.rawValue }
    let wrong = await browser.post("/import/columns", fields, from: "/import")
    #expect(wrong.status == 422 && wrong.text.contains("Een andere kolom is dit al"))
    fields["column-8"] = "-"
    let good = await browser.post("/import/columns", fields, from: "/import")
    #expect(good.text.contains("Lees 1 bewoner in"), "\(good.status)")
    #expect(good.text.contains("Deze kolommen lezen we niet: adres"))
    // The next list is understood at once.
    #expect(await sent(bytes, browser).contains("Lees 1 bewoner in"))
  }

  @Test func nobodyOpensAnothersFileAndAGoneFileIsSaid() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    let browser = try await house.browser(of: house.demoAccount("nieuwegein.a"))
    let key = try #require(Browser.hidden("key", in: await sent(list(aad), browser)))
    let other = try await house.browser(of: house.demoAccount("utrecht.a"))
    for answer in [
      await other.post("/import", ["key": key], from: "/import"), await other.get("/import/columns?key=\(key)"),
    ] { #expect(answer.text.contains("Het bestand staat hier niet meer") && !answer.text.contains("Aad")) }
    for _ in 0..<4 {
      house.clock.advance(.minutes(16))
      await browser.get("/account")
    }
    #expect(await browser.post("/import", ["key": key], from: "/import").text.contains("hoogstens een uur"))
    let resident = try await house.browser(of: house.demoAccount("noor"))
    for path in ["/import", "/import/template.xlsx", "/import/template.csv", "/import/columns", "/import/done"] {
      #expect(await resident.get(path).status != 200, "\(path)")
    }
  }

  /// A preview tells of doubles only among people one sees: else a list would ask who is known in the region.
  @Test func aListIsNoWayToAskWhoIsKnown() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    let noor = try await house.demoResident("Noor")
    let person = try await house.read { try $0.get(Resident.self, noor.retyped()) }
    let birth = try #require(person.birthDate)
    func row(_ number: String, _ last: String) -> String {
      "\(number);\(person.firstName);\(last);\(birth);Woerden;Nieuw Huis;b@nieuw.example;aangemeld;"
    }
    func preview(_ who: String, _ last: String) async throws -> String {
      let browser = try await house.browser(of: house.demoAccount(who))
      return await sent(list(row("X1", last)), browser)
    }
    for who in ["nieuwegein.a", "woerden.a"] {
      let told = try await preview(who, person.lastName).contains("Lijkt op")
      let account = try await house.demoAccount(who)
      let municipality = try await house.read { reader in
        let organisation = try reader.get(Account.self, account).organisation
        return try organisation.flatMap { try reader.get(Organisation.self, $0).municipality }
      }
      #expect(told == (municipality == person.municipality), "\(who)")
    }
  }

  @Test func aTemplateIsToTakeAlong() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    let browser = try await house.browser(of: house.demoAccount("nieuwegein.a"))
    let answer = await browser.get("/import/template.xlsx")
    #expect(answer.status == 200)
    #expect(try TableFile(answer.body).sheets.map(\.name) == ["Lijst", "Uitleg"])
    #expect(await browser.get("/import/template.csv").text.contains("tussenvoegsel"))
  }

  @Test func lettersThatMayBeTwoAreAsked() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    let browser = try await house.browser(of: house.demoAccount("nieuwegein.a"))
    let bytes = list(aad).map { $0 == UInt8(ascii: "E") ? 0xDE : $0 }
    let asked = await sent(bytes, browser)
    #expect(asked.contains("Hoe horen de namen eruit te zien?") && asked.contains("Şen") && asked.contains("Þen"))
    let key = try #require(Browser.hidden("key", in: asked))
    let good = await browser.post("/import/encoding", ["key": key, "encoding": "windows1254"], from: "/import")
    #expect(good.text.contains("Aad Şen"))
  }
}
