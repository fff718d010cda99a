import Foundation
internal import Kernel
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// The list a provider keeps today, as it comes.
@Suite struct CaseloadTests {
  private static let header =
    "external id;first name;last name;birth date;bsn;municipality;neighbourhood code;organisation;"
    + "responsible worker e-mail;stand-in e-mail;phase;phase since;home-first;address;move date;"
    + "support hours min;support hours max;contact every n days"

  private static let good =
    "17;Noor;Hendriks;3-2-1991;;Utrecht;WK034401;Thuishaven;sanne@thuis.nl;ravi@thuis.nl;landen;1-2-2026;ja;"
    + "Dreef 1, Utrecht;1-2-2026;2;4;7"

  private func file(_ lines: String..., header: String = header) -> [UInt8] {
    Array(([header] + lines).joined(separator: "\n").utf8)
  }

  private func check(_ bytes: [UInt8], _ house: TestHouse) async throws -> CaseloadCheck {
    try await house.read { try CaseloadCheck(bytes, by: Importer(account: nil), $0) }
  }

  private func faults(_ line: String) async throws -> [String] {
    let house = try await TestHouse()
    return try await check(file(line), house).faults.map { "\($0.row) \($0.column?.rawValue ?? "-") \($0.text)" }
  }

  private func bring(_ bytes: [UInt8], _ house: TestHouse) async throws -> Int {
    try await house.house.importCaseload(bytes, by: House.BulkActor(account: nil)) { _ in }
  }

  private func changed(_ column: String, _ value: String) -> String {
    let columns = Self.header.split(separator: ";").map(String.init)
    var cells = Self.good.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    if let place = columns.firstIndex(of: column) { cells[place] = value }
    return cells.joined(separator: ";")
  }

  @Test func aGoodFileMakesARegionThatWorks() async throws {
    let house = try await TestHouse()
    #expect(try await bring(file(Self.good), house) == 1)
    try await house.read { reader in
      let resident = try #require(try reader.all(Resident.self, "").first)
      #expect(resident.fullName == "Noor Hendriks")
      #expect(resident.birthDate == LocalDate(year: 1991, month: 2, day: 3))
      let journey = try #require(try Journey.open(of: resident.key, reader))
      #expect(journey.phase == .landing && journey.isHomeFirst)
      #expect(journey.movedOn == LocalDate(year: 2026, month: 2, day: 1))
      #expect((journey.hoursMin, journey.hoursMax, journey.contactEveryDays) == (2, 4, 7))
      let first = try #require(try Accountability.now(journey.id, reader))
      #expect(try reader.get(Account.self, first.worker).email == "sanne@thuis.nl")
      #expect(first.reason == .imported && first.standIn != nil)
      try HistoryTests.holds(reader)
    }
  }

  @Test func theSameFileTwiceChangesNothing() async throws {
    let house = try await TestHouse()
    #expect(try await bring(file(Self.good), house) == 1)
    var before: [[[SQLValue]]] = []
    for table in House.tables { before.append(try await house.database.storedRows(of: table)) }
    #expect(try await bring(file(Self.good), house) == 0)
    for (table, rows) in zip(House.tables, before) {
      #expect(try await house.database.storedRows(of: table) == rows, "\(table.name)")
    }
    #expect(try await check(file(Self.good), house).known.count == 1)
  }

  @Test func oneFaultKeepsEverythingOut() async throws {
    let house = try await TestHouse()
    await #expect(throws: Problem.self) { _ = try await bring(file(Self.good, changed("phase", "zwevend")), house) }
    #expect(try await house.read { try $0.count("select count(*) from resident") } == 0)
    #expect(try await house.read { try $0.count("select count(*) from organisation") } == 0)
  }

  @Test func anIdentifierThatStandsTwiceNamesBothRows() async throws {
    let house = try await TestHouse()
    let found = try await check(file(Self.good, changed("external id", "18"), Self.good), house).faults
    #expect(found.count == 1)
    #expect(found.first?.row == 4)
    #expect(found.first?.values["first"] == "2" && found.first?.values["second"] == "4")
  }

  @Test(arguments: [
    ("external id", "", "import.needed"), ("first name", "", "import.needed"),
    ("birth date", "31-2-1990", "import.dateWrong"), ("birth date", "3-4-20", "import.dateUnclear"),
    ("support hours max", "1,33", "import.hoursWrong"),
    ("birth date", "1-1-2030", "import.dateInFuture"), ("birth date", "1-1-1850", "import.dateLongAgo"),
    ("bsn", "123456789", "import.bsnWrong"), ("municipality", "Amsterdam", "import.municipalityUnknown"),
    ("neighbourhood code", "Lunetten", "import.neighbourhoodWrong"),
    ("neighbourhood code", "WK031201", "import.neighbourhoodElsewhere"),
    ("responsible worker e-mail", "sanne", "import.emailWrong"),
    ("stand-in e-mail", "sanne@thuis.nl", "import.standInIsWorker"), ("phase", "zwevend", "import.phaseUnknown"),
    ("home-first", "misschien", "import.yesOrNo"), ("move date", "", "import.moveDateNeeded"),
    ("move date", "1-6-2026", "import.movedInFuture"), ("support hours min", "veel", "import.hoursWrong"),
    ("support hours min", "9", "import.hoursSwapped"), ("contact every n days", "0", "import.numberWrong"),
    ("phase since", "1-1-1980", "import.beforeBirth"),
  ])
  func everyFaultSaysWhereItIs(_ column: String, _ value: String, _ text: String) async throws {
    let found = try await faults(changed(column, value))
    let place = text == "import.hoursSwapped" ? "support hours max" : column
    #expect(found == ["2 \(place) \(text)"])
  }

