public import Kernel
public import Store
public import Trust

/// Who imports: nobody yet on a new region, else somebody who may register people.
public struct Importer: Sendable {
  public let account: ID<Account>?
  /// A worker brings in people of the own organisation only; nil for a coordinator or the command line.
  public let onlyOrganisation: ID<Organisation>?

  public init(account: ID<Account>?, onlyOrganisation: ID<Organisation>? = nil) {
    self.account = account
    self.onlyOrganisation = onlyOrganisation
  }
}

/// The dry run: what a file would bring, and every fault in it.
public struct CaseloadCheck: Sendable, Equatable {
  /// Residents not known yet.
  public var fresh: [CaseloadLine] = []
  /// How many are there already, by organisation and external id: they stay as they are.
  public var knownCount = 0
  public var faults: [CaseloadFault] = []
  /// What is made on the way, by name.
  public var newOrganisations: [String] = []
  public var newWorkers: [String] = []
  /// Municipalities without an access team yet: one is made, with a place for a coordinator to be invited to.
  public var newAccessTeams: [Municipality] = []

  public var isGood: Bool { faults.isEmpty }

  /// Reads a whole file against what is there.
  /// - Throws: `Problem.invalid` when it is no table at all.
  public init(_ bytes: [UInt8], by importer: Importer, _ reader: Reader) throws {
    let sheet = try Spreadsheet(bytes)
    let columns = try Self.columns(sheet.header)
    let today = RegionTime.amsterdam.date(of: reader.now)
    var lines: [CaseloadLine] = []
    for row in sheet.lines {
      var reading = CaseloadReading(row, columns, today: today)
      let line = reading.line()
      faults += reading.faults
      lines.append(line)
    }
    findDoubles(lines)
    var people = try Known(reader)
    for line in lines { try check(line, &people, importer) }
    newOrganisations.sort()
    newWorkers.sort()
    faults = faults.sorted { $0.row < $1.row }.map { $0.under(sheet.header) }
    if lines.isEmpty { faults.append(CaseloadFault(1, nil, "import.noRows")) }
  }

  /// What each heading means. Unknown ones are left out of account; needed ones must be there.
  private static func columns(_ header: [String]) throws -> [CaseloadColumn?] {
    let columns = header.map(CaseloadColumn.named)
    let missing = CaseloadColumn.needed.filter { !columns.contains($0) }
    guard missing.isEmpty else {
      throw Problem(
        .invalid,
        missing.map { Problem.Fault(field: "file", "import.columnMissing", ["column": $0.inBoth]) })
    }
    let doubled = Dictionary(grouping: columns.compactMap(\.self), by: \.self).filter { $0.value.count > 1 }
    guard doubled.isEmpty else {
      throw Problem(
        .invalid,
        doubled.keys.map { Problem.Fault(field: "file", "import.columnTwice", ["column": $0.inBoth]) })
    }
    return columns
  }

  /// An identifier that stands twice is a fault that names both rows.
  private mutating func findDoubles(_ lines: [CaseloadLine]) {
    var rows: [String: Int] = [:]
    for line in lines where !line.externalID.isEmpty {
      let key = folded(line.organisation) + "|" + line.externalID
      if let first = rows[key] {
        faults.append(
          CaseloadFault(
            line.row, .externalID, "import.twice",
            ["value": line.externalID, "first": String(first), "second": String(line.row)]))
      } else {
        rows[key] = line.row
      }
    }
  }

  /// What the region knows, looked up once each.
  private struct Known {
    let reader: Reader
    var organisations: [String: Organisation] = [:]
    var externalIDs: [ID<Organisation>: Set<String>] = [:]
    var accounts: [String: Account?] = [:]
    var accessTeams: [String: Bool] = [:]

    init(_ reader: Reader) throws {
      self.reader = reader
      for organisation in try Organisation.current(reader) { organisations[folded(organisation.name)] = organisation }
    }

    mutating func account(_ email: String) throws -> Account? {
      if let found = accounts[email] { return found }
      let account = try Account.with(email: email, reader)
      accounts[email] = account
      return account
    }

    mutating func has(_ externalID: String, _ organisation: ID<Organisation>) throws -> Bool {
      if externalIDs[organisation] == nil {
        let rows = try reader.rows("select external_id from external_id where organisation = \(organisation)")
        externalIDs[organisation] = Set(rows.compactMap { $0.text("external_id") })
      }
      return externalIDs[organisation]?.contains(externalID) ?? false
    }

    mutating func hasAccessTeam(_ municipality: Municipality) throws -> Bool {
      if let known = accessTeams[municipality.code] { return known }
      let team = try AccessTeam.of(municipality.code, reader)
      let isThere = try team.map { try AccessTeam.coordinator(of: $0.id, preferring: nil, reader) != nil } ?? false
      accessTeams[municipality.code] = isThere
      return isThere
    }
  }

  private mutating func check(_ line: CaseloadLine, _ known: inout Known, _ importer: Importer) throws {
    let organisation = known.organisations[folded(line.organisation)]
    if let only = importer.onlyOrganisation, organisation?.id != only, !line.organisation.isEmpty {
      faults.append(CaseloadFault(line.row, .organisation, "import.notYours", ["value": line.organisation]))
    }
    for (column, email) in [(CaseloadColumn.worker, line.worker), (.standIn, line.standIn ?? "")] where !email.isEmpty {
      try check(email, column, line, organisation, &known)
    }
    if try !known.hasAccessTeam(line.municipality), !newAccessTeams.contains(line.municipality) {
      newAccessTeams.append(line.municipality)
    }
    if let organisation, try known.has(line.externalID, organisation.id) {
      knownCount += 1
      return
    }
    if organisation == nil, !line.organisation.isEmpty,
      !newOrganisations.contains(where: { folded($0) == folded(line.organisation) })
    {
      newOrganisations.append(line.organisation)
    }
    fresh.append(line)
  }

  private mutating func check(
    _ email: String, _ column: CaseloadColumn, _ line: CaseloadLine, _ organisation: Organisation?,
    _ known: inout Known
  ) throws {
    guard let account = try known.account(email) else {
      if !newWorkers.contains(email) { newWorkers.append(email) }
      return
    }
    let isElsewhere = account.organisation == nil || account.organisation != organisation?.id
    if account.disabledAt != nil {
      faults.append(CaseloadFault(line.row, column, "import.workerGone", ["value": email]))
    } else if isElsewhere {
      let values = ["value": email, "organisation": line.organisation]
      faults.append(CaseloadFault(line.row, column, "import.workerElsewhere", values))
    }
  }
}
