internal import Kernel
internal import Store
internal import TestKit

@testable import App
@testable import Residents
@testable import Trust

/// A region in which people do things at random, through the real verbs and guards, while time goes by and what falls
/// due is done. Refusals are fine and must leave nothing behind.
final class RandomHistory {
  let batch: Batch
  let region: SeedRegion
  let jobs: [String: JobHandler]
  private(set) var moment: Instant
  private(set) var performed = 0
  private(set) var refused = 0
  /// How often somebody left who held a signal as a stand-in, and how many duties anyone left behind.
  private(set) var holdersLeft = 0
  private(set) var takenBack = 0
  private(set) var dutiesLeftBehind = 0
  /// How often two files that had become one were taken apart.
  private(set) var undone = 0
  private var random: SplitMix
  private(set) var residents: [ResidentID] = []
  /// People who have no business with any resident and try to get one: roles that see nobody, or of another trade.
  private(set) var attackers: [ID<Account>] = []
  /// How often an attacker's try went through, of all tries.
  private(set) var attacks = 0
  private var workers: [ID<Account>]

  init(_ batch: Batch, seed: UInt64, at start: Instant) throws {
    self.batch = batch
    moment = start
    random = SplitMix(state: seed)
    let handlers = ResidentSlice.jobs + Absence.jobs(ResidentDuties())
    jobs = Dictionary(uniqueKeysWithValues: handlers.map { ($0.kind, $0) })
    region = try SeedRegion.make(batch, at: start, workersEach: 2, mailDomain: "example.nl")
    workers = (region.shelters + region.providers).flatMap(\.workers)
  }

  /// From now on there are attackers too.
  func letAttackersIn() throws {
    let organisation = region.providers[0].organisation
    let access = region.places[0].access
    attackers = try batch.perform(Act("attackers"), at: moment) { transaction in
      try [Role.policyAdviser, .systemAdministrator, .privacyOfficer, .deskWorker, .housingOfficer, .goodNeighbour].map
      {
        role in
        try transaction.put(
          Account(
            id: transaction.freshID(), name: "Aanvaller", email: nil,
            organisation: role == .goodNeighbour ? nil : role == .policyAdviser ? access : organisation, role: role)
        ).id
      }
    }
  }

  private func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
  private func any<Value>(_ values: [Value]) -> Value? { values.randomElement(using: &random) }
  private var today: LocalDate { RegionTime.amsterdam.date(of: moment) }

  /// One thing happens, some hours or days after the one before.
  func step() throws {
    let next = moment.adding(.minutes(1 + below(12 * 60)))
    try runJobs(until: next)
    moment = next
    if residents.count < 6 || below(250) == 0 { return try register() }
    guard let resident = any(residents), let worker = any(workers) else { return }
    if !attackers.isEmpty, below(4) == 0 { return try attempt { try self.attack(resident, $0) } }
    try attempt { transaction in
      let first = try Journey.open(of: resident, transaction).flatMap { try Accountability.now($0.id, transaction) }
      // Mostly the one who is first acts; sometimes somebody else.
      let actor = self.below(4) == 0 ? worker : first?.worker ?? worker
      try self.act(resident, actor, transaction)
    }
  }

