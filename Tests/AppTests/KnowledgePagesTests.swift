internal import App
internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import Trust

/// Reading what works, and lessons beside the work.
@Suite struct KnowledgePagesTests {
  private static func account(_ house: TestHouse, _ role: Role, _ name: String = "Iemand") async throws -> ID<Account> {
    try await house.act { transaction in
      try transaction.put(
        Account(
          id: transaction.freshID(), name: name, email: "\(name)-\(role)@example.nl", organisation: nil, role: role)
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
    #expect(sums.contains(">1<") && !sums.contains("Iemand"))
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
}
