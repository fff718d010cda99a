internal import Foundation
internal import Testing

@testable import Detection

@Suite struct CountedDaysTests {
  private static func day(_ text: String) throws -> Day { try #require(Day(text)) }

  /// Against Foundation's calendar: every day of four centuries and a bit.
  @Test func daysAreThoseOfTheCalendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    let first = try Self.day("1897-12-30")
    var (day, days) = (first, 0)
    let start = try #require(calendar.date(from: DateComponents(year: 1897, month: 12, day: 30)))
    while days < 150_000 {
      if days % 7 == 0 {
        let parts = calendar.dateComponents([.year, .month, .day], from: start + Double(days) * 86400)
        let text = String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
        #expect(day.description == text)
        #expect(Day(text) == day)
        #expect(day.days(since: first) == days)
      }
      day = day.next
      days += 1
    }
    #expect(try Self.day("0001-01-01").days(since: Self.day("0000-01-01")) == 366)
  }

  @Test(arguments: [
    "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "01-03-2026", "",
    "2026-01-32", "2026-01-00", "2026/01/01", "2026-01-01T10:00", "+026-01-01", "٢٠٢٦-01-01",
  ]) func whatIsNoDayIsNone(_ text: String) { #expect(Day(text) == nil) }

  @Test func leapDaysAreDays() { for text in ["2024-02-29", "2000-02-29"] { #expect(Day(text)?.description == text) } }

  @Test func silenceIsDaysWithNone() throws {
    let own = CountedDays(days: try ["2026-02-27", "2026-03-02"].map(Self.day), counts: [1, 2])
    let filled = own.filled(until: try Self.day("2026-03-04"))
    #expect(
      filled.days.map(\.description)
        == ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"])
    #expect(filled.counts == [1, 0, 0, 2, 0, 0])
    let gaps = own.gaps(until: try Self.day("2026-03-04"))
    #expect(gaps.map(\.first.description) == ["2026-02-28", "2026-03-03"])
    #expect(gaps.map(\.days) == [2, 2])
    #expect(own.gaps(until: try Self.day("2026-03-02")).map(\.days) == [2])
    #expect(filled.gaps(until: try Self.day("2026-03-04")).isEmpty)
    #expect(own.filled(until: try Self.day("2026-01-01")).counts == [1, 0, 0, 2])
  }

  /// Half a year without a row: once every ⌈3 / 0.5⌉ days somebody is told, and not never.
  @Test func halfAYearOfSilenceIsNoticed() throws {
    let own = CountedDays(days: try ["2026-01-01", "2026-01-02", "2026-06-30"].map(Self.day), counts: [1, 1, 1])
    let design = try Cusum(.lower, k: Rational(1, 2), h: Rational(3))
    #expect(Watch.signals(of: own.counts, design, usual: 1).isEmpty)
    let filled = own.filled(until: try Self.day("2026-06-30"))
    let signals = Watch.signals(of: filled.counts, design, usual: 1)
    #expect(signals.count == 178 / 6)
    #expect(filled.days[signals[0].place].description == "2026-01-08")
  }
}
