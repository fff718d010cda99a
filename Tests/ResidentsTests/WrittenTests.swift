internal import Kernel
internal import Testing

@testable import Residents

/// Dates, numbers and headings as people write them.
@Suite struct WrittenTests {
  private let today = LocalDate(year: 2026, month: 11, day: 28) ?? LocalDate(dayNumber: 0)

  @Test(arguments: [
    "1987-04-03", "3-4-1987", "03-04-1987", "3/4/1987", "3.4.1987", "3 4 1987", "3-4-87", "03-04-'87", "3 april 1987",
    "3 apr 1987", "3 apr. 1987", "03041987", "19870403", "31870", "31870.0", "1987-04-03 00:00:00",
    "1987-04-03T00:00:00", "3-4-1987 0:00", "1987/04/03",
  ]) func oneDay(_ text: String) {
    #expect(
      WrittenDate.read(text, about: .birth, today: today) == LocalDate("1987-04-03").map(WrittenDate.Reading.date))
  }

  @Test(arguments: [
    "31-2-1990", "gisteren", "", "1-13-1990", "12", "123456", "1-2", "1-2-3", "1-2-198", "0-0-0", "2026-13-45", "1.5",
  ]) func noDay(_ text: String) {
    #expect(WrittenDate.read(text, about: .birth, today: today) == .wrong)
  }

  /// A year of two digits is decided in one place: of a birth the year of somebody of 16 to 95, else it is asked.
  @Test(arguments: [
    ("1-1-31", WrittenDate.About.birth, 1931), ("1-1-10", .birth, 2010), ("1-1-99", .birth, 1999),
    ("1-1-26", .event, 2026), ("1-1-30", .event, 2030), ("1-1-99", .event, 1999),
  ]) func yearsOfTwoDigits(_ text: String, _ about: WrittenDate.About, _ year: Int) {
    #expect(
      WrittenDate.read(text, about: about, today: today)
        == LocalDate(year: year, month: 1, day: 1).map(WrittenDate.Reading.date))
  }

  @Test(arguments: ["1-1-20", "1-1-26", "1-1-30", "20101990"]) func whatMayBeTwoYears(_ text: String) {
    let reading = WrittenDate.read(text, about: .birth, today: today)
    #expect(text.count == 8 ? reading != .wrong : reading == .unclear)
  }

  @Test(arguments: [
    ("123.0", "123"), ("123,00", "123"), ("1.23E+02", "123"), ("1,2345678e7", "12345678"), ("0.0", "0"),
  ]) func wholeNumbersOfASpreadsheet(_ text: String, _ digits: String) {
    #expect(WholeNumber.fromSpreadsheet(text) == digits)
  }

  @Test(arguments: ["123", "1.5", "1.2E+8", "a", "", ".0", "1e99", "1.000.0", "-1.0"])
  func nothingElseIsOne(_ text: String) { #expect(WholeNumber.fromSpreadsheet(text) == nil) }

  @Test(arguments: [
    ("010000094", true), ("10000094", true), ("123456782", true), ("1234 56 782", true), ("123.456.782", true),
    ("10000094.0", true), ("100000940", true), ("100000.940", false), ("1000009.40", false), ("000000000", false),
  ]) func citizenServiceNumbers(_ text: String, _ isOne: Bool) { #expect((BSN.normalised(text) != nil) == isOne) }

  @Test(arguments: [
    ("Cliëntnr", CaseloadColumn.externalID), ("clientnummer", .externalID), ("Geb. datum", .birthDate),
    ("GEBDATUM", .birthDate), ("geboorte datum", .birthDate), ("Tussenvoegsel", .particle), ("Tussenv.", .particle),
    ("Begeleider e-mail", .worker), ("E-mail van de begeleider", .worker), ("Roepnaam", .firstName), ("BSN-nr", .bsn),
    ("bsn (optioneel)", .bsn), ("Achternaam (mag leeg zijn)", .lastName), ("Tel.nr.", .phone), ("Min. uren", .hoursMin),
    ("Status", .phase), ("Surname", .lastName), ("support hours max", .hoursMax),
  ]) func headingsPeopleUse(_ heading: String, _ column: CaseloadColumn) {
    #expect(Headings.guesses([heading]) == [Headings.Guess(column: column, isSure: true)])
  }

  @Test(arguments: [
    ("Geboortedatm", CaseloadColumn.birthDate), ("Achternaam bewoner", .lastName), ("Gemeentes", .municipality),
  ])
  func likeHeadingsAreGuessedAndAsked(_ heading: String, _ column: CaseloadColumn) {
    #expect(Headings.guesses([heading]) == [Headings.Guess(column: column, isSure: false)])
  }

  @Test(arguments: ["Huisarts", "Opmerkingen", "", "E-mail", "12", "Datum"]) func othersAreNone(_ heading: String) {
    #expect(Headings.guesses([heading]) == [nil])
  }

  @Test func everyNameOfAColumnIsOfThatColumnOnly() {
    for column in CaseloadColumn.allCases {
      for name in [column.rawValue] + column.alsoCalled {
        #expect(Headings.guesses([name]).first??.column == column, "\(name)")
      }
    }
    #expect(Headings.guesses(CaseloadColumn.allCases.map(\.dutch)).map { $0?.column } == CaseloadColumn.allCases)
    #expect(Headings.guesses(["naam", "Naam"]).map { $0?.column } == [.lastName, nil])
  }
}
