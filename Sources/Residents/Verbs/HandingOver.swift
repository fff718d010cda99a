public import Kernel
public import Store
public import Trust

/// What the sender fills in, with the resident.
public struct HandoverForm: Sendable, Equatable {
  public var toWorker: ID<Account>
  /// CBS code of a wished municipality: then the receiver accepts for that area, and the match makes it final.
  public var area: String?
  public var agreements: String
  public var finances: String?
  public var warning: String?
  public var network: String?
  public var activities: String?
  public var openMatters: String?
  public var talkOn: LocalDate?
  public var alongUntil: LocalDate?

  public init(
    toWorker: ID<Account>, area: String? = nil, agreements: String, finances: String? = nil, warning: String? = nil,
    network: String? = nil, activities: String? = nil, openMatters: String? = nil, talkOn: LocalDate? = nil,
    alongUntil: LocalDate? = nil
  ) {
    self.toWorker = toWorker
    self.area = area
    self.agreements = agreements
    self.finances = finances
    self.warning = warning
    self.network = network
    self.activities = activities
    self.openMatters = openMatters
    self.talkOn = talkOn
    self.alongUntil = alongUntil
  }
}

extension Handover {
  static let expiryJob = "handover.expiry"
  static let reminderJob = "handover.reminder"

  /// Asks another organisation to take over. Until it accepts, the sender stays first.
  @discardableResult
  public static func offer(
    _ form: HandoverForm, _ journey: Journey, by account: ID<Account>, _ transaction: Transaction
  ) throws -> Handover {
    guard let first = try Accountability.now(journey.id, transaction) else { throw Problem.refused("journey.hasEnded") }
    let receiver = try check(form, journey, first, transaction)
    let rules = try RegionRules.inForce(transaction)
    let handover = try transaction.put(
      Handover(
        id: transaction.freshID(), resident: journey.resident, journey: journey.id,
        fromOrganisation: first.organisation,
        fromWorker: first.worker, toOrganisation: receiver.organisation, toWorker: receiver.account, area: form.area,
        state: .offered, offeredAt: transaction.now, expiresAt: transaction.now.adding(.days(rules[.handoverDays])),
        decidedAt: nil, alongUntil: form.alongUntil, talkOn: form.talkOn, agreements: form.agreements,
        finances: form.finances, warning: form.warning, network: form.network, activities: form.activities,
        openMatters: form.openMatters, answer: nil))
    // The receiver sees who it is and what is asked, no more, until the answer.
    try Relation.open(
      journey.resident, for: .person(receiver.account), role: .teamMember, ground: .agreement, transaction)
    try transaction.plan(expiryJob, handover.id, at: handover.expiresAt)
    let reminder = transaction.now.adding(.days(rules[.handoverDays] - rules[.handoverReminderDays]))
    try transaction.plan(reminderJob, handover.id, at: reminder)
    return handover
  }

  private static func check(
    _ form: HandoverForm, _ journey: Journey, _ first: Accountability, _ transaction: Transaction
  ) throws -> (account: ID<Account>, organisation: ID<Organisation>) {
    var faults: [Problem.Fault] = []
    let receiver = try transaction.row(
      """
      select organisation, role from account
      where id = \(form.toWorker) and disabled_at is null and role <> 'resident' and organisation is not null
      """)
    let organisation: ID<Organisation>? = receiver?.id("organisation")
    if organisation == nil {
      faults.append(Problem.Fault(field: "toWorker", "handover.receiverNeeded"))
    } else if try !Accountability.mayCarry(form.toWorker, transaction) || receiver?.text("role") == "coordinator" {
      // Back to the access team is another verb, which it can't refuse.
      faults.append(Problem.Fault(field: "toWorker", "handover.receiverRole"))
    }
    if organisation == first.organisation {
      faults.append(Problem.Fault(field: "toWorker", "handover.sameOrganisation"))
    }
    if form.agreements.isEmpty { faults.append(Problem.Fault(field: "agreements", "form.needed")) }
    if form.area != nil && journey.phase != .ready {
      faults.append(Problem.Fault(field: "area", "handover.onlyWhenReady"))
    }
    if form.area == nil,
      try transaction.count(
        "select count(*) from handover where journey = \(journey.id) and state = 'offered' and area is null") > 0
    {
      faults.append(Problem.Fault("handover.alreadyOffered"))
    }
    if let until = form.alongUntil {
      let today = RegionTime.amsterdam.date(of: transaction.now)
      let weeks = try RegionRules.inForce(transaction)[.alongWeeks]
      if !(today...today.adding(days: weeks * 7)).contains(until) {
        faults.append(Problem.Fault(field: "alongUntil", "handover.alongWrong", ["n": String(weeks)]))
      }
    }
    guard faults.isEmpty, let organisation else { throw Problem(.invalid, faults) }
    return (form.toWorker, organisation)
  }

  /// Who was asked to take over and did not answer yet, or accepted for a wished area.
  static func asked(_ journey: ID<Journey>, _ reader: Reader) throws -> Set<ID<Account>> {
    Set(
      try reader.rows(
        "select to_worker from handover where journey = \(journey) and state in ('offered', 'provisional')"
      ).compactMap { $0.id("to_worker") })
  }

  /// The receiver says yes: from this moment they are first (or, for an area, they will be with the match).
  public func accept(answer: String?, by account: ID<Account>, _ transaction: Transaction) throws {
    try mustBeOpen(by: account)
    if area != nil {
      try close(as: .provisional, answer: answer, transaction)
    } else {
      try close(as: .accepted, answer: answer, transaction)
      try takeOver(transaction)
    }
  }

