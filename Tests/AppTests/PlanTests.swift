internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import Residents
@testable import Trust

/// The plan is changed, moved, dropped and taken up again, and a reward that is due is somebody's to give.
@Suite struct PlanTests {
  private struct Made {
    let file: MarkedFile
    let goal: ID<Goal>
    let step: ID<Step>
    var page: String { "/residents/\(file.resident)/plan" }
    func path(_ rest: String) -> String { "/residents/\(file.resident)/\(rest)" }
    func goal() async throws -> Goal { try await file.house.read { [goal] in try $0.get(Goal.self, goal) } }
    func step() async throws -> Step { try await file.house.read { [step] in try $0.get(Step.self, step) } }
  }

  private static func make(
    seed: UInt64 = 5, isOwnWords: Bool = false, dueIn days: Int? = 2, reward: String? = nil, worker: ID<Account>? = nil
  ) async throws -> Made {
    let file = try await MarkedFile(seed: seed)
    let due = days.map { RegionTime.amsterdam.date(of: file.house.clock.now).adding(days: $0) }
    let (goal, step) = try await file.house.act(by: file.worker) { transaction in
      let goal = try Goal.add("op mezelf wonen", .home, isOwnWords: isOwnWords, file.resident, transaction)
      let step = try Step.add(
        Step.Entry("gordijnen kopen", dueOn: due, worker: worker, reward: reward), to: goal, isOwnWords: isOwnWords,
        transaction)
      return (goal.id, step.id)
    }
    return Made(file: file, goal: goal, step: step)
  }

  private static func journal(_ house: TestHouse) async throws -> Int {
    try await house.read { try $0.count("select count(*) from journal") }
  }

  @Test func aGoalIsChangedAndSavingItUnchangedWritesNothing() async throws {
    let made = try await Self.make()
    let worker = try await made.file.house.browser(of: made.file.worker)
    let path = made.path("goals/\(made.goal)/change")
    let form = await worker.get(path)
    #expect(form.status == 200 && form.text.contains("op mezelf wonen"))
    let before = try await Self.journal(made.file.house)
    let same = ["words": "op mezelf wonen", "domain": "home", "side": "", "version": "1"]
    #expect(await worker.post(path, same, from: path).status == 303)
    #expect(try await Self.journal(made.file.house) == before)
    let other = ["words": "een eigen huis", "domain": "home", "side": "personal", "version": "1"]
    #expect(await worker.post(path, other, from: path).status == 303)
    let goal = try await made.goal()
    #expect(goal.words == "een eigen huis" && goal.side == .personal && goal.isOwnWords == false)
    let page = await worker.get(made.page).text
    #expect(page.contains("een eigen huis") && page.contains("persoonlijk"))
    // Whoever still looks at what it was gets both to see.
    let stale = await worker.post(
      path, ["words": "iets anders", "domain": "home", "version": "1"], from: path)
    #expect(stale.status == 409 && stale.text.contains("iets anders") && stale.text.contains("een eigen huis"))
    #expect(try await made.goal().words == "een eigen huis")
    let wrong = await worker.post(path, ["words": "w", "domain": "home", "side": "x", "version": "2"], from: path)
    #expect(wrong.status == 422 && wrong.text.contains("field-side-fault"))
  }

