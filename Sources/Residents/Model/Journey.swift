public import Kernel
public import Store
public import Trust

/// Where somebody is on the way home (domain §3).
public enum Phase: String, Codable, Sendable, CaseIterable, Comparable {
  case outreach, registered, preparing, ready, matched, moving, landing, settled, landed, pilotLight, closed

  public static func < (left: Self, right: Self) -> Bool { left.place < right.place }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// One resident's way home. Ends, but is never deleted; a setback is an event on it, never a step back.
public struct Journey: Record, Equatable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// To a home of one's own.
    case move
    /// At risk in the own home; success is that it is kept.
    case stay
    /// The provider's lease becomes one's own, same home.
    case flipInPlace
    /// A room in a small shared house for a while.
    case temporaryRoom
  }

  public enum Ending: String, Codable, Sendable, CaseIterable {
    /// The home was lost; the next journey goes on from here, and nothing starts from zero.
    case continued
    case movedAway, ownWish, died, otherHelp, merged
  }

  public let id: ID<Journey>
  public var version = 0
  public let resident: ResidentID
  public var kind: Kind
  /// Home first: no preparation as a condition; the resident sets the pace.
  public var isHomeFirst: Bool
  public var phase: Phase
  public var phaseSince: LocalDate
  public let startedOn: LocalDate
  /// The municipality whose access team carries when nobody else does.
  public let access: ID<Organisation>
  /// No rhythm, one invitation a year, the last organisation stays reachable; the resident's choice.
  public var isOpenDoor: Bool
  /// Agreed with the resident instead of the region's rhythm.
  public var contactEveryDays: Int?
  /// Agreed hours of support a week, lowest and highest.
  public var hoursMin: Int?
  public var hoursMax: Int?
  public var movedOn: LocalDate?
  public var endedOn: LocalDate?
  public var ending: Ending?
  public let continues: ID<Journey>?

  public static let table = Table(
    "journey", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .journey), .plain("kind", .journey), .plain("isHomeFirst", .journey),
      .plain("phase", .journey), .plain("phaseSince", .journey), .plain("startedOn", .journey),
      .plain("access", .journey), .plain("isOpenDoor", .journey), .plain("contactEveryDays", .journey),
      .plain("hoursMin", .support), .plain("hoursMax", .support), .plain("movedOn", .housing),
      .plain("endedOn", .journey), .plain("ending", .journey), .plain("continues", .journey),
    ])
}

/// Something that happened on the way.
public struct JourneyEvent: Record, Equatable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case registered, phase, guardPassed, setback, firstChanged, returned, ended, openDoor, landedByResident, agreed
    /// A second registration of this person became one with this file, or was taken out of it again.
    case merged, unmerged
  }

  public let id: ID<JourneyEvent>
  public var version = 0
  public let resident: ResidentID
  public let journey: ID<Journey>
  public let at: Instant
  public let kind: Kind
  /// For a change of phase: from and to; for a guard: which.
  public let detail: String?
  /// In words: why a guard was passed, what was learnt from a setback.
  public let words: String?
  public let by: ID<Account>?

  public static let table = Table(
    "journey_event", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .journey), .plain("journey", .journey), .plain("at", .journey), .plain("kind", .journey),
      .plain("detail", .journey), .sealed("words", .journey), .plain("by", .journey),
    ])
}

/// Which organisation is called first, with a named worker; exactly one at every moment of an open journey
/// (domain §4.1; the database holds it too).
public struct Accountability: Record, Equatable {
  public enum Reason: String, Codable, Sendable, CaseIterable {
    case registered, handover, imported, returned, workerChanged, standInTook
  }

  public let id: ID<Accountability>
  public var version = 0
  public let resident: ResidentID
  public let journey: ID<Journey>
  public let organisation: ID<Organisation>
  public let worker: ID<Account>
  public let standIn: ID<Account>?
  public let reason: Reason
  public let fromAt: Instant
  public var untilAt: Instant?

  public static let table = Table(
    "accountability", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .journey), .plain("journey", .journey), .plain("organisation", .journey),
      .plain("worker", .journey), .plain("standIn", .journey), .plain("reason", .journey), .plain("fromAt", .journey),
      .plain("untilAt", .journey),
    ])
}
