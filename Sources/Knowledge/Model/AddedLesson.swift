public import Kernel
public import Store

/// A lesson learned after this program's own were written: from a quickscan, by an editor of this region, or in another
/// region. It stands among the others, with its date and where it comes from.
public struct AddedLesson: Record, Equatable {
  public let id: ID<AddedLesson>
  public var version = 0
  public var title: String
  public var words: String
  /// nil: the Dutch words are shown.
  public var titleEnglish: String?
  public var wordsEnglish: String?
  public var blocks: [String]
  public var pilots: [String]
  public var audiences: [String]
  public var ground: String
  public var phases: [String]
  public var moments: [String]
  /// CBS codes: where it was learned.
  public var municipalities: [String]
  /// In words: which project, when.
  public var source: String
  /// The other region's name; nil for what this region learned.
  public let origin: String?
  /// Its id in the other region, so that reading it in again makes no double.
  public let originID: String?
  /// The round and the question whose answer it was made from.
  public let quickscan: ID<Quickscan>?
  public let question: String?
  public let addedOn: LocalDate
  public var withdrawnOn: LocalDate?

  public static let table = Table(
    "knowledge_lesson", sealedFor: .region,
    [
      .plain("title"), .plain("words"), .plain("titleEnglish"), .plain("wordsEnglish"), .plain("blocks"),
      .plain("pilots"), .plain("audiences"), .plain("ground"), .plain("phases"), .plain("moments"),
      .plain("municipalities"), .plain("source"),
      .plain("origin"), .plain("originID"), .plain("quickscan"), .plain("question"), .plain("addedOn"),
      .plain("withdrawnOn"),
    ])
}

extension AddedLesson {
  /// As it stands among all lessons: at home in its first block.
  var lesson: Lesson {
    Lesson(
      id: id.description, unit: blocks.first ?? "", blocks: blocks, pilots: pilots,
      audiences: audiences.compactMap(Lesson.Audience.init), ground: Lesson.Ground(rawValue: ground) ?? .experience,
      phases: phases, moments: moments.compactMap(Moment.init), source: source,
      addition: Lesson.Addition(
        on: addedOn, origin: origin, originID: originID, record: id, quickscan: quickscan,
        codes: municipalities))
  }

  func written(_ language: Language) -> WrittenLesson {
    guard language == .english, let titleEnglish, let wordsEnglish else {
      return WrittenLesson(title: title, passages: Passage.read(words))
    }
    return WrittenLesson(title: titleEnglish, passages: Passage.read(wordsEnglish))
  }
}
