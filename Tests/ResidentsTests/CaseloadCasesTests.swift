import Foundation
internal import Kernel
internal import Site
internal import Store
internal import Tables
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// What people's spreadsheets do to a list, and what it must become.
@Suite struct CaseloadCasesTests {
  private static let header =
    "nummer;voornaam;achternaam;geboortedatum;gemeente;organisatie;begeleider e-mail;fase;adres"
  private static let aad = "00123;Aad;Een;12-04-1980;Utrecht;Thuishaven;a.b@th.example;registered;Plein 3"

  private func check(
    _ text: String, _ house: TestHouse, by importer: Importer = Importer(account: nil),
    _ choices: CaseloadChoices = CaseloadChoices()
  ) async throws -> CaseloadCheck {
    try await house.read { try CaseloadCheck(Array(text.utf8), choices, by: importer, $0) }
  }

  private func bring(_ text: String, _ house: TestHouse) async throws -> Int {
    try await house.house.importCaseload(Array(text.utf8), by: House.BulkActor(account: nil)) { _ in }
  }

  private func only(_ text: String) async throws -> CaseloadLine {
    let check = try await check(text, TestHouse())
    #expect(check.faults.isEmpty, "\(check.faults)")
    return try #require(check.fresh.first)
  }

  /// The header and one row, some cells otherwise.
  private func one(_ changes: [String: String]) -> String {
    var headings = Self.header.split(separator: ";").map(String.init)
    var cells = Self.aad.split(separator: ";").map(String.init)
    for (heading, value) in changes.sorted(by: { $0.key < $1.key }) {
      if let place = headings.firstIndex(of: heading) {
        cells[place] = value
      } else {
        headings.append(heading)
        cells.append(value)
      }
    }
    return headings.joined(separator: ";") + "\n" + cells.joined(separator: ";") + "\n"
  }

  @Test func aNumberThatBecameADecimalIsTheNumberOrAFault() async throws {
    #expect(try await only(one(["bsn": "10000094.0"])).bsn == "010000094")
    #expect(try await only(one(["bsn": "10000094"])).bsn == "010000094")
    #expect(try await only(one(["bsn": "1234.56.782"])).bsn == "123456782")
    for wrong in ["100000.940", "1,0E+08", "1000009.40", "10000094.5"] {
      #expect(try await check(one(["bsn": wrong]), TestHouse()).faults.map(\.text) == ["import.bsnWrong"], "\(wrong)")
    }
  }

  @Test func hoursToAQuarter() async throws {
    let line = try await only(one(["uren min": "1,5", "uren max": "2.75 uur"]))
    #expect(line.hoursMin == Hours(quarters: 6) && line.hoursMax == Hours(quarters: 11))
    let house = try await TestHouse()
    _ = try await bring(one(["uren min": "1,5", "uren max": "2"]), house)
    let journey = try await house.read { try $0.all(Journey.self, "").first }
    #expect(journey?.hoursMin == Hours(quarters: 6) && journey?.hoursMax == 2)
    try await HistoryTests.replays(house)
  }

  @Test func organisationsThatDifferByADigitAreTwo() async throws {
    let house = try await TestHouse()
    let text =
      Self.header + "\nC1;Aad;Een;12-04-1980;Utrecht;Locatie 12;a@l12.example;registered;\n"
      + "C2;Bea;Twee;12-04-1981;Utrecht;Locatie 13;b@l13.example;registered;\n"
    #expect(try await check(text, house).newOrganisations == ["Locatie 12", "Locatie 13"])
    #expect(try await bring(text, house) == 2)
    let next = Self.header + "\nC1;Cor;Drie;12-04-1982;Utrecht;Locatie 13;b@l13.example;registered;\n"
    #expect(try await bring(next, house) == 1)
    #expect(try await house.read { try Organisation.current($0).filter { $0.kind == .careProvider }.count } == 2)
  }

