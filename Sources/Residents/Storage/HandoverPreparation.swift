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
    let facts = try Fact.current(sight.resident, reader)
    let plan = sight.allows(.read, .warning) ? try EarlyWarningPlan.of(sight.resident, reader) : nil
    let members = try reader.all(
      CircleMember.self, "where resident = \(sight.resident) and until_on is null order by from_on, id"
    ).filter { sight.sees($0.id, .network) }
    known = Self.known(facts, plan != nil, members, sight)
    let told = facts.filter { sight.allows(.read, $0.key.category) }
    func lines(_ kinds: [Fact.Kind]) -> [String] {
      kinds.compactMap { told[$0] }.filter { sight.shows($0.kind.category) }.map { fact in
        let words = [t("fact.standing.\(fact.standing.rawValue)"), fact.words].compactMap(\.self).joined(separator: ". ")
        return "\(t("fact.kind.\(fact.kind.rawValue)")): \(words)"
      }
    }
    let steps = sight.allows(.read, .plan) ? try Step.open(of: sight.resident, reader) : []
    let goals =
      sight.allows(.read, .plan)
      ? try reader.all(
        Goal.self, "where resident = \(sight.resident) and domain = 'work' and ended_on is null order by id") : []
    let signals =
      sight.allows(.read, .signal)
      ? try reader.all(Signal.self, "where resident = \(sight.resident) and settled_at is null order by due_at, id")
      : []
    let found: [String: [String]] = [
      "agreements": Self.agreements(head, sight, t), "finances": lines([.moneyInOrder, .income, .debts]),
      "warning": sight.show(.warning, plan).map { plan in
        [plan.amberSigns, plan.amberWorker, plan.redSigns, plan.redWorker].compactMap(\.self)
      } ?? [],
      "network": members.map { member in
        [member.name, t("role.\(member.role.rawValue)"), member.phone, member.words].compactMap(\.self)
          .joined(separator: ", ")
      },
      "activities": lines([.dayActivity]) + (sight.show(.plan, goals.isEmpty ? nil : goals) ?? []).map(\.words),
      "openMatters": signals.compactMap { signal in
        guard sight.shows(.signal) else { return nil }
        let kind = t("signal.kind.\(signal.kind.rawValue)")
        return sight.show(.signalText, signal.words).map { "\(kind): \($0)" } ?? kind
      } + (sight.show(.plan, steps.isEmpty ? nil : steps) ?? []).map { step in
        step.words + (step.dueOn.map { " (\(t.date($0)))" } ?? "")
      },
    ]
    texts = found.compactMapValues { $0.isEmpty ? nil : String($0.joined(separator: "\n").prefix(3000)) }
  }

  private static func known(
    _ facts: [Fact.Kind: Fact], _ hasPlan: Bool, _ members: [CircleMember], _ sight: Sight
  ) -> FourCauses.Known {
    var known = FourCauses.Known()
    known.seen = Set(Fact.Kind.allCases.filter { sight.allows(.read, $0.category) })
    known.facts = facts.filter { known.seen.contains($0.key) }.mapValues(\.standing)
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
      lines.append(
        t("agreement.hours", count: hours, ["hours": low == hours ? "\(hours)" : "\(low)–\(hours)"]))
    }
    return lines.isEmpty || sight.shows(.support) ? lines : []
  }
}
