internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// How sight is opened and ended, through the real router, tried as somebody who wants more than is theirs.
@Suite struct SightTests {
  private static func staff(
    _ house: TestHouse, _ role: Role, _ organisation: ID<Organisation>?, _ email: String? = nil
  ) async throws -> ID<Account> {
    try await house.act { transaction in
      try transaction.put(
        Account(id: transaction.freshID(), name: "Iemand", email: email, organisation: organisation, role: role)
      ).id
    }
  }

  private static func inUse(_ house: TestHouse, _ account: ID<Account>) async throws {
    let hash = try PasswordHash.make("fietsen langs de vaart", cost: .cheap, chance: .seeded(1))
    try await house.act { try Credentials.store(hash, for: account, $0) }
  }

  /// An administrator who joins a team sees nobody, whatever way they take (F3).
  @Test func anAdministratorJoinsNoTeam() async throws {
    let file = try await MarkedFile()
    let administrator = try await Self.staff(file.house, .systemAdministrator, nil, "b@example.nl")
    let team = try await file.house.act { transaction in
      let team = try transaction.put(Team(id: transaction.freshID(), name: "Team")).id
      try TeamMembership.join(team, file.worker, transaction)
      try ResidentDuties().teamsChanged(of: file.worker, transaction)
      return team
    }
    let program = try await Program(file.house, as: administrator)
    #expect(
      await program.call("POST", "/teams/\(team)/members", #"{"account": "\#(administrator)"}"#).status == 409)
    // Even a membership that came about otherwise gives nothing.
    try await file.house.act { transaction in
      try transaction.put(
        TeamMembership(id: transaction.freshID(), team: team, account: administrator, fromAt: transaction.now))
    }
    let browser = try await file.house.browser(of: administrator)
    #expect(await browser.get("/residents/\(file.resident)").status == 404)
    #expect(await !browser.get("/search").text.contains("Kenmerknaam"))
  }

  /// A letter for an account in use gives the account away: asked, agreed to by another, told to whom it opens.
  @Test func aLetterForAnAccountInUseNeedsASecondPerson() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let one = try await Self.staff(house, .systemAdministrator, nil, "een@example.nl")
    let other = try await Self.staff(house, .systemAdministrator, nil, "twee@example.nl")
    let worker = try await Self.staff(house, .supportWorker, file.organisation, "w@example.nl")
    let letter = "/admin/people/\(worker)/letter"
    let asking = try await house.browser(of: one)
    // Not in use yet: one person makes it.
    #expect(await asking.post(letter, [:], from: "/admin/people/\(worker)").status == 200)
    try await Self.inUse(house, worker)
    let asked = await asking.post(letter, [:], from: "/admin/people/\(worker)")
    #expect(asked.status == 303 && asked.header("location")?.contains("approval.askedLetter") == true)
    let approval = try await house.read { try #require(try Approval.waiting($0).first).id }
    // Nobody agrees with themselves, nor about themselves.
    #expect(await asking.post("/approvals/\(approval)", ["decision": "agreed"], from: "/approvals").status == 404)
    let second = try await house.browser(of: other)
    #expect(await second.get("/approvals").text.contains("Iemand"))
    #expect(await second.post("/approvals/\(approval)", ["decision": "agreed"], from: "/approvals").status == 303)
    #expect(await asking.post(letter, [:], from: "/admin/people/\(worker)").status == 200)
    // It serves once.
    #expect(await asking.post(letter, [:], from: "/admin/people/\(worker)").status == 303)
    // And whom it opens is told.
    #expect(try await house.browser(of: worker).get("/account").text.contains("gaf akkoord"))
  }

  /// A new coordinator sees a whole municipality; whoever may agree to things is as weighty.
  @Test(arguments: [Role.coordinator, .teamLeader, .systemAdministrator, .privacyOfficer])
  func aWeightyAccountNeedsASecondPerson(_ role: Role) async throws {
    let file = try await MarkedFile()
    let one = try await Self.staff(file.house, .systemAdministrator, nil, "een@example.nl")
    let program = try await Program(file.house, as: one)
    let access = try await file.house.read {
      try #require(try $0.first(Organisation.self, "where municipality = '0344'")).id
    }
    let body = #"{"name": "N", "email": "n@example.nl", "role": "\#(role.rawValue)", "organisation": "\#(access)"}"#
    #expect(await program.call("POST", "/accounts", body).status == 202)
    #expect(try await file.house.read { try Account.with(email: "n@example.nl", $0) } == nil)
    let other = try await Program(
      file.house, as: Self.staff(file.house, .privacyOfficer, access, "p@example.nl"))
    let approval = try await file.house.read { try #require(try Approval.waiting($0).first).id }
    #expect(await other.call("POST", "/approvals/\(approval)/decision", #"{"agrees": true}"#).status == 200)
    #expect(try await file.house.read { try Account.with(email: "n@example.nl", $0) }?.role == role)
  }

  /// Before there is anybody in the region one person sets it up.
  @Test func anEmptyRegionIsSetUpByOne() async throws {
    let house = try await TestHouse()
    let one = try await Self.staff(house, .systemAdministrator, nil, "een@example.nl")
    let program = try await Program(house, as: one)
    let made = await program.call(
      "POST", "/organisations", #"{"name": "Gemeente", "kind": "municipality", "municipality": "0344"}"#)
    guard case .string(let access)? = JSON(parsing: made.body)?["id"] else { throw Problem.notFound }
    let body = #"{"name": "N", "email": "n@example.nl", "role": "coordinator", "organisation": "\#(access)"}"#
    #expect(await program.call("POST", "/accounts", body).status == 201)
  }

  /// A worker can't act against the resident (F8): not undo a hide, not widen, not take over the resident's account.
  @Test func aWorkerWidensNothingForThemselves() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let resident = try await file.somebody(.resident)
    let own = try await house.browser(of: resident)
    let sharing = "/residents/\(file.resident)/sharing"
    func choose(_ browser: Browser, _ category: String, _ choice: String) async -> Int {
      await browser.post(
        sharing, ["account": "\(file.worker)", "category": category, "choice": choice], from: sharing
      ).status
    }
    #expect(await choose(own, "money", "hide") == 303)
    let worker = try await house.browser(of: file.worker)
    #expect(await choose(worker, "money", "usual") == 409)
    #expect(await choose(worker, "audit", "show") == 409)
    #expect(await worker.get("/residents/\(file.resident)/facts").text.contains("kenmerkgeld") == false)
    // Less for oneself is always possible; and what a worker chose for others is told to the resident.
    #expect(await choose(worker, "activities", "hide") == 303)
    #expect(await own.get("/home").text.contains("Voor jou gekozen"))
    // The resident's own account is in use: no letter without a second person, and the login stays.
    try await Self.inUse(house, resident)
    let access = await worker.post(
      "/residents/\(file.resident)/access", ["login": "van-de-begeleider"], from: "/residents/\(file.resident)/circle")
    #expect(access.status == 303 && access.header("location")?.contains("askedLetter") == true)
    #expect(try await house.read { try Account.with(email: "van-de-begeleider", $0) } == nil)
    // Who leads the work may agree; then the worker can make it, and the resident reads so.
    let leader = try await Self.staff(house, .teamLeader, file.organisation)
    let approval = try await house.read { try #require(try Approval.waiting($0).first).id }
    let agreed = try await house.browser(of: leader)
      .post("/approvals/\(approval)", ["decision": "agreed"], from: "/approvals")
    #expect(agreed.status == 303)
    let letter = await worker.post(
      "/residents/\(file.resident)/access", ["login": "x"], from: "/residents/\(file.resident)/circle")
    #expect(letter.status == 200)
    #expect(await own.get("/home").text.contains("nieuwe code voor jouw account"))
  }

  /// A worker of an organisation that nobody here knows yet.
  private func newcomer(_ house: TestHouse) async throws -> ID<Account> {
    try await house.act { transaction in
      let organisation = try transaction.put(
        Organisation(id: transaction.freshID(), name: "Nieuw", kind: .careProvider)
      ).id
      return try transaction.put(
        Account(id: transaction.freshID(), name: "N", email: nil, organisation: organisation, role: .supportWorker)
      ).id
    }
  }

  /// When responsibility passes, every working relation of others ends (F4); along is at most the region's weeks.
  @Test func passingOnEndsOtherSight() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let receiver = try await newcomer(house)
    let today = RegionTime.amsterdam.date(of: house.clock.now)
    func offer(_ until: LocalDate) async throws -> ID<Handover> {
      try await house.act { transaction in
        try Handover.offer(
          HandoverForm(toWorker: receiver, agreements: "afspraken", alongUntil: until),
          Journey.needed(of: file.resident, transaction), by: file.worker, transaction
        ).id
      }
    }
    await #expect(throws: Problem.self) { try await offer(today.adding(days: 20_000)) }
    await #expect(throws: Problem.self) { try await offer(today.adding(days: -1)) }
    let handover = try await offer(today.adding(days: 10))
    let before = try await house.browser(of: file.worker)
    try await house.act(by: receiver) { transaction in
      try transaction.get(Handover.self, handover).accept(answer: nil, by: receiver, transaction)
    }
    let page = "/residents/\(file.resident)"
    #expect(await before.get(page).status == 200)
    let own = try await house.browser(of: file.somebody(.resident))
    #expect(await own.get(page + "/sharing").text.contains("Kijkt mee tot en met"))
    house.clock.advance(.days(11))
    #expect(try await house.browser(of: file.worker).get(page).status == 404)
    let leader = try await Self.staff(house, .teamLeader, file.organisation)
    #expect(try await house.browser(of: leader).get(page).status == 404)
  }

  /// Asked to take over or to be first: only who carries people (F4a).
  @Test(arguments: [Role.policyAdviser, .deskWorker, .systemAdministrator, .housingOfficer, .privacyOfficer])
  func nobodyElseTakesOver(_ role: Role) async throws {
    let file = try await MarkedFile()
    let outsider = try await Self.staff(file.house, role, file.organisation)
    let worker = try await file.house.browser(of: file.worker)
    let page = "/residents/\(file.resident)"
    let offered = await worker.post(
      page + "/handovers/new", ["toWorker": "\(outsider)", "agreements": "x"], from: page + "/handovers/new")
    #expect(offered.status == 422)
    let first = await worker.post(page + "/worker", ["worker": "\(outsider)"], from: page + "/circle")
    #expect(first.status == 409 || first.status == 404)
    let standIn = await worker.post(
      page + "/worker", ["worker": "\(file.worker)", "standIn": "\(outsider)"], from: page + "/circle")
    #expect(standIn.status == 409)
    #expect(try await file.house.browser(of: outsider).get(page).status == 404)
  }

  /// Case "consent narrowed, handover still shows": once accepted, each part follows the choice of now.
  @Test func anAcceptedHandoverFollowsTheChoiceOfNow() async throws {
    let full = try await FullFile()
    let house = full.house
    let own = try await house.browser(of: full.file.somebody(.resident))
    let worker = try await house.browser(of: full.file.worker)
    let page = "/residents/\(full.resident)/handovers"
    #expect(await worker.get(page).text.contains(FullFile.mark(.money)))
    for category in ["money", "network"] {
      await own.post(
        "/residents/\(full.resident)/sharing",
        ["account": "\(full.file.worker)", "category": category, "choice": "hide"])
    }
    let after = await worker.get(page).text
    #expect(!after.contains(FullFile.mark(.money)) && !after.contains(FullFile.mark(.network)))
    #expect(after.contains(FullFile.mark(.support)))
  }

  /// Being asked into a circle gives the same answer for an address that is known and one that is not; only the yes of
  /// who was asked opens anything (F14).
  @Test func aCircleAsksAndOnlyTheAskedSayYes() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let ggz = try await house.act { transaction in
      try transaction.put(Organisation(id: transaction.freshID(), name: "ggz", kind: .mentalHealthProvider)).id
    }
    let clinician = try await Self.staff(house, .clinician, ggz, "arts@example.nl")
    let worker = try await house.browser(of: file.worker)
    let page = "/residents/\(file.resident)/circle"
    var answers: [String] = []
    for email in ["arts@example.nl", "niemand@example.nl"] {
      let answer = await worker.post(
        page, ["name": "Dokter", "role": "clinician", "email": email], from: page)
      answers.append("\(answer.status) \(answer.header("location") ?? "")")
    }
    #expect(answers[0] == answers[1])
    let doctor = try await house.browser(of: clinician)
    #expect(await doctor.get("/residents/\(file.resident)").status == 404)
    let today = await doctor.get("/today").text
    #expect(today.contains("Je bent gevraagd") && !today.contains("Kenmerknaam"))
    let member = try await house.read {
      try #require(
        try $0.first(CircleMember.self, "where invited_blind = \($0.blinded(Account.normalised("arts@example.nl")))")
      ).id
    }
    // Somebody else can't say yes for them.
    let stranger = try await house.browser(of: Self.staff(house, .clinician, ggz, "ander@example.nl"))
    #expect(await stranger.post("/circle-invitations/\(member)", ["answer": "yes"]).status == 404)
    #expect(await doctor.post("/circle-invitations/\(member)", ["answer": "yes"], from: "/today").status == 303)
    #expect(await doctor.get("/residents/\(file.resident)").status == 200)
  }

