internal import Kernel
internal import Testing

@testable import Knowledge

/// When rounds come.
@Suite struct RoundsTests {
  private func scan(_ round: Int, _ day: String, isHandedIn: Bool = true) throws -> Quickscan {
    Quickscan(
      id: ID(high: 1, low: UInt64(round)), project: ID(high: 2, low: 2), round: round, way: .selfFilled,
      openedOn: try #require(LocalDate(day)), answers: [:], handedInOn: isHandedIn ? LocalDate(day) : nil)
  }

  @Test func oneAtATimeAYearApart() throws {
    #expect(Rounds.next(after: []) == 1)
    #expect(Rounds.due(after: []) == nil)
    let first = try scan(1, "2026-02-28")
    #expect(Rounds.next(after: [first]) == 2)
    #expect(Rounds.due(after: [first]) == LocalDate("2027-02-28"))
    let open = try scan(2, "2027-03-01", isHandedIn: false)
    #expect(Rounds.next(after: [first, open]) == nil)
    #expect(Rounds.due(after: [first, open]) == nil)
  }
}

/// What each role reads first.
@Suite struct ReadingByRoleTests {
  @Test func everyRoleFindsLessonsAndNamesBlocksThatExist() throws {
    let library = try ContentTests.base.get().library
    let blocks = Set(library.units(.block).map(\.id))
    for role in Learning.readers {
      let reading = ReadingByRole(role)
      #expect(reading.blocks.isSubset(of: blocks), "\(role)")
      #expect(library.lessons.contains(where: reading.holds), "\(role)")
    }
    let consultant = ReadingByRole(.incomeConsultant)
    #expect(library.lessons.filter(consultant.holds).allSatisfy { $0.blocks.contains("financien-op-orde") })
  }
}
