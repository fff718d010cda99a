internal import Kernel
internal import Testing

@testable import Residents
@testable import Trust

/// What is still missing before somebody is handed over, and the whole life of a handover.
@Suite struct FourCausesTests {
  private static func whole() -> FourCauses.Known {
    var known = FourCauses.Known()
    known.seen = Set(Fact.Kind.allCases)
    for kind in Fact.Kind.allCases { known.facts[kind] = .yes }
    known.hasWarningPlan = true
    known.informalPeople = 2
    return known
  }

  private static func keys(_ change: (inout FourCauses.Known) -> Void) -> [String] {
    var known = whole()
    change(&known)
    return FourCauses(known).missing.map(\.key)
  }

  @Test func withEverythingThereNothingIsMissing() { #expect(Self.keys { _ in }.isEmpty) }

  @Test func eachThingIsNamedWithItsCause() {
    #expect(Self.keys { $0.hasWarningPlan = false } == ["warningPlan"])
    #expect(Self.keys { $0.facts[.support] = nil } == ["support"])
    #expect(Self.keys { $0.facts[.income] = .partly } == ["income"])
    #expect(Self.keys { $0.facts[.debts] = .no } == ["debts"])
    #expect(Self.keys { $0.facts[.moneyInOrder] = nil } == ["moneyInOrder"])
    #expect(Self.keys { $0.facts[.dayActivity] = nil } == ["dayActivity"])
    #expect(Self.keys { $0.informalPeople = 0 } == ["nobody"])
    #expect(Self.keys { $0.facts[.closePeople] = .no } == ["closePeople"])
  }

  /// Whatever one may not see, nothing is said about: not that it is there, not that it is missing.
  @Test(arguments: Fact.Kind.allCases) func whatMayNotBeSeenIsNotTold(_ kind: Fact.Kind) {
    var known = Self.whole()
    known.seen.remove(kind)
    known.facts[kind] = nil
    #expect(FourCauses(known).missing.isEmpty)
    var nothing = FourCauses.Known()
    nothing.facts = [kind: .no]
    #expect(FourCauses(nothing).missing.isEmpty)
    #expect(FourCauses.visible(nothing).isEmpty)
  }

  private static func handover(_ state: Handover.State, decidedAt: Int64? = nil) -> Handover {
    Handover(
      id: ID(high: 1, low: 1), resident: ResidentID(high: 1, low: 2), journey: ID(high: 1, low: 3),
      fromOrganisation: ID(high: 1, low: 4), fromWorker: ID(high: 1, low: 5), toOrganisation: ID(high: 1, low: 6),
      toWorker: ID(high: 1, low: 7), area: nil, state: state, offeredAt: Instant(milliseconds: 100),
      expiresAt: Instant(milliseconds: 1000), decidedAt: decidedAt.map { Instant(milliseconds: $0) }, alongUntil: nil,
      talkOn: nil, agreements: "a", finances: nil, warning: nil, network: nil, activities: nil, openMatters: nil,
      answer: nil)
  }

  @Test(arguments: Handover.State.allCases) func aLifeBeginsWithAskingAndEndsAsItEnded(_ state: Handover.State) {
    let handover = Self.handover(state, decidedAt: state == .offered ? nil : 500)
    var question = HandoverQuestion(
      id: ID(high: 2, low: 1), resident: handover.resident, handover: handover.id, by: handover.toWorker,
      at: Instant(milliseconds: 300), words: "wie heeft de sleutel?")
    (question.answer, question.answeredAt) = ("ik", Instant(milliseconds: 400))
    question.answeredBy = handover.fromWorker
    let life = HandoverLife(handover, questions: [question], seenAt: Instant(milliseconds: 200))
    let kinds = life.moments.map(\.kind)
    #expect(Array(kinds.prefix(4)) == [.offered, .seen, .asked, .answered])
    #expect(kinds.count == (state == .offered ? 4 : 5))
    #expect(zip(life.moments, life.moments.dropFirst()).allSatisfy { $0.at <= $1.at })
    if state == .expired { #expect(life.moments.last?.by == nil) }
    if state == .accepted { #expect(life.moments.last?.by == handover.toWorker) }
    // What was asked about another handover is not part of it.
    let other = HandoverQuestion(
      id: ID(high: 2, low: 2), resident: handover.resident, handover: ID(high: 9, low: 9), by: handover.toWorker,
      at: Instant(milliseconds: 300), words: "x")
    #expect(HandoverLife(handover, questions: [other], seenAt: nil).moments.allSatisfy { $0.kind != .asked })
  }
}