  @Test func aTussenvoegselIsPartOfTheName() async throws {
    for (particle, last, whole) in [
      ("van der", "Berg", "van der Berg"), ("van der", "van der Berg", "van der Berg"), ("", "Berg", "Berg"),
      ("van der", "Berg, van der", "Berg, van der"),
    ] { #expect(try await only(one(["tussenvoegsel": particle, "achternaam": last])).lastName == whole) }
  }

  @Test func columnsThatAreNotReadAreNamed() async throws {
    let house = try await TestHouse()
    let check = try await check(one(["Huisarts": "dr. Bos", "Leeg": ""]), house)
    #expect(check.layout.unread == ["Huisarts"])
  }

  @Test(arguments: ["sep=;\n", "Caseload per 1 november 2026;;;;;;;;\n", "Lijst\n\n;;gemaakt door;Jan\n"])
  func whatStandsAboveTheHeadingsIsNoHeading(_ above: String) async throws {
    let line = try await only(above + Self.header + "\n" + Self.aad)
    #expect(line.firstName == "Aad")
  }

  @Test func aTotalBelowIsNobody() async throws {
    let check = try await check(Self.header + "\n" + Self.aad + "\nTotaal: 1;;;;;;;;\n", TestHouse())
    #expect(check.isGood && check.fresh.count == 1)
    #expect(check.layout.remarks.map { $0.text } == ["Totaal: 1"])
  }

  @Test func aBrokenQuoteLosesNobody() async throws {
    let text =
      Self.header + "\nC1;Aad;Een;12-04-1980;Utrecht;Thuishaven;a.b@th.example;registered;\"Zonnehof 12\n"
      + "C2;Bea;Twee;12-04-1980;Utrecht;Thuishaven;a.b@th.example;zwevend;Plein 3\n"
    let found = try await check(text, TestHouse()).faults
    #expect(found.map { "\($0.row) \($0.text)" } == ["2 import.table.quoteNotClosed", "3 import.phaseUnknown"])
  }

  @Test func twoEncodingsAreRefusedByRow() async throws {
    let house = try await TestHouse()
    let bytes = Array((Self.header + "\nC1;Renée;G").utf8) + Array("\nC2;Zo".utf8) + [0xEB] + Array(";K\n".utf8)
    do {
      _ = try await house.read { try CaseloadCheck(bytes, by: Importer(account: nil), $0) }
      Issue.record("two encodings were read")
    } catch let problem as Problem {
      #expect(problem.faults.map(\.text) == ["import.table.mixedEncodingsAt"])
      #expect(problem.faults.first?.values["line"] == "3")
    }
  }

  /// What we export, saved by a spreadsheet that takes zeros away, is the same people.
  @Test func lostZerosAreTheSamePerson() async throws {
    let house = try await TestHouse()
    let whole = Self.header + "\n" + Self.aad + "\n"
    #expect(try await bring(whole, house) == 1)
    for number in ["123", "123.0", "0123", "00123"] {
      let check = try await check(one(["nummer": number]), house)
      #expect(check.isGood && check.fresh.isEmpty && check.known.count == 1, "\(number)")
    }
    // Somebody else under a number that is only alike, or even the same: asked, not guessed.
    for number in ["123", "00123"] {
      let changes = ["nummer": number, "voornaam": "Bea", "achternaam": "Twee", "geboortedatum": "1-2-1975"]
      #expect(try await check(one(changes), house).faults.map(\.text) == ["import.numberTaken"], "\(number)")
    }
  }

  /// A number that a spreadsheet made something else of, or that somebody has not got: still the same person.
  @Test func anotherNumberIsNoOtherPerson() async throws {
    let house = try await TestHouse()
    _ = try await bring(Self.header + "\n" + Self.aad.replacing("00123", with: "1E5"), house)
    let found = try await check(one(["nummer": "100000"]), house)
    #expect(found.faults.map(\.text) == ["import.numberChanged"] && found.faults[0].values["number"] == "1E5")
    // Another organisation's list says nothing of it.
    let elsewhere = try await check(one(["nummer": "100000", "organisatie": "Elders"]), house)
    #expect(elsewhere.isGood && elsewhere.fresh.count == 1)
  }

  @Test func whoIsKnownStaysAndWhatDiffersIsTold() async throws {
    let house = try await TestHouse()
    _ = try await bring(Self.header + "\n" + Self.aad, house)
    let check = try await check(one(["adres": "Plein 4", "achternaam": "Een", "begeleider e-mail": ""]), house)
    #expect(check.isGood && check.fresh.isEmpty)
    #expect(check.known.first?.differing.map(\.column) == [.address])
    #expect(check.known.first?.differing.first?.stored == "Plein 3")
  }

  @Test func theSameCitizenServiceNumberTwiceNamesBothRows() async throws {
    let text =
      Self.header + ";bsn\n" + Self.aad + ";123456782\n" + Self.aad.replacing("00123", with: "9") + ";123456782\n"
    let found = try await check(text, TestHouse()).faults
    #expect(found.map { "\($0.row) \($0.text)" } == ["3 import.bsnTwice"])
    #expect(found.first?.values == ["first": "2", "second": "3"])
  }

  @Test func allKindsOfFaultsComeInOneRound() async throws {
    let text =
      "nummer;voornaam;achternaam;geboortedatum;gemeente;organisatie;fase;uren min\n"
      + "1;Aad;Een;31-2-1980;Utrecht;Thuishaven;landen;veel\n2;;Twee;1-2-1980;Amsterdam;Thuishaven;x;\"1\n"
      + "3;Cor;Drie;1-2-1980;Utrecht;Thuishaven;aangemeld;1\n"
    let found = try await check(text, TestHouse()).faults.map { "\($0.row) \($0.text)" }
    #expect(
      found == [
        "1 import.columnMissing", "2 import.dateWrong", "2 import.hoursWrong", "2 import.moveDateNeeded",
        "3 import.table.quoteNotClosed",
      ])
  }

