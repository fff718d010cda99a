public import Kernel
public import Store

/// The toolbox every municipality should have (IN names these seven, "among others": a region may add its own).
public struct BasicSetTool: Record, Equatable {
  public static let standard = [
    "debtHelp", "budgetManagement", "housing", "preventingRelapse", "timeOut", "ambulatoryTreatment",
    "ambulatorySupport",
  ]

  public let id: ID<BasicSetTool>
  public var version = 0
  public var name: String
  public var endedOn: LocalDate?

  public static let table = Table("basic_set_tool", sealedFor: .region, [.plain("name"), .plain("endedOn")])
}

/// How one municipality has one tool, from a day on; the next entry ends it, so that one sees since when.
public struct BasicSetEntry: Record, Equatable {
  public enum State: String, Codable, Sendable, CaseIterable {
    case available, partly, missing
  }

  public let id: ID<BasicSetEntry>
  public var version = 0
  /// CBS code.
  public let municipality: String
  /// One of the seven, or the id of a tool of the region's own.
  public let tool: String
  public let state: State
  /// How long one waits for it, in weeks; nil when nobody waits or it is not known.
  public let waitingWeeks: Int?
  /// With whom it is arranged.
  public let provider: String?
  public let words: String?
  public let sinceOn: LocalDate
  /// When somebody last found that it is so.
  public var checkedOn: LocalDate
  public var endedOn: LocalDate?

  public static let table = Table(
    "basic_set_entry", sealedFor: .region,
    [
      .plain("municipality"), .plain("tool"), .plain("state"), .plain("waitingWeeks"), .plain("provider"),
      .plain("words"), .plain("sinceOn"), .plain("checkedOn"), .plain("endedOn"),
    ])

  /// Not there, not wholly there, or one must wait.
  public var isGap: Bool { state != .available || (waitingWeeks ?? 0) > 0 }
}
