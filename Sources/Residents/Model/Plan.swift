public import Kernel
public import Store
public import Trust

/// The areas of life, in the order they are shown.
public enum LifeDomain: String, Codable, Sendable, CaseIterable {
  case home, money, work, people, dailyRhythm, physicalHealth, mentalHealth, substanceUse, safety, family, meaning
}

/// The sides of recovery (BT, Herstelgericht werken); a goal may name one.
public enum RecoverySide: String, Codable, Sendable, CaseIterable { case clinical, functional, social, personal }

/// What the resident wants, in the resident's own words.
public struct Goal: Record, Equatable {
  public let id: ID<Goal>
  public var version = 0
  public let resident: ResidentID
  public var domain: LifeDomain
  public var side: RecoverySide?
  public var words: String
  /// The resident wrote them: then nobody else changes them. Of older ones that is not known.
  public var isOwnWords: Bool?
  public let madeOn: LocalDate
  /// Only the resident can say so.
  public var reachedOn: LocalDate?
  /// Not a goal any more, and why; it can be taken up again.
  public var endedOn: LocalDate?
  public var endedWhy: String?

  public static let table = Table(
    "goal", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .plan), .plain("domain", .plan), .plain("side", .plan), .sealed("words", .plan),
      .plain("isOwnWords", .plan), .plain("madeOn", .plan), .plain("reachedOn", .plan), .plain("endedOn", .plan),
      .sealed("endedWhy", .plan),
    ])
}

/// A small step towards a goal: who, when, and what it is worth when it is done (BT, Schuldenvrij).
public struct Step: Record, Equatable {
  public let id: ID<Step>
  public var version = 0
  public let resident: ResidentID
  public var goal: ID<Goal>
  /// In which order the steps of a goal stand; those without stand as they were made.
  public var place: Int?
  public var words: String
  /// The resident wrote them: then nobody else changes them. Of older ones that is not known.
  public var isOwnWords: Bool?
  /// Who of the circle does it with or for the resident …
  public var companion: ID<CircleMember>?
  /// … or who works for them; neither when the resident does it alone.
  public var worker: ID<Account>?
  public var dueOn: LocalDate?
  public var reward: String?
  /// When the reward was given, and by whom.
  public var rewardGivenOn: LocalDate?
  public var rewardGivenBy: ID<Account>?
  public var doneOn: LocalDate?
  /// Not a step any more, and why; it can be taken up again.
  public var droppedOn: LocalDate?
  public var droppedWhy: String?

  public static let table = Table(
    "step", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .plan), .plain("goal", .plan), .plain("place", .plan), .sealed("words", .plan),
      .plain("isOwnWords", .plan), .plain("companion", .plan), .plain("worker", .plan), .plain("dueOn", .plan),
      .sealed("reward", .plan), .plain("rewardGivenOn", .plan), .plain("rewardGivenBy", .plan),
      .plain("doneOn", .plan), .plain("droppedOn", .plan), .sealed("droppedWhy", .plan),
    ])
}

/// "How are you?" 1 (bad) to 5 (great), with a sentence if one likes.
public struct CheckIn: Record, Equatable {
  public let id: ID<CheckIn>
  public var version = 0
  public let resident: ResidentID
  public let at: Instant
  public let score: Int
  public let sentence: String?

  public static let table = Table(
    "check_in", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .plan), .plain("at", .plan), .sealed("score", .plan), .sealed("sentence", .plan),
    ])
}

/// The resident's own story, as far as they want to tell it.
public struct OwnStory: Record, Equatable {
  public let id: ID<OwnStory>
  public var version = 0
  public let resident: ResidentID
  public var words: String
  public var changedOn: LocalDate

  public init(id: ID<OwnStory>, resident: ResidentID, words: String, changedOn: LocalDate) {
    self.id = id
    self.resident = resident
    self.words = words
    self.changedOn = changedOn
  }

  public static let table = Table(
    "own_story", sealedFor: .resident(property: "resident"),
    [.plain("resident", .plan), .sealed("words", .plan), .plain("changedOn", .plan)])
}
