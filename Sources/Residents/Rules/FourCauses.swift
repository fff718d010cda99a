/// Why people come back, as those who used the shelter told it: a poor handover, money not in order, empty days, nobody
/// around (BT, Aanpak dakloosheid). Before somebody is handed over, each is looked at: what is still missing, and where
/// it is filled in.
public struct FourCauses: Sendable, Equatable {
  public enum Cause: String, Sendable, CaseIterable { case handover, money, days, people }

  /// Where it is filled in.
  public enum Place: String, Sendable { case warning, agreement, facts, circle }

  public struct Missing: Sendable, Equatable {
    public let cause: Cause
    /// `causes.missing.<key>` in the texts.
    public let key: String
    public let place: Place
  }

  /// What is known, as far as the one who hands over may see it: nil is not theirs to know, and then nothing is said.
  public struct Known: Sendable, Equatable {
    public var facts: [Fact.Kind: Fact.Standing] = [:]
    /// Which facts may be seen at all.
    public var seen: Set<Fact.Kind> = []
    public var hasWarningPlan: Bool?
    /// People around the resident who are there for no employer.
    public var informalPeople: Int?

    public init() {}
  }

  public let missing: [Missing]

  public init(_ known: Known) {
    func ask(_ cause: Cause, _ kind: Fact.Kind, _ place: Place = .facts) -> Missing? {
      guard known.seen.contains(kind), known.facts[kind] != .yes else { return nil }
      return Missing(cause: cause, key: kind.rawValue, place: place)
    }
    missing = [
      known.hasWarningPlan == false ? Missing(cause: .handover, key: "warningPlan", place: .warning) : nil,
      ask(.handover, .support, .agreement), ask(.money, .income), ask(.money, .debts), ask(.money, .moneyInOrder),
      ask(.days, .dayActivity),
      known.informalPeople == 0 ? Missing(cause: .people, key: "nobody", place: .circle) : nil,
      known.facts[.closePeople] == .no ? ask(.people, .closePeople) : nil,
    ].compactMap { $0 }
  }

  public func of(_ cause: Cause) -> [Missing] { missing.filter { $0.cause == cause } }

  /// Of which causes something may be seen at all.
  public static func visible(_ known: Known) -> [Cause] {
    Cause.allCases.filter { cause in
      switch cause {
      case .handover: known.hasWarningPlan != nil || known.seen.contains(.support)
      case .money: !known.seen.isDisjoint(with: [.income, .debts, .moneyInOrder])
      case .days: known.seen.contains(.dayActivity)
      case .people: known.informalPeople != nil || known.seen.contains(.closePeople)
      }
    }
  }
}