  @Test func whatTheResidentWroteOnlyTheResidentRewords() async throws {
    let made = try await Self.make(isOwnWords: true)
    let house = made.file.house
    let worker = try await house.browser(of: made.file.worker)
    let own = try await house.browser(of: made.file.somebody(.resident))
    let path = made.path("goals/\(made.goal)/change")
    let form = await worker.get(path).text
    #expect(form.contains("Dit schreef de bewoner zelf") && !form.contains("name=\"words\""))
    // Around the words others change what they may.
    #expect(await worker.post(path, ["domain": "money", "version": "1"], from: path).status == 303)
    #expect(try await made.goal().domain == .money)
    let taken = await worker.post(path, ["words": "anders", "domain": "money", "version": "2"], from: path)
    #expect(taken.status == 422)
    let step = made.path("steps/\(made.step)/change")
    let goal = made.goal.description
    #expect(await worker.post(step, ["words": "anders", "goal": goal, "version": "1"], from: step).status == 422)
    #expect(await worker.post(step, ["goal": goal, "version": "1"], from: step).status == 303)
    #expect(try await made.step().words == "gordijnen kopen")
    let said = await own.post(path, ["words": "mijn plek", "domain": "money", "version": "2"], from: path)
    #expect(said.status == 303)
    #expect(try await made.goal().words == "mijn plek")
    // By a program it is the same.
    let program = try await Program(house, as: made.file.worker)
    let call = "/residents/\(made.file.resident)/goals/\(made.goal)"
    let body = #"{"words": "anders", "domain": "money"}"#
    #expect(await program.call("PUT", call, body, headers: ["if-match": "\"3\""]).status == 400)
  }

  @Test func aStepMovesUpDownAndToAnotherGoal() async throws {
    let made = try await Self.make()
    let house = made.file.house
    let (other, second) = try await house.act { transaction in
      let goal = try transaction.get(Goal.self, made.goal)
      let second = try Step.add(Step.Entry("verven"), to: goal, transaction)
      return (try Goal.add("geld over", .money, made.file.resident, transaction).id, second.id)
    }
    func order() async throws -> [ID<Step>] {
      try await house.read {
        try $0.all(Step.self, "where goal = \(made.goal) order by coalesce(place, 0), id").map(\.id)
      }
    }
    let worker = try await house.browser(of: made.file.worker)
    #expect(try await order() == [made.step, second])
    let move = made.path("steps/\(second)/move")
    let change = made.path("steps/\(second)/change")
    let moved = await worker.post(move, ["way": "up"], from: change)
    #expect(moved.header("location")?.hasSuffix("#step-\(second)") == true)
    #expect(try await order() == [second, made.step])
    // At the end it stays.
    _ = await worker.post(move, ["way": "up"], from: change)
    #expect(try await order() == [second, made.step])
    _ = await worker.post(move, ["way": "down"], from: change)
    #expect(try await order() == [made.step, second])
    #expect(await worker.post(move, ["way": "sideways"], from: change).status == 422)
    let version = try await house.read { try $0.get(Step.self, second).version }
    let sent = ["words": "verven", "goal": "\(other)", "version": "\(version)"]
    #expect(await worker.post(change, sent, from: change).status == 303)
    #expect(try await house.read { try $0.get(Step.self, second).goal } == other)
    // Another resident's goal is no choice.
    let foreign = try await Self.make(seed: 6)
    let stranger = ["words": "verven", "goal": "\(foreign.goal)", "version": "\(version + 1)"]
    let refused = await worker.post(change, stranger, from: change)
    #expect(refused.status == 422 && refused.text.contains("field-goal-fault"))
  }

