internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import Knowledge
@testable import Trust

/// A neighbourhood's self-scan, with neighbours who have no account.
@Suite struct SelfScanTests {
  private static func scan(_ it: LearningHouse) async throws -> (path: String, code: String) {
    let answer = await it.editor.post(
      "/knowledge/self-scans/new", ["municipality": "0355", "neighbourhood": "Kerckebosch"],
      from: "/knowledge/self-scans/new")
    let path = LearningHouse.place(answer)
    let page = await it.editor.get(path).text
    let code = try #require(page.firstMatch(of: /class="code">(\d{4} \d{4})</)?.output.1)
    return (path, String(code))
  }

  private static func scores(_ score: Int, _ party: String, _ code: String) -> [String: String] {
    var fields = ["party": party, "code": code]
    for element in SelfScan.Element.allCases { fields[element.rawValue] = String(score) }
    return fields
  }

  @Test func groupsScoreAndSeeWhereTheyDiffer() async throws {
    let it = try await LearningHouse()
    let (path, code) = try await Self.scan(it)
    let neighbour = Browser(site: it.house.house.site)
    #expect(await neighbour.get("/self-scan").status == 200)
    #expect(await neighbour.post("/self-scan", ["code": code], from: "/self-scan").text.contains("Kerckebosch"))
    #expect(await neighbour.post("/self-scan", ["code": "12345678"], from: "/self-scan").status == 422)
    for (party, scores) in [
      ("resident", [2, 2, 1, 2, 1]), ("professional", [4, 5, 4, 4, 4]), ("official", [5, 5, 5, 5]),
    ] {
      for score in scores {
        let answer = await neighbour.post("/self-scan/scores", Self.scores(score, party, code), from: "/self-scan")
        #expect(answer.header("location") == "/self-scan?done=selfScan.given")
      }
    }
    // Until it is closed nobody sees a score.
    #expect(!(await it.editor.get(path).text.contains("De uitslag")))
    #expect(await it.other.post(path + "/close", [:], from: path).status == 404)
    #expect(await it.editor.post(path + "/close", [:], from: path).status == 303)
    let page = await it.other.get(path).text
    #expect(page.contains("Professionals: 4,2. Maar bewoners: 1,6."))
    // Of four people from the council nothing is shown: no score, no number, and no total to count them back from.
    #expect(page.contains("Gemeente: minder dan 5") && page.contains("Bewoners: 5") && !page.contains("Gemeente: 4"))
    let list = await it.other.get("/knowledge/self-scans").text
    #expect(list.contains("te weinig formulieren om te tonen") && !list.contains("14 formulieren"))
    // Closed is closed.
    #expect(await neighbour.post("/self-scan", ["code": code], from: "/self-scan").status == 422)
    #expect(
      await neighbour.post("/self-scan/scores", Self.scores(1, "resident", code), from: "/self-scan").status == 422)
    let version = Browser.hidden("version", in: await it.editor.get(path).text) ?? ""
    let program = try await Program(it.house, as: it.leaderAccount)
    let told = await program.get("/knowledge/self-scans").json.text
    #expect(told.contains(#"{"count":5,"mean":1.6,"party":"resident"}"#))
    #expect(!told.contains("official") && !told.contains(#""party":"all""#))
    let conclusion = ["conclusion": "We beginnen met koffie.", "version": version]
    #expect(await it.editor.post(path + "/conclusion", conclusion, from: path).status == 303)
    #expect(await it.other.get(path).text.contains("We beginnen met koffie."))
    // Somebody who read the older version sees both.
    #expect(await it.editor.post(path + "/conclusion", conclusion, from: path).status == 409)
  }

  @Test func aFormCountsOnceAndTellsAllThatIsMissing() async throws {
    let it = try await LearningHouse()
    let (path, code) = try await Self.scan(it)
    let neighbour = Browser(site: it.house.house.site)
    var half = Self.scores(3, "resident", code)
    half["doing"] = "6"
    half["party"] = ""
    let refused = await neighbour.post("/self-scan/scores", half, from: "/self-scan")
    #expect(refused.status == 422)
    #expect(refused.text.contains("field-doing") && refused.text.contains("field-party"))
    // Which question it is about stands in the summary, and what was chosen is still chosen.
    #expect(refused.text.contains("Doen we het ook echt?: Kies een cijfer."))
    #expect(refused.text.contains(#"name="courage" value="3" checked"#))
    let once = "018e0000-0000-7000-8000-000000000001"
    // A tablet that goes round may send the same page again: filled in otherwise it is somebody else's.
    for score in [3, 3, 4] {
      _ = await neighbour.post(
        "/self-scan/scores", Self.scores(score, "resident", code), from: "/self-scan", once: once)
    }
    let forms = try await it.house.read { try $0.all(SelfScanForm.self, "where id is not null order by scores") }
    #expect(forms.count == 2)
    #expect(await it.other.get(path).text.contains("<dd>minder dan 5</dd>"))
    // Nor does a list of forms tell the leader how many there are of a small group.
    let leaders = await it.editor.get(path).text
    #expect(!leaders.contains("Formulier 1, bewoners") && leaders.contains("als elke groep er 5 of meer heeft"))
    // A form given by mistake is left out, and nothing tells who gave it.
    let form = try #require(forms.first)
    let leaveOut = ["leave": "yes"]
    #expect(await it.other.post("/knowledge/self-scan-forms/\(form.id)", leaveOut, from: path).status == 404)
    #expect(await it.editor.post("/knowledge/self-scan-forms/\(form.id)", leaveOut, from: path).status == 303)
    #expect(try await it.house.read { try $0.get(SelfScanForm.self, form.id).leftOutOn } != nil)
    let lines = try await it.house.read { try $0.rows("select account from journal where verb = 'selfScan.give'") }
    #expect(lines.count == 2 && lines.allSatisfy { $0.text("account") == nil })
  }

  @Test func ofTooFewFormsNothingIsShown() async throws {
    let it = try await LearningHouse()
    let (path, code) = try await Self.scan(it)
    let neighbour = Browser(site: it.house.house.site)
    var fields = Self.scores(3, "resident", code)
    fields["words"] = "Alleen ik was er."
    _ = await neighbour.post("/self-scan/scores", fields, from: "/self-scan")
    #expect(await it.editor.post(path + "/close", [:], from: path).status == 303)
    let page = await it.other.get(path).text
    #expect(page.contains("te weinig formulieren") && !page.contains("Alleen ik was er."))
  }

  @Test func aCodeEndsByItselfAndGuessingIsSlow() async throws {
    let it = try await LearningHouse()
    let (_, code) = try await Self.scan(it)
    let neighbour = Browser(site: it.house.house.site)
    for _ in 0..<WrongCodes.mostAMinute {
      #expect(await neighbour.post("/self-scan", ["code": "1234 5678"], from: "/self-scan").status == 422)
    }
    // Then nobody may try, also not by sending scores, until a minute later.
    let refused = await neighbour.post("/self-scan", ["code": code], from: "/self-scan")
    #expect(refused.status == 429 && refused.header("retry-after") == "60")
    let sent = await neighbour.post("/self-scan/scores", Self.scores(3, "resident", code), from: "/self-scan")
    #expect(sent.status == 429)
    it.house.clock.advance(.minutes(1))
    #expect(await neighbour.post("/self-scan", ["code": code], from: "/self-scan").status == 200)
    it.house.clock.advance(.days(SelfScan.openDays))
    #expect(await neighbour.post("/self-scan", ["code": code], from: "/self-scan").status == 200)
    it.house.clock.advance(.days(1))
    #expect(await neighbour.post("/self-scan", ["code": code], from: "/self-scan").status == 422)
  }

  @Test func aFormMustComeFromOurOwnPage() async throws {
    let it = try await LearningHouse()
    let (_, code) = try await Self.scan(it)
    let neighbour = Browser(site: it.house.house.site)
    #expect(await neighbour.send(form: "/self-scan/scores", Self.scores(3, "resident", code)).status == 403)
  }
}