  /// Somebody without business tries to be let in, by every verb that opens sight.
  private func attack(_ resident: ResidentID, _ transaction: Transaction) throws {
    guard let attacker = any(attackers), let worker = any(workers) else { return }
    attacks += 1
    switch below(7) {
    case 0:
      try Handover.offer(
        HandoverForm(toWorker: attacker, agreements: "afspraken", alongUntil: LocalDate("2099-01-01")),
        Journey.needed(of: resident, transaction), by: worker, transaction)
    case 1:
      try Accountability.changeWorker(
        Journey.needed(of: resident, transaction), to: attacker, standIn: nil, transaction)
    case 2:
      guard
        let first = try Journey.open(of: resident, transaction).flatMap({ try Accountability.now($0.id, transaction) })
      else { return }
      try Accountability.changeWorker(
        Journey.needed(of: resident, transaction), to: first.worker, standIn: attacker, transaction)
    case 3:
      let team = try transaction.put(Team(id: transaction.freshID(), name: "Team"))
      try TeamMembership.join(team.id, worker, transaction)
      try ResidentDuties().teamsChanged(of: worker, transaction)
      try TeamMembership.join(team.id, attacker, transaction)
    case 4:
      try CircleMember.add(
        name: "A",
        role: any([.clinician, .supportWorker, .teamMember, .relative, .coordinator, .privacyOfficer]) ?? .clinician,
        account: attacker, resident, transaction)
    case 5:
      try Relation.open(
        resident, for: .person(attacker), role: any(Role.allCases) ?? .clinician, ground: .consent, transaction)
    default:
      try Consent.choose(
        .show, resident, about: .account(attacker), category: any(Category.allCases) ?? .plan, by: worker, transaction)
    }
  }

  private func attempt(_ body: (Transaction) throws -> Void) throws {
    do {
      try batch.perform(Act("random"), at: moment, body)
      performed += 1
    } catch is Problem {
      refused += 1
    }
  }

  func runJobs(until: Instant) throws {
    // What was due before it was planned is done now: time never goes back.
    var time = moment
    while let job = try batch.look(at: until, { try $0.jobsDue(Array(jobs.keys), limit: 1).first }) {
      time = max(time, job.dueAt)
      try batch.perform(Act("job.\(job.kind)"), at: time) { transaction in
        guard try transaction.claim(job) else { return }
        try jobs[job.kind]?.run(transaction, job)
      }
    }
  }

  private func register() throws {
    let coordinator = any(region.places)?.coordinators[0]
    guard let place = any(region.places), let coordinator else { return }
    // One in five is somebody who may be known already.
    let number = below(5) == 0 ? below(12) : residents.count
    let registration = Registration(
      firstName: "Voornaam\(number)", lastName: "Achternaam\(number)",
      birthDate: LocalDate(year: 1960 + number % 40, month: 1 + number % 12, day: 1 + number % 28),
      municipality: place.municipality.code, kind: any(Journey.Kind.allCases) ?? .move, isHomeFirst: below(4) == 0,
      isOutreach: below(6) == 0)
    try attempt { transaction in
      let made = try Resident.register(registration, by: coordinator, role: .coordinator, transaction)
      residents.append(made.resident.key)
    }
  }

  private func act(_ resident: ResidentID, _ actor: ID<Account>, _ transaction: Transaction) throws {
    switch below(28) {
    case 0...3: try advance(resident, actor, transaction)
    case 4, 5: try report(resident, actor, transaction)
    case 6...8: try contact(resident, actor, transaction)
    case 9, 10: try offer(resident, actor, transaction)
    case 11, 12: try answer(resident, transaction)
    case 13: try plan(resident, transaction)
    case 14: try colour(resident, actor, transaction)
    case 15, 16: try settle(resident, actor, transaction)
    case 17, 24, 25, 26: try carry(resident, actor, transaction)
    case 18: try circle(resident, actor, transaction)
    case 19: try Resident.sawSharing(resident, transaction)
    case 20: try Journey.needed(of: resident, transaction).sayLanded(words: nil, by: actor, transaction)
    case 21: try Journey.needed(of: resident, transaction).setback("er ging iets mis", by: actor, transaction)
    case 22, 23: try rarely(resident, actor, transaction)
    default: try CheckIn.give(1 + below(6), sentence: nil, resident, transaction)
    }
  }

  private func advance(_ resident: ResidentID, _ actor: ID<Account>, _ transaction: Transaction) throws {
    let journey = try Journey.needed(of: resident, transaction)
    let isPassed = below(3) == 0
    try journey.advance(reason: isPassed ? "omdat het kan" : nil, mayPass: isPassed, by: actor, transaction)
  }

