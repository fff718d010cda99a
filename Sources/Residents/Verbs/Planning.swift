public import Kernel
public import Store
public import Trust

/// The plan: goals and steps are added, changed, moved, dropped with a reason and taken up again.
extension Step {
  static let job = "step"

  /// What is agreed about a step.
  public struct Entry: Sendable, Equatable {
    public var words: String
    public var dueOn: LocalDate?
    /// Who of the circle goes along …
    public var companion: ID<CircleMember>?
    /// … or who of those who work for the resident.
    public var worker: ID<Account>?
    public var reward: String?

    public init(
      _ words: String, dueOn: LocalDate? = nil, companion: ID<CircleMember>? = nil, worker: ID<Account>? = nil,
      reward: String? = nil
    ) {
      self.words = words
      self.dueOn = dueOn
      self.companion = companion
      self.worker = worker
      self.reward = reward
    }
  }

  /// Which way a step goes among the others of its goal.
  enum Way: String, CaseIterable { case up, down }

  /// Adds a small step to a goal, behind those that are there.
  /// - Parameter isOwnWords: the resident writes it.
  @discardableResult
  public static func add(
    _ entry: Entry, to goal: Goal, isOwnWords: Bool = false, _ transaction: Transaction
  ) throws -> Step {
    guard goal.endedOn == nil else { throw Problem.refused("step.goalEnded") }
    let step = try transaction.put(
      Step(
        id: transaction.freshID(), resident: goal.resident, goal: goal.id, place: nextPlace(in: goal.id, transaction),
        words: entry.words, isOwnWords: isOwnWords, companion: entry.companion, worker: entry.worker,
        dueOn: entry.dueOn, reward: entry.reward, doneOn: nil, droppedOn: nil))
    try step.planOverdue(transaction)
    return step
  }

  @discardableResult
  public static func add(
    _ words: String, to goal: Goal, dueOn: LocalDate?, companion: ID<CircleMember>?, reward: String?,
    _ transaction: Transaction
  ) throws -> Step {
    try add(Entry(words, dueOn: dueOn, companion: companion, reward: reward), to: goal, transaction)
  }

  /// Another wording, day, companion or reward, or to another goal. What the resident wrote only the resident rewords.
  @discardableResult
  func change(_ entry: Entry, to other: Goal, byResident isOwn: Bool, _ transaction: Transaction) throws -> Step {
    guard droppedOn == nil else { throw Problem.refused("step.isDropped") }
    guard other.endedOn == nil || other.id == goal else { throw Problem.invalid("goal", "step.goalEnded") }
    guard entry.words == words || isOwn || isOwnWords != true else {
      throw Problem.invalid("words", "plan.theirWords")
    }
    var step = self
    if entry.words != words { (step.words, step.isOwnWords) = (entry.words, isOwn) }
    (step.dueOn, step.companion, step.worker, step.reward) = (entry.dueOn, entry.companion, entry.worker, entry.reward)
    if other.id != goal { (step.goal, step.place) = (other.id, try Self.nextPlace(in: other.id, transaction)) }
    guard step != self else { return self }
    step = try transaction.put(step)
    try step.planOverdue(transaction)
    let today = RegionTime.amsterdam.date(of: transaction.now)
    if step.dueOn != dueOn, step.dueOn.map({ $0 >= today }) ?? true { try settleLate(SettledBy.stepMoved, transaction) }
    return step
  }

  /// One up or down among the steps of its goal; at the end it stays.
  func move(_ way: Way, _ transaction: Transaction) throws {
    var steps = try transaction.all(
      Step.self, "where goal = \(goal) and dropped_on is null order by coalesce(place, 0), id")
    guard let here = steps.firstIndex(where: { $0.id == id }) else { return }
    let there = way == .up ? here - 1 : here + 1
    guard steps.indices.contains(there) else { return }
    steps.swapAt(here, there)
    for (number, var step) in steps.enumerated() where step.place != number {
      step.place = number
      try transaction.put(step)
    }
  }

  private static func nextPlace(in goal: ID<Goal>, _ reader: Reader) throws -> Int {
    (try reader.row("select max(place) as last from step where goal = \(goal)")?.integer("last") ?? 0) + 1
  }

  /// Not a step any more; why stays with it.
  @discardableResult
  func drop(why: String, _ transaction: Transaction) throws -> Step {
    guard droppedOn == nil else { return self }
    guard doneOn == nil else { throw Problem.refused("step.isDone") }
    var step = self
    step.droppedOn = RegionTime.amsterdam.date(of: transaction.now)
    step.droppedWhy = why
    step = try transaction.put(step)
    try step.planOverdue(transaction)
    try settleLate(SettledBy.stepDropped, transaction)
    return step
  }

  /// Taken up again, as it was.
  @discardableResult
  func resume(_ transaction: Transaction) throws -> Step {
    guard droppedOn != nil else { return self }
    guard try transaction.get(Goal.self, goal).endedOn == nil else { throw Problem.refused("step.goalEnded") }
    var step = self
    step.droppedOn = nil
    step.droppedWhy = nil
    step = try transaction.put(step)
    try step.planOverdue(transaction)
    return step
  }

