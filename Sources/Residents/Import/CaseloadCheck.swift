public import Kernel
public import Store
public import Tables
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

/// The dry run: what a file would bring, to whom it happens, and every fault in it.
public struct CaseloadCheck: Sendable {
  /// Somebody of the list who is there already.
  public struct Known: Sendable, Equatable {
    public let resident: ResidentID
    public let line: CaseloadLine
    /// What the list says otherwise, with what is stored: it stays as it is.
    public let differing: [Difference]
  }

  public struct Difference: Sendable, Equatable {
    public let column: CaseloadColumn
    public let stored: String
    public let listed: String
  }

  public let layout: CaseloadLayout
  /// How a text file holds its letters.
  public let kind: TableFile.Kind
  /// Residents not known yet.
  public private(set) var fresh: [CaseloadLine] = []
  /// Those who are there already, by organisation and number: they stay as they are.
  public private(set) var known: [Known] = []
  public private(set) var faults: [CaseloadFault] = []
  /// What is made on the way, by name.
  public private(set) var newOrganisations: [String] = []
  public private(set) var newWorkers: [String] = []
  /// Municipalities without an access team yet: one is made, with a place for a coordinator to be invited to.
  public private(set) var newAccessTeams: [Municipality] = []

  public var isGood: Bool { faults.isEmpty }

  /// What is made on the way, each with the text that tells it.
  public var made: [(text: String, names: [String])] {
    [
      ("import.newOrganisations", newOrganisations), ("import.newWorkers", newWorkers),
      ("import.newAccessTeams", newAccessTeams.map(\.name)),
    ].filter { !$0.1.isEmpty }
  }

  /// Reads a whole file against what is there.
  /// - Throws: `Problem.invalid` when it is no table at all, `EncodingAsked` when its letters can be read in more than
  ///   one way.
  public init(
    _ bytes: [UInt8], _ choices: CaseloadChoices = CaseloadChoices(), by importer: Importer, _ reader: Reader
  ) throws {
    let file = try CaseloadCheck.file(bytes, choices)
    kind = file.kind
    let remembered = try KnownHeading.meanings(of: importer.onlyOrganisation, reader)
    layout = CaseloadLayout(file, choices, remembered: remembered)
    faults = file.faults.map(CaseloadFault.init)
    guard layout.hasHeadings else {
      faults.append(CaseloadFault(layout.headerRow, nil, "import.noHeadings", ["row": String(layout.headerRow)]))
      return
    }
    for column in layout.missing(importer) {
      faults.append(CaseloadFault(layout.headerRow, column, "import.columnMissing"))
    }
    var people = try KnownPeople(reader)
    let own = try importer.onlyOrganisation.map { try reader.get(Organisation.self, $0).name }
    let lines = read(of: own, RegionTime.amsterdam.date(of: reader.now), isMissing: Set(layout.missing(importer)))
    findTwice(lines)
    for line in lines { try check(line, &people, importer) }
    newOrganisations.sort()
    newWorkers.sort()
    if lines.isEmpty && faults.isEmpty { faults.append(CaseloadFault(layout.headerRow, nil, "import.noRows")) }
    let layout = layout
    faults = faults.map { $0.under(layout) }.enumerated().sorted {
      ($0.element.row, $0.offset) < ($1.element.row, $1.offset)
    }
    .map(\.element)
  }

  private static func file(_ bytes: [UInt8], _ choices: CaseloadChoices) throws -> TableFile {
    do {
      return try TableFile(bytes, encoding: choices.encoding)
    } catch {
      guard error.choices.isEmpty else { throw EncodingAsked(choices: error.choices) }
      throw Problem(
        .invalid,
        error.all.map { fault in
          let line = fault.line.map { ["line": String($0)] } ?? [:]
          let key = "import.table.\(fault.reason.rawValue)" + (fault.line == nil ? "" : "At")
          return Problem.Fault(field: "file", key, fault.values.merging(line) { $1 })
        })
    }
  }