  private func report(_ resident: ResidentID, _ actor: ID<Account>, _ transaction: Transaction) throws {
    for _ in 0..<4 {
      let kind = any(Fact.Kind.allCases) ?? .income
      let words = kind == .moveDate ? today.adding(days: below(20)).description : "woorden"
      try Fact.report(
        kind, any([.yes, .yes, .partly, .no]) ?? .yes, words: words, resident, by: actor, transaction)
    }
  }

  private func contact(_ resident: ResidentID, _ actor: ID<Account>, _ transaction: Transaction) throws {
    try Contact.log(
      Contact.Entry(
        at: moment.adding(.minutes(below(20) - 12)), channel: any(Contact.Channel.allCases) ?? .call,
        isReached: below(3) > 0, minutes: below(90), words: "gesproken"), with: resident, by: actor, transaction)
  }

  private func offer(_ resident: ResidentID, _ actor: ID<Account>, _ transaction: Transaction) throws {
    let journey = try Journey.needed(of: resident, transaction)
    guard let receiver = any(workers) else { return }
    let area = below(5) == 0 ? any(region.places)?.municipality.code : nil
    try Handover.offer(
      HandoverForm(
        toWorker: receiver, area: area, agreements: below(9) == 0 ? "" : "afspraken",
        alongUntil: below(2) == 0 ? today.adding(days: below(30)) : nil), journey, by: actor, transaction)
  }

  private func answer(_ resident: ResidentID, _ transaction: Transaction) throws {
    // Mostly one that waits, whoever it is about: else nearly all would expire.
    let which: SQL = below(4) == 0 ? "resident = \(resident)" : "state in ('offered', 'provisional')"
    guard let handover = any(try transaction.all(Handover.self, "where \(part: which) order by id")) else { return }
    switch below(6) {
    case 0: try handover.refuse(answer: below(3) == 0 ? nil : "geen plek", by: handover.toWorker, transaction)
    case 1: try handover.withdraw(transaction)
    default: try handover.accept(answer: nil, by: handover.toWorker, transaction)
    }
  }

  private func plan(_ resident: ResidentID, _ transaction: Transaction) throws {
    if let step = any(try transaction.all(Step.self, "where resident = \(resident) order by id")), below(2) == 0 {
      switch below(8) {
      case 0: try step.drop(why: "hoeft niet meer", transaction)
      case 1: try step.resume(transaction)
      case 2: try step.move(below(2) == 0 ? .up : .down, transaction)
      default: try step.setDone(below(4) > 0, transaction)
      }
      return
    }
    if let goal = any(try transaction.all(Goal.self, "where resident = \(resident) order by id")), below(6) == 0 {
      _ = try goal.endedOn == nil ? goal.drop(why: "iets anders", transaction) : goal.resume(transaction)
      return
    }
    let goal = try Goal.add("een doel", any(LifeDomain.allCases) ?? .home, resident, transaction)
    try Step.add("een stap", to: goal, dueOn: today.adding(days: below(20)), companion: nil, reward: nil, transaction)
    if try EarlyWarningPlan.of(resident, transaction) == nil {
      try transaction.put(
        EarlyWarningPlan(
          id: transaction.freshID(), resident: resident, protects: nil, goodSigns: "goed", amberSigns: "minder",
          amberMe: nil, amberOthers: nil, amberWorker: "langsgaan", redSigns: "slecht", redMe: nil, redOthers: nil,
          redWorker: "meteen gaan", contacts: nil, medication: nil, changedOn: today))
    }
  }

  private func colour(_ resident: ResidentID, _ actor: ID<Account>, _ transaction: Transaction) throws {
    try WarningState.set(
      any(WarningState.Colour.allCases) ?? .green, words: nil, resident, by: actor, transaction)
  }

  private func settle(_ resident: ResidentID, _ actor: ID<Account>, _ transaction: Transaction) throws {
    for signal in try transaction.all(
      Signal.self, "where resident = \(resident) and settled_at is null order by id limit 8")
    { try signal.settle(below(9) == 0 ? "" : "gebeld en langsgegaan", by: actor, transaction) }
  }

