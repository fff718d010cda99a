internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Guide
@testable import Residents
@testable import Trust

/// Help, contact and the accessibility statement are there for everyone, and say only what is so.
@Suite struct GuideTests {
  @Test func everybodyReadsEveryPageWithoutSigningIn() async throws {
    let browser = try await Browser(site: TestHouse().house.site)
    let list = await browser.get("/help")
    for guide in Guide.allCases {
      #expect(list.text.contains("/help/\(guide.rawValue)"), "\(guide)")
      let page = await browser.get("/help/\(guide.rawValue)")
      #expect(page.status == 200 && !page.text.contains("⟦"), "\(guide)")
      if let picture = guide.picture {
        #expect(page.text.contains(picture.path), "\(guide)")
        #expect(await browser.get(picture.path).status == 200, "\(guide)")
        #expect(picture.bytes.count <= 40_000 && picture.bytes.starts(with: Array("RIFF".utf8)), "\(guide)")
      }
    }
    #expect(await browser.get("/help/iemand").status == 404)
    #expect(await !browser.get("/accessibility").text.contains("⟦"))
    #expect(Guide.allCases.compactMap(\.picture).count > 4)
  }

  /// Whoever is signed in comes on the page of their own work, and finds the way there below every page.
  @Test(arguments: Role.allCases) func ownHelpFirst(_ role: Role) async throws {
    let file = try await MarkedFile()
    let browser = try await file.house.browser(of: file.somebody(role))
    let to = await browser.get("/help")
    #expect(to.status == 303 && to.header("location") == "/help/\(Guide.of(role).rawValue)")
    let account = await browser.get("/account").text
    for place in ["/help", "/contact", "/accessibility"] { #expect(account.contains("href=\"\(place)\"")) }
  }

  /// No number is invented: who to reach about Geland is what the administrator entered, and helps no resident.
  @Test func contactSaysOnlyWhatTheRegionEntered() async throws {
    let file = try await MarkedFile()
    let browser = Browser(site: file.house.house.site)
    #expect(await browser.get("/contact").text.contains("zette hier nog geen nummer neer"))
    try await file.house.act { transaction in
      try transaction.put(
        HelpNumber(
          id: transaction.freshID(), kind: .geland, name: nil, number: "030 765 43 21", days: .everyDay, fromMinute: 0,
          untilMinute: 0, fromOn: LocalDate(dayNumber: 0), endedOn: nil, source: "besluit"))
    }
    let page = await browser.get("/contact").text
    #expect(page.contains("030 765 43 21") && !page.contains("zette hier nog geen nummer neer"))
    let own = try await file.house.browser(of: file.somebody(.resident))
    #expect(await !own.get("/home").text.contains("030 765 43 21"))
  }

  /// A page with a fault says so before anything else, in its title.
  @Test func aFaultStandsInTheTitle() async throws {
    let file = try await MarkedFile()
    let browser = try await file.house.browser(of: file.worker)
    let page = "/residents/\(file.resident)/contacts/new"
    #expect(await browser.get(page).text.contains("<title>Contact met"))
    let answer = await browser.post(page, ["channel": "call"], from: page)
    #expect(answer.status == 422 && answer.text.contains("<title>Fout: Contact met"))
  }

  /// Who looked stays small on a phone, however many looked.
  @Test func whoLookedStaysSmall() async throws {
    let file = try await MarkedFile()
    var people: [ID<Account>] = []
    for _ in 0..<10 { people.append(try await file.somebody(.clinician)) }
    for _ in 0..<3 {
      file.house.clock.advance(.days(1))
      for person in people {
        let browser = try await file.house.browser(of: person)
        for page in ["", "/plan", "/circle", "/warning", "/journey"] {
          _ = await browser.get("/residents/\(file.resident)\(page)")
        }
      }
    }
    let own = try await file.house.browser(of: file.somebody(.resident))
    let page = await own.get("/residents/\(file.resident)/trail")
    let assets = Assets()
    let whole = page.body.count + assets.style.bytes.count + assets.script.bytes.count
    #expect(page.text.contains("before=") && whole <= 50_000, "\(whole) bytes")
  }
}