/// Words that could be kinder, by page and by what the page's script asks for.
@Suite struct WordsTests {
  @Test func aRegionChoosesAndWritersSee() async throws {
    let it = try await LearningHouse()
    let list = "/knowledge/words/list"
    func words() async -> String { await it.other.get(list).text }
    #expect(await words().contains(#""word":"terugval","forms":["terugval","terugvallen"]"#))
    // Of a terugval one is told why and offered nothing; of a cliënt another word, in the same number.
    #expect(await words().contains(#""instead":"leerervaring","offers":[],"#))
    #expect(await words().contains(#"{"form":"cliënten","instead":"bewoners"}"#))
    let page = "/knowledge/words"
    let added = ["language": "nl", "word": "Zorgmijder", "forms": "zorgmijders", "instead": "bewoner, bewoners"]
    #expect(await it.other.post(page, added, from: page).status == 404)
    #expect(await it.editor.post(page, added, from: page).status == 303)
    #expect(await words().contains(#"{"form":"zorgmijders","instead":"bewoners"}"#))
    #expect(await words().contains("Onze regio zegt liever “bewoner, bewoners”."))
    #expect(await it.editor.post(page + "/off", ["language": "nl", "word": "terugval"], from: page).status == 303)
    #expect(!(await words().contains("terugval")))
    // Another suggestion keeps the forms by which a word is known.
    let rather = ["language": "nl", "word": "verslaafde", "instead": "bewoner"]
    #expect(await it.editor.post(page, rather, from: page).status == 303)
    #expect(await words().contains(#""forms":["verslaafde","verslaafden"],"instead":"bewoner""#))
    #expect(await it.editor.post(page + "/on", ["language": "nl", "word": "terugval"], from: page).status == 303)
    #expect(await it.other.get(list).text.contains("terugval"))
    for wrong in [
      ["language": "nl", "word": "", "instead": "x"], ["language": "xx", "word": "a", "instead": "b"],
      ["language": "nl", "word": "zelfde", "instead": "Zelfde"], ["language": "nl", "word": "--", "instead": "b"],
    ] {
      #expect(await it.editor.post(page, wrong, from: page).status == 422, "\(wrong)")
    }
    #expect(await it.editor.post(page + "/off", ["language": "nl", "word": "bestaat niet"], from: page).status == 404)
  }
}

