public import Kernel
public import Store
public import Trust

/// Responsibility passes only when the receiver accepts.
public struct Handover: Record, Equatable {
  public enum State: String, Codable, Sendable, CaseIterable {
    case offered, accepted, refused, expired, withdrawn
    /// Accepted for an area while the resident is ready; the match makes it final.
    case provisional
  }

  public let id: ID<Handover>
  public var version = 0
  public let resident: ResidentID
  public let journey: ID<Journey>
  public let fromOrganisation: ID<Organisation>
  public let fromWorker: ID<Account>
  public let toOrganisation: ID<Organisation>
  public let toWorker: ID<Account>
  /// CBS code of the wished municipality, for a provisional receiver.
  public let area: String?
  public var state: State
  public let offeredAt: Instant
  public let expiresAt: Instant
  public var decidedAt: Instant?
  /// Who answered it or took it back; nil when nobody did, or it is not known any more.
  public var decidedBy: ID<Account>?
  /// The sender carries along until this day.
  public let alongUntil: LocalDate?
  /// The day of the talk with resident, sender and receiver together.
  public let talkOn: LocalDate?
  public let agreements: String
  public let finances: String?
  public let warning: String?
  public let network: String?
  public let activities: String?
  public let openMatters: String?
  /// The receiver's words: why not, or what was agreed.
  public var answer: String?

  public static let table = Table(
    "handover", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .journey), .plain("journey", .journey), .plain("fromOrganisation", .journey),
      .plain("fromWorker", .journey), .plain("toOrganisation", .journey), .plain("toWorker", .journey),
      .plain("area", .journey), .plain("state", .journey), .plain("offeredAt", .journey),
      .plain("expiresAt", .journey), .plain("decidedAt", .journey), .plain("decidedBy", .journey),
      .plain("alongUntil", .journey),
      .plain("talkOn", .journey), .sealed("agreements", .support), .sealed("finances", .money),
      .sealed("warning", .warning), .sealed("network", .network), .sealed("activities", .activities),
      .sealed("openMatters", .signalText), .sealed("answer", .journey),
    ])
}

/// What the receiver wants to know before answering, and what the sender says to it.
public struct HandoverQuestion: Record, Equatable {
  public let id: ID<HandoverQuestion>
  public var version = 0
  public let resident: ResidentID
  public let handover: ID<Handover>
  public let by: ID<Account>
  public let at: Instant
  public let words: String
  public var answer: String?
  public var answeredBy: ID<Account>?
  public var answeredAt: Instant?

  public static let table = Table(
    "handover_question", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .journey), .plain("handover", .journey), .plain("by", .journey), .plain("at", .journey),
      .sealed("words", .journey), .sealed("answer", .journey), .plain("answeredBy", .journey),
      .plain("answeredAt", .journey),
    ])
}

/// Something that asks for attention; has an owner and a due time until it is settled.
public struct Signal: Record, Equatable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case silence, handoverWaiting, handoverExpired, handoverRefused, stepOverdue, guardPassed, warningAmber, warningRed
    case returned, concern, setback, checkIn
  }

  /// Who owns it now; past its due time it goes one further (domain §4.3).
  public enum Level: String, Codable, Sendable, CaseIterable { case owner, standIn, coordinator, manager }

  public enum Colour: String, Codable, Sendable, CaseIterable { case amber, red }

  public let id: ID<Signal>
  public var version = 0
  /// Whom it is about; it goes along when their registration turns out to be of somebody already known.
  public internal(set) var resident: ResidentID
  /// The registration it was raised in, when that was merged with this one.
  public internal(set) var mergedFrom: ResidentID?
  /// The journey it belongs to; it goes along when a lost home begins another.
  public var journey: ID<Journey>
  public let kind: Kind
  public let colour: Colour
  /// Who told it, when a person did: they hear what came of it.
  public var by: ID<Account>?
  public var owner: ID<Account>
  public var level: Level
  public let raisedAt: Instant
  public var dueAt: Instant
  /// One open signal per cause.
  public internal(set) var cause: String
  /// In words, for those who may read them.
  public let words: String?
  public var settledAt: Instant?
  public var settledBy: ID<Account>?
  /// What was done; a signal is settled with nothing less.
  public var done: String?

  public static let table = Table(
    "signal", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .signal), .plain("mergedFrom", .signal), .plain("journey", .signal), .plain("kind", .signal),
      .plain("colour", .signal), .plain("by", .signal),
      .plain("owner", .signal), .plain("level", .signal), .plain("raisedAt", .signal), .plain("dueAt", .signal),
      .plain("cause", .signal), .sealed("words", .signalText), .plain("settledAt", .signal),
      .plain("settledBy", .signal), .sealed("done", .signalText),
    ])
}
