internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Knowledge
@testable import Trust

/// Reading what works, and lessons beside the work.
@Suite struct KnowledgePagesTests {
  private static func account(_ house: TestHouse, _ role: Role, _ name: String = "Iemand") async throws -> ID<Account> {
    try await house.act { transaction in
      let organisation = try transaction.put(
        Organisation(id: transaction.freshID(), name: "Thuishaven", kind: .careProvider))
      return try transaction.put(
        Account(
          id: transaction.freshID(), name: name, email: "\(name)-\(role)@example.nl", organisation: organisation.id,
          role: role)
      ).id
    }
  }

  @Test func everyPageIsThereInBothLanguages() async throws {
    let house = try await TestHouse()
    let worker = try await Self.account(house, .supportWorker)
    for language in Language.allCases {
      let browser = try await house.browser(of: worker, language: language)
      for path in [
        "/knowledge", "/knowledge/map", "/knowledge/lessons", "/knowledge/wonen", "/knowledge/gemengd-wonen-zeist",
        "/knowledge/burger", "/knowledge/lessons?block=wonen&audience=professional&municipality=Zeist&page=1",
      ] {
        let answer = await browser.get(path)
        #expect(answer.status == 200, "\(path)")
        #expect(!answer.text.contains("⟦"), "\(path)")
      }
      #expect(await browser.get("/knowledge/nergens").status == 404)
    }
  }

  @Test func whoIsNotSignedInReadsNothing() async throws {
    let house = try await TestHouse()
    let answer = await Browser(site: house.house.site).get("/knowledge/wonen")
    #expect(answer.status == 303 || answer.status == 401)
    #expect(!answer.text.contains("bouwsteen"))
  }

  @Test func aSearchMarksAndHostileWordsAreText() async throws {
    let house = try await TestHouse()
    let browser = try await house.browser(of: Self.account(house, .supportWorker), language: .dutch)
    #expect(await browser.get("/knowledge?q=uitkering").text.contains("<mark>"))
    let hostile = await browser.get("/knowledge?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E").text
    #expect(!hostile.contains("<script>alert"))
    #expect(await browser.get("/knowledge?q=xylofoonzwaluw").status == 200)
  }

  @Test func aLessonGoesAwayForWhoHadTheirSay() async throws {
    let file = try await MarkedFile()
    let (house, page) = (file.house, "/residents/\(file.resident)/handovers/new")
    let browser = try await house.browser(of: file.worker, language: .dutch)
    func shown() async -> [String] {
      await browser.get(page).text.matches(of: /name="lesson" value="([a-z0-9-]+)"/).map { String($0.output.1) }
    }
    let before = Set(await shown())
    #expect(before.count == 2)
    let lesson = try #require(before.min())
    let answer = await browser.post(
      "/knowledge/verdicts", ["lesson": lesson, "moment": "handing-over", "word": "helped", "back": page], from: page)
    #expect(answer.status == 303 && answer.header("location") == page)
    let after = Set(await shown())
    #expect(!after.contains(lesson) && after.count == 2)
    // After a restart too, and only for this person.
    let again = try await House(House.Plan(path: house.path, clock: house.clock, chance: .seeded(9), cost: .cheap))
    #expect(again.slices.count == house.house.slices.count)
    // A sum, without a name, for who looks at the region.
    let adviser = try await house.browser(of: Self.account(house, .policyAdviser), language: .dutch)
    let sums = await adviser.get("/knowledge/verdicts").text
    // Of fewer than five not even how many.
    #expect(sums.contains(">minder dan 5<") && !sums.contains(">1<") && !sums.contains("Iemand"))
    #expect(await browser.get("/knowledge/verdicts").status == 404)
  }

  @Test func aVerdictMustBeAboutALessonOfThatMoment() async throws {
    let house = try await TestHouse()
    let browser = try await house.browser(of: Self.account(house, .supportWorker))
    for fields in [
      ["lesson": "nergens", "moment": "landed", "word": "helped"], ["moment": "landed", "word": "helped"],
      ["lesson": "wonen-uitkering-op-tijd", "moment": "silence", "word": "helped"],
      ["lesson": "wonen-uitkering-op-tijd", "moment": "applying-benefit", "word": "terrible"],
    ] {
      #expect(await browser.post("/knowledge/verdicts", fields).status == 422)
    }
  }

