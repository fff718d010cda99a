internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import Residents
@testable import Trust

/// Searching through the page, by who may and who may not; and doubles, however a name is spelt.
@Suite struct NameSearchTests {
  private func searched(_ typed: String, _ account: ID<Account>, _ file: MarkedFile) async throws -> String {
    let browser = try await file.house.browser(of: account)
    return await browser.post("/search", ["q": typed], from: "/search").text
  }

  private func registered(_ names: [(String, String)], _ file: MarkedFile) async throws {
    let worker = file.worker
    try await file.house.act { transaction in
      for (number, (first, last)) in names.enumerated() {
        try Resident.register(
          Registration(
            firstName: first, lastName: last, birthDate: LocalDate(dayNumber: 3000 + number), municipality: "0344"),
          by: worker, role: .supportWorker, transaction)
      }
    }
  }

  @Test func aTelephoneNumberFindsWhoMayKnowIt() async throws {
    let file = try await MarkedFile()
    try await file.house.house.directory.load(file.house.database)
    for typed in ["0612345678", "+31 6 1234 5678"] {
      #expect(try await searched(typed, file.worker, file).contains("Kenmerknaam"))
    }
    let peer = try await file.somebody(.peerWorker)
    #expect(try await !searched("0612345678", peer, file).contains("Voornaam"))
    let stranger = try await file.somebody(.supportWorker, isRelated: false)
    #expect(try await !searched("0612345678", stranger, file).contains("Voornaam"))
    let lines = try await file.house.house.audit.lines(
      about: file.resident, from: Instant(milliseconds: 0), until: file.house.clock.now.adding(.days(1)), limit: 100)
    #expect(lines.contains { $0.event == "search" && $0.fields.contains("contact") })
  }

  @Test func theFirstNameOnlyFindsByTheFirstNameOnly() async throws {
    let file = try await MarkedFile()
    try await file.house.house.directory.load(file.house.database)
    let peer = try await file.somebody(.peerWorker)
    #expect(try await searched("voorn", peer, file).contains("Voornaam"))
    #expect(try await !searched("kenmerkn", peer, file).contains("Voornaam"))
    #expect(try await !searched("kenmerknam", peer, file).contains("Voornaam"))
    let stranger = try await file.somebody(.supportWorker, isRelated: false)
    #expect(
      try await !searched("voornam", stranger, file).contains("Voornaam"), "no suggestion of whom one doesn't know")
  }

  @Test func moreThanFitsIsSaid() async throws {
    let file = try await MarkedFile()
    try await registered((0..<61).map { _ in ("Mohammed", "Ali") } + (0..<9).map { _ in ("Mohammed", "Salah") }, file)
    #expect(try await searched("Mohammed", file.worker, file).contains("30 van de 70"))
    #expect(try await searched("Mohammed Salah", file.worker, file).contains("9 gevonden"))
    #expect(try await searched("Mohamed Salah", file.worker, file).contains("Bedoelde je"))
    let stranger = try await file.somebody(.supportWorker, isRelated: false)
    #expect(try await searched("Mohammed", stranger, file).contains("0 gevonden"))
  }

  @Test func aCorrectedNameAndNumberAreFoundAtOnce() async throws {
    let file = try await MarkedFile()
    let resident = file.resident
    try await file.house.act { transaction in
      let identity = Details.Identity(
        firstName: "Voornaam", lastName: "Wałęsa", birthDate: LocalDate(year: 1980, month: 2, day: 3))
      let contact = Details.Contact(phone: "030-2345678", email: nil, address: nil)
      try Resident.correct(Details(identity: identity, contact: contact), of: resident, transaction)
    }
    #expect(try await searched("walesa", file.worker, file).contains("Wałęsa"))
    #expect(try await searched("+31302345678", file.worker, file).contains("Wałęsa"))
    #expect(try await !searched("kenmerknaam", file.worker, file).contains("Wałęsa"))
  }

  private func candidates(_ one: (String, String), _ other: (String, String)) async throws -> [MergeCandidate] {
    let file = try await MarkedFile()
    let worker = file.worker
    return try await file.house.act { transaction in
      for (first, last) in [one, other] {
        try Resident.register(
          Registration(
            firstName: first, lastName: last, birthDate: LocalDate(year: 1990, month: 1, day: 1), municipality: "0344"),
          by: worker, role: .supportWorker, transaction)
      }
      return try transaction.all(MergeCandidate.self, "")
    }
  }

  @Test(arguments: [
    (("Łukasz", "Wałęsa"), ("Lukasz", "Walesa"), MergeCandidate.Matched.nameAndBirth),
    (("Søren", "Bø"), ("Soren", "Bo"), .nameAndBirth), (("Işıl", "Yıldız"), ("Isil", "Yildiz"), .nameAndBirth),
    (("Jan", "van der Berg"), ("Jan", "Berg van der"), .nameAndBirth),
    (("Jan", "Visser"), ("Jan", "Vissers"), .nearName),
  ])
  func spellingHidesNoDouble(
    _ one: (String, String), _ other: (String, String), _ matched: MergeCandidate.Matched
  ) async throws {
    #expect(try await candidates(one, other).map(\.matched) == [matched])
  }

  @Test func otherNamesAreOtherPeople() async throws {
    #expect(try await candidates(("Jan", "Visser"), ("Piet", "Visser")).isEmpty)
  }

  /// A correction looks again; what was decided is not asked again, in either direction.
  @Test func aCorrectionLooksAgainAndWhatIsDecidedStays() async throws {
    let file = try await MarkedFile()
    let worker = file.worker
    let birth = LocalDate(year: 1990, month: 1, day: 1)
    func correct(_ resident: ResidentID, _ first: String) async throws {
      try await file.house.act { transaction in
        let identity = Details.Identity(firstName: first, lastName: "Visser", birthDate: birth)
        try Resident.correct(Details(identity: identity), of: resident, transaction)
      }
    }
    let (one, other) = try await file.house.act { transaction in
      let made = try ["Jan", "Piet"].map {
        try Resident.register(
          Registration(firstName: $0, lastName: "Visser", birthDate: birth, municipality: "0344"), by: worker,
          role: .supportWorker, transaction
        ).resident.key
      }
      return (made[0], made[1])
    }
    try await correct(other, "Jann")
    let raised = try await file.house.read { try $0.all(MergeCandidate.self, "") }
    #expect(raised.map(\.known) == [one] && raised.first?.matched == .nearName)
    try await file.house.act { try raised[0].keepApart(by: worker, $0) }
    try await correct(one, "Jannn")
    try await correct(other, "Jan")
    #expect(try await file.house.read { try $0.all(MergeCandidate.self, "").count } == 1)
  }
}
