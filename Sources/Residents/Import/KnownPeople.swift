internal import Kernel
internal import Store
internal import Trust

/// What the region knows of whom a list names, looked up once each.
struct KnownPeople {
  enum Match: Equatable {
    case known(ResidentID)
    /// The number is of somebody with another name and birth date.
    case another
    /// Somebody of that name and birth date is there under this number.
    case underNumber(String)
    case nobody
  }

  private let reader: Reader
  private(set) var organisations: [String: Organisation] = [:]
  private var numbers: [ID<Organisation>: Numbers] = [:]
  private var workers: [ID<Organisation>: [String: Account]] = [:]
  private var accessTeams: [String: Bool] = [:]
  private let bornOneDay = BornOneDay()

  /// The numbers of one organisation: as they are, and without the zeros a spreadsheet takes away.
  private struct Numbers {
    var whole: [String: ResidentID] = [:]
    var short: [String: [String]] = [:]
  }

  init(_ reader: Reader) throws {
    self.reader = reader
    for organisation in try Organisation.current(reader) { organisations[folded(organisation.name)] = organisation }
  }

  /// Somebody who works for an organisation, by what they sign in with or will.
  mutating func worker(_ email: String, _ organisation: ID<Organisation>) throws -> Account? {
    if workers[organisation] == nil {
      let accounts = try reader.all(
        Account.self, "where organisation = \(organisation) and resident is null order by disabled_at is not null, id")
      workers[organisation] = Dictionary(
        accounts.compactMap { account in account.login.map { ($0.lowercased(), account) } },
        uniquingKeysWith: { first, _ in first })
    }
    return workers[organisation]?[email]
  }

  mutating func hasAccessTeam(_ municipality: Municipality) throws -> Bool {
    if let known = accessTeams[municipality.code] { return known }
    let team = try AccessTeam.of(municipality.code, reader)
    let isThere = try team.map { try AccessTeam.coordinator(of: $0.id, preferring: nil, reader) != nil } ?? false
    accessTeams[municipality.code] = isThere
    return isThere
  }

  /// Who a row is about, within one organisation: by its number, with or without lost zeros, or by the id we gave when
  /// the organisation had none.
  mutating func match(_ line: CaseloadLine, _ organisation: ID<Organisation>) throws -> Match {
    guard !line.externalID.isEmpty else { return .nobody }
    let numbers = try numbers(of: organisation)
    if let resident = numbers.whole[line.externalID] {
      return try isSomebodyElse(resident, line) ? .another : .known(resident)
    }
    if let own = ResidentID(line.externalID), try isCarried(own, by: organisation) { return .known(own) }
    let alike = numbers.short[Self.withoutZeros(line.externalID)] ?? []
    guard let number = alike.first, let resident = numbers.whole[number] else {
      return try namesake(line, organisation)
    }
    if alike.count == 1, try isSame(resident, line) { return .known(resident) }
    return .another
  }

  /// Somebody of the same name and birth date whom this organisation carries: a spreadsheet may have made something else
  /// of the number (`1E5`, `2-3`), or they were registered without one.
  private func namesake(_ line: CaseloadLine, _ organisation: ID<Organisation>) throws -> Match {
    guard let birth = line.birthDate else { return .nobody }
    let found = try bornOneDay.all(of: birth, reader).filter {
      try $0.name.isSame(as: line.nearName) && isCarried($0.resident, by: organisation)
    }
    guard found.count == 1, let resident = found.first?.resident else { return .nobody }
    let row = try reader.row(
      "select external_id from external_id where resident = \(resident) and organisation = \(organisation)")
    return row?.text("external_id").map(Match.underNumber) ?? .known(resident)
  }

  private mutating func numbers(of organisation: ID<Organisation>) throws -> Numbers {
    if let known = numbers[organisation] { return known }
    var found = Numbers()
    for row in try reader.rows("select external_id, resident from external_id where organisation = \(organisation)") {
      guard let number = row.text("external_id"), let resident = row.id("resident", of: ResidentMark.self) else {
        continue
      }
      found.whole[number] = resident
      found.short[Self.withoutZeros(number), default: []].append(number)
    }
    numbers[organisation] = found
    return found
  }

  private static func withoutZeros(_ number: String) -> String {
    let rest = number.drop { $0 == "0" }
    return rest.isEmpty ? number : String(rest)
  }

  private func isCarried(_ resident: ResidentID, by organisation: ID<Organisation>) throws -> Bool {
    try reader.count(
      """
      select count(*) from accountability
      where resident = \(resident) and organisation = \(organisation) and until_at is null
      """) > 0
  }

  private func isSame(_ resident: ResidentID, _ line: CaseloadLine) throws -> Bool {
    let person = try reader.get(Resident.self, resident.retyped())
    return person.nearName.isNear(line.nearName) && (person.birthDate == line.birthDate || line.birthDate == nil)
  }

  /// Another name and another birth date under one number: the number was given again, or mistyped.
  private func isSomebodyElse(_ resident: ResidentID, _ line: CaseloadLine) throws -> Bool {
    guard let birth = line.birthDate, !line.firstName.isEmpty else { return false }
    let person = try reader.get(Resident.self, resident.retyped())
    return person.birthDate != nil && person.birthDate != birth && !person.nearName.isNear(line.nearName)
  }

  /// What a list says otherwise than what is stored.
  func differing(_ resident: ResidentID, _ line: CaseloadLine) throws -> [CaseloadCheck.Difference] {
    let person = try reader.get(Resident.self, resident.retyped())
    var found: [CaseloadCheck.Difference] = []
    func compare(_ column: CaseloadColumn, _ stored: String?, _ listed: String?) {
      guard let listed, !listed.isEmpty, listed != stored ?? "" else { return }
      found.append(CaseloadCheck.Difference(column: column, stored: stored ?? "", listed: listed))
    }
    compare(.firstName, person.firstName, line.firstName)
    compare(.lastName, person.lastName, line.lastName)
    compare(.birthDate, person.birthDate?.description, line.birthDate?.description)
    if line.bsn != nil && line.bsn != person.bsn { compare(.bsn, "", "•") }
    if line.phone.flatMap(PhoneOrClient.phoneKey) != person.phone.flatMap(PhoneOrClient.phoneKey) {
      compare(.phone, person.phone, line.phone)
    }
    compare(.address, person.address, line.address)
    return found
  }
}

extension CaseloadLine {
  var nearName: NearNames { NearNames(first: firstName, last: lastName) }
}
