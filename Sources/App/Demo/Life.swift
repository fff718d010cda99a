internal import Kernel
internal import Residents
internal import Store
internal import Trust

/// One resident's life under an advancing clock: every step is a real verb with its real guards, and what falls due
/// in between happens when it falls due.
final class Life {
  let batch: Batch
  let region: SeedRegion
  let jobs: [String: JobHandler]
  /// Nothing happens after this moment.
  let end: Instant
  private(set) var moment: Instant
  private(set) var resident: ResidentID = ResidentID(high: 0, low: 0)
  private(set) var worker: ID<Account>
  private var account: ID<Account>?
  /// The journey as this life's own verbs left it.
  private var journeyNow: Journey?

  init(_ batch: Batch, _ region: SeedRegion, jobs: [String: JobHandler], from start: Instant, end: Instant) {
    self.batch = batch
    self.region = region
    self.jobs = jobs
    self.end = end
    moment = start
    worker = region.places[0].coordinators[0]
  }

  var today: LocalDate { RegionTime.amsterdam.date(of: moment) }

  var isOver: Bool { moment >= end }

  /// Lets time pass until a day and hour; what is due by then happens on the way. False when that is after the end.
  @discardableResult
  func wait(until day: LocalDate, hour: Int = 10, minute: Int = 0) throws -> Bool {
    let target = RegionTime.amsterdam.instant(day, hour: hour, minute: minute)
    try runJobs(until: min(target, end))
    moment = max(moment, min(target, end))
    return target < end
  }

  @discardableResult
  func wait(days: Int, hour: Int = 10, minute: Int = 0) throws -> Bool {
    try wait(until: today.adding(days: days), hour: hour, minute: minute)
  }

  /// Does what is due, at the moment it was due.
  func runJobs(until: Instant) throws {
    while let job = try batch.look(at: until, { try $0.jobsDue(Array(jobs.keys), limit: 1).first }) {
      try batch.perform(Act("job.\(job.kind)"), at: job.dueAt) { transaction in
        guard try transaction.claim(job) else { return }
        try jobs[job.kind]?.run(transaction, job)
      }
    }
  }

  /// A verb by somebody, about this resident.
  @discardableResult
  func act<Value>(_ verb: String, by actor: ID<Account>, _ body: (Transaction) throws -> Value) throws -> Value {
    try batch.perform(Act(verb, account: actor.retyped(), request: nil), at: moment) { transaction in
      return try body(transaction)
    }
  }

  func journey() throws -> Journey? {
    try batch.look(at: moment) { try Journey.open(of: resident, $0) }
  }

  /// Days between contacts as agreed now.
  func rhythm() -> Int { journeyNow.map { Rhythm.days($0, on: today, RegionRules()) } ?? 30 }

  // What people do.

  func register(_ registration: Registration, by coordinator: ID<Account>) throws {
    let made = try batch.perform(Act("resident.register", account: coordinator.retyped()), at: moment) { transaction in
      try Resident.register(registration, by: coordinator, role: .coordinator, transaction)
    }
    resident = made.resident.key
    journeyNow = made.journey
    worker = coordinator
  }

  /// Agrees how often there is contact, and hours a week.
  func agree(everyDays days: Int?, hours: ClosedRange<Int>?) throws {
    guard let journey = try journey() else { return }
    let agreement = SupportAgreement(contactEveryDays: days, hoursMin: hours?.lowerBound, hoursMax: hours?.upperBound)
    journeyNow = try act("journey.agree", by: worker) { try journey.agree(agreement, by: worker, $0) }
  }

  /// The resident gets an account of their own.
  func openAccount(name: String, email: String?) throws {
    try act("account.open", by: worker) { transaction in
      let made = try transaction.put(
        Account(
          id: transaction.freshID(), name: name, email: email, organisation: nil, role: .resident, resident: resident))
      account = made.id
      try Relation.open(resident, for: .person(made.id), role: .resident, ground: .own, transaction)
    }
  }

  var ownAccount: ID<Account>? { account }

  /// Hands over to a worker of another organisation, who answers after some days.
  func handOver(
    to receiver: ID<Account>, agreements: String, answerAfter days: Int, refusing reason: String? = nil,
    alongDays: Int? = nil, area: String? = nil
  ) throws {
    guard let journey = try journey() else { return }
    let along = alongDays.map { today.adding(days: days + $0) }
    let offered = try act("handover.offer", by: worker) { transaction in
      try Handover.offer(
        HandoverForm(
          toWorker: receiver, area: area, agreements: agreements,
          finances: "Budgetplan is klaar; vaste lasten via de bank.",
          network: "Zie kring.", talkOn: today.adding(days: min(days, 3)), alongUntil: along), journey, by: worker,
        transaction)
    }
    guard try wait(days: days, hour: 11) else { return }
    try act(reason == nil ? "handover.accept" : "handover.refuse", by: receiver) { transaction in
      let current = try transaction.get(Handover.self, offered.id)
      guard current.state == .offered else { return }
      if let reason {
        try current.refuse(answer: reason, by: receiver, transaction)
      } else {
        try current.accept(answer: nil, by: receiver, transaction)
      }
    }
    if reason == nil && area == nil { worker = receiver }
  }

