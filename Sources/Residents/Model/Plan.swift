public import Kernel
public import Store
internal import Trust

/// The areas of life, in the order they are shown.
public enum LifeDomain: String, Codable, Sendable, CaseIterable {
  case home, money, work, people, dailyRhythm, physicalHealth, mentalHealth, substanceUse, safety, family, meaning
}

/// What the resident wants, in the resident's own words.
public struct Goal: Record, Equatable {
  public let id: ID<Goal>
  public var version = 0
  public let resident: ResidentID
  public var domain: LifeDomain
  public var words: String
  public let madeOn: LocalDate
  /// Only the resident can say so.
  public var reachedOn: LocalDate?
  public var endedOn: LocalDate?

  public static let table = Table(
    "goal", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .plan), .plain("domain", .plan), .sealed("words", .plan), .plain("madeOn", .plan),
      .plain("reachedOn", .plan), .plain("endedOn", .plan),
    ])
}

/// A small step towards a goal: who, when, and what it is worth when it is done (BT, Schuldenvrij).
public struct Step: Record, Equatable {
  public let id: ID<Step>
  public var version = 0
  public let resident: ResidentID
  public let goal: ID<Goal>
  public var words: String
  /// Who does it with or for the resident; nil when the resident does it alone.
  public var companion: ID<CircleMember>?
  public var dueOn: LocalDate?
  public var reward: String?
  public var doneOn: LocalDate?
  public var droppedOn: LocalDate?

  public static let table = Table(
    "step", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .plan), .plain("goal", .plan), .sealed("words", .plan), .plain("companion", .plan),
      .plain("dueOn", .plan), .sealed("reward", .plan), .plain("doneOn", .plan), .plain("droppedOn", .plan),
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