  @Test func aFaultSpeaksTheLanguageOfTheScreen() async throws {
    let check = try await check(
      "nummer;voornaam;achternaam;geboortedatum;gemeente;organisatie;fase\n1;A;B;1-2-1980;Utrecht;T;zwevend\n",
      TestHouse())
    let catalogue = try House.catalogue()
    let dutch = check.faults.map {
      "\($0.place(catalogue.inLanguage(.dutch)) ?? "-"): \($0.told(catalogue.inLanguage(.dutch)))"
    }
    #expect(dutch[0].contains("begeleider e-mail") && !dutch.joined().contains("responsible worker"))
    #expect(dutch[1].contains("landen") && !dutch[1].contains("landing"))
    let english = check.faults.map { $0.told(catalogue.inLanguage(.english)) }
    #expect(english[0].contains("responsible worker e-mail") && english[1].contains("landing"))
    #expect(!(dutch + english).joined().contains("⟦"))
  }

  /// Whether an address is known elsewhere in the region is nobody's to learn by a list.
  @Test func addressesAreMatchedWithinTheOrganisationOnly() async throws {
    let house = try await TestHouse()
    _ = try await bring(Self.header + "\n" + Self.aad, house)
    let other = one(["nummer": "7", "voornaam": "Bea", "organisatie": "Elders"])
    let known = try await check(other, house)
    let unknown = try await check(other.replacing("a.b@th.example", with: "x.y@th.example"), house)
    #expect(known.isGood && unknown.isGood)
    #expect(known.newWorkers == ["a.b@th.example"] && unknown.newWorkers == ["x.y@th.example"])
    #expect(try await bring(other, house) == 1)
    try await house.read { reader in
      let bea = try #require(try reader.all(Resident.self, "").first { $0.firstName == "Bea" })
      let aad = try #require(try reader.all(Resident.self, "").first { $0.firstName == "Aad" })
      let worker = try #require(try Account.with(email: "a.b@th.example", reader))
      #expect(try Relation.openOnes(of: aad.key, reader).contains { $0.account == worker.id })
      #expect(try !Relation.openOnes(of: bea.key, reader).contains { $0.account == worker.id }, "sight by a guess")
      try HistoryTests.holds(reader)
    }
    // The same list again knows its own worker.
    #expect(try await check(other, house).known.count == 1)
    let more = one(["nummer": "8", "voornaam": "Cor", "organisatie": "Elders"])
    #expect(try await check(more, house).newWorkers.isEmpty)
  }

