internal import Testing

@testable import Survival

/// By R's survival 3.5-3: aeqSurv(Surv(entry, time, event)).
@Suite struct NearTimesTests {
  @Test func timesThatDifferByRoundingAreOne() throws {
    let near = NearTimes(time: [0.3, 0.1 + 0.2, 0.7, 0.1 * 7])
    #expect(near.time == [0.3, 0.3, 0.7, 0.7])
    // R: survival 0.5 and 0; coefficient 0 (1).
    let seen = Observations(time: near.time, event: [1, 1, 1, 1])
    #expect(SurvivalCurve(seen).survival == [0.5, 0])
    let cox = try #require(CoxModel(seen, columns: [[0, 1, 1, 0]]))
    #expect(cox.coefficient[0] == 0)
    #expect(abs((cox.standardError[0] ?? 0) - 1) < 1e-15)
    #expect(cox.concordance == 0.5)
  }

  @Test func entriesAndTimesAreJoinedTogether() {
    // Who leaves as another comes in is not there beside them.
    let near = NearTimes(time: [0.3, 0.9], entry: [0, 0.1 + 0.2])
    #expect(near.entry == [0, 0.3])
    #expect(near.emptied == nil)
  }

  @Test func whoIsFollowedForRoundingAloneIsNamed() {
    // R: "aeqSurv exception, an interval has effective length 0".
    #expect(NearTimes(time: [1, 0.1 + 0.2], entry: [0, 0.3]).emptied == 1)
    #expect(NearTimes(time: [5, 6], entry: [4, 0]).emptied == nil)
  }

  /// The tolerance is √2⁻⁵² = 1.49·10⁻⁸, of 1 or of the mean of all, whichever is more; what is near what is near is near.
  @Test(
    arguments: [
      ([1, 1 + 1.4e-8], [1, 1]), ([1, 1 + 1.6e-8], [1, 1 + 1.6e-8]), ([1e9, 1e9 + 10], [1e9, 1e9]),
      ([1e9, 1e9 + 20], [1e9, 1e9 + 20]), ([1, 1 + 1e-8, 1 + 2e-8, 1 + 3e-8], [1, 1, 1, 1]),
      ([1e-9, 2e-9], [1e-9, 1e-9]), ([7, 8, 7], [7, 8, 7]), ([0, 1e-8], [0, 0]),
    ] as [([Double], [Double])]) func theToleranceIsRs(_ times: [Double], _ joined: [Double])
  {
    #expect(NearTimes(time: times).time == joined)
  }
}
