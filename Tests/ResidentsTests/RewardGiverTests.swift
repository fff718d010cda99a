internal import Kernel
internal import Testing

@testable import Residents
@testable import Trust

/// A reward that is due is always somebody's to give.
@Suite struct RewardGiverTests {
  private static let today = LocalDate(dayNumber: 20_000)
  private static let first = ID<Account>(high: 1, low: 1)
  private static let other = ID<Account>(high: 1, low: 2)

  private static func step(
    worker: ID<Account>? = nil, reward: String? = "taart", isDone: Bool = true, isDropped: Bool = false,
    isGiven: Bool = false
  ) -> Step {
    Step(
      id: ID(high: 2, low: 1), resident: ResidentID(high: 2, low: 2), goal: ID(high: 2, low: 3), words: "bellen",
      worker: worker, reward: reward, rewardGivenOn: isGiven ? today : nil, doneOn: isDone ? today : nil,
      droppedOn: isDropped ? today : nil)
  }

  @Test func whoDidItAlongGivesIt() {
    let step = Self.step(worker: Self.other)
    #expect(RewardGiver.of(step, first: Self.first, working: [Self.first, Self.other]) == Self.other)
  }

  @Test func whoIsNotThereAnyMoreLeavesItToWhoIsFirst() {
    let step = Self.step(worker: Self.other)
    #expect(RewardGiver.of(step, first: Self.first, working: [Self.first]) == Self.first)
    #expect(RewardGiver.of(Self.step(), first: Self.first, working: []) == Self.first)
  }

  @Test func whatIsNotDueIsNobodys() {
    for step in [
      Self.step(reward: nil), Self.step(isDone: false), Self.step(isDropped: true), Self.step(isGiven: true),
    ] { #expect(RewardGiver.of(step, first: Self.first, working: [Self.first]) == nil) }
  }

  /// Whoever goes along, and whoever works here: as long as somebody is first, what is due has exactly one giver, who
  /// works here or is first.
  @Test func whatIsDueIsAlwaysSomebodys() {
    for worker in [nil, Self.first, Self.other] as [ID<Account>?] {
      for working in [[], [Self.first], [Self.other], [Self.first, Self.other]] as [Set<ID<Account>>] {
        for isDone in [true, false] {
          let step = Self.step(worker: worker, isDone: isDone)
          let giver = RewardGiver.of(step, first: Self.first, working: working)
          #expect((giver != nil) == step.isRewardDue)
          #expect(giver.map { $0 == Self.first || working.contains($0) } ?? true)
        }
      }
    }
  }
}