  @Test func whatIsDroppedAsksForNothingAndComesBack() async throws {
    let made = try await Self.make(dueIn: -3)
    let house = made.file.house
    let worker = try await house.browser(of: made.file.worker)
    try await house.act { transaction in try transaction.get(Step.self, made.step).raiseOverdue(transaction) }
    func late() async throws -> Int {
      try await house.read {
        try $0.count("select count(*) from signal where cause = \("step:\(made.step)") and settled_at is null")
      }
    }
    func planned() async throws -> Int {
      try await house.read { try $0.count("select count(*) from job where kind = 'step' and subject = \(made.step)") }
    }
    #expect(try await late() == 1)
    #expect(await worker.get("/today").text.contains("gordijnen kopen"))
    let goal = made.path("goals/\(made.goal)")
    #expect(await worker.post(goal + "/drop", ["why": ""], from: goal + "/change").status == 422)
    #expect(await worker.post(goal + "/drop", ["why": "wil bij haar zus wonen"], from: goal + "/change").status == 303)
    #expect(try await late() == 0)
    #expect(try await planned() == 0)
    #expect(await !worker.get("/today").text.contains("gordijnen kopen"))
    let page = await worker.get(made.page).text
    #expect(page.contains("wil bij haar zus wonen") && page.contains("op mezelf wonen"))
    // The steps of a goal that is not wanted come back with it, not alone.
    #expect(await worker.post(goal + "/resume", [:], from: made.page).status == 303)
    #expect(try await planned() == 1)
    #expect(await worker.get("/today").text.contains("gordijnen kopen"))
    let step = made.path("steps/\(made.step)")
    #expect(await worker.post(step + "/drop", ["why": "al gordijnen"], from: step + "/change").status == 303)
    #expect(await worker.get(made.page).text.contains("al gordijnen"))
    #expect(await worker.post(step, ["done": "yes"], from: made.page).status == 409)
    #expect(await worker.post(step + "/resume", [:], from: made.page).status == 303)
    #expect(try await made.step().droppedOn == nil)
  }

  @Test func aTickStaysWhereItIsAndCanBeTakenBack() async throws {
    let made = try await Self.make(dueIn: 9)
    let worker = try await made.file.house.browser(of: made.file.worker)
    let step = made.path("steps/\(made.step)")
    let ticked = await worker.post(step, ["done": "yes"], from: made.page)
    let location = try #require(ticked.header("location"))
    #expect(location.hasSuffix("#step-\(made.step)"))
    let page = await worker.get(String(location.prefix { $0 != "#" })).text
    #expect(page.contains("id=\"step-\(made.step)\"") && page.contains("Toch niet gedaan"))
    // When it was done, not when it was due.
    #expect(page.contains("gedaan op 5 maart 2026") && !page.contains("14 maart"))
    #expect(await worker.post(step, ["done": "no"], from: made.page).status == 303)
    #expect(try await made.step().doneOn == nil)
    #expect(await worker.post(step, ["done": "maybe"], from: made.page).status == 422)
  }

  @Test func aRewardThatIsDueIsOnTheDayOfWhoGivesIt() async throws {
    let made = try await Self.make(reward: "samen taart eten")
    let house = made.file.house
    let worker = try await house.browser(of: made.file.worker)
    let step = made.path("steps/\(made.step)")
    #expect(await !worker.get("/today").text.contains("samen taart eten"))
    #expect(await worker.post(step + "/reward", ["given": "yes"], from: made.page).status == 409)
    _ = await worker.post(step, ["done": "yes"], from: made.page)
    #expect(await worker.get("/today").text.contains("samen taart eten"))
    let own = try await house.browser(of: made.file.somebody(.resident))
    #expect(await own.get("/home").text.contains("Nog te krijgen van Begeleider: samen taart eten"))
    // Whoever else works with the resident has it not on their day.
    let other = try await made.file.somebody(.clinician)
    #expect(try await !house.browser(of: other).get("/today").text.contains("samen taart eten"))
    #expect(await worker.post(step + "/reward", ["given": "yes"], from: "/today").status == 303)
    #expect(await !worker.get("/today").text.contains("samen taart eten"))
    #expect(await worker.get(made.page).text.contains("gekregen op 5 maart 2026, van Begeleider"))
    #expect(await worker.post(step + "/reward", ["given": "no"], from: made.page).status == 303)
    #expect(await worker.get("/today").text.contains("samen taart eten"))
  }

