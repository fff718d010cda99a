internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// The trail is true: what it says was shown is what stood in the answer, both ways, on every page and in every call, for
/// every role; and every request has its line.
@Suite struct TrailTruthTests {
  /// What tells of a category without any text of the resident's, in Dutch or as the API says it.
  private static let signs: [Category: [String]] = [
    .identity: ["1980", "46 jaar"],
    .journey: [
      "aangemeld", "registered", "voorbereiden", "preparing", "Overdracht", "guard.", "Weg naar huis", "offered",
      "withdrawn", "vaste begeleider", "nog niet gekeken",
    ],
    .contacts: ["contact", "Contact", "isReached"],
    .plan: ["check-in", "score", "van 1 tot 5", "Eigen stem", "Plan", "\"items\""],
    .signal: ["Iemand maakt zich zorgen", "concern", "Signalen", "let op", "\"items\"", "rood signaal"],
    .support: ["37 uur", ":37", "Hulp", "\"37\""], .readiness: ["geregeld", "signaleringsplan", "woonwensen"],
    .housing: ["Huis", "huis", "Sleutels", "verhui"], .tenancy: ["Huur", "huur", "buren"],
    .money: ["geld", "Geld"], .activities: ["Dag", "dag", "dagen"], .network: ["kring", "Kring", "dichtbij"],
    .warning: ["Groen", "Signaleringsplan", "signaleringsplan"], .sharing: ["deel", "Delen", "level"],
    .audit: ["keek", "items"], .health: [],
  ]

  private struct Seen {
    let fields: Set<Category>
    let lines: Int
  }

  private static func trail(_ house: TestHouse, _ person: ID<Account>, about resident: ResidentID) async throws -> Seen
  {
    let now = house.clock.now
    let until = now.adding(.seconds(1))
    let mine = try await house.house.audit.lines(by: person.retyped(), from: now, until: until, limit: 100)
    let about = mine.filter { $0.resident == resident && $0.event != "refused" && $0.event != "failed" }
    let changes = try await house.read { try $0.rows("select account from journal where at = \(now)").count }
    return Seen(
      fields: Set(about.flatMap { $0.fields.split(separator: " ") }.compactMap { Category(rawValue: String($0)) }),
      lines: mine.count + changes)
  }

  @Test(arguments: Role.allCases) func saysWhatWasShown(_ role: Role) async throws {
    let full = try await FullFile()
    let house = full.house
    let person = try await full.file.somebody(role)
    let browser = try await house.browser(of: person)
    let program = try await Program(house, as: person)
    var (opened, shown) = (0, 0)
    for route in house.house.site.table.routes where route.method == .get && route.policy != .anyone {
      house.clock.advance(.seconds(20))
      var path = route.path
      for (name, value) in full.places { path = path.replacing("{\(name)}", with: value) }
      path = path.replacing(/\{[a-zA-Z]+\}/, with: "\(ResidentID(high: 3, low: 4))")
      let answer =
        path.hasPrefix("/api/v1")
        ? await program.call("GET", String(path.dropFirst("/api/v1".count))) : await browser.get(path)
      let seen = try await Self.trail(house, person, about: full.resident)
      if case .signedInUnless = route.policy {
      } else {
        #expect(seen.lines > 0, "\(role) \(path) \(answer.status): no line")
      }
      guard answer.status == 200 else {
        #expect(FullFile.marked(in: answer.text).isEmpty, "\(role) \(path) \(answer.status)")
        continue
      }
      opened += 1
      let marked = FullFile.marked(in: answer.text)
      if !marked.isEmpty { shown += 1 }
      let untold = marked.subtracting(seen.fields)
      #expect(untold.isEmpty, "\(role) \(path) showed \(untold.map(\.rawValue)) without saying so")
      for category in seen.fields.subtracting(marked) {
        let isThere = (Self.signs[category] ?? []).contains { answer.text.contains($0) }
        #expect(isThere, "\(role) \(path) is said to have shown \(category)")
      }
    }
    #expect(opened > 3)
    if role == .supportWorker || role == .resident { #expect(shown > 10) }
  }

  /// The role in a line is that of the relation that granted it, not the first one somebody has.
  @Test func namesTheRelationThatGranted() async throws {
    let full = try await FullFile()
    let house = full.house
    let person = try await full.file.somebody(.supportWorker)
    // The same person is also, first, somebody who sees next to nothing.
    try await house.act { transaction in
      try transaction.put(
        Relation(
          id: transaction.freshID(), resident: full.resident, account: person, role: .teamMember, ground: .agreement,
          fromAt: transaction.now.adding(.days(-9))))
    }
    house.clock.advance(.minutes(1))
    _ = try await house.browser(of: person).get("/residents/\(full.resident)/plan")
    let lines = try await house.house.audit.lines(
      by: person.retyped(), from: house.clock.now, until: house.clock.now.adding(.seconds(1)), limit: 10)
    #expect(lines.count == 1)
    #expect(lines.first?.role == "supportWorker")
    #expect(lines.first?.relation != nil)
  }

  @Test func aSearchWithoutHitsAndARefusalHaveTheirLine() async throws {
    let full = try await FullFile()
    let house = full.house
    let browser = try await house.browser(of: full.file.worker)
    func events() async throws -> [String] {
      try await house.house.audit.lines(
        by: full.file.worker.retyped(), from: house.clock.now, until: house.clock.now.adding(.seconds(1)), limit: 20
      ).map { "\($0.event) \($0.object)" }
    }
    house.clock.advance(.minutes(1))
    await browser.post("/search", ["q": "niemanddieerisss"], from: "/search")
    #expect(try await events().contains("search search"))
    house.clock.advance(.minutes(1))
    #expect(await browser.get("/admin/people").status == 404)
    #expect(try await events() == ["refused admin.people.form"])
    house.clock.advance(.minutes(1))
    #expect(await browser.send(form: "/search", ["q": "x"]).status == 403)
    #expect(try await events() == ["refused search"])
    house.clock.advance(.minutes(1))
    await browser.post("/account/tokens", ["label": "test", "days": "30"], from: "/account")
    #expect(try await events().contains("change account.token"))
  }

  /// Hundreds of lines of one day push nothing of another day away.
  @Test func nothingIsPushedAway() async throws {
    let full = try await FullFile()
    let house = full.house
    let quiet = try await full.file.somebody(.clinician)
    let own = try await full.file.somebody(.resident)
    _ = try await house.browser(of: quiet).get("/residents/\(full.resident)")
    house.clock.advance(.days(1))
    let noisy = try await house.browser(of: full.file.worker)
    for _ in 0..<320 { _ = await noisy.get("/today") }
    let page = try await house.browser(of: own).get("/residents/\(full.resident)/trail").text
    #expect(page.contains("Iemand"))
    #expect(page.contains("320 keer"))
    #expect(page.utf8.count < 50_000)
    // And a change is in it by the journal, without any line besides.
    #expect(page.contains("veranderde"))
  }
}