  /// Done, or not done after all.
  public func setDone(_ isDone: Bool, _ transaction: Transaction) throws {
    guard isDone != (doneOn != nil) else { return }
    guard droppedOn == nil else { throw Problem.refused("step.isDropped") }
    var step = self
    step.doneOn = isDone ? RegionTime.amsterdam.date(of: transaction.now) : nil
    step = try transaction.put(step)
    try step.planOverdue(transaction)
    if isDone { try settleLate(SettledBy.step, transaction) }
  }

  /// The reward that was agreed was given, or not after all.
  @discardableResult
  func setRewardGiven(_ isGiven: Bool, by account: ID<Account>, _ transaction: Transaction) throws -> Step {
    guard isGiven != (rewardGivenOn != nil) else { return self }
    guard !isGiven || isRewardDue else { throw Problem.refused("reward.notDue") }
    var step = self
    step.rewardGivenOn = isGiven ? RegionTime.amsterdam.date(of: transaction.now) : nil
    step.rewardGivenBy = isGiven ? account : nil
    return try transaction.put(step)
  }

  /// Plans the moment at which a step is late, as long as it is still to be done.
  func planOverdue(_ transaction: Transaction) throws {
    guard let dueOn, doneOn == nil, droppedOn == nil, try transaction.get(Goal.self, goal).endedOn == nil else {
      return try transaction.unplan(Self.job, id)
    }
    try transaction.plan(Self.job, id, at: RegionTime.amsterdam.instant(dueOn.adding(days: 1), hour: 7))
  }

  func raiseOverdue(_ transaction: Transaction) throws {
    guard doneOn == nil, droppedOn == nil, try transaction.get(Goal.self, goal).endedOn == nil,
      let journey = try Journey.open(of: resident, transaction)
    else { return }
    try Signal.raise(.stepOverdue, .amber, journey, cause: "step:\(id)", words: words, transaction)
  }

  /// That it was late asks for nothing any more.
  fileprivate func settleLate(_ done: String, _ transaction: Transaction) throws {
    guard let late = try transaction.first(Signal.self, "where cause = \("step:\(id)") and settled_at is null"),
      let by: ID<Account> = transaction.act.account?.retyped()
    else { return }
    try late.settle(done, by: by, transaction)
  }
}

extension Goal {
  /// The resident says so, or says that it is not so after all; nobody else can.
  @discardableResult
  static func reached(
    _ id: ID<Goal>, isReached: Bool = true, of resident: ResidentID, _ transaction: Transaction
  ) throws -> Goal {
    var goal = try transaction.get(Goal.self, id, of: resident)
    guard isReached != (goal.reachedOn != nil) else { return goal }
    goal.reachedOn = isReached ? RegionTime.amsterdam.date(of: transaction.now) : nil
    return try transaction.put(goal)
  }

  /// - Parameter isOwnWords: the resident writes it.
  @discardableResult
  public static func add(
    _ words: String, _ domain: LifeDomain, side: RecoverySide? = nil, isOwnWords: Bool = false, _ resident: ResidentID,
    _ transaction: Transaction
  ) throws -> Goal {
    try transaction.put(
      Goal(
        id: transaction.freshID(), resident: resident, domain: domain, side: side, words: words,
        isOwnWords: isOwnWords, madeOn: RegionTime.amsterdam.date(of: transaction.now), reachedOn: nil, endedOn: nil))
  }

  /// Another wording, another area of life or side of recovery. What the resident wrote only the resident rewords.
  @discardableResult
  func change(
    _ words: String, _ domain: LifeDomain, side: RecoverySide?, byResident isOwn: Bool, _ transaction: Transaction
  ) throws -> Goal {
    guard endedOn == nil else { throw Problem.refused("step.goalEnded") }
    guard words == self.words || isOwn || isOwnWords != true else { throw Problem.invalid("words", "plan.theirWords") }
    var goal = self
    if words != self.words { (goal.words, goal.isOwnWords) = (words, isOwn) }
    (goal.domain, goal.side) = (domain, side)
    return goal == self ? self : try transaction.put(goal)
  }

  /// Not a goal any more; why stays with it, and its steps ask for nothing while it is so.
  @discardableResult
  func drop(why: String, _ transaction: Transaction) throws -> Goal {
    guard endedOn == nil else { return self }
    var goal = self
    goal.endedOn = RegionTime.amsterdam.date(of: transaction.now)
    goal.endedWhy = why
    goal = try transaction.put(goal)
    for step in try goal.openSteps(transaction) {
      try step.planOverdue(transaction)
      try step.settleLate(SettledBy.stepDropped, transaction)
    }
    return goal
  }

  /// Taken up again with its steps, as it was.
  @discardableResult
  func resume(_ transaction: Transaction) throws -> Goal {
    guard endedOn != nil else { return self }
    var goal = self
    goal.endedOn = nil
    goal.endedWhy = nil
    goal = try transaction.put(goal)
    for step in try goal.openSteps(transaction) { try step.planOverdue(transaction) }
    return goal
  }

  private func openSteps(_ reader: Reader) throws -> [Step] {
    try reader.all(Step.self, "where goal = \(id) and done_on is null and dropped_on is null order by id")
  }
}
