public import Kernel
internal import Site
public import Trust

/// Something in a file that can't be right, where it stands, and how to mend it.
public struct CaseloadFault: Sendable, Equatable {
  /// The line in the file, the header being 1.
  public let row: Int
  public let column: String?
  /// A key of the texts, with its values.
  public let text: String
  public let values: [String: String]

  init(_ row: Int, _ column: CaseloadColumn?, _ text: String, _ values: [String: String] = [:]) {
    self.row = row
    self.column = column?.rawValue
    self.text = text
    self.values = values
  }

  /// With the column's heading as it stands in the file.
  func under(_ header: [String]) -> CaseloadFault {
    guard let column = column.flatMap(CaseloadColumn.init(rawValue:)),
      let heading = header.first(where: { CaseloadColumn.named($0) == column })
    else { return self }
    return CaseloadFault(row: row, heading: heading, text, values)
  }

  private init(row: Int, heading: String, _ text: String, _ values: [String: String]) {
    self.row = row
    column = heading
    self.text = text
    self.values = values
  }
}

/// One resident as the list has them.
public struct CaseloadLine: Sendable, Equatable {
  public let row: Int
  public var externalID = ""
  public var firstName = ""
  public var lastName = ""
  public var birthDate: LocalDate?
  public var bsn: String?
  public var municipality = Municipality.all[0]
  public var neighbourhood: String?
  public var organisation = ""
  public var worker = ""
  public var standIn: String?
  public var phase = Phase.registered
  public var phaseSince: LocalDate?
  public var isHomeFirst = false
  public var address: String?
  public var moveDate: LocalDate?
  public var hoursMin: Int?
  public var hoursMax: Int?
  public var contactEvery: Int?
}

/// Reads one row; gathers every fault instead of stopping at the first.
struct CaseloadReading {
  let row: Int
  let today: LocalDate
  private let cells: [CaseloadColumn: String]
  private(set) var faults: [CaseloadFault] = []

  init(_ line: Spreadsheet.Line, _ columns: [CaseloadColumn?], today: LocalDate) {
    row = line.number
    self.today = today
    var cells: [CaseloadColumn: String] = [:]
    for (column, cell) in zip(columns, line.cells) {
      if let column, !cell.isEmpty { cells[column] = cell }
    }
    self.cells = cells
    if line.cells.count > columns.count {
      faults.append(
        CaseloadFault(
          row, nil, "import.tooManyCells", ["n": String(line.cells.count), "expected": String(columns.count)]))
    }
  }

  /// The resident on this row; to be used only when there are no faults.
  mutating func line() -> CaseloadLine {
    var line = CaseloadLine(row: row)
    line.externalID = needed(.externalID)
    line.firstName = needed(.firstName)
    line.phase = phase()
    line.lastName = line.phase == .outreach ? cells[.lastName] ?? "" : needed(.lastName)
    line.birthDate = date(.birthDate, isNeeded: line.phase != .outreach)
    line.bsn = bsn()
    let municipality = municipality(needed(.municipality))
    line.municipality = municipality ?? line.municipality
    line.neighbourhood = neighbourhood(municipality)
    line.organisation = needed(.organisation)
    line.worker = email(.worker, needed(.worker))
    line.standIn = cells[.standIn].map { email(.standIn, $0) }
    line.phaseSince = date(.phaseSince)
    line.isHomeFirst = yesOrNo(.homeFirst)
    line.address = cells[.address]
    line.moveDate = date(.moveDate)
    line.hoursMin = number(.hoursMin, in: 0...168)
    line.hoursMax = number(.hoursMax, in: 0...168)
    line.contactEvery = number(.contactEvery, in: 1...366)
    checkTogether(line)
    return line
  }

  private mutating func fault(_ column: CaseloadColumn?, _ text: String, _ values: [String: String] = [:]) {
    faults.append(CaseloadFault(row, column, text, values))
  }

  private mutating func needed(_ column: CaseloadColumn) -> String {
    guard let cell = cells[column] else {
      fault(column, "import.needed")
      return ""
    }
    return cell
  }

  private mutating func phase() -> Phase {
    let cell = needed(.phase)
    if cell.isEmpty { return .registered }
    guard let phase = Phase.named(cell), phase != .closed else {
      fault(.phase, "import.phaseUnknown", ["value": cell, "known": Phase.knownNames])
      return .registered
    }
    return phase
  }

  private mutating func date(_ column: CaseloadColumn, isNeeded: Bool = false) -> LocalDate? {
    let cell = isNeeded ? needed(column) : cells[column] ?? ""
    guard !cell.isEmpty else { return nil }
    guard let date = LocalDate(written: cell) else {
      fault(column, "import.dateWrong", ["value": cell])
      return nil
    }
    let isFuture = date > today && column != .moveDate
    let isAncient = today.year - date.year > 120
    if isFuture || isAncient { fault(column, isFuture ? "import.dateInFuture" : "import.dateLongAgo", ["value": cell]) }
    return date
  }