  /// What a list's link promises is what the list shows.
  @Test func countsAgreeEverywhere() async throws {
    let house = try await TestHouse()
    let browser = try await house.browser(of: Self.account(house, .policyAdviser), language: .dutch)
    let front = await browser.get("/knowledge").text
    let tiles = front.matches(
      of: /href="\/knowledge\/([a-z-]+)"[^>]*>[^<]*<\/a><p class="small soft">(\d+) lessen · (\d+) pilots</)
    #expect(tiles.count == 8)
    for tile in tiles {
      let (block, count) = (String(tile.output.1), String(tile.output.2))
      let page = await browser.get("/knowledge/\(block)").text
      #expect(page.contains(">\(count) lessen</h2>") && page.contains("Naar de \(count) lessen"), "\(block)")
      let shown = page.matches(
        of: /<a[^>]* href="\/knowledge\/lessons\/[a-z0-9-]+"|<a href="\/knowledge\/lessons\/[a-z0-9-]+"/
      ).count
      #expect(shown == Int(count), "\(block): \(shown) of \(count)")
      let list = await browser.get("/knowledge/lessons?block=\(block)").text
      #expect(list.contains(">\(count) lessen<"), "\(block)")
    }
    // On the map each dot with lessons leads to lessons.
    let map = await browser.get("/knowledge/map").text
    for link in map.matches(of: /href="(\/knowledge\/lessons\?[^"]+)"/).map({
      $0.output.1.replacing("&amp;", with: "&")
    }) {
      #expect(!(await browser.get(String(link)).text.contains("Geen les past")), "\(link)")
    }
  }

  /// Statuses are those of the year of the source, and say so; the plan that was stopped is no pilot.
  @Test func howAPilotStoodSaysWhen() async throws {
    let house = try await TestHouse()
    let browser = try await house.browser(of: Self.account(house, .supportWorker), language: .dutch)
    #expect(await browser.get("/knowledge/schuldenvrij").text.contains("of het nog loopt, is niet bekend (stand 2021)"))
    #expect(
      await browser.get("/knowledge/housing-first-utrecht").text
        .contains("projectsubsidie uit gewone middelen (stand 2021)"))
    let front = await browser.get("/knowledge").text
    let pilots = try #require(
      front.firstMatch(of: /<h2[^>]*>Pilots<\/h2>(.*?)<\/ul>(.*?)<\/section>/.dotMatchesNewlines()))
    #expect(pilots.output.1.matches(of: /<li>/).count == 14 && !pilots.output.1.contains("Wijkwonen"))
    #expect(pilots.output.2.contains("Wijkwonen De Bilt"))
    #expect(await browser.get("/knowledge/wijkwonen-de-bilt").text.contains("Plannen die niet doorgingen"))
  }

  @Test func theAddressOfAFormerLessonStillWorks() async throws {
    let house = try await TestHouse()
    let browser = try await house.browser(of: Self.account(house, .supportWorker), language: .dutch)
    #expect(await browser.get("/knowledge/lessons/regelb-betaal-rust").text.contains("Maak een budget vrij"))
  }

  /// Who sees no residents searches what works; who does, people.
  @Test func theHeaderSearchesWhatOneMaySee() async throws {
    let house = try await TestHouse()
    for role in [Role.policyAdviser, .privacyOfficer, .systemAdministrator] {
      let page = await (try await house.browser(of: Self.account(house, role), language: .dutch)).get("/account").text
      #expect(page.contains(#"href="/knowledge#q" data-search"#) && !page.contains(#"href="/search""#), "\(role)")
    }
    let worker = try await house.browser(of: Self.account(house, .supportWorker), language: .dutch)
    #expect(await worker.get("/account").text.contains(#"href="/search" data-search"#))
  }

  /// On their own plan a resident reads what is written to them, and is asked for no judgement.
  @Test func aResidentsOwnPlanHasNoProfessionalsLessons() async throws {
    let house = try await TestHouse(demo: true)
    let resident = try await house.demoResident("Noor")
    let own = try await house.browser(of: house.demoAccount("noor"), language: .dutch)
    let plan = await own.get("/residents/\(resident)/plan").text
    let shown = plan.matches(of: /name="lesson" value="([a-z0-9-]+)"/).map { String($0.output.1) }
    let library = try house.house.knowledge.base.library
    #expect(!shown.isEmpty)
    for id in shown { #expect(library.lesson(id)?.audiences == [.citizen], "\(id)") }
    #expect(plan.contains("Niet meer laten zien") && !plan.contains("Dit hielp"))
    let worker = try await house.browser(of: house.demoAccount("thuishaven.1"), language: .dutch)
    let seen = await worker.get("/residents/\(resident)/plan").text
    for id in shown { #expect(!seen.contains(#"value="\#(id)""#), "\(id)") }
  }
}
