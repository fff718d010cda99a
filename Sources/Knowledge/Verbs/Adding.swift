internal import Kernel
internal import Site
internal import Store
internal import Trust

extension AddedLesson {
  static let titleLength = 90
  static let wordsLength = 900

  /// Makes a lesson, or changes one.
  /// - Parameter scan: the round and the key of the answer it was made from.
  /// - Throws: `Problem.invalid` with every fault.
  static func write(
    _ visit: Visit, _ stored: AddedLesson?, from scan: (ID<Quickscan>, String)?, in library: Library,
    _ transaction: Transaction
  ) throws -> AddedLesson {
    let form = visit.form
    var faults = FormReader(form)
    let title = faults.text("title", atMost: titleLength)
    let words = faults.text("words", atMost: wordsLength)
    let titleEnglish = faults.maybe("titleEnglish", atMost: titleLength)
    let wordsEnglish = faults.maybe("wordsEnglish", atMost: wordsLength)
    if titleEnglish == nil && wordsEnglish != nil { faults.add("titleEnglish", "additions.bothOrNone") }
    if titleEnglish != nil && wordsEnglish == nil { faults.add("wordsEnglish", "additions.bothOrNone") }
    let blocks = faults.chosen("blocks", of: library.units(.block).map(\.id), atLeastOne: true, stored: stored?.blocks)
    let pilots = faults.chosen("pilots", of: library.units(.pilot).map(\.id), stored: stored?.pilots)
    let audiences = faults.chosen(
      "audiences", of: Lesson.Audience.allCases.map(\.rawValue), atLeastOne: true, stored: stored?.audiences)
    let ground: Lesson.Ground? = form.choice("ground")
    if ground == nil { faults.add("ground", "form.needed") }
    let phases = faults.chosen("phases", of: Lesson.phases, stored: stored?.phases)
    let moments = faults.chosen("moments", of: Moment.allCases.map(\.rawValue), stored: stored?.moments)
    let source = faults.text("source", atMost: 300)
    let municipalities = faults.chosen(
      "municipalities", of: Municipality.all.map(\.code), stored: stored?.municipalities)
    try faults.check()
    if let stored { try visit.mustHaveSeen(stored.version, in: table.name, stored.id.description) }
    let lesson = AddedLesson(
      id: stored?.id ?? transaction.freshID(), version: stored?.version ?? 0, title: title, words: words,
      titleEnglish: titleEnglish, wordsEnglish: wordsEnglish, blocks: blocks, pilots: pilots, audiences: audiences,
      ground: ground?.rawValue ?? "", phases: phases, moments: moments,
      municipalities: municipalities, source: source, origin: stored?.origin,
      originID: stored?.originID, quickscan: stored?.quickscan ?? scan?.0,
      question: stored?.question ?? scan?.1, addedOn: stored?.addedOn ?? visit.today,
      withdrawnOn: stored?.withdrawnOn)
    return try lesson.keep(transaction)
  }

  /// Takes the lesson away from where lessons are shown, or brings it back.
  func withdraw(_ isWithdrawn: Bool, _ transaction: Transaction) throws -> AddedLesson {
    var changed = self
    changed.withdrawnOn = isWithdrawn ? RegionTime.amsterdam.date(of: transaction.now) : nil
    return try changed.keep(transaction)
  }

  /// Every change is told, so that what is known is put in order anew.
  func keep(_ transaction: Transaction) throws -> AddedLesson {
    let kept = try transaction.put(self)
    transaction.announce(kept)
    return kept
  }
}
