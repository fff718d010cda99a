internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Knowledge
@testable import Trust

/// A house with an editor, a project's organisation, and somebody of another one.
struct LearningHouse {
  let house: TestHouse
  let organisation: ID<Organisation>
  let editor, leader, other: Browser
  let editorAccount, leaderAccount: ID<Account>

  init() async throws {
    house = try await TestHouse()
    let (own, elsewhere) = try await house.act { transaction in
      (
        try transaction.put(
          Organisation(id: transaction.freshID(), name: "Thuishaven", kind: .careProvider)
        ).id,
        try transaction.put(Organisation(id: transaction.freshID(), name: "De Brug", kind: .careProvider)).id
      )
    }
    organisation = own
    editorAccount = try await Self.account(house, .policyAdviser, own)
    editor = try await house.browser(of: editorAccount, language: .dutch)
    leaderAccount = try await Self.account(house, .teamLeader, own)
    leader = try await house.browser(of: leaderAccount, language: .dutch)
    other = try await house.browser(of: Self.account(house, .supportWorker, elsewhere), language: .dutch)
  }

  static func account(
    _ house: TestHouse, _ role: Role, _ organisation: ID<Organisation>?
  ) async throws -> ID<Account> {
    try await house.act { transaction in
      try transaction.put(
        Account(
          id: transaction.freshID(), name: "Naam \(role)", email: "\(role)@example.nl", organisation: organisation,
          role: role)
      ).id
    }
  }

  /// Somewhere to work: without it nobody counts as working in the region.
  static func organisation(_ house: TestHouse) async throws -> ID<Organisation> {
    try await house.act { transaction in
      try transaction.put(Organisation(id: transaction.freshID(), name: "Thuishaven", kind: .careProvider)).id
    }
  }

  /// The address after a form, without what was done.
  static func place(_ answer: Outgoing) -> String {
    String((answer.header("location") ?? "").prefix { $0 != "?" && $0 != "#" })
  }

  func project() async throws -> String {
    let answer = await leader.post(
      "/knowledge/projects/new", ["name": "Proef Lekstroom", "blocks": "wonen", "startedOn": "2025-01-01"],
      from: "/knowledge/projects/new")
    #expect(answer.status == 303)
    return Self.place(answer)
  }

  /// What a round must answer before it can be handed in, of a project about housing.
  static let needed = [
    "aim": "Een thuis.", "people": "Tien bewoners.", "approach": "Samen.", "course.wonen": "De huizen staan er.",
    "results": "Tien sleutels.", "lessons": "Begin vroeg.",
  ]

  /// A round with what it needs, handed in.
  func round(_ project: String, lessons words: String) async -> String {
    let scan = Self.place(
      await leader.post(project + "/quickscans", ["way": "selfFilled"], from: project)
    ).replacing("/edit", with: "")
    let version = Browser.hidden("version", in: await leader.get(scan + "/edit").text) ?? ""
    let kept = await leader.post(
      scan + "/edit", ["version": version, "way": "selfFilled", "lessons": words], from: scan + "/edit")
    #expect(kept.status == 303)
    #expect(await handIn(scan, ["lessons": words], by: leader).status == 303)
    return scan
  }

  /// Keeps what is typed and hands it in, with one button.
  func handIn(_ scan: String, _ answers: [String: String], by person: Browser) async -> Outgoing {
    let version = Browser.hidden("version", in: await person.get(scan + "/edit").text) ?? ""
    let fields = Self.needed.merging(answers) { _, given in given }
      .merging(["version": version, "way": "selfFilled", "then": "hand-in"]) { given, _ in given }
    return await person.post(scan + "/edit", fields, from: scan + "/edit")
  }
}