/// The basic set, municipality by municipality.
@Suite struct BasicSetTests {
  @Test func aChangeEndsWhatWasAndKeepsIt() async throws {
    let it = try await LearningHouse()
    let zeist = "/knowledge/basic-set/0355"
    let first = ["tool": "debtHelp", "state": "partly", "waitingWeeks": "6", "provider": "Stadsgeldbeheer"]
    #expect(await it.editor.post(zeist, first, from: zeist).status == 303)
    #expect(await it.other.get("/knowledge/basic-set").text.contains("6 weken wachten"))
    it.house.clock.advance(.days(10))
    // Whoever was away that long signs in again.
    let editor = try await it.house.browser(of: it.editorAccount, language: .dutch)
    #expect(await editor.post(zeist, ["tool": "debtHelp", "state": "available"], from: zeist).status == 303)
    let page = await editor.get(zeist).text
    #expect(page.contains("gedeeltelijk, 6 weken wachten, van 5 maart 2026 tot 15 maart 2026"))
    // Nothing was so before what is told to have been before it.
    let early = ["tool": "debtHelp", "state": "missing", "sinceOn": "2026-03-01"]
    #expect(await editor.post(zeist, early, from: zeist).status == 422)
    // The same again is only a check.
    it.house.clock.advance(.days(3))
    let later = try await it.house.browser(of: it.editorAccount, language: .dutch)
    #expect(await later.post(zeist, ["tool": "debtHelp", "state": "available"], from: zeist).status == 303)
    let entries = try await it.house.read { try $0.all(BasicSetEntry.self, "where ended_on is null") }
    #expect(entries.count == 1 && entries.first?.checkedOn == LocalDate("2026-03-18"))
    #expect(entries.first?.sinceOn == LocalDate("2026-03-15"))
  }

  @Test func everyFaultIsToldAndOthersMayNotTell() async throws {
    let it = try await LearningHouse()
    let zeist = "/knowledge/basic-set/0355"
    let wrong = ["tool": "debtHelp", "state": "", "waitingWeeks": "veel", "sinceOn": "2027-01-01"]
    let refused = await it.editor.post(zeist, wrong, from: zeist)
    #expect(refused.status == 422)
    for field in ["state", "waitingWeeks", "sinceOn"] { #expect(refused.text.contains("#field-debtHelp-\(field)")) }
    #expect(await it.other.post(zeist, ["tool": "debtHelp", "state": "available"], from: zeist).status == 404)
    #expect(await it.other.get("/knowledge/basic-set/9999").status == 404)
    // A coordinator tells of their own municipality, and of no other.
    let own = try await it.house.act { transaction in
      try transaction.put(
        Organisation(id: transaction.freshID(), name: "Zeist", kind: .municipality, municipality: "0355")
      ).id
    }
    let coordinator = try await it.house.browser(of: LearningHouse.account(it.house, .coordinator, own))
    #expect(await coordinator.post(zeist, ["tool": "housing", "state": "missing"], from: zeist).status == 303)
    let utrecht = "/knowledge/basic-set/0344"
    #expect(await coordinator.post(utrecht, ["tool": "housing", "state": "missing"], from: utrecht).status == 404)
  }

  @Test func aRegionAddsToolsOfItsOwn() async throws {
    let it = try await LearningHouse()
    let page = "/knowledge/basic-set"
    #expect(await it.editor.post(page, ["name": "Logeerplek"], from: page).status == 303)
    #expect(await it.editor.post(page, ["name": "logeerplek"], from: page).status == 422)
    #expect(await it.other.post(page, ["name": "Iets"], from: page).status == 404)
    let tool = try #require(try await it.house.read { try $0.first(BasicSetTool.self, "where id is not null") })
    let zeist = "/knowledge/basic-set/0355"
    #expect(
      await it.editor.post(zeist, ["tool": tool.id.description, "state": "partly"], from: zeist).status == 303)
    #expect(await it.editor.post("/knowledge/basic-set/tools/\(tool.id)/end", [:], from: page).status == 303)
    #expect(
      await it.editor.post(zeist, ["tool": tool.id.description, "state": "partly"], from: zeist).status == 422)
  }
}