  private mutating func bsn() -> String? {
    guard let cell = cells[.bsn] else { return nil }
    guard let number = BSN.normalised(cell) else {
      // The number itself is not repeated: faults are shown and logged.
      fault(.bsn, "import.bsnWrong")
      return nil
    }
    return number
  }

  private mutating func municipality(_ cell: String) -> Municipality? {
    let name = cell.lowercased().hasPrefix("gemeente ") ? String(cell.dropFirst("gemeente ".count)) : cell
    if let found = Municipality.named(name) ?? Municipality.all.first(where: { folded($0.name) == folded(name) }) {
      return found
    }
    if !cell.isEmpty {
      fault(
        .municipality, "import.municipalityUnknown",
        ["value": cell, "known": Municipality.all.map(\.name).joined(separator: ", ")])
    }
    return nil
  }

  /// CBS codes: WK and six digits for a district, BU and eight for a neighbourhood, the first four the municipality's.
  private mutating func neighbourhood(_ municipality: Municipality?) -> String? {
    guard let cell = cells[.neighbourhood] else { return nil }
    let code = cell.uppercased()
    let digits = code.dropFirst(2)
    let isCode =
      (code.hasPrefix("WK") && digits.count == 6 || code.hasPrefix("BU") && digits.count == 8)
      && digits.allSatisfy(\.isNumber)
    guard isCode else {
      fault(.neighbourhood, "import.neighbourhoodWrong", ["value": cell])
      return nil
    }
    if let municipality, digits.prefix(4) != municipality.code[...] {
      fault(.neighbourhood, "import.neighbourhoodElsewhere", ["value": cell, "municipality": municipality.name])
    }
    return code
  }

  private mutating func email(_ column: CaseloadColumn, _ cell: String) -> String {
    let parts = cell.split(separator: "@", omittingEmptySubsequences: false)
    let isAddress =
      parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !cell.contains { $0.isWhitespace }
    if !cell.isEmpty && !isAddress { fault(column, "import.emailWrong", ["value": cell]) }
    return cell.lowercased()
  }

  private mutating func yesOrNo(_ column: CaseloadColumn) -> Bool {
    guard let cell = cells[column] else { return false }
    switch cell.lowercased() {
    case "ja", "j", "yes", "y", "waar", "true", "1", "x": return true
    case "nee", "n", "no", "onwaar", "false", "0", "-": return false
    default:
      fault(column, "import.yesOrNo", ["value": cell])
      return false
    }
  }

  private mutating func number(_ column: CaseloadColumn, in range: ClosedRange<Int>) -> Int? {
    guard let cell = cells[column] else { return nil }
    guard let number = Int(cell), range.contains(number) else {
      let values = ["value": cell, "from": String(range.lowerBound), "until": String(range.upperBound)]
      fault(column, "import.numberWrong", values)
      return nil
    }
    return number
  }

  private mutating func checkTogether(_ line: CaseloadLine) {
    if let low = line.hoursMin, let high = line.hoursMax, low > high {
      fault(.hoursMax, "import.hoursSwapped", ["low": String(low), "high": String(high)])
    }
    if let standIn = line.standIn, standIn == line.worker { fault(.standIn, "import.standInIsWorker") }
    let isMoved = line.phase >= .landing
    if isMoved && line.moveDate == nil && cells[.moveDate] == nil { fault(.moveDate, "import.moveDateNeeded") }
    if isMoved, let move = line.moveDate, move > today { fault(.moveDate, "import.movedInFuture") }
    if let birth = line.birthDate, birth <= today, let since = line.phaseSince, since < birth {
      fault(.phaseSince, "import.beforeBirth")
    }
  }
}

extension Phase {
  private static let names: [String: Phase] = {
    var catalogue = Catalogue()
    for (language, json) in ResidentSlice.texts { try? catalogue.add(language, json: json) }
    var names: [String: Phase] = [:]
    for phase in allCases {
      names[folded(phase.rawValue)] = phase
      for language in Language.allCases {
        if let name = catalogue.text("phase.\(phase.rawValue)", language) { names[folded(name)] = phase }
      }
    }
    return names
  }()

  /// The phase by its name in code, Dutch or English.
  static func named(_ text: String) -> Phase? { names[folded(text)] }

  /// For telling which names there are.
  static var knownNames: String {
    var catalogue = Catalogue()
    for (language, json) in ResidentSlice.texts { try? catalogue.add(language, json: json) }
    let dutch = catalogue.inLanguage(.dutch)
    return allCases.filter { $0 != .closed }.map { "\(dutch("phase.\($0.rawValue)")) (\($0.rawValue))" }
      .joined(separator: ", ")
  }
}

extension LocalDate {
  /// As people here write a date (1-4-2026, 01/04/2026, 1.4.2026) or as ISO 8601 has it.
  init?(written text: String) {
    if let iso = LocalDate(text) {
      self = iso
      return
    }
    let parts = text.split(whereSeparator: { "-/. ".contains($0) }).map(String.init)
    guard parts.count == 3, parts[2].count == 4, let day = Int(parts[0]), let month = Int(parts[1]),
      let year = Int(parts[2]), let date = LocalDate(year: year, month: month, day: day)
    else { return nil }
    self = date
  }
}
