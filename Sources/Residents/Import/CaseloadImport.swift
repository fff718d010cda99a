public import Kernel
public import Store
internal import Trust

/// Brings in what a check found good: all of it, or nothing. Every resident is a change of its own in the journal.
public struct CaseloadImport {
  private let check: CaseloadCheck
  private let importer: Importer
  private let moment: Instant
  private var organisations: [String: ID<Organisation>] = [:]
  /// By organisation and address: one address may be of somebody else elsewhere.
  private var workers: [String: ID<Account>] = [:]
  private var access: [String: ID<Organisation>] = [:]
  private let sameDay = BornOneDay()

  /// - Precondition: the check was made in this same batch, so that nothing changed since.
  public init(_ check: CaseloadCheck, by importer: Importer, at moment: Instant) {
    self.check = check
    self.importer = importer
    self.moment = moment
  }

  /// Makes organisations, workers and residents.
  /// - Parameter progress: told after every thousand residents how many there are.
  /// - Returns: the new residents.
  /// - Throws: `Problem.invalid` when the check found faults.
  public mutating func run(_ batch: Batch, progress: (Int) -> Void = { _ in }) throws -> [ResidentID] {
    guard check.isGood else {
      throw Problem.invalid("file", "import.changedMeanwhile")
    }
    try batch.perform(act("caseload.partners"), at: moment) { try makePartners($0) }
    var residents: [ResidentID] = []
    residents.reserveCapacity(check.fresh.count)
    for line in check.fresh {
      residents.append(try batch.perform(act("caseload.import"), at: moment) { try bring(line, $0) })
      if residents.count % 1000 == 0 { progress(residents.count) }
    }
    return residents
  }

  private func act(_ verb: String) -> Act { Act(verb, account: importer.account?.retyped()) }

  private mutating func makePartners(_ transaction: Transaction) throws {
    for organisation in try Organisation.current(transaction) {
      organisations[folded(organisation.name)] = organisation.id
    }
    for municipality in check.newAccessTeams { try makeAccessTeam(municipality, transaction) }
    for name in check.newOrganisations where organisations[folded(name)] == nil {
      let made = try transaction.put(Organisation(id: transaction.freshID(), name: name, kind: .careProvider))
      organisations[folded(name)] = made.id
    }
    var people = try KnownPeople(transaction)
    for line in check.fresh {
      access[line.municipality.code] =
        try access[line.municipality.code] ?? AccessTeam.of(line.municipality.code, transaction)?.id
      for email in [line.worker, line.standIn].compactMap(\.self) {
        let key = Self.key(email, of: line.organisation)
        workers[key] = try workers[key] ?? worker(email, of: line.organisation, &people, transaction)
      }
    }
  }

  private static func key(_ email: String, of organisation: String) -> String { folded(organisation) + " " + email }

  /// Somebody not known yet is listed by address, and can't sign in until invited: then it is settled whose address it
  /// is.
  private func worker(
    _ email: String, of organisation: String, _ people: inout KnownPeople, _ transaction: Transaction
  ) throws -> ID<Account> {
    guard let employer = organisations[folded(organisation)] else {
      throw Problem.invalid("file", "import.changedMeanwhile")
    }
    if let known = try people.worker(email, employer) { return known.id }
    let name = email.prefix { $0 != "@" }.split(whereSeparator: { ".-_".contains($0) })
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    var account = Account(
      id: transaction.freshID(), name: name, email: nil, organisation: employer, role: .supportWorker)
    try account.wish(for: email, transaction)
    try transaction.put(account)
    try Arrival.note(account, by: importer.account, transaction)
    return account.id
  }

  /// A municipality must be able to take somebody back: its team gets a place for a coordinator.
  private mutating func makeAccessTeam(_ municipality: Municipality, _ transaction: Transaction) throws {
    let team =
      try AccessTeam.of(municipality.code, transaction)
      ?? transaction.put(
        Organisation(
          id: transaction.freshID(), name: "Gemeente \(municipality.name)", kind: .municipality,
          municipality: municipality.code))
    organisations[folded(team.name)] = team.id
    let coordinator = try transaction.put(
      Account(
        id: transaction.freshID(), name: "Toegangsteam \(municipality.name)", email: nil, organisation: team.id,
        role: .coordinator))
    try Arrival.note(coordinator, by: importer.account, transaction)
  }

  private func bring(_ line: CaseloadLine, _ transaction: Transaction) throws -> ResidentID {
    guard let organisation = organisations[folded(line.organisation)],
      let worker = workers[Self.key(line.worker, of: line.organisation)],
      let access = access[line.municipality.code]
    else { throw Problem.invalid("file", "import.changedMeanwhile") }
    let today = RegionTime.amsterdam.date(of: moment)
    let resident = try putResident(line, registeredBy: access, today, transaction)
    try transaction.put(
      ExternalID(
        id: transaction.freshID(), resident: resident.key, organisation: organisation, externalID: line.externalID))
    let journey = try putJourney(line, resident.key, access, today, transaction)
    try JourneyEvent.note(.registered, on: journey, detail: "imported", by: importer.account, transaction)
    try Accountability.begin(
      journey, organisation, worker, standIn: line.standIn.flatMap { workers[Self.key($0, of: line.organisation)] },
      reason: .imported, transaction)
    if let move = line.moveDate {
      try transaction.put(
        Fact(
          id: transaction.freshID(), resident: resident.key, kind: .moveDate, standing: .yes, words: move.description,
          sinceOn: today, untilOn: nil, source: .reported, by: importer.account))
    }
    try MergeCandidate.look(for: resident, access, among: sameDay, transaction)
    try journey.planSilence(transaction)
    NameDirectory.tell(resident.key, transaction)
    return resident.key
  }

  private func putResident(
    _ line: CaseloadLine, registeredBy access: ID<Organisation>, _ today: LocalDate, _ transaction: Transaction
  ) throws -> Resident {
    let household = try transaction.put(Household(id: transaction.freshID(), madeOn: today))
    return try transaction.put(
      Resident(
        id: transaction.freshID(), household: household.id, firstName: line.firstName, lastName: line.lastName,
        birthDate: line.birthDate, bsn: line.bsn, phone: line.phone, email: nil, address: line.address,
        municipality: line.municipality.code, neighbourhood: line.neighbourhood, wishForWorker: nil,
        registeredBy: access, sharingSeenOn: nil, mergedInto: nil))
  }

  private func putJourney(
    _ line: CaseloadLine, _ resident: ResidentID, _ access: ID<Organisation>, _ today: LocalDate,
    _ transaction: Transaction
  ) throws -> Journey {
    let since = line.phaseSince ?? today
    return try transaction.put(
      Journey(
        id: transaction.freshID(), resident: resident, kind: .move, isHomeFirst: line.isHomeFirst, phase: line.phase,
        phaseSince: since, startedOn: min(since, line.moveDate ?? since, today), access: access, isOpenDoor: false,
        contactEveryDays: line.contactEvery, hoursMin: line.hoursMin, hoursMax: line.hoursMax ?? line.hoursMin,
        movedOn: line.phase >= .landing ? line.moveDate : nil, endedOn: nil, ending: nil, continues: nil))
  }
}
