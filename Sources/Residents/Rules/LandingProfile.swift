internal import Kernel
public import Site

/// How somebody is landing, in six parts, each with the facts that made it so; never a bare number (domain §3).
public struct LandingProfile: Sendable, Equatable {
  public enum Dimension: String, Sendable, CaseIterable { case home, money, day, people, support, voice }

  public struct Part: Sendable, Equatable {
    public let dimension: Dimension
    public let colour: StateColour
    /// Keys of the texts that say why (`landing.fact.<key>`), with their values.
    public let facts: [Reason]
  }

  public struct Reason: Sendable, Equatable {
    public let key: String
    public let values: [String: String]

    init(_ key: String, _ values: [String: String] = [:]) {
      self.key = key
      self.values = values
    }
  }

  public let parts: [Part]

  /// What is known, gathered beforehand.
  public struct Known: Sendable {
    public var facts: [Fact.Kind: Fact.Standing] = [:]
    public var isHandoverOpen = false
    public var daysSilent: Int?
    public var rhythmDays = 14
    public var informalPeople = 0
    /// The resident's own check-ins of the last six weeks, newest first.
    public var checkIns: [Int] = []

    public init() {}
  }

  /// The thresholds stand here, in one place.
  private enum Threshold {
    static let goodMood = 3.5
    static let lowMood = 2.5
    static let silenceTwice = 2
  }

  public init(_ known: Known) {
    parts = [
      Self.reported(.home, [.rentPaid, .homeKept, .nuisance], known),
      Self.reported(.money, [.moneyInOrder, .income, .debts], known),
      Self.reported(.day, [.dayActivity], known),
      Self.people(known), Self.support(known), Self.voice(known),
    ]
  }

  /// The worst of what was reported; still to ask while nothing is known.
  private static func reported(_ dimension: Dimension, _ kinds: [Fact.Kind], _ known: Known) -> Part {
    let found = kinds.compactMap { kind in known.facts[kind].map { (kind, $0) } }
    guard !found.isEmpty else { return Part(dimension: dimension, colour: .unknown, facts: [Reason("unknown")]) }
    let colours = found.map { colour($0.1) }
    return Part(
      dimension: dimension, colour: colours.max() ?? .unknown,
      facts: found.map { Reason("\($0.0.rawValue).\($0.1.rawValue)") })
  }

  private static func colour(_ standing: Fact.Standing) -> StateColour {
    switch standing {
    case .yes: .good
    case .partly: .mind
    case .no: .alarm
    }
  }

  private static func people(_ known: Known) -> Part {
    if let standing = known.facts[.closePeople] {
      return Part(dimension: .people, colour: colour(standing), facts: [Reason("closePeople.\(standing.rawValue)")])
    }
    // An empty circle may as well be one that nobody asked about: that somebody has nobody is said, not counted.
    let count = known.informalPeople
    guard count > 0 else { return Part(dimension: .people, colour: .unknown, facts: [Reason("noPeopleYet")]) }
    return Part(
      dimension: .people, colour: count == 1 ? .mind : .good, facts: [Reason("informalPeople", ["n": String(count)])])
  }

  private static func support(_ known: Known) -> Part {
    var facts: [Reason] = []
    var colour = StateColour.good
    if known.isHandoverOpen {
      facts.append(Reason("handoverOpen"))
      colour = .mind
    }
    let values = ["days": String(known.daysSilent ?? 0), "rhythm": String(known.rhythmDays)]
    switch known.daysSilent {
    case nil:
      facts.append(Reason("noContactYet"))
      colour = max(colour, .unknown)
    case let days? where days > known.rhythmDays * Threshold.silenceTwice:
      facts.append(Reason("silentLong", values))
      colour = .alarm
    case let days? where days > known.rhythmDays:
      facts.append(Reason("silent", values))
      colour = max(colour, .mind)
    default: facts.append(Reason("contactAsAgreed", values))
    }
    return Part(dimension: .support, colour: colour, facts: facts)
  }

  private static func voice(_ known: Known) -> Part {
    guard !known.checkIns.isEmpty else {
      return Part(dimension: .voice, colour: .unknown, facts: [Reason("noCheckIns")])
    }
    let mean = Double(known.checkIns.reduce(0, +)) / Double(known.checkIns.count)
    let colour: StateColour = mean >= Threshold.goodMood ? .good : mean >= Threshold.lowMood ? .mind : .alarm
    let written = known.checkIns.reversed().map(String.init).joined(separator: ", ")
    return Part(dimension: .voice, colour: colour, facts: [Reason("checkIns", ["scores": written])])
  }
}
