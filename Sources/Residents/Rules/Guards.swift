public import Kernel
internal import Trust

/// Everything a guard needs to know about a journey, gathered beforehand.
public struct JourneyStanding: Sendable, Equatable {
  public var kind: Journey.Kind = .move
  public var isHomeFirst = false
  public var phase: Phase = .registered
  /// Surname and birth date are known.
  public var isIdentified = true
  public var hasResponsibleWorker = false
  public var hasSeenSharing = false
  public var hasWarningPlan = false
  public var facts: [Fact.Kind: Fact.Standing] = [:]
  public var moveDate: LocalDate?
  /// Handovers the move needs that were offered and not answered; with the sender still responsible on record
  /// this is allowed when somebody wrote that down.
  public var openHandovers = 0
  public var movedOn: LocalDate?
  public var openRedSignals = 0
  public var isContactAsAgreed = true
  /// The resident said: I have landed.
  public var saysLanded = false

  public init() {}
}

/// A condition of a phase that does not hold, with the reason a person reads (`guard.<name>`).
public enum UnmetGuard: String, Sendable, Codable, CaseIterable {
  case whoTheyAre, responsibleWorker, sharingSeen
  case identityDocument, income, debts, supportAgreed, warningPlan, wishes
  case matched, tenancy, moveDate, keys, handovers
  case sixMonths, redSignal, contactAsAgreed
  case residentSaysLanded, homeKept, pilotLight
}

extension UnmetGuard {
  /// What one must be allowed to read to be told.
  public var category: Category {
    switch self {
    case .whoTheyAre: .identity
    case .identityDocument, .income, .debts, .wishes, .warningPlan: .readiness
    case .supportAgreed: .support
    case .matched, .moveDate, .keys, .homeKept, .sixMonths: .housing
    case .tenancy: .tenancy
    case .redSignal, .contactAsAgreed: .signal
    case .responsibleWorker, .sharingSeen, .handovers, .residentSaysLanded, .pilotLight: .journey
    }
  }
}

/// The guards of domain §3.
public enum Guards {
  /// The phases one can go to from here, in this kind of journey.
  public static func next(_ kind: Journey.Kind, isHomeFirst: Bool, from phase: Phase) -> Phase? {
    guard let place = path(kind, isHomeFirst: isHomeFirst).firstIndex(of: phase) else { return nil }
    let rest = path(kind, isHomeFirst: isHomeFirst)[(place + 1)...]
    return rest.first
  }

  /// The way home by kind. Staying at home has no move; a lease that flips has no match.
  public static func path(_ kind: Journey.Kind, isHomeFirst: Bool) -> [Phase] {
    let whole: [Phase] = [
      .outreach, .registered, .preparing, .ready, .matched, .moving, .landing, .settled, .landed, .pilotLight,
    ]
    switch kind {
    case .move, .temporaryRoom: return isHomeFirst ? whole.filter { $0 != .preparing } : whole
    case .flipInPlace: return whole.filter { $0 != .matched }
    case .stay: return whole.filter { ![.ready, .matched, .moving, .landing].contains($0) }
    }
  }

  /// What does not hold for a phase; empty when one may go.
  public static func unmet(to phase: Phase, _ standing: JourneyStanding, on day: LocalDate, _ rules: RegionRules)
    -> [UnmetGuard]
  {
    switch phase {
    // Whoever is only being got to know may still have no surname or birth date; a registration has both.
    case .registered: standing.isIdentified ? [] : [.whoTheyAre]
    case .preparing: preparing(standing)
    case .ready: ready(standing)
    case .matched: isYes(.home, standing, or: .matched)
    case .moving: isYes(.tenancy, standing, or: .tenancy) + (standing.moveDate == nil ? [.moveDate] : [])
    case .landing: isYes(.keys, standing, or: .keys) + (standing.openHandovers > 0 ? [.handovers] : [])
    case .settled: settled(standing, day, rules)
    case .landed: landed(standing)
    default: []
    }
  }

  private static func preparing(_ standing: JourneyStanding) -> [UnmetGuard] {
    (standing.hasResponsibleWorker ? [] : [.responsibleWorker]) + (standing.hasSeenSharing ? [] : [.sharingSeen])
  }

  private static func ready(_ standing: JourneyStanding) -> [UnmetGuard] {
    let agreed = isYes(.support, standing, or: .supportAgreed)
    let wishes = isYes(.wishes, standing, or: .wishes)
    if standing.isHomeFirst { return agreed + wishes }
    return isYes(.identityDocument, standing, or: .identityDocument) + isYes(.income, standing, or: .income)
      + isYes(.debts, standing, or: .debts) + agreed + (standing.hasWarningPlan ? [] : [.warningPlan]) + wishes
  }

  private static func settled(_ standing: JourneyStanding, _ day: LocalDate, _ rules: RegionRules) -> [UnmetGuard] {
    var unmet: [UnmetGuard] = []
    if standing.kind != .stay {
      let isLongEnough = standing.movedOn.map { day.months(since: $0) >= rules[.settledMonths] } ?? false
      if !isLongEnough { unmet.append(.sixMonths) }
    }
    if standing.openRedSignals > 0 { unmet.append(.redSignal) }
    if !standing.isContactAsAgreed { unmet.append(.contactAsAgreed) }
    return unmet
  }

  private static func landed(_ standing: JourneyStanding) -> [UnmetGuard] {
    (standing.saysLanded ? [] : [.residentSaysLanded]) + isYes(.homeKept, standing, or: .homeKept)
      + isYes(.pilotLight, standing, or: .pilotLight)
  }

  private static func isYes(_ fact: Fact.Kind, _ standing: JourneyStanding, or unmet: UnmetGuard) -> [UnmetGuard] {
    standing.facts[fact] == .yes ? [] : [unmet]
  }

  /// What nobody else can say for the resident, and what nothing can go on without: no coordinator can pass these.
  public static let neverPassed: Set<UnmetGuard> = [.residentSaysLanded, .whoTheyAre]
}