  /// The match is there: who accepted for this area is first now.
  static func finalise(_ journey: Journey, _ transaction: Transaction) throws {
    let waiting = try transaction.all(
      Handover.self, "where journey = \(journey.id) and state = 'provisional' order by decided_at")
    guard !waiting.isEmpty else { return }
    let municipality = try transaction.get(Resident.self, journey.resident.retyped()).municipality
    guard let chosen = waiting.first(where: { $0.area == municipality }) else { return }
    for other in waiting where other.id != chosen.id { try other.close(as: .withdrawn, answer: nil, transaction) }
    var final = chosen
    final.state = .accepted
    try transaction.put(final)
    try final.takeOver(transaction)
  }

  private func takeOver(_ transaction: Transaction) throws {
    let journey = try transaction.get(Journey.self, journey)
    try Accountability.pass(
      journey, to: toOrganisation, toWorker, standIn: nil, reason: .handover, along: alongEnd(transaction), transaction)
    try Relation.close(resident, transaction) { $0.account == toWorker && $0.role == .teamMember }
  }

  /// Until when the sender sees on: as long as they carry along, never longer than the region lets them (§7); nil when
  /// they do not.
  private func alongEnd(_ transaction: Transaction) throws -> Instant? {
    guard let alongUntil else { return nil }
    let today = RegionTime.amsterdam.date(of: transaction.now)
    guard alongUntil >= today else { return nil }
    let last = min(alongUntil, today.adding(days: try RegionRules.inForce(transaction)[.alongWeeks] * 7))
    return RegionTime.amsterdam.instant(last.adding(days: 1))
  }

  /// The receiver says no: it stays with the sender, who hears why.
  public func refuse(answer: String?, by account: ID<Account>, _ transaction: Transaction) throws {
    try mustBeOpen(by: account)
    guard let answer, !answer.isEmpty else { throw Problem.invalid("answer", "handover.reasonNeeded") }
    try close(as: .refused, answer: answer, transaction)
    try Signal.raise(
      .handoverRefused, .red, try transaction.get(Journey.self, journey), cause: "handover:\(id)", words: answer,
      transaction)
  }

  /// The sender takes the question back.
  public func withdraw(_ transaction: Transaction) throws {
    guard state == .offered || state == .provisional else { throw Problem.refused("handover.isClosed") }
    try close(as: .withdrawn, answer: nil, transaction)
  }

  /// Nobody answered in time: it stays with the sender, and is a signal.
  func expire(_ transaction: Transaction) throws {
    guard state == .offered else { return }
    try close(as: .expired, answer: nil, transaction)
    try Signal.raise(
      .handoverExpired, .red, try transaction.get(Journey.self, journey), cause: "handover:\(id)", transaction)
  }

  /// It waits; the sender may want to call.
  func remind(_ transaction: Transaction) throws {
    guard state == .offered else { return }
    try Signal.raise(
      .handoverWaiting, .amber, try transaction.get(Journey.self, journey), cause: "handover-waiting:\(id)", transaction
    )
  }

  /// The receiver wants to know something before answering; the time to answer stays.
  @discardableResult
  func ask(_ words: String, by account: ID<Account>, _ transaction: Transaction) throws -> HandoverQuestion {
    try mustBeOpen(by: account)
    return try transaction.put(
      HandoverQuestion(
        id: transaction.freshID(), resident: resident, handover: id, by: account, at: transaction.now, words: words))
  }

  private func mustBeOpen(by account: ID<Account>) throws {
    guard account == toWorker else { throw Problem.notFound }
    guard state == .offered else { throw Problem.refused("handover.isClosed") }
  }

  func close(as state: State, answer: String?, _ transaction: Transaction) throws {
    var closed = self
    closed.state = state
    closed.decidedAt = transaction.now
    closed.decidedBy = state == .expired ? nil : transaction.act.account?.retyped()
    closed.answer = answer ?? self.answer
    try transaction.put(closed)
    try transaction.unplan(Self.expiryJob, id)
    try transaction.unplan(Self.reminderJob, id)
    if let waiting = try transaction.first(
      Signal.self, "where cause = \("handover-waiting:\(id)") and settled_at is null")
    {
      try waiting.settle(SettledBy.handover(state), by: transaction.act.account?.retyped() ?? toWorker, transaction)
    }
    guard state != .accepted, state != .provisional else { return }
    try Relation.close(resident, transaction) { $0.account == toWorker && $0.role == .teamMember }
  }
}

extension HandoverQuestion {
  /// What the sender says to it; said once, it stays.
  @discardableResult
  func answer(_ words: String, by account: ID<Account>, _ transaction: Transaction) throws -> HandoverQuestion {
    guard answer == nil else { throw Problem.refused("handover.isAnswered") }
    guard try transaction.get(Handover.self, handover).state == .offered else {
      throw Problem.refused("handover.isClosed")
    }
    var question = self
    question.answer = words
    question.answeredBy = account
    question.answeredAt = transaction.now
    return try transaction.put(question)
  }

  /// The questions about some handovers, oldest first.
  static func about(_ handovers: [Handover], _ reader: Reader) throws -> [HandoverQuestion] {
    let ids = handovers.map(\.id)
    return ids.isEmpty ? [] : try reader.all(HandoverQuestion.self, "where handover in (\(list: ids)) order by at, id")
  }

  /// What waits for an answer of whoever is first now, with whose handover it is.
  static func waiting(for account: ID<Account>, _ reader: Reader) throws -> [HandoverQuestion] {
    try reader.all(
      HandoverQuestion.self,
      """
      where answered_at is null and exists (
        select 1 from handover h join accountability a on a.journey = h.journey and a.until_at is null
        where h.id = handover_question.handover and h.state = 'offered' and a.worker = \(account)) order by at, id
      """)
  }
}
