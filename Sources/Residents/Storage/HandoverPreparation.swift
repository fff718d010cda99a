internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What the file knows for a handover, as far as whoever hands over may see it: a text for each part, which they put in
/// themselves or not, and what is still missing.
struct HandoverPreparation {
  static let parts = ["agreements", "finances", "warning", "network", "activities", "openMatters"]

  /// By part; a part of which the file knows nothing has none.
  let texts: [String: String]
  let known: FourCauses.Known

  init(_ head: FileHead, _ reader: Reader, _ sight: Sight, _ t: Texts) throws {
    let facts = try Fact.current(sight.resident, reader).filter { sight.allows(.read, $0.key.category) }
    let plan = sight.allows(.read, .warning) ? try EarlyWarningPlan.of(sight.resident, reader) : nil
    let members = try reader.all(
      CircleMember.self, "where resident = \(sight.resident) and until_on is null order by from_on, id"
    ).filter { sight.sees($0.id, .network) }
    known = Self.known(facts, plan != nil, members, sight)
    var found: [String: [String]] = [:]
    found["agreements"] = Self.agreements(head, sight, t)
    found["finances"] = Self.lines([.moneyInOrder, .income, .debts], facts, sight, t)
    if let plan = sight.show(.warning, plan) {
      found["warning"] = [plan.amberSigns, plan.amberWorker, plan.redSigns, plan.redWorker].compactMap { $0 }
    }
    found["network"] = members.map { Self.line($0, t) }
    found["activities"] = Self.lines([.dayActivity], facts, sight, t) + (try Self.goals(reader, sight))
    found["openMatters"] = try Self.signals(reader, sight, t) + Self.steps(reader, sight, t)
    texts = found.compactMapValues { $0.isEmpty ? nil : String($0.joined(separator: "\n").prefix(3000)) }
  }

  private static func known(
    _ facts: [Fact.Kind: Fact], _ hasPlan: Bool, _ members: [CircleMember], _ sight: Sight
  ) -> FourCauses.Known {
    var known = FourCauses.Known()
    known.seen = Set(Fact.Kind.allCases.filter { sight.allows(.read, $0.category) })
    known.facts = facts.mapValues(\.standing)
    known.hasWarningPlan = sight.allows(.read, .warning) ? hasPlan : nil
    known.informalPeople =
      sight.allows(.read, .network) ? members.count(where: { CirclePage.informalRoles.contains($0.role) }) : nil
    return known
  }

  private static func agreements(_ head: FileHead, _ sight: Sight, _ t: Texts) -> [String] {
    guard let journey = head.journey, sight.allows(.read, .support) else { return [] }
    var lines: [String] = []
    if let days = journey.contactEveryDays { lines.append(t("agreement.ofOwn", count: days)) }
    if let hours = journey.hoursMax ?? journey.hoursMin {
      let low = journey.hoursMin ?? hours
      lines.append(t("agreement.hours", count: hours, ["hours": low == hours ? "\(hours)" : "\(low)–\(hours)"]))
    }
    return lines.isEmpty || sight.shows(.support) ? lines : []
  }

  private static func lines(
    _ kinds: [Fact.Kind], _ facts: [Fact.Kind: Fact], _ sight: Sight, _ t: Texts
  ) -> [String] {
    kinds.compactMap { facts[$0] }.filter { sight.shows($0.kind.category) }.map { fact in
      let standing = t("fact.standing.\(fact.standing.rawValue)")
      return "\(t("fact.kind.\(fact.kind.rawValue)")): \(standing)" + (fact.words.map { ". \($0)" } ?? "")
    }
  }

  private static func line(_ member: CircleMember, _ t: Texts) -> String {
    [member.name, t("role.\(member.role.rawValue)"), member.phone, member.words].compactMap { $0 }
      .joined(separator: ", ")
  }

  private static func goals(_ reader: Reader, _ sight: Sight) throws -> [String] {
    guard sight.allows(.read, .plan) else { return [] }
    let goals = try reader.all(
      Goal.self, "where resident = \(sight.resident) and domain = 'work' and ended_on is null order by id")
    return goals.isEmpty || sight.shows(.plan) ? goals.map(\.words) : []
  }

  private static func signals(_ reader: Reader, _ sight: Sight, _ t: Texts) throws -> [String] {
    guard sight.allows(.read, .signal) else { return [] }
    let open = try reader.all(
      Signal.self, "where resident = \(sight.resident) and settled_at is null order by due_at, id")
    return open.filter { _ in sight.shows(.signal) }.map { signal in
      let kind = t("signal.kind.\(signal.kind.rawValue)")
      return sight.show(.signalText, signal.words).map { "\(kind): \($0)" } ?? kind
    }
  }

  private static func steps(_ reader: Reader, _ sight: Sight, _ t: Texts) throws -> [String] {
    guard sight.allows(.read, .plan) else { return [] }
    return try Step.open(of: sight.resident, reader).filter { _ in sight.shows(.plan) }.map { step in
      step.words + (step.dueOn.map { " (\(t.date($0)))" } ?? "")
    }
  }
}