/// Quickscans, lessons made from them, meetings.
@Suite struct LearningTests {
  @Test func aRoundIsItsWritersUntilItIsHandedIn() async throws {
    let it = try await LearningHouse()
    let project = try await it.project()
    let scan = LearningHouse.place(
      await it.leader.post(project + "/quickscans", ["way": "interviewed"], from: project)
    ).replacing("/edit", with: "")
    #expect(await it.leader.get(scan + "/edit").status == 200)
    #expect(await it.editor.get(scan + "/edit").status == 200)
    #expect(await it.other.get(scan).status == 404)
    #expect(await it.other.get(scan + "/edit").status == 404)
    #expect(await it.other.post(scan + "/edit", ["then": "hand-in"], from: "/knowledge").status == 404)
    #expect(await it.other.post(project + "/edit", ["name": "Anders", "blocks": "wonen"], from: project).status == 404)
    // Not all that is needed: nothing is handed in, and it says at each question what is missing.
    let half = await it.handIn(scan, ["aim": "Een thuis.", "course.wonen": "", "lessons": ""], by: it.leader)
    #expect(half.status == 422 && half.text.contains("#field-course.wonen") && half.text.contains("#field-lessons"))
    #expect(half.text.contains("Wonen: wat staat er al, en wat nog niet?: Dit antwoord is nodig om in te leveren."))
    #expect(half.text.contains("Een thuis.") && !half.text.contains("#field-unexpected"))
    // A second round waits for the first.
    #expect(await it.leader.post(project + "/quickscans", ["way": "selfFilled"], from: project).status == 409)
    let version = Browser.hidden("version", in: await it.leader.get(scan + "/edit").text) ?? ""
    let fields = ["version": version, "way": "interviewed", "unexpected": "De buren kwamen zelf langs."]
    #expect(await it.leader.post(scan + "/edit", fields, from: scan + "/edit").status == 303)
    // Somebody else wrote meanwhile: both versions are shown, nothing is lost.
    let stale = await it.editor.post(
      scan + "/edit", ["version": version, "way": "interviewed", "unexpected": "Iets anders."], from: scan + "/edit")
    #expect(stale.status == 409)
    #expect(stale.text.contains("De buren kwamen zelf langs.") && stale.text.contains("Iets anders."))
    // Handing in keeps what was typed last.
    let last = ["unexpected": "De buren kwamen zelf langs. Met taart."]
    #expect(await it.handIn(scan, last, by: it.leader).status == 303)
    #expect(await it.other.get(scan).text.contains("Met taart."))
    // What was handed in stands, until an editor opens it again.
    let late = await it.leader.post(scan + "/edit", fields.merging(["aim": "Te laat getypt."]) { $1 }, from: project)
    #expect(late.status == 409 && late.header("location") == nil)
    #expect(late.text.contains("Te laat getypt.") && late.text.contains("net ingeleverd"))
    #expect(await it.leader.post(scan + "/take-back", [:], from: scan).status == 404)
    #expect(await it.editor.post(scan + "/take-back", [:], from: scan).status == 303)
    #expect(await it.other.get(scan).status == 404)
  }

