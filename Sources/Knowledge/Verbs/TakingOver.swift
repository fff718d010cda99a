internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Taking over another region's lessons: each keeps where it comes from, and reading a file again makes no doubles.
struct TakingOver {
  private(set) var fresh = 0
  private(set) var changed = 0
  private(set) var same = 0
  /// Lessons of our own that came back.
  private(set) var own = 0

  var counts: KeyValuePairs<String, Int> { ["fresh": fresh, "changed": changed, "same": same, "own": own] }

  /// - Parameter region: the name of the region that gave the file; this region's own name may not be used.
  /// - Throws: `Problem.invalid` with every fault; then nothing is kept.
  static func perform(_ file: LessonsFile, from region: String, _ transaction: Transaction) throws -> TakingOver {
    guard file.faults.isEmpty else { throw Problem(.invalid, file.faults) }
    let ours = try KnowledgeSettings.stored(transaction)?.regionName
    if region == ours { throw Problem.invalid("region", "exchange.ownName") }
    var result = TakingOver()
    for line in file.lines { try result.take(line, from: region, ours: ours, transaction) }
    return result
  }

  /// The lesson as it was taken over before, also when its region had another name then.
  private static func stored(_ id: String, from origin: String, _ transaction: Transaction) throws -> AddedLesson? {
    let same = try transaction.first(AddedLesson.self, "where origin = \(origin) and origin_id = \(id)")
    guard same == nil, ID<AddedLesson>(id) != nil else { return same }
    return try transaction.first(AddedLesson.self, "where origin_id = \(id) order by id")
  }

  /// Whether a lesson that comes in was once ours, whatever our region was called then.
  private func isOwn(_ id: String, _ transaction: Transaction) throws -> Bool {
    guard let id = ID<AddedLesson>(id), let lesson = try transaction.find(AddedLesson.self, id) else { return false }
    return lesson.origin == nil
  }

  private mutating func take(
    _ line: LessonsFile.Line, from region: String, ours: String?, _ transaction: Transaction
  ) throws {
    if try line.origin == ours && ours != nil || isOwn(line.id, transaction) {
      own += 1
      return
    }
    let origin = line.origin ?? region
    let stored = try Self.stored(line.id, from: origin, transaction)
    let today = RegionTime.amsterdam.date(of: transaction.now)
    let lesson = AddedLesson(
      id: stored?.id ?? transaction.freshID(), version: stored?.version ?? 0, title: line.title, words: line.words,
      titleEnglish: line.titleEnglish, wordsEnglish: line.wordsEnglish, blocks: line.blocks, pilots: line.pilots,
      audiences: line.audiences, ground: line.ground, phases: line.phases, moments: line.moments,
      municipalities: line.municipalities, source: line.source,
      origin: stored?.origin ?? origin, originID: line.id, quickscan: nil, question: nil,
      addedOn: stored?.addedOn ?? today,
      withdrawnOn: stored?.withdrawnOn)
    let kept = try lesson.keep(transaction)
    if stored == nil { fresh += 1 } else if kept == stored { same += 1 } else { changed += 1 }
  }
}
