internal import Kernel
internal import Site
internal import Store
internal import Trust

extension LearningMeeting {
  /// Plans a meeting, or changes one; notes come afterwards.
  /// - Throws: `Problem.invalid` with every fault.
  static func save(
    _ visit: Visit, _ stored: LearningMeeting?, in library: Library, _ transaction: Transaction
  ) throws -> LearningMeeting {
    var faults = FormReader(visit.form)
    let title = faults.text("title", atMost: 120)
    let heldOn = faults.neededDate("heldOn")
    let time = visit.form["time"]?.replacing(".", with: ":")
    if let time, !isTime(time) { faults.add("time", "meeting.timeWrong") }
    let place = faults.maybe("place", atMost: 200)
    let blocks = faults.chosen("blocks", of: library.units(.block).map(\.id), stored: stored?.blocks)
    let agenda = faults.text("agenda")
    let notes = faults.maybe("notes", atMost: 20_000)
    try faults.check()
    if let stored { try visit.mustHaveSeen(stored.version, in: table.name, stored.id.description) }
    return try transaction.put(
      LearningMeeting(
        id: stored?.id ?? transaction.freshID(), version: stored?.version ?? 0, title: title,
        heldOn: heldOn ?? visit.today, time: time, place: place, blocks: blocks, agenda: agenda, notes: notes,
        cancelledOn: stored?.cancelledOn))
  }

  /// "9:00" to "23:59".
  private static func isTime(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts.allSatisfy({ $0.count <= 2 && $0.allSatisfy(\.isASCIIDigit) }) else {
      return false
    }
    let numbers = parts.compactMap { Int($0) }
    return numbers.count == parts.count && (0...23).contains(numbers[0])
      && numbers.dropFirst().allSatisfy((0...59).contains)
  }

  /// It does not go on, or does after all.
  func cancel(_ isCancelled: Bool, _ transaction: Transaction) throws -> LearningMeeting {
    var changed = self
    changed.cancelledOn = isCancelled ? RegionTime.amsterdam.date(of: transaction.now) : nil
    return try transaction.put(changed)
  }

  func actions(_ reader: Reader) throws -> [MeetingAction] {
    try reader.all(MeetingAction.self, "where meeting = \(id) order by due_on, id")
  }
}

extension MeetingAction {
  /// Agrees who does what, and by when.
  /// - Throws: `Problem.invalid` with every fault.
  static func agree(_ visit: Visit, _ meeting: LearningMeeting, _ transaction: Transaction) throws -> MeetingAction {
    var faults = FormReader(visit.form)
    let words = faults.text("words", atMost: 400)
    let owner: ID<Account>? = visit.form.id("owner")
    let account = try owner.flatMap { try transaction.find(Account.self, $0) }
    let isThere = account.map { $0.disabledAt == nil && Learning.readers.contains($0.role) && Learning.isStaff($0) }
    if isThere != true { faults.add("owner", "form.needed") }
    let dueOn = faults.neededDate("dueOn")
    if let dueOn, dueOn < meeting.heldOn { faults.add("dueOn", "meeting.dueBefore") }
    try faults.check()
    guard let owner, let dueOn else { throw Problem.notFound }
    return try transaction.put(
      MeetingAction(id: transaction.freshID(), meeting: meeting.id, words: words, owner: owner, dueOn: dueOn))
  }

  enum Settling: String { case done, open, dropped }

  /// Done, not done after all, or no longer needed.
  func settle(_ settling: Settling, _ transaction: Transaction) throws -> MeetingAction {
    let today = RegionTime.amsterdam.date(of: transaction.now)
    var changed = self
    changed.doneOn = settling == .done ? doneOn ?? today : nil
    changed.droppedOn = settling == .dropped ? today : nil
    return try transaction.put(changed)
  }

  static func open(of account: ID<Account>, _ reader: Reader) throws -> [MeetingAction] {
    try reader.all(
      MeetingAction.self, "where owner = \(account) and done_on is null and dropped_on is null order by due_on, id")
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