  @Test func theSecondRoundIsDueAYearLaterAndStandsBesideTheFirst() async throws {
    let it = try await LearningHouse()
    let project = try await it.project()
    _ = await it.round(project, lessons: "Begin bij de buren.")
    #expect(await it.leader.get(project).text.contains("ronde 2 vanaf 5 maart 2027"))
    #expect(await it.other.get(project + "/compare").status == 404)
    it.house.clock.advance(.days(366))
    let leader = try await it.house.browser(of: it.leaderAccount, language: .dutch)
    #expect(await leader.get("/knowledge/projects").text.contains("ronde 2 kan sinds 5 maart 2027"))
    let answer = await leader.post(project + "/quickscans", ["way": "selfFilled"], from: project)
    let scan = LearningHouse.place(answer).replacing("/edit", with: "")
    let form = await leader.get(scan + "/edit").text
    // What was said a year ago is there to read.
    #expect(form.contains("Begin bij de buren."))
    let version = Browser.hidden("version", in: form) ?? ""
    #expect(!version.isEmpty)
    // While a round is open an earlier one stays as it was.
    let first = try #require(
      await leader.get(project).text.firstMatch(of: /\/knowledge\/quickscans\/[0-9a-f-]{36}/)?.output)
    #expect(first != scan)
    let editor = try await it.house.browser(of: it.editorAccount, language: .dutch)
    #expect(await editor.post(first + "/take-back", [:], from: project).status == 409)
    _ = await it.handIn(scan, ["lessons": "Ga er zelf wonen."], by: leader)
    let both = await leader.get(project + "/compare").text
    #expect(both.contains("Begin bij de buren.") && both.contains("Ga er zelf wonen."))
  }

  @Test func anEditorMakesALessonThatIsFoundAndShownAtItsMoment() async throws {
    let it = try await LearningHouse()
    let project = try await it.project()
    let scan = await it.round(project, lessons: "Vraag de huismeester erbij.")
    let form = "/knowledge/additions/new?scan=\(scan.split(separator: "/").last ?? "")&question=lessons"
    let shown = await it.editor.get(form).text
    #expect(
      shown.contains("Vraag de huismeester erbij.") && shown.contains("Quickscan Proef Lekstroom, ronde 1 (2026)"))
    #expect(await it.other.get(form).status == 404)
    let refused = await it.editor.post("/knowledge/additions/new", ["title": "Half"], from: form)
    #expect(refused.status == 422 && refused.text.contains("field-words"))
    // English is whole or not there, and it says so in words.
    let halfEnglish = await it.editor.post("/knowledge/additions/new", ["titleEnglish": "Half"], from: form)
    #expect(halfEnglish.text.contains("allebei in het Engels") && !halfEnglish.text.contains("⟦"))
    #expect(await it.editor.get(form.replacing("question=lessons", with: "question=iets")).status == 200)
    let fields = [
      "title": "Vraag de huismeester bij de eerste koffie", "words": "Hij kent de trap. Dat scheelt vragen.",
      "blocks": "wonen", "audiences": "professional", "ground": "experience", "moments": "first-week-home",
      "source": "Quickscan Proef Lekstroom, ronde 1 (2026)", "titleEnglish": "Ask the caretaker to the first coffee",
      "wordsEnglish": "They know the stairs.",
    ]
    let answer = await it.editor.post(form, fields.merging(["municipalities": "0355"]) { $1 }, from: form)
    #expect(answer.header("location") == scan + "?done=lesson.saved")
    #expect(await it.other.get(scan).text.contains("Vraag de huismeester bij de eerste koffie"))
    #expect(await it.other.get("/knowledge/lessons?municipality=Zeist&since=2026-03-05").text.contains("eerste koffie"))
    #expect(await it.other.get("/knowledge/lessons?municipality=Lopik&since=2026-03-05").text.contains("Geen les past"))
    #expect(await it.other.get("/knowledge?q=huismeester").text.contains("eerste koffie"))
    let block = await it.other.get("/knowledge/wonen").text
    #expect(block.contains("Nieuw sinds 5 september 2025") && block.contains("nieuw sinds 5 maart 2026"))
    #expect(await it.other.get("/knowledge/lessons?since=2026-03-05").text.contains("eerste koffie"))
    #expect(await it.other.get("/knowledge/lessons?since=2026-03-06").text.contains("Geen les past"))
    // It has an address of its own, where it says what it rests on and where it was learned.
    let own = try #require(block.firstMatch(of: /\/knowledge\/lessons\/[0-9a-f-]{36}/)?.output)
    let alone = await it.other.get(String(own)).text
    #expect(alone.contains("Hij kent de trap.") && alone.contains("Zeist") && alone.contains("eerste week thuis"))
    #expect(await it.other.get("/knowledge/lessons/nergens").status == 404)
    // Taken away it is nowhere; brought back it is there again.
    let list = await it.editor.get("/knowledge/additions").text
    let lesson = try #require(list.firstMatch(of: /\/knowledge\/additions\/([0-9a-f-]{36})\/withdraw/)?.output.1)
    #expect(await it.other.post("/knowledge/additions/\(lesson)/withdraw", [:], from: "/knowledge").status == 404)
    _ = await it.editor.post("/knowledge/additions/\(lesson)/withdraw", [:], from: "/knowledge/additions")
    #expect(!(await it.other.get("/knowledge?q=huismeester").text.contains("eerste koffie")))
    #expect(await it.other.get(String(own)).status == 404)
    _ = await it.editor.post("/knowledge/additions/\(lesson)/bring-back", [:], from: "/knowledge/additions")
    #expect(await it.other.get("/knowledge?q=huismeester").text.contains("eerste koffie"))
    // After a restart too.
    let again = try await House(
      House.Plan(path: it.house.path, clock: it.house.clock, chance: .seeded(9), cost: .cheap))
    let known = try again.knowledge.base.library.lessons(of: "wonen").compactMap(\.addition)
    #expect(known.map(\.municipalities) == [["Zeist"]])
  }

  @Test func aMeetingsActionsHaveAnOwnerAndADay() async throws {
    let it = try await LearningHouse()
    let plan = ["title": "Leren van stilte", "heldOn": "2026-03-20", "time": "14:00", "agenda": "Welkom\nWat werkte"]
    #expect(await it.other.post("/knowledge/meetings/new", plan, from: "/knowledge").status == 404)
    var wrong = plan
    for time in ["25:00", "14:00:anders", "+9:+5", "14", "1:2:3:4"] {
      wrong["time"] = time
      #expect(await it.editor.post("/knowledge/meetings/new", wrong, from: "/knowledge/meetings/new").status == 422)
    }
    let meeting = LearningHouse.place(
      await it.editor.post("/knowledge/meetings/new", plan, from: "/knowledge/meetings/new"))
    #expect(await it.other.get(meeting).text.contains("Wat werkte"))
    let action = ["words": "Bel de woningcorporatie", "owner": it.leaderAccount.description, "dueOn": "2026-03-27"]
    for (name, value) in [("owner", ""), ("dueOn", "2026-03-19"), ("words", "")] {
      var bad = action
      bad[name] = value
      #expect(await it.editor.post(meeting + "/actions", bad, from: meeting).status == 422)
    }
    #expect(await it.editor.post(meeting + "/actions", action, from: meeting).status == 303)
    #expect(await it.leader.get("/knowledge").text.contains("Bel de woningcorporatie"))
    #expect(!(await it.other.get("/knowledge").text.contains("Bel de woningcorporatie")))
    let shown = await it.leader.get(meeting).text
    let path = try #require(shown.firstMatch(of: /\/knowledge\/actions\/[0-9a-f-]{36}/)?.output)
    #expect(await it.other.post(String(path), ["settling": "done"], from: meeting).status == 404)
    let done = await it.leader.post(String(path), ["settling": "done", "back": meeting], from: meeting)
    #expect(done.status == 303)
    #expect(!(await it.leader.get("/knowledge").text.contains("Bel de woningcorporatie")))
    #expect(await it.leader.get(meeting).text.contains("gedaan op 5 maart 2026"))
    // What is no longer needed stays to be seen, and can be taken up again.
    _ = await it.editor.post(String(path), ["settling": "dropped", "back": meeting], from: meeting)
    #expect(await it.leader.get(meeting).text.contains("vervallen"))
    _ = await it.editor.post(String(path), ["settling": "open", "back": meeting], from: meeting)
    #expect(await it.leader.get("/knowledge").text.contains("Bel de woningcorporatie"))
  }

  /// A project about two building blocks is asked about each; a lesson made from an answer belongs to that block.
  @Test func eachBuildingBlockHasItsQuestionAndItsLesson() async throws {
    let it = try await LearningHouse()
    let project = try await it.project()
    let scan = await it.round(project, lessons: "Begin bij de buren.")
    let page = await it.other.get(scan).text
    #expect(page.contains("Wonen: wat staat er al, en wat nog niet?") && page.contains("De huizen staan er."))
    let form = "/knowledge/additions/new?scan=\(scan.split(separator: "/").last ?? "")&question=course.wonen"
    #expect(await it.editor.get(form).text.contains("De huizen staan er."))
    let program = try await Program(it.house, as: it.leaderAccount)
    let told = await program.get("/knowledge/projects").json.text
    #expect(told.contains(#"{"block":"wonen","question":"course","words":"De huizen staan er."}"#))
  }

  /// A round from before blocks were asked apart keeps its one answer: it is read, and can be written on.
  @Test func anAnswerAboutAllBlocksIsKept() async throws {
    let it = try await LearningHouse()
    let project = try await it.project()
    let scan = LearningHouse.place(
      await it.leader.post(project + "/quickscans", ["way": "selfFilled"], from: project)
    ).replacing("/edit", with: "")
    let id = try #require(scan.split(separator: "/").last.flatMap { ID<Quickscan>(String($0)) })
    try await it.house.act { transaction in
      var old = try transaction.get(Quickscan.self, id)
      old.answers = ["course": "Van alles een beetje."]
      try transaction.put(old)
    }
    let edit = await it.leader.get(scan + "/edit").text
    #expect(edit.contains("alle bouwstenen samen") && edit.contains("Van alles een beetje."))
    #expect(await it.handIn(scan, ["course": "Van alles een beetje."], by: it.leader).status == 303)
    let read = await it.other.get(scan).text
    #expect(read.contains("Van alles een beetje.") && read.contains("De huizen staan er."))
  }

  /// A peer whom a resident asked in has an account and the role of a peer worker, and does not work here: for them there
  /// are no projects, meetings, self-scans or words, by page or by API, and nobody can put their name to an action.
  @Test func whoWasAskedInByAResidentSeesNothingOfTheWork() async throws {
    let it = try await LearningHouse()
    let project = try await it.project()
    let account = try await LearningHouse.account(it.house, .peerWorker, nil)
    let buddy = try await it.house.browser(of: account, language: .dutch)
    let paths = [
      "/knowledge/projects", project, "/knowledge/projects/new", "/knowledge/meetings", "/knowledge/self-scans",
      "/knowledge/basic-set", "/knowledge/basic-set/0355", "/knowledge/words", "/knowledge/words/list",
    ]
    for path in paths { #expect(await buddy.get(path).status == 404, "\(path)") }
    let program = try await Program(it.house, as: account)
    for path in ["/knowledge/projects", "/knowledge/meetings", "/knowledge/self-scans", "/knowledge/basic-set"] {
      #expect(await program.get(path).status == 404, "\(path)")
    }
    // What works is theirs to read, without the ways in to the rest.
    let front = await buddy.get("/knowledge").text
    #expect(front.contains("Bouwstenen") && !front.contains("Samen leren") && !front.contains("Voor jouw werk"))
    let meeting = LearningHouse.place(
      await it.editor.post(
        "/knowledge/meetings/new", ["title": "Leren", "heldOn": "2026-03-20", "agenda": "Welkom"],
        from: "/knowledge/meetings/new"))
    #expect(!(await it.editor.get(meeting).text.contains("Naam peerWorker")))
    let action = ["words": "Bel", "owner": account.description, "dueOn": "2026-03-27"]
    #expect(await it.editor.post(meeting + "/actions", action, from: meeting).status == 422)
  }
}
