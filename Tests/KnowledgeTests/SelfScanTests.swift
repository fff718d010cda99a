internal import Kernel
internal import Testing

@testable import Knowledge

/// What a neighbourhood thinks of itself, and what must not be seen.
@Suite struct SelfScanResultTests {
  private func forms(_ party: SelfScan.Group, _ scores: [Int], leftOut: Int = 0) throws -> [SelfScanForm] {
    try scores.enumerated().map { place, score in
      SelfScanForm(
        id: ID(high: UInt64(place), low: UInt64(score)), scan: ID(high: 1, low: 1), party: party,
        scores: Dictionary(uniqueKeysWithValues: SelfScan.Element.allCases.map { ($0.rawValue, score) }), words: nil,
        givenOn: try #require(LocalDate("2026-03-05")),
        leftOutOn: place < leftOut ? LocalDate("2026-03-05") : nil)
    }
  }

  @Test func groupsAndTheirDifference() throws {
    let result = SelfScanResult(
      try forms(.resident, [2, 2, 3]) + forms(.professional, [4, 4, 4, 5]) + forms(.official, [4, 3, 5]))
    let line = try #require(result.lines.first)
    #expect(line.groups[.resident]?.mean == 7.0 / 3)
    #expect(line.groups[.professional]?.mean == 4.25)
    #expect(line.all?.mean == 36.0 / 10)
    #expect(try abs(#require(line.gap) - (4.25 - 7.0 / 3)) < 1e-12)
    #expect(line.differs)
    #expect(result.differences.count == 9)
    #expect(result.lines.count == 9 && result.lines.filter(\.element.isCondition).count == 4)
  }

  /// A group of two is not shown, and neither is a total from which it could be counted back.
  @Test func aSmallGroupCannotBeCountedBack() throws {
    let small = SelfScanResult(try forms(.resident, [1, 1, 2]) + forms(.official, [5, 5]))
    #expect(small.lines.allSatisfy { $0.groups[.official] == nil && $0.all == nil && $0.groups[.resident] != nil })
    #expect(small.lines.allSatisfy { $0.gap == nil && !$0.differs })
    // Two small groups together are enough to hide one another.
    let two = SelfScanResult(
      try forms(.resident, [1, 1, 2]) + forms(.official, [5, 5]) + forms(.professional, [3]))
    #expect(two.lines.allSatisfy { $0.all?.count == 6 })
    #expect(SelfScanResult(try forms(.resident, [1, 5])).lines.allSatisfy { $0.all == nil })
    #expect(SelfScanResult([]).lines.allSatisfy { $0.all == nil })
  }

  @Test func whatIsLeftOutDoesNotCount() throws {
    let result = SelfScanResult(try forms(.resident, [1, 5, 5, 5], leftOut: 1))
    #expect(result.lines.allSatisfy { $0.all?.mean == 5 && $0.all?.count == 3 })
    #expect(result.counts == [.resident: 3])
  }

  @Test func theWeakestAreBelowTheMiddle() throws {
    #expect(SelfScanResult(try forms(.resident, [3, 3, 3])).weakest.isEmpty)
    #expect(SelfScanResult(try forms(.resident, [2, 3, 3])).weakest.count == 3)
  }
}

/// How well the basic set is there.
@Suite struct CoverageTests {
  private func entry(
    _ place: String, _ tool: String, _ state: BasicSetEntry.State, weeks: Int? = nil, ended: Bool = false
  )
    throws -> BasicSetEntry
  {
    let day = try #require(LocalDate("2026-03-05"))
    return BasicSetEntry(
      id: ID(high: 1, low: 1), municipality: place, tool: tool, state: state, waitingWeeks: weeks, provider: nil,
      words: nil, sinceOn: day, checkedOn: day, endedOn: ended ? day : nil)
  }

  @Test func everyKindOfGapIsAGap() throws {
    let coverage = Coverage(
      try [
        entry("A", "housing", .available), entry("B", "housing", .available, weeks: 6), entry("C", "housing", .partly),
        entry("D", "housing", .missing), entry("E", "housing", .available, weeks: 0),
        entry("F", "housing", .available, ended: true),
      ], own: [], municipalities: ["A", "B", "C", "D", "E", "F"].map { ($0, "Plaats \($0)") })
    let housing = try #require(coverage.tools.first { $0.key == "housing" })
    let gaps = try #require(coverage.gaps.first { $0.tool == housing })
    #expect(gaps.places.map(\.code) == ["B", "C", "D", "F"])
    #expect(coverage.covered(housing) == 2)
    // Of the other six tools nobody told anything yet.
    #expect(coverage.gaps.count == 7 && coverage.tools.count == 7)
    #expect(coverage.standing("F", housing) == .unknown)
  }

  @Test func afterAYearSomebodyLooksAgain() throws {
    let entry = try entry("A", "housing", .available)
    #expect(!Coverage.isStale(entry, today: try #require(LocalDate("2027-03-05"))))
    #expect(Coverage.isStale(entry, today: try #require(LocalDate("2027-03-06"))))
  }
}