  @Test func whoCannotBeFirstIsAFaultAndNoRefusalLater() async throws {
    let house = try await TestHouse()
    _ = try await bring(Self.header + "\n" + Self.aad, house)
    try await house.act { transaction in
      var worker = try #require(try Account.with(email: "a.b@th.example", transaction))
      worker.role = .policyAdviser
      try transaction.put(worker)
    }
    let next = one(["nummer": "9", "voornaam": "Dik", "geboortedatum": "1-1-1970"])
    #expect(try await check(next, house).faults.map(\.text) == ["import.workerRole"])
  }

  @Test func whoCameAlongIsSomebodysTask() async throws {
    let house = try await TestHouse()
    _ = try await bring(Self.header + "\n" + Self.aad, house)
    let waiting = try await house.read { try Arrival.waiting(of: nil, $0) }
    let worker = try #require(waiting.first { $0.role == .supportWorker })
    let team = try #require(waiting.first { $0.role == .coordinator })
    #expect(waiting.count == 2)
    let (own, others) = try await house.read { reader in
      (
        try Arrival.waiting(of: worker.organisation, reader).map(\.id),
        try Arrival.waiting(of: team.organisation, reader).map(\.id)
      )
    }
    #expect(own == [worker.id] && others == [team.id])
    try await house.act { transaction in _ = try Letter.make(for: worker, by: team.id, transaction) }
    #expect(try await house.read { try Arrival.waiting(of: nil, $0).map(\.id) } == [team.id])
  }

  @Test func workbooksAreReadAsText() async throws {
    let table = [Self.header, Self.aad].map { $0.split(separator: ";").map(String.init) }
    let bytes = try #require(ExcelWriter.workbook([ExcelWriter.Page(name: "Lijst", rows: table)]))
    let house = try await TestHouse()
    let check = try await house.read { try CaseloadCheck(bytes, by: Importer(account: nil), $0) }
    #expect(check.isGood && check.kind == .excel)
    #expect(check.fresh.first?.externalID == "00123")
  }

  /// The list we give to fill in is one that is read.
  @Test func theTemplateIsRead() throws {
    for language in Language.allCases {
      let t = try House.catalogue().inLanguage(language)
      for bytes in [try #require(CaseloadTemplate.excel(t)), CaseloadTemplate.text(t)] {
        let layout = CaseloadLayout(try TableFile(bytes), CaseloadChoices())
        #expect(layout.columns.map(\.column) == CaseloadColumn.allCases)
        #expect(layout.columns.allSatisfy { $0.known == .sure })
      }
    }
  }

  @Test func whatWasPointedOutIsRemembered() async throws {
    let house = try await TestHouse()
    let text =
      Self.header.replacing("nummer", with: "Zorgcode").replacing("voornaam", with: "Hoe heet je") + "\n" + Self.aad
    let before = try await check(text, house)
    #expect(before.layout.isUnclear(for: Importer(account: nil)))
    var choices = CaseloadChoices()
    choices.columns = Dictionary(
      uniqueKeysWithValues: before.layout.columns.enumerated().compactMap { place, column in
        let meaning: CaseloadColumn? = place == 0 ? .externalID : place == 1 ? .firstName : column.column
        return meaning.map { (place, $0) }
      })
    let pointed = try await check(text, house, choices)
    #expect(pointed.isGood)
    try await house.act { try KnownHeading.remember(pointed.layout, of: nil, $0) }
    let again = try await check(text, house)
    #expect(again.isGood && !again.layout.isUnclear(for: Importer(account: nil)))
    let other = try await house.act { try $0.put(Organisation(id: $0.freshID(), name: "X", kind: .careProvider)).id }
    let elsewhere = try await check(text, house, by: Importer(account: nil, onlyOrganisation: other))
    #expect(elsewhere.layout.isUnclear(for: Importer(account: nil)), "what one organisation says is not the other's")
  }
}
