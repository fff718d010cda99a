public import Kernel
public import Store
public import Trust

/// Contacts, check-ins, the early-warning plan and the circle.
extension Contact {
  /// What is logged.
  public struct Entry: Sendable, Equatable {
    public var at: Instant
    public var channel: Channel
    public var isReached: Bool
    public var minutes: Int
    public var words: String?
    public var partner: String?

    public init(
      at: Instant, channel: Channel, isReached: Bool = true, minutes: Int = 0, words: String? = nil,
      partner: String? = nil
    ) {
      self.at = at
      self.channel = channel
      self.isReached = isReached
      self.minutes = minutes
      self.words = words
      self.partner = partner
    }
  }

  /// Logs a contact. Having really reached somebody ends a silence; "tried, no answer" does not.
  @discardableResult
  public static func log(
    _ entry: Entry, with resident: ResidentID?, by account: ID<Account>, _ transaction: Transaction
  ) throws -> Contact {
    guard entry.at <= transaction.now.adding(.minutes(5)) else { throw Problem.invalid("at", "contact.inFuture") }
    guard (0...1440).contains(entry.minutes) else { throw Problem.invalid("minutes", "contact.minutesWrong") }
    if let resident, let born = try Resident.bornOn(resident, transaction),
      RegionTime.amsterdam.date(of: entry.at) < born
    {
      throw Problem.invalid("at", "form.dateTooEarly")
    }
    let organisation = try Account.employer(account, transaction)
    let contact = try transaction.put(
      Contact(
        id: transaction.freshID(), resident: resident, by: account, organisation: organisation, at: entry.at,
        channel: entry.channel, isReached: entry.isReached, minutes: entry.minutes, words: entry.words,
        partner: entry.partner))
    guard let resident, entry.isReached, let journey = try Journey.open(of: resident, transaction) else {
      return contact
    }
    // An older contact than the last one tells nothing of now: a silence of today stays, with its owner and due time.
    // One of longer ago than was agreed ends no silence either.
    guard try Contact.lastReachedAt(resident, transaction) == entry.at, try !journey.isSilent(transaction) else {
      return contact
    }
    try journey.planSilence(transaction)
    if let silence = try transaction.first(
      Signal.self, "where cause = \("silence:\(resident)") and settled_at is null")
    {
      try silence.settle(entry.words ?? SettledBy.contact(entry.channel), by: account, transaction)
    }
    return contact
  }
}

extension CheckIn {
  @discardableResult
  public static func give(
    _ score: Int, sentence: String?, _ resident: ResidentID, _ transaction: Transaction
  ) throws -> CheckIn {
    guard (1...5).contains(score) else { throw Problem.invalid("score", "checkIn.choose") }
    let earlier = try recent(resident, transaction).map(\.score)
    let given = try transaction.put(
      CheckIn(
        id: transaction.freshID(), resident: resident, at: transaction.now, score: score, sentence: sentence))
    if CheckInRule.asksForAttention(score, earlier: earlier, try .inForce(transaction)),
      let journey = try Journey.open(of: resident, transaction)
    {
      try Signal.raise(.checkIn, .amber, journey, cause: "checkIn:\(resident)", transaction)
    }
    return given
  }
}

extension WarningState {
  /// Says which colour it is now. Amber and red tell the worker at once, with the plan's own next step.
  @discardableResult
  public static func set(
    _ colour: Colour, words: String?, _ resident: ResidentID, by account: ID<Account>, _ transaction: Transaction
  ) throws -> WarningState {
    let state = try transaction.put(
      WarningState(
        id: transaction.freshID(), resident: resident, colour: colour, at: transaction.now, by: account, words: words))
    guard colour != .green, let journey = try Journey.open(of: resident, transaction) else { return state }
    let plan = try EarlyWarningPlan.of(resident, transaction)
    let step = colour == .red ? plan?.redWorker : plan?.amberWorker
    let told = [words, step].compactMap { $0 }.joined(separator: "\n")
    try Signal.raise(
      colour == .red ? .warningRed : .warningAmber, colour == .red ? .red : .amber, journey,
      cause: "warning:\(resident):\(colour.rawValue)", words: told.isEmpty ? nil : told, by: account, transaction)
    return state
  }

  static func latest(_ resident: ResidentID, _ reader: Reader) throws -> WarningState? {
    try reader.first(WarningState.self, "where resident = \(resident) order by at desc, id desc limit 1")
  }
}

extension EarlyWarningPlan {
  static func of(_ resident: ResidentID, _ reader: Reader) throws -> EarlyWarningPlan? {
    try reader.first(EarlyWarningPlan.self, "where resident = \(resident)")
  }
}

extension CircleMember {
  /// Adds somebody around a resident; with an account their sight opens too.
  @discardableResult
  public static func add(
    name: String, role: Role, account: ID<Account>? = nil, organisation: ID<Organisation>? = nil, phone: String? = nil,
    words: String? = nil, invited: String? = nil, _ resident: ResidentID, _ transaction: Transaction
  ) throws -> CircleMember {
    if let account {
      try Relation.open(resident, for: .person(account), role: role, ground: .agreement, transaction)
    }
    return try transaction.put(
      CircleMember(
        id: transaction.freshID(), resident: resident, account: account, name: name, role: role,
        organisation: organisation, phone: phone, words: words, invitedEmail: invited,
        fromOn: RegionTime.amsterdam.date(of: transaction.now), untilOn: nil))
  }

  /// Their time around the resident is over; what they saw they see no more.
  public func leave(_ transaction: Transaction) throws {
    var left = self
    left.untilOn = RegionTime.amsterdam.date(of: transaction.now)
    try transaction.put(left)
    guard let account else { return }
    try Relation.close(resident, transaction) { $0.account == account && $0.role == role }
  }
}