  /// A login that is somebody else's is no answer to the worker, only to who has the letter (F14).
  @Test func aTakenLoginIsToldToTheLettersOwnerOnly() async throws {
    let file = try await MarkedFile()
    let house = file.house
    _ = try await Self.staff(house, .supportWorker, file.organisation, "bezet@example.nl")
    let worker = try await house.browser(of: file.worker)
    let page = "/residents/\(file.resident)"
    let letter = await worker.post(page + "/access", ["login": "bezet@example.nl"], from: page + "/circle")
    #expect(letter.status == 200)
    let code = try #require(letter.text.firstMatch(of: /[0-9A-Z]{4}(-[0-9A-Z]{4}){4}/)).output.0
    let person = Browser(site: house.house.site)
    let first = await person.post(
      "/welcome", ["code": String(code), "password": "fietsen langs de vaart"], from: "/welcome")
    #expect(first.status == 422 && first.text.contains("Inlognaam"))
    let second = await person.post(
      "/welcome", ["code": String(code), "password": "fietsen langs de vaart", "login": "noor.hier"], from: "/welcome")
    #expect(second.status == 303)
    #expect(await person.get("/home").status == 200)
  }

  /// Reading signals with the resident's consent takes nothing away (F12).
  @Test func aRelativeWhoMayReadSignalsStillTellsAWorry() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let sister = try await file.somebody(.relative)
    let own = try await house.browser(of: file.somebody(.resident))
    let page = "/residents/\(file.resident)"
    await own.post(page + "/sharing", ["account": "\(sister)", "category": "signal", "choice": "show"])
    let browser = try await house.browser(of: sister)
    #expect(await browser.get(page).text.contains("Iemand maakt zich zorgen"))
    #expect(await browser.post(page + "/concern", ["words": "ze eet niet"], from: page).status == 303)
  }

  /// What a clinician may not read, a condition does not tell either (F10); nor is a forbidden field swallowed.
  @Test func conditionsTellOnlyWhatMayBeRead() async throws {
    let file = try await MarkedFile()
    let clinician = try await file.somebody(.clinician)
    let program = try await Program(file.house, as: clinician)
    let journey = await program.get("/residents/\(file.resident)/journey").json.text
    #expect(!journey.contains("identityDocument") && !journey.contains("debts") && !journey.contains("wishes"))
    let worker = try await Program(file.house, as: file.worker)
    let plan = #"{"goodSigns": "g", "amberSigns": "a", "redSigns": "r", "medication": "iets"}"#
    let answer = await worker.call(
      "PUT", "/residents/\(file.resident)/early-warning-plan", plan, headers: ["if-match": "\"1\""])
    #expect(answer.status == 403)
    #expect(await worker.get("/residents/\(file.resident)/early-warning-plan").json.text.contains("kenmerkgoed"))
  }

  /// A peer worker's day shows neither phase nor hours (F9), and what others can do only when it was shared (F10).
  @Test func aPeerWorkerSeesWhatIsTheirs() async throws {
    let file = try await MarkedFile()
    try await file.house.act { transaction in
      var plan = try #require(try EarlyWarningPlan.of(file.resident, transaction))
      plan.amberOthers = "kenmerkhulp"
      try transaction.put(plan)
      let journey = try Journey.needed(of: file.resident, transaction)
      try journey.agree(SupportAgreement(hoursMin: 37, hoursMax: 37), by: file.worker, transaction)
    }
    let peer = try await file.somebody(.peerWorker)
    let browser = try await file.house.browser(of: peer)
    let today = await browser.get("/today").text
    #expect(today.contains("Voornaam") && !today.contains("aangemeld") && !today.contains("37 uur"))
    #expect(await !browser.get("/residents/\(file.resident)/warning").text.contains("kenmerkhulp"))
    let sister = try await file.house.browser(of: file.somebody(.relative))
    #expect(await sister.get("/residents/\(file.resident)/warning").text.contains("kenmerkhulp"))
  }

  /// A key sent again answers from what is stored, through the sight of now (F2).
  @Test func aRepeatedCallShowsNothingThatWasWithdrawn() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let worker = try await Program(house, as: file.worker)
    let path = "/residents/\(file.resident)/story"
    let key = ["if-match": "\"0\"", "idempotency-key": "k1"]
    let first = await worker.call("PUT", path, #"{"words": "kenmerkverhaal", "together": true}"#, headers: key)
    #expect(first.status == 200)
    let again = await worker.call("PUT", path, #"{"words": "kenmerkverhaal", "together": true}"#, headers: key)
    #expect(again.status == 200 && again.text.contains("kenmerkverhaal"))
    let kept = try await house.read { try $0.rows("select * from idempotency").map { "\($0)" } }
    #expect(!kept.isEmpty && kept.allSatisfy { !$0.contains("kenmerkverhaal") })
    let own = try await house.browser(of: file.somebody(.resident))
    await own.post(
      "/residents/\(file.resident)/sharing", ["account": "\(file.worker)", "category": "plan", "choice": "hide"])
    #expect(
      await worker.call("PUT", path, #"{"words": "kenmerkverhaal", "together": true}"#, headers: key).status == 404)
  }

  /// Whoever is first again keeps the file (house 3).
  @Test func whoeverIsFirstAgainKeepsTheFile() async throws {
    let file = try await MarkedFile()
    let house = file.house
    let other = try await newcomer(house)
    let today = RegionTime.amsterdam.date(of: house.clock.now)
    func pass(from sender: ID<Account>, to receiver: ID<Account>) async throws {
      try await house.act(by: receiver) { transaction in
        try Handover.offer(
          HandoverForm(toWorker: receiver, agreements: "a", alongUntil: today.adding(days: 5)),
          Journey.needed(of: file.resident, transaction), by: sender, transaction
        ).accept(answer: nil, by: receiver, transaction)
      }
    }
    try await pass(from: file.worker, to: other)
    try await pass(from: other, to: file.worker)
    house.clock.advance(.days(30))
    #expect(try await house.browser(of: file.worker).get("/residents/\(file.resident)").status == 200)
  }
}