  @Test func aWorkerIsACompanionAndGivesTheReward() async throws {
    let made = try await Self.make(reward: "een plant")
    let house = made.file.house
    let peer = try await made.file.somebody(.clinician)
    let worker = try await house.browser(of: made.file.worker)
    let change = made.path("steps/\(made.step)/change")
    #expect(await worker.get(change).text.contains(peer.description))
    let sent = [
      "words": "gordijnen kopen", "companion": "\(peer)", "goal": "\(made.goal)", "reward": "een plant", "version": "1",
    ]
    #expect(await worker.post(change, sent, from: change).status == 303)
    #expect(try await made.step().worker == peer)
    _ = await worker.post(made.path("steps/\(made.step)"), ["done": "yes"], from: made.page)
    #expect(try await house.browser(of: peer).get("/today").text.contains("een plant"))
    #expect(await !worker.get("/today").text.contains("een plant"))
    // Somebody who is nothing to this resident can't go along.
    let stranger = try await made.file.somebody(.clinician, isRelated: false)
    let wrong = sent.merging(["companion": "\(stranger)", "version": "3"]) { $1 }
    let refused = await worker.post(change, wrong, from: change)
    #expect(refused.status == 422 && refused.text.contains("field-companion-fault"))
  }

  /// Who may not write the plan changes nothing of it, by page or by program; nor does a step of somebody else open.
  @Test(arguments: [Role.relative, .coordinator, .teamLeader, .teamMember, .goodNeighbour])
  func whoMayNotWriteChangesNothing(_ role: Role) async throws {
    let made = try await Self.make()
    let house = made.file.house
    let person = try await made.file.somebody(role)
    let browser = try await house.browser(of: person)
    let program = try await Program(house, as: person)
    let before = try await Self.journal(house)
    for (place, fields) in [
      ("steps/\(made.step)", ["done": "yes"]), ("steps/\(made.step)/drop", ["why": "x"]),
      ("steps/\(made.step)/move", ["way": "up"]), ("steps/\(made.step)/reward", ["given": "yes"]),
      ("steps/\(made.step)/change", ["words": "x", "version": "1"]), ("goals/\(made.goal)/drop", ["why": "x"]),
      ("goals/\(made.goal)/change", ["words": "x", "domain": "home", "version": "1"]),
      ("goals/\(made.goal)/resume", [:]),
    ] { #expect(await browser.post(made.path(place), fields).status == 404, "\(role) \(place)") }
    let call = "/residents/\(made.file.resident)/goals/\(made.goal)"
    #expect(await program.call("POST", call + "/dropping", #"{"why": "x"}"#).status == 404)
    #expect(try await Self.journal(house) == before)
    let other = try await house.act { transaction in
      let goal = try Goal.add("iets", .home, made.file.resident, transaction)
      return try Step.add(Step.Entry("x"), to: goal, transaction).id
    }
    let elsewhere = try await Self.make(seed: 6)
    let worker = try await elsewhere.file.house.browser(of: elsewhere.file.worker)
    #expect(await worker.get(elsewhere.path("steps/\(other)/change")).status == 404)
  }

  @Test func aProgramDoesTheSame() async throws {
    let made = try await Self.make(reward: "taart")
    let program = try await Program(made.file.house, as: made.file.worker)
    let file = "/residents/\(made.file.resident)"
    let step = "\(file)/steps/\(made.step)"
    let body = #"{"words": "rolgordijnen", "dueOn": "2026-03-20"}"#
    #expect(await program.call("PUT", step, body).status == 428)
    #expect(await program.call("PUT", step, body, headers: ["if-match": "\"1\""]).status == 200)
    #expect(await program.call("PUT", step, body, headers: ["if-match": "\"1\""]).status == 412)
    #expect(try await made.step().words == "rolgordijnen")
    #expect(await program.call("POST", step + "/dropping", #"{"why": "hoeft niet"}"#).status == 200)
    let dropped = await program.get(file + "/dropped-goals").json.text
    #expect(dropped.contains("hoeft niet") && dropped.contains("rolgordijnen"))
    #expect(await !program.get(file + "/goals").json.text.contains("rolgordijnen"))
    #expect(await program.call("POST", step + "/resumption").status == 200)
    #expect(await program.get(file + "/goals").json.text.contains("rolgordijnen"))
    #expect(await program.call("PUT", step + "/reward", #"{"isGiven": true}"#).status == 409)
  }
}