  @Test func allFaultsOfAFileAreListedAtOnce() async throws {
    let house = try await TestHouse()
    let bad = changed("phase", "x")
    let worse = changed("birth date", "gisteren").replacing("17;", with: "18;").replacing(";ja;", with: ";soms;")
    let found = try await check(file(bad, worse), house).faults
    #expect(found.map(\.row) == [2, 3, 3])
  }

  @Test func dutchHeadingsAndEverySeparatorWork() async throws {
    let header = "Voornaam,Achternaam,Geboortedatum,Gemeente,Organisatie,Begeleider,Fase,Cliëntnummer"
    let row = "Noor,Hendriks,1991-02-03,gemeente utrecht,\"Huis, haard\",sanne@thuis.nl,Klaar voor een huis,9"
    for separator in [",", "\t", ";"] {
      let house = try await TestHouse()
      let swap = { (text: String) in
        separator == ","
          ? text : text.replacing(", ", with: "~").replacing(",", with: separator).replacing("~", with: ", ")
      }
      let found = try await check(Array((swap(header) + "\r\n" + swap(row) + "\r\n").utf8), house)
      #expect(found.faults.isEmpty)
      #expect(found.fresh.first?.phase == .ready)
      #expect(found.newOrganisations == ["Huis, haard"])
    }
  }

  @Test func windows1252IsRead() async throws {
    let house = try await TestHouse()
    var bytes = file(changed("first name", "A?cha"))
    bytes = bytes.map { $0 == UInt8(ascii: "?") ? 0xEF : $0 }
    #expect(try await check(bytes, house).fresh.first?.firstName == "Aïcha")
    let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + file(changed("first name", "Aïcha"))
    #expect(try await check(marked, house).fresh.first?.firstName == "Aïcha")
  }

  @Test func whatIsNoTableIsRefused() async throws {
    let house = try await TestHouse()
    for bytes: [UInt8] in [[], Array("%PDF-1.7\u{0}".utf8), Array(repeating: 0, count: 40)] {
      await #expect(throws: Problem.self) { _ = try await check(bytes, house) }
    }
  }

  @Test func whatHasNoHeadingsIsToldAsOneFault() async throws {
    let house = try await TestHouse()
    let found = try await check(Array("Lijst van november\n1;2;3\n".utf8), house).faults
    #expect(found.map(\.text) == ["import.noHeadings"])
  }

  @Test func aWorkerBringsInTheOwnOrganisationOnly() async throws {
    let house = try await TestHouse()
    #expect(try await bring(file(Self.good), house) == 1)
    let other = try await house.act {
      try $0.put(Organisation(id: $0.freshID(), name: "Elders", kind: .careProvider)).id
    }
    let bytes = file(changed("external id", "21"))
    let found = try await house.read {
      try CaseloadCheck(bytes, by: Importer(account: nil, onlyOrganisation: other), $0).faults.map(\.text)
    }
    #expect(found == ["import.notYours"])
  }

  @Test func exportedAndReadInAgainIsTheSame() async throws {
    let (one, two) = (try await TestHouse(seed: 1), try await TestHouse(seed: 2))
    _ = try await bring(file(Self.good, changed("external id", "=18").replacing("Noor", with: "-Bram")), one)
    let text = Collected()
    let count = try await one.house.exportCaseload(by: House.BulkActor(account: nil)) { text.add($0) }
    #expect(count == 2)
    #expect(text.value.contains("'=18"), "a formula would run in the reader's spreadsheet")
    #expect(try await bring(Array(text.value.utf8), two) == 2)
    let again = Collected()
    _ = try await two.house.exportCaseload(by: House.BulkActor(account: nil)) { again.add($0) }
    #expect(Set(again.value.split(separator: "\n")) == Set(text.value.split(separator: "\n")))
  }

  /// Also who stays in their own home, or was never asked for a moving day.
  @Test func everyoneOfTheDemoCanBeReadInAgain() async throws {
    let (one, two) = (try await TestHouse(demo: true, lives: 10), try await TestHouse(seed: 2))
    let text = Collected()
    let count = try await one.house.exportCaseload(by: House.BulkActor(account: nil)) { text.add($0) }
    #expect(count > 20)
    #expect(try await bring(Array(text.value.utf8), two) == count)
  }

  @Test func onceSomebodyCanSignInTwoPeopleAnswerForIt() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    let mail = "@demo.geland.example"
    func refusal(_ actor: String?, _ approver: String?) async throws -> House.BulkRefusal? {
      guard case .failure(let reason) = try await house.house.bulkActor(as: actor, approvedBy: approver) else {
        return nil
      }
      return reason
    }
    #expect(try await refusal(nil, nil) == nil)
    #expect(try await refusal("thuishaven.1" + mail, nil) == .twoNeeded)
    #expect(try await refusal("thuishaven.1" + mail, "thuishaven.1" + mail) == .same)
    #expect(try await refusal("thuishaven.1" + mail, "thuishaven.2" + mail) == .unknown)
    #expect(try await refusal("thuishaven.1" + mail, "nieuwegein.a" + mail) == nil)
  }
}

/// Gathers what was written.
private final class Collected {
  private(set) var value = ""
  func add(_ text: String) { value += text }
}
