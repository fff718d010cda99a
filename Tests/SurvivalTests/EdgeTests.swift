internal import Testing

@testable import Survival

/// What goes wrong in practice must end in an answer that says so.
@Suite struct EdgeTests {
  @Test func separationIsReportedAndEnds() throws {
    let seen = Observations(time: [1, 2, 3, 4, 5, 6], event: [1, 1, 1, 0, 0, 0])
    let found = try #require(CoxModel(seen, columns: [[0, 0, 0, 1, 1, 1]]))
    #expect(found.warnings.map(\.warning) == [.infinite])
    #expect(found.iterations < 40)
    #expect(found.logLikelihood.fitted > found.logLikelihood.null)
  }

  @Test func aFlatColumnIsLeftOutAndTheRestStands() throws {
    let seen = Observations(time: [5, 8, 2, 9, 4, 7, 3], event: [1, 0, 1, 1, 1, 0, 1])
    let column = [1.0, 3, 2, 5, 1, 4, 2]
    let alone = try #require(CoxModel(seen, columns: [column]))
    let beside = try #require(CoxModel(seen, columns: [column, column.map { _ in 7 }]))
    #expect(beside.coefficient[1] == nil)
    #expect(beside.standardError[1] == nil)
    #expect(beside.warnings.map(\.warning) == [.noInformation])
    #expect(abs((beside.coefficient[0] ?? 0) - (alone.coefficient[0] ?? 1)) < 1e-12)
    // So is one that follows from another.
    let twice = try #require(CoxModel(seen, columns: [column, column.map { 3 * $0 + 1 }]))
    #expect(twice.coefficient[1] == nil)
  }

  /// Numbers as large and as small as there are, columns that repeat each other: an answer, or a warning, and an end.
  @Test func theWildestTablesEndInAnAnswer() throws {
    var dice = UInt64(11)
    func roll(_ sides: Int) -> Int {
      dice = dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(dice >> 33) % sides
    }
    let palette = [
      0, 1, -1, 2, 999, 1e308, -1e308, 1e-308, .leastNonzeroMagnitude, 1e150, -1e-150, 0.1, 99_999_999, 1e16, 7,
    ]
    var answered = 0
    for _ in 0..<400 {
      let count = 2 + roll(12)
      let time = (0..<count).map { _ in Double(2 + roll(8)) }
      let entry = time.map { roll(2) == 0 ? 0 : Double(roll(Int($0))) }
      let seen = Observations(time: time, event: time.map { _ in Int32(roll(3) > 0 ? 1 : 0) }, entry: entry)
      let columns = (0..<1 + roll(3)).map { _ in
        let few = roll(2) == 0 ? 2 : palette.count
        return time.map { _ in palette[roll(few)] }
      }
      guard let found = CoxModel(seen, columns: columns) else { continue }
      #expect(!found.logLikelihood.fitted.isNaN)
      #expect(found.logLikelihood.fitted >= found.logLikelihood.null - 1e-9)
      if found.warnings.isEmpty {
        #expect(found.coefficient.allSatisfy { $0?.isFinite == true })
        #expect(found.standardError.allSatisfy { ($0 ?? 0) > 0 })
        answered += 1
      }
    }
    #expect(answered > 50)
  }

  @Test func nobodyHadTheEvent() {
    let seen = Observations(time: [1, 2, 2], event: [0, 0, 0], group: [0, 1, 1], groupCount: 2)
    let curve = SurvivalCurve(seen)
    #expect(curve.survival == [1, 1])
    #expect(curve.standardError == [0, 0])
    #expect(curve.median == nil)
    #expect(LogRank(seen) == nil)
    #expect(CoxModel(seen, columns: [[1, 2, 3]]) == nil)
    #expect(Incidence(seen).value == [[0, 0]])
  }

  @Test func everybodyHadTheEventAtOnce() {
    let seen = Observations(time: [3, 3, 3], event: [1, 2, 1], causeCount: 2)
    let curve = SurvivalCurve(seen)
    #expect(curve.survival == [0])
    #expect(curve.standardError[0].isNaN)
    #expect(curve.median == 3)
    let incidence = Incidence(seen)
    #expect(abs(incidence.value[0][0] - 2.0 / 3) < 1e-15)
    // As a share of three: √(p(1−p)/n).
    #expect(abs(incidence.standardError[0][0] - (2.0 / 27).squareRoot()) < 1e-15)
  }

  @Test func aGroupWithoutEventsTakesPart() throws {
    let seen = Observations(
      time: [1, 2, 3, 4, 5, 6], event: [1, 1, 1, 0, 0, 0], group: [0, 0, 0, 1, 1, 1], groupCount: 2)
    let found = try #require(LogRank(seen))
    #expect(found.degrees == 1)
    #expect(found.observed == [3, 0])
    #expect(abs(found.expected[0] + found.expected[1] - 3) < 1e-12)
  }

  @Test func censoredAtTheTimeOfAnEventStillCountsAsThere() {
    let curve = SurvivalCurve(Observations(time: [2, 2, 5], event: [1, 0, 1]))
    #expect(curve.atRisk == [3, 1])
    #expect(abs(curve.survival[0] - 2.0 / 3) < 1e-15)
  }

  @Test func timesInAnyOrderAndOfAnyKindAreOneOrder() {
    let whole = [7.0, 0, 3, 3, 900_000_000]
    let broken = [0.25, 1e-300, 7, 0.25, 1e9]
    for times in [whole, broken] {
      let grid = TimeGrid(times)
      #expect(grid.times == Set(times).sorted())
      for (time, slot) in zip(times, grid.slot) { #expect(grid.times[Int(slot)] == time) }
    }
    #expect(ascendingOrder([3, -1, -0.0, 0, -7]) == [4, 1, 2, 3, 0])
  }

  /// By mpmath's regularised incomplete gamma function, fifty digits.
  @Test func chiSquareTailsAreExact() {
    for (x, degrees, p) in [
      (3.84146, 1, 0.0499999648337474), (5.99146, 2, 0.0500001136778288), (18.307, 10, 0.0500005890913981),
      (10.828, 1, 0.000999765719583092), (29.588, 10, 0.00100011194106348), (0.0039321, 1, 0.950000253982058),
      (124.342, 100, 0.0500007157699718),
    ] { #expect(abs(upperChiSquare(x, degrees: degrees) / p - 1) < 1e-12) }
  }
}
