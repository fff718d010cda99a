public import Kernel
internal import Trust

/// One thing that is known: a building block, a pilot, a practice, what it means for an audience, or a theme.
public struct KnowledgeUnit: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case block, pilot, practice, audience, theme
  }

  /// How a pilot stood when its source was written.
  public enum Status: String, Sendable, CaseIterable {
    case running, regular, structural, ended
    /// Paid project by project, out of regular means.
    case subsidised
    /// It began; nobody wrote whether it ended.
    case endUnknown = "end-unknown"
    case neverStarted = "never-started"
  }

  public let kind: Kind
  public let id: String
  /// Where it stands: source and chapter.
  public let source: String
  /// The source's own lists: of a block its pilots, of a pilot its blocks.
  public let links: [String]
  /// Links of our own, from running text.
  public let related: [String]
  public let municipalities: [String]
  /// For whom it is, as words of `groups` in the texts.
  public let groups: [String]
  /// Since and until when: a year, or a year and month.
  public let since: String?
  public let until: String?
  public let status: Status?
  public let partners: [String]
  public let aliases: [String]
  public let lessons: [Lesson]
  let written: [Language: WrittenUnit]

  /// A plan that its neighbours stopped: what it taught is told, but it is none of the described pilots.
  public var isStopped: Bool { kind == .pilot && status == .neverStarted }

  /// The unit's words in a language; Dutch is there always.
  public func text(_ language: Language) -> WrittenUnit { written[language] ?? written[.dutch] ?? WrittenUnit() }
}

/// What a unit says in one language.
public struct WrittenUnit: Sendable, Equatable {
  public var title = ""
  /// What it is, before any heading.
  public var opening: [Passage] = []
  public var sections: [Section] = []
  /// What the source says differently in different places, and what it leaves open. Never part of the reading text.
  public var notes: [Passage] = []
  /// Lessons by id.
  public var lessons: [String: WrittenLesson] = [:]

  public struct Section: Sendable, Equatable {
    public let heading: String
    public let passages: [Passage]
  }
}

/// A paragraph, or a list.
public enum Passage: Sendable, Equatable {
  case paragraph(String)
  case list([String])

  /// Paragraphs with an empty line between them, and lists of lines that begin with "- ".
  static func read(_ text: String) -> [Passage] {
    var passages = Passages()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) { passages.add(line) }
    return passages.taken()
  }

  var words: String {
    switch self {
    case .paragraph(let text): text
    case .list(let items): items.joined(separator: " ")
    }
  }
}

/// One thing learned: an advice, with what it rests on, for whom it is and when it helps.
public struct Lesson: Sendable, Equatable {
  /// What a lesson rests on (BT tells these apart; so do we).
  public enum Ground: String, Sendable, CaseIterable {
    case research, experience, expectation
  }

  public enum Audience: String, Sendable, CaseIterable {
    case citizen, professional, organisation, government
  }

  /// The phases of a journey, in their order.
  static let phases = ["registered", "preparing", "ready", "matched", "moving", "landing", "settled", "landed"]

  public let id: String
  /// The unit it stands in.
  public let unit: String
  public let blocks: [String]
  public let pilots: [String]
  /// Other units on whose pages it belongs.
  public var also: [String] = []
  /// Ids of lessons that said the same and became this one: who kept their address still arrives.
  public var formerly: [String] = []
  public let audiences: [Audience]
  public let ground: Ground
  /// Phases of a journey in which it matters.
  public let phases: [String]
  public let moments: [Moment]
  public let source: String
  /// nil for what this program carries.
  public var addition: Addition?

  /// Written to the resident, not to who works with them.
  public var isForCitizensAlone: Bool { audiences == [.citizen] }

  /// Since when a lesson is here, and from where.
  public struct Addition: Sendable, Equatable {
    public let on: LocalDate
    /// Another region's name.
    public let origin: String?
    /// Its id there.
    let originID: String?
    let record: ID<AddedLesson>
    /// The round it was learned in.
    let quickscan: ID<Quickscan>?
    /// Where it was learned, by name as units have it.
    var municipalities: [String] { codes.compactMap { Municipality.with(code: $0)?.name } }
    /// The same by CBS code.
    let codes: [String]
  }
}

public struct WrittenLesson: Sendable, Equatable {
  public let title: String
  public let passages: [Passage]
}
