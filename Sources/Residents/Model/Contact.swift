public import Kernel
public import Store
public import Trust

/// A visit, call, message or walk; also "tried, no answer". Without a resident it is time spent for residents in
/// general, which per-person funding loses sight of (BT, Gebiedsgericht werken).
public struct Contact: Record, Equatable {
  public enum Channel: String, Codable, Sendable, CaseIterable {
    case visit, call, videoCall, message, walk, meeting
  }

  public let id: ID<Contact>
  public var version = 0
  public let resident: ResidentID?
  public let by: ID<Account>
  public let organisation: ID<Organisation>?
  public let at: Instant
  public let channel: Channel
  /// False for "tried, no answer", which does not end a silence.
  public let isReached: Bool
  public let minutes: Int
  public let words: String?
  /// For hours without a resident: with whom.
  public let partner: String?

  public static let table = Table(
    "contact", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .contacts), .plain("by", .contacts), .plain("organisation", .contacts),
      .plain("at", .contacts), .plain("channel", .contacts), .plain("isReached", .contacts),
      .plain("minutes", .contacts), .sealed("words", .contacts), .sealed("partner", .contacts),
    ])
}

/// What you see when it goes well, less well or badly, what helps, and what others may do. The resident owns it
/// (practice: phases by colour, with signs, what I do, what those close to me do, what my worker does).
public struct EarlyWarningPlan: Record, Equatable {
  public let id: ID<EarlyWarningPlan>
  public var version = 0
  public let resident: ResidentID
  /// What keeps me well.
  public var protects: String?
  public var goodSigns: String
  public var amberSigns: String
  public var amberMe: String?
  public var amberOthers: String?
  public var amberWorker: String?
  public var redSigns: String
  public var redMe: String?
  public var redOthers: String?
  public var redWorker: String?
  /// Whom to call.
  public var contacts: String?
  public var medication: String?
  public var changedOn: LocalDate

  public init(
    id: ID<EarlyWarningPlan>, version: Int = 0, resident: ResidentID, protects: String?, goodSigns: String,
    amberSigns: String, amberMe: String?, amberOthers: String?, amberWorker: String?, redSigns: String, redMe: String?,
    redOthers: String?, redWorker: String?, contacts: String?, medication: String?, changedOn: LocalDate
  ) {
    self.id = id
    self.version = version
    self.resident = resident
    self.protects = protects
    self.goodSigns = goodSigns
    self.amberSigns = amberSigns
    self.amberMe = amberMe
    self.amberOthers = amberOthers
    self.amberWorker = amberWorker
    self.redSigns = redSigns
    self.redMe = redMe
    self.redOthers = redOthers
    self.redWorker = redWorker
    self.contacts = contacts
    self.medication = medication
    self.changedOn = changedOn
  }

  public static let table = Table(
    "early_warning_plan", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .warning), .sealed("protects", .warning), .sealed("goodSigns", .warning),
      .sealed("amberSigns", .warning), .sealed("amberMe", .warning), .sealed("amberOthers", .warning),
      .sealed("amberWorker", .warning), .sealed("redSigns", .warning), .sealed("redMe", .warning),
      .sealed("redOthers", .warning), .sealed("redWorker", .warning), .sealed("contacts", .warning),
      .sealed("medication", .health), .plain("changedOn", .warning),
    ])
}

/// Which colour it is now, said by somebody who may.
public struct WarningState: Record, Equatable {
  public enum Colour: String, Codable, Sendable, CaseIterable { case green, amber, red }

  public let id: ID<WarningState>
  public var version = 0
  public let resident: ResidentID
  public let colour: Colour
  public let at: Instant
  public let by: ID<Account>
  public let words: String?

  public static let table = Table(
    "warning_state", sealedFor: .resident(property: "resident"),
    [
      .plain("resident", .warning), .sealed("colour", .warning), .plain("at", .warning), .plain("by", .warning),
      .sealed("words", .warning),
    ])
}

/// A number the region works with, from a day on, with where it comes from.
public struct Setting: Record, Equatable {
  public let id: ID<Setting>
  public var version = 0
  public let name: String
  public var value: Int
  public let fromOn: LocalDate
  public var source: String

  public static let table = Table(
    "setting", sealedFor: .region, [.plain("name"), .plain("value"), .plain("fromOn"), .plain("source")])
}