  /// A column that is missing is told once, not on every row.
  private mutating func read(
    of own: String?, _ today: LocalDate, isMissing: Set<CaseloadColumn>
  ) -> [CaseloadLine] {
    let columns = layout.columns.map(\.column)
    return layout.rows.map { row in
      var reading = CaseloadReading(row, columns, of: own, today: today)
      let line = reading.line()
      faults += reading.faults.filter { fault in
        !(fault.text == "import.needed" && fault.column.map(isMissing.contains) ?? false)
      }
      return line
    }
  }

  /// Somebody who stands twice at one organisation is a fault that names both rows: by number, or by citizen service
  /// number. Two organisations may both have somebody: then the coordinator is asked.
  private mutating func findTwice(_ lines: [CaseloadLine]) {
    var rows: [String: Int] = [:]
    func twice(_ key: String, _ line: CaseloadLine) -> Int? {
      if let first = rows[key] { return first }
      rows[key] = line.row
      return nil
    }
    for line in lines {
      if !line.externalID.isEmpty, let first = twice("id " + folded(line.organisation) + " " + line.externalID, line) {
        let values = ["value": line.externalID, "first": String(first), "second": String(line.row)]
        faults.append(CaseloadFault(line.row, .externalID, "import.twice", values))
      }
      if let bsn = line.bsn, let first = twice("bsn " + folded(line.organisation) + " " + bsn, line) {
        let values = ["first": String(first), "second": String(line.row)]
        faults.append(CaseloadFault(line.row, .bsn, "import.bsnTwice", values))
      }
    }
  }

  private mutating func check(_ line: CaseloadLine, _ people: inout KnownPeople, _ importer: Importer) throws {
    let organisation = people.organisations[folded(line.organisation)]
    if let only = importer.onlyOrganisation, organisation?.id != only, !line.organisation.isEmpty {
      faults.append(CaseloadFault(line.row, .organisation, "import.notYours", ["value": line.organisation]))
      return
    }
    if let organisation {
      switch try people.match(line, organisation.id) {
      case .known(let resident):
        known.append(Known(resident: resident, line: line, differing: try people.differing(resident, line)))
        // Somebody who is there needs nobody named.
        faults.removeAll { $0.row == line.row && $0.text == "import.needed" && $0.column == .worker }
        return
      case .another:
        faults.append(CaseloadFault(line.row, .externalID, "import.numberTaken", ["value": line.externalID]))
      case .underNumber(let number):
        let values = ["value": line.externalID, "number": number]
        faults.append(CaseloadFault(line.row, .externalID, "import.numberChanged", values))
      case .nobody: break
      }
    }
    for (column, email) in [(CaseloadColumn.worker, line.worker), (.standIn, line.standIn ?? "")] where !email.isEmpty {
      try check(email, column, line, organisation, &people)
    }
    if try !people.hasAccessTeam(line.municipality), !newAccessTeams.contains(line.municipality) {
      newAccessTeams.append(line.municipality)
    }
    if organisation == nil, !line.organisation.isEmpty,
      !newOrganisations.contains(where: { folded($0) == folded(line.organisation) })
    {
      newOrganisations.append(line.organisation)
    }
    fresh.append(line)
  }

  /// Only who works for that organisation is looked for: whether an address is known elsewhere is nobody's to learn.
  private mutating func check(
    _ email: String, _ column: CaseloadColumn, _ line: CaseloadLine, _ organisation: Organisation?,
    _ people: inout KnownPeople
  ) throws {
    guard let organisation, let account = try people.worker(email, organisation.id) else {
      if !newWorkers.contains(email) { newWorkers.append(email) }
      return
    }
    if account.disabledAt != nil {
      faults.append(CaseloadFault(line.row, column, "import.workerGone", ["value": email]))
    } else if column == .worker && !RelationTable.standard.mayCarry(account.role, organisation.kind) {
      faults.append(CaseloadFault(line.row, column, "import.workerRole", ["value": email]))
    } else if column == .standIn && !RelationTable.standard.mayCarry(account.role, organisation.kind) {
      faults.append(CaseloadFault(line.row, column, "import.standInRole", ["value": email]))
    }
  }
}

/// A text file could be in one of these encodings: somebody who knows the names says which.
public struct EncodingAsked: Error, Sendable {
  public let choices: [EncodingChoice]
}