  func sawSharing() throws { try act("sharing.seen", by: account ?? worker) { try Resident.sawSharing(resident, $0) } }

  func report(_ facts: [(Fact.Kind, Fact.Standing, String?)]) throws {
    for (kind, standing, words) in facts {
      try act("fact.report", by: worker) { try Fact.report(kind, standing, words: words, resident, by: worker, $0) }
    }
  }

  /// Goes on to the next phase when the guards allow it; tells whether it happened.
  @discardableResult
  func advance(to phase: Phase) throws -> Bool {
    guard let journey = try journey(), journey.phase < phase else { return false }
    do {
      journeyNow = try act("journey.advance", by: worker) { try journey.advance(by: worker, $0) }
      return true
    } catch let problem as Problem where problem.kind == .refused {
      return false
    }
  }

  func contact(
    _ channel: Contact.Channel, reached: Bool = true, minutes: Int = 30, _ words: String? = nil,
    by other: ID<Account>? = nil
  ) throws {
    let by = other ?? worker
    try act("contact.log", by: by) { transaction in
      try Contact.log(
        Contact.Entry(at: moment, channel: channel, isReached: reached, minutes: minutes, words: words), with: resident,
        by: by, transaction)
    }
  }

  func checkIn(_ score: Int, _ sentence: String? = nil) throws {
    guard let account else { return }
    try act("checkIn.give", by: account) { try CheckIn.give(score, sentence: sentence, resident, $0) }
  }

  @discardableResult
  func goal(_ domain: LifeDomain, _ words: String) throws -> Goal {
    try act("plan", by: account ?? worker) { try Goal.add(words, domain, isOwnWords: account != nil, resident, $0) }
  }

  @discardableResult
  func step(
    _ words: String, to goal: Goal, dueIn days: Int?, companion: ID<CircleMember>? = nil, reward: String? = nil
  ) throws -> Step {
    try act("step.add", by: worker) { transaction in
      try Step.add(
        words, to: goal, dueOn: days.map { today.adding(days: $0) }, companion: companion, reward: reward, transaction)
    }
  }

  func done(_ step: Step) throws {
    try act("step.tick", by: account ?? worker) { transaction in
      try transaction.get(Step.self, step.id).setDone(true, transaction)
    }
  }

  @discardableResult
  func around(_ name: String, _ role: Role, _ words: String? = nil, phone: String? = nil) throws -> CircleMember {
    try act("circle", by: account ?? worker) {
      try CircleMember.add(name: name, role: role, phone: phone, words: words, resident, $0)
    }
  }

  func warningPlan(_ plan: WarningWords) throws {
    try act("warning.edit", by: worker) { transaction in
      try transaction.put(
        EarlyWarningPlan(
          id: transaction.freshID(), resident: resident, protects: plan.protects, goodSigns: plan.good,
          amberSigns: plan.amber, amberMe: plan.me, amberOthers: plan.others, amberWorker: plan.worker,
          redSigns: plan.red, redMe: nil, redOthers: plan.redOthers, redWorker: plan.redWorker, contacts: plan.contacts,
          medication: nil, changedOn: today))
    }
  }

  func colour(_ colour: WarningState.Colour, _ words: String, by other: ID<Account>? = nil) throws {
    let by = other ?? account ?? worker
    try act("warning.colour", by: by) { try WarningState.set(colour, words: words, resident, by: by, $0) }
  }

  func setback(_ words: String) throws {
    guard let journey = try journey() else { return }
    try act("journey.setback", by: worker) { try journey.setback(words, by: worker, $0) }
  }

  /// Settles what is open, with what was done.
  func settleSignals(_ done: String) throws {
    try act("signal.settle", by: worker) { transaction in
      for signal in try transaction.all(Signal.self, "where resident = \(resident) and settled_at is null") {
        try signal.settle(done, by: worker, transaction)
      }
    }
  }

  func story(_ words: String) throws {
    try act("story", by: account ?? worker) { transaction in
      try transaction.put(OwnStory(id: transaction.freshID(), resident: resident, words: words, changedOn: today))
    }
  }

  func sayLanded(_ words: String?) throws {
    guard let account, let journey = try journey() else { return }
    try act("journey.sayLanded", by: account) { try journey.sayLanded(words: words, by: account, $0) }
  }

  func standIn(_ other: ID<Account>) throws {
    guard let journey = try journey() else { return }
    try act("first.worker", by: worker) { try Accountability.changeWorker(journey, to: worker, standIn: other, $0) }
  }
}

/// What an early-warning plan says, in a made life.
struct WarningWords: Sendable {
  var protects: String?
  var good: String
  var amber: String
  var me: String?
  var others: String?
  var worker: String?
  var red: String
  var redOthers: String?
  var redWorker: String?
  var contacts: String?
}