  private func carry(_ resident: ResidentID, _ actor: ID<Account>, _ transaction: Transaction) throws {
    let journey = try Journey.needed(of: resident, transaction)
    guard let first = try Accountability.now(journey.id, transaction) else { return }
    let colleagues = try transaction.all(
      Account.self, "where organisation = \(first.organisation) and disabled_at is null order by id")
    if below(10) == 0 { return try Accountability.returnToAccess(journey, words: "hulp stopt", transaction) }
    guard let next = any(colleagues) else { return }
    try Accountability.changeWorker(journey, to: next.id, standIn: any(colleagues)?.id, transaction)
  }

  private func circle(_ resident: ResidentID, _ actor: ID<Account>, _ transaction: Transaction) throws {
    if let member = any(
      try transaction.all(CircleMember.self, "where resident = \(resident) and until_on is null order by id")),
      below(2) == 0
    {
      return try member.leave(transaction)
    }
    try CircleMember.add(
      name: "Buur", role: any([.goodNeighbour, .relative, .peerWorker]) ?? .relative,
      account: below(3) == 0 ? actor : nil,
      resident, transaction)
  }

  /// What happens seldom: a journey ends, somebody falls ill or leaves, a doubled registration is decided.
  private func rarely(_ resident: ResidentID, _ actor: ID<Account>, _ transaction: Transaction) throws {
    switch below(9) {
    case 0:
      let endings: [Journey.Ending] = [.continued, .continued, .movedAway, .ownWish, .died, .otherHelp]
      try Journey.needed(of: resident, transaction).end(
        any(endings) ?? .continued, words: nil, by: actor, transaction)
    case 1:
      try Absence.record(
        actor, from: today, until: below(2) == 0 ? today.adding(days: 6) : nil, by: nil, ResidentDuties(), transaction)
    case 2: try leave(transaction)
    case 4: try takeBack(transaction)
    case 3, 5, 6, 7:
      let since = moment.adding(.days(-29))
      if below(3) > 0,
        let merged = any(
          try transaction.all(
            MergeCandidate.self,
            "where decision = 'merged' and undone_at is null and decided_at > \(since) order by id"))
      {
        try merged.undo(by: actor, transaction)
        undone += 1
        return
      }
      guard let candidate = any(try transaction.all(MergeCandidate.self, "where decision is null order by id")) else {
        return
      }
      if below(2) == 0 {
        try candidate.merge(by: actor, transaction)
      } else {
        try candidate.keepApart(by: actor, transaction)
      }
    default: try Journey.needed(of: resident, transaction).setOpenDoor(below(2) == 0, by: actor, transaction)
    }
  }

  /// Whoever ended a journey meant another.
  private func takeBack(_ transaction: Transaction) throws {
    let ended = try transaction.all(
      JourneyEvent.self, "where kind = 'ended' and at > \(moment.adding(.days(-7))) order by at, id")
    guard let event = any(ended), let by = event.by else { return }
    try transaction.get(Journey.self, event.journey).takeBackEnd(by: by, transaction)
    takenBack += 1
  }

  /// Somebody leaves, rather one who holds a signal; a new colleague comes.
  private func leave(_ transaction: Transaction) throws {
    let holders = try transaction.rows(
      "select owner from signal where settled_at is null and level = 'standIn' order by id"
    ).compactMap { $0.id("owner", of: Account.self) }.filter(workers.contains)
    guard let leaving = any(holders) ?? any(workers) else { return }
    if !holders.isEmpty { holdersLeft += 1 }
    try ResidentDuties().handOn(from: leaving, transaction)
    dutiesLeftBehind += try ResidentDuties().count(of: leaving, transaction)
    var account = try transaction.get(Account.self, leaving)
    account.disabledAt = moment
    try transaction.put(account)
    workers.removeAll { $0 == leaving }
    let next = try transaction.put(
      Account(
        id: transaction.freshID(), name: "Nieuw", email: nil, organisation: account.organisation, role: .supportWorker))
    workers.append(next.id)
  }
}
