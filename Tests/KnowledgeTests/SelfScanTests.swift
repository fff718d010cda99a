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
      try forms(.resident, [2, 2, 3, 2, 2]) + forms(.professional, [4, 4, 4, 5, 4]) + forms(.official, [4, 3, 5, 4, 4]))
    let line = try #require(result.lines.first)
    #expect(line.groups[.resident]?.mean == 11.0 / 5)
    #expect(line.groups[.professional]?.mean == 21.0 / 5)
    #expect(line.all?.mean == 52.0 / 15)
    #expect(try abs(#require(line.gap) - 2) < 1e-12)
    #expect(line.differs)
    #expect(result.differences.count == 9)
    #expect(result.lines.count == 9 && result.lines.filter(\.element.isCondition).count == 4)
  }

  /// Rule 9: nothing below five, self-scan groups included.
  @Test(arguments: 1...4) func aGroupUnderFiveIsNotShown(_ count: Int) throws {
    let result = SelfScanResult(try forms(.resident, Array(repeating: 3, count: count)))
    #expect(result.isEmpty && result.counts[.resident] == nil && result.counts.total == nil)
    let five = SelfScanResult(try forms(.resident, [3, 3, 3, 3, 3]))
    #expect(five.lines.allSatisfy { $0.groups[.resident]?.count == 5 } && five.counts[.resident] == 5)
  }

  /// A small group is not shown, and neither is a total from which it, or how many they are, could be counted back.
  @Test func aSmallGroupCannotBeCountedBack() throws {
    let many = try forms(.resident, [1, 1, 2, 2, 1])
    let small = SelfScanResult(many + (try forms(.official, [5, 5])))
    #expect(small.lines.allSatisfy { $0.groups[.official] == nil && $0.all == nil && $0.groups[.resident] != nil })
    #expect(small.lines.allSatisfy { $0.gap == nil && !$0.differs } && small.weakest.isEmpty)
    #expect(small.counts[.official] == nil && small.counts.total == nil && small.counts[.professional] == 0)
    // Two small groups of four together would still be counted back; of five they hide one another.
    let four = SelfScanResult(many + (try forms(.official, [5, 5]) + forms(.professional, [3, 3])))
    #expect(four.lines.allSatisfy { $0.all == nil } && four.counts.total == nil)
    let two = SelfScanResult(many + (try forms(.official, [5, 5]) + forms(.professional, [3, 3, 4])))
    #expect(
      two.lines.allSatisfy { $0.all?.count == 10 && $0.groups.keys.sorted { $0.rawValue < $1.rawValue } == [.resident] }
    )
    #expect(two.counts.total == 10 && two.counts[.official] == nil && two.counts[.professional] == nil)
    #expect(SelfScanResult([]).lines.allSatisfy { $0.all == nil })
  }

  /// Whatever is shown of any three groups: a group under five is neither there nor the rest of two shown numbers.
  @Test func nothingShownTellsOfAGroupUnderFive() throws {
    for residents in 0...11 {
      for professionals in 0...11 {
        for officials in 0...11 {
          let sizes: [SelfScan.Group: Int] = [
            .resident: residents, .professional: professionals, .official: officials,
          ]
          let counts = FormCounts(sizes)
          let shown = SelfScan.Group.allCases.compactMap { group in counts[group].map { (group, $0) } }
          #expect(shown.allSatisfy { $0.1 == 0 || $0.1 >= 5 })
          guard let total = counts.total else { continue }
          let rest = total - shown.map(\.1).reduce(0, +)
          #expect(rest == 0 || rest >= 5, "\(sizes)")
        }
      }
    }
  }

  @Test func whatIsLeftOutDoesNotCount() throws {
    let result = SelfScanResult(try forms(.resident, [1, 5, 5, 5, 5, 5], leftOut: 1))
    #expect(result.lines.allSatisfy { $0.all?.mean == 5 && $0.all?.count == 5 })
    #expect(result.counts[.resident] == 5 && result.counts.leftOut == 1)
  }

  @Test func theWeakestAreBelowTheMiddle() throws {
    #expect(SelfScanResult(try forms(.resident, [3, 3, 3, 3, 3])).weakest.isEmpty)
    #expect(SelfScanResult(try forms(.resident, [2, 3, 3, 3, 3])).weakest.count == 3)
  }
}

/// Guessing a code shuts out who guesses, and nobody else.
@Suite struct WrongCodesTests {
  private let start = RegionTime.amsterdam.instant(LocalDate(dayNumber: 20_000), hour: 10)

  @Test func eachAddressHasItsOwnCount() {
    let codes = WrongCodes()
    for _ in 0..<WrongCodes.mostAMinute { codes.count(for: "192.0.2.1", start) }
    #expect(codes.isShut(for: "192.0.2.1", start))
    #expect(!codes.isShut(for: "192.0.2.2", start) && !codes.isShut(for: nil, start))
    #expect(!codes.isShut(for: "192.0.2.1", start.adding(.minutes(1))))
  }

  @Test func manyAddressesAreCountedTogetherToo() {
    let codes = WrongCodes()
    for number in 0..<WrongCodes.mostTogether { codes.count(for: "192.0.2.\(number)", start) }
    #expect(codes.isShut(for: "198.51.100.7", start))
    #expect(!codes.isShut(for: "198.51.100.7", start.adding(.minutes(1))))
  }

  @Test func thoseWithoutAnAddressShareOne() {
    let codes = WrongCodes()
    for _ in 0..<WrongCodes.mostAMinute { codes.count(for: nil, start) }
    #expect(codes.isShut(for: nil, start) && !codes.isShut(for: "192.0.2.1", start))
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
