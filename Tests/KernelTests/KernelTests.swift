import Foundation
import Kernel
import Testing

@Suite struct LocalDateTests {
  @Test func agreesWithFoundationOverTwoCenturies() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    for number in stride(from: -36_000, to: 36_000, by: 37) {
      let date = LocalDate(dayNumber: number)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(number) * 86_400))
      #expect(date.year == parts.year && date.month == parts.month && date.day == parts.day)
      #expect(date.weekday == ((parts.weekday ?? 0) + 5) % 7 + 1)
      #expect(LocalDate(date.description) == date)
    }
  }

  @Test(arguments: ["2026-02-30", "2025-02-29", "2026-13-01", "26-01-01", "2026-1-1", "", "2026-01-01x", "٢٠٢٦-٠١-٠١"])
  func refusesWhatIsNoDay(_ text: String) { #expect(LocalDate(text) == nil) }

  @Test func monthsEndOnTheLastDay() throws {
    let january = try #require(LocalDate("2026-01-31"))
    #expect(january.adding(months: 1).description == "2026-02-28")
    #expect(january.adding(months: -2).description == "2025-11-30")
    #expect(try #require(LocalDate("2026-08-05")).months(since: #require(LocalDate("2026-02-05"))) == 6)
    #expect(try #require(LocalDate("2026-08-04")).months(since: #require(LocalDate("2026-02-05"))) == 5)
  }
}

@Suite struct IDTests {
  @Test func comesBackFromText() {
    let chance = Chance.seeded(7)
    for step in 0..<500 {
      let id: ID<String> = chance.id(at: Instant(milliseconds: Int64(step) * 1_000_003))
      #expect(ID<String>(id.description) == id)
      #expect(id.description.count == 36)
      #expect(Array(id.description)[14] == "7")
    }
  }

  @Test func sortsByTheMomentItWasMade() {
    let chance = Chance.seeded(9)
    let ids: [ID<String>] = (0..<100).map { chance.id(at: Instant(milliseconds: 1_700_000_000_000 + $0)) }
    #expect(ids == ids.sorted())
    #expect(ids.map(\.description) == ids.map(\.description).sorted())
  }

  @Test(arguments: [
    "", "x", "0190a3b0-0000-7000-8000-00000000000", "0190a3b0-0000-7000-8000-0000000000000",
    "0190a3b00000-7000-8000-0000-00000000000",
  ])
  func refusesOtherText(_ text: String) { #expect(ID<String>(text) == nil) }
}

@Suite struct WorkingDayTests {
  // Easter 2026 is 5 April (published calendars); king's day 2025 fell on a Saturday, the 26th.
  @Test(arguments: [
    "2026-01-01", "2026-04-03", "2026-04-06", "2026-04-27", "2026-05-05", "2026-05-14", "2026-05-25", "2026-12-25",
    "2025-04-26", "2024-05-09",
  ])
  func knowsTheHolidays(_ text: String) throws { #expect(WorkingDays.isHoliday(try #require(LocalDate(text)))) }

  @Test func skipsWeekendsAndHolidays() throws {
    let thursday = try #require(LocalDate("2026-04-02"))
    // Good Friday, weekend, Easter Monday: the next working day is Tuesday.
    #expect(WorkingDays.after(thursday, count: 1).description == "2026-04-07")
    #expect(WorkingDays.after(try #require(LocalDate("2026-03-05")), count: 3).description == "2026-03-10")
  }
}

@Suite struct RegionTimeTests {
  @Test func followsSummerTime() throws {
    let amsterdam = RegionTime.amsterdam
    let winter = amsterdam.instant(try #require(LocalDate("2026-01-15")), hour: 12)
    let summer = amsterdam.instant(try #require(LocalDate("2026-07-15")), hour: 12)
    #expect(winter.milliseconds % 86_400_000 == 11 * 3_600_000)
    #expect(summer.milliseconds % 86_400_000 == 10 * 3_600_000)
    #expect(amsterdam.time(of: summer).hour == 12)
    // The hour that is skipped on 29 March 2026 still gives a moment of that day.
    let skipped = amsterdam.instant(try #require(LocalDate("2026-03-29")), hour: 2, minute: 30)
    #expect(amsterdam.date(of: skipped).description == "2026-03-29")
  }
}
