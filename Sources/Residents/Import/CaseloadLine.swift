public import Kernel
internal import Tables
public import Trust

/// One resident as the list has them.
public struct CaseloadLine: Sendable, Equatable {
  public let row: Int
  public var externalID = ""
  public var firstName = ""
  public var lastName = ""
  public var birthDate: LocalDate?
  public var bsn: String?
  public var phone: String?
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
  public var hoursMin: Hours?
  public var hoursMax: Hours?
  public var contactEvery: Int?

  public var fullName: String { lastName.isEmpty ? firstName : "\(firstName) \(lastName)" }
}

/// Reads one row; gathers every fault instead of stopping at the first.
struct CaseloadReading {
  let row: Int
  let today: LocalDate
  /// Whose list it is, where rows need not say so.
  private let ownOrganisation: String?
  private let cells: [CaseloadColumn: Cell]
  private(set) var faults: [CaseloadFault] = []

  init(_ row: Sheet.Row, _ columns: [CaseloadColumn?], of organisation: String?, today: LocalDate) {
    self.row = row.number
    self.today = today
    ownOrganisation = organisation
    var cells: [CaseloadColumn: Cell] = [:]
    for (column, cell) in zip(columns, row.cells) {
      if let column, !cell.isEmpty { cells[column] = cell }
    }
    self.cells = cells
    if row.cells.dropFirst(columns.count).contains(where: { !$0.isEmpty }) {
      let values = ["n": String(row.cells.count), "expected": String(columns.count)]
      faults.append(CaseloadFault(row.number, nil, "import.tooManyCells", values))
    }
    for column in CaseloadColumn.allCases {
      guard let cell = cells[column] else { continue }
      if cell.kind == .date && !column.isDate { fault(column, "import.becameDate", ["value": cell.text]) }
      if cell.kind == .error { fault(column, "import.cellError", ["value": cell.text]) }
      if cell.text.count > 400 { fault(column, "import.cellLong", ["n": "400"]) }
    }
  }

  /// The resident on this row; to be used only when there are no faults.
  mutating func line() -> CaseloadLine {
    var line = CaseloadLine(row: row)
    line.externalID = needed(.externalID).map { WholeNumber.fromSpreadsheet($0) ?? $0 } ?? ""
    line.firstName = needed(.firstName) ?? ""
    line.phase = phase()
    let isFinding = line.phase == .outreach
    let last = (isFinding ? text(.lastName) : needed(.lastName)) ?? ""
    line.lastName = joined(text(.particle), last)
    line.birthDate = date(.birthDate, isNeeded: !isFinding)
    line.bsn = bsn()
    line.phone = phone()
    let found = needed(.municipality).flatMap { municipality($0) }
    line.municipality = found ?? line.municipality
    line.neighbourhood = neighbourhood(found)
    line.organisation = text(.organisation) ?? ownOrganisation ?? needed(.organisation) ?? ""
    line.worker = needed(.worker).map { email(.worker, $0) } ?? ""
    line.standIn = text(.standIn).map { email(.standIn, $0) }
    line.phaseSince = date(.phaseSince)
    line.isHomeFirst = yesOrNo(.homeFirst)
    line.address = text(.address)
    line.moveDate = date(.moveDate)
    line.hoursMin = hours(.hoursMin)
    line.hoursMax = hours(.hoursMax)
    line.contactEvery = number(.contactEvery, in: 1...366)
    checkTogether(line)
    return line
  }

  private func text(_ column: CaseloadColumn) -> String? {
    guard let cell = cells[column], cell.kind != .error else { return nil }
    return cell.text
  }

  private mutating func fault(_ column: CaseloadColumn?, _ text: String, _ values: [String: String] = [:]) {
    faults.append(CaseloadFault(row, column, text, values))
  }

  private mutating func needed(_ column: CaseloadColumn) -> String? {
    if cells[column] == nil { fault(column, "import.needed") }
    return text(column)
  }

  /// `van der` and `Berg`, however the list keeps them apart; not twice when both columns have it.
  private func joined(_ particle: String?, _ last: String) -> String {
    guard let particle, !last.isEmpty else { return last }
    let hasIt = folded(last).hasPrefix(folded(particle) + " ") || folded(last).hasSuffix(" " + folded(particle))
    return hasIt ? last : "\(particle) \(last)"
  }

  private mutating func phase() -> Phase {
    guard let cell = needed(.phase) else { return .registered }
    guard let phase = Phase.named(cell), phase != .closed else {
      fault(.phase, "import.phaseUnknown", ["value": cell])
      return .registered
    }
    return phase
  }

  private mutating func date(_ column: CaseloadColumn, isNeeded: Bool = false) -> LocalDate? {
    guard let cell = isNeeded ? needed(column) : text(column) else { return nil }
    switch WrittenDate.read(cell, about: column == .birthDate ? .birth : .event, today: today) {
    case .wrong: fault(column, "import.dateWrong", ["value": cell])
    case .unclear: fault(column, "import.dateUnclear", ["value": cell])
    case .date(let date):
      let isFuture = date > today && column != .moveDate
      let isAncient = today.year - date.year > 120
      if isFuture || isAncient {
        fault(column, isFuture ? "import.dateInFuture" : "import.dateLongAgo", ["value": cell])
      }
      return date
    }
    return nil
  }

  private mutating func bsn() -> String? {
    guard let cell = text(.bsn) else { return nil }
    guard let number = BSN.normalised(cell) else {
      // The number itself is not repeated: faults are shown and logged.
      fault(.bsn, "import.bsnWrong")
      return nil
    }
    return number
  }

  /// With the zero a spreadsheet took away.
  private mutating func phone() -> String? {
    guard let cell = text(.phone) else { return nil }
    let number = WholeNumber.fromSpreadsheet(cell) ?? cell
    guard dialled(number).count >= 3, number.count <= 40 else {
      fault(.phone, "import.phoneWrong", ["value": cell])
      return nil
    }
    let isShort = number.count == 9 && number.allSatisfy(\.isNumber) && number.first != "0"
    return isShort ? "0" + number : number
  }

  private mutating func municipality(_ cell: String) -> Municipality? {
    let name = cell.lowercased().hasPrefix("gemeente ") ? String(cell.dropFirst("gemeente ".count)) : cell
    if let found = Municipality.named(name) ?? Municipality.all.first(where: { folded($0.name) == folded(name) }) {
      return found
    }
    let known = Municipality.all.map(\.name).joined(separator: ", ")
    fault(.municipality, "import.municipalityUnknown", ["value": cell, "known": known])
    return nil
  }

  /// CBS codes: WK and six digits for a district, BU and eight for a neighbourhood, the first four the municipality's.
  private mutating func neighbourhood(_ municipality: Municipality?) -> String? {
    guard let cell = text(.neighbourhood) else { return nil }
    let code = cell.uppercased().filter { !$0.isWhitespace }
    let digits = code.dropFirst(2)
    let isCode =
      (code.hasPrefix("WK") && digits.count == 6 || code.hasPrefix("BU") && digits.count == 8)
      && digits.allSatisfy { $0.isASCII && $0.isNumber }
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
    let address = cell.lowercased().hasPrefix("mailto:") ? String(cell.dropFirst("mailto:".count)) : cell
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    let isAddress =
      parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !address.contains { $0.isWhitespace }
    if !isAddress { fault(column, "import.emailWrong", ["value": cell]) }
    return address.lowercased()
  }

  private mutating func yesOrNo(_ column: CaseloadColumn) -> Bool {
    guard let cell = text(column) else { return false }
    switch cell.lowercased() {
    case "ja", "j", "yes", "y", "waar", "true", "1", "x": return true
    case "nee", "n", "no", "onwaar", "false", "0", "-": return false
    default:
      fault(column, "import.yesOrNo", ["value": cell])
      return false
    }
  }

  private mutating func hours(_ column: CaseloadColumn) -> Hours? {
    guard let cell = text(column) else { return nil }
    let plain = cell.lowercased().replacing("uren", with: "").replacing("uur", with: "").replacing("hours", with: "")
    guard let hours = Hours(written: plain), (0...168).contains(hours.hours) else {
      fault(column, "import.hoursWrong", ["value": cell])
      return nil
    }
    return hours
  }

  private mutating func number(_ column: CaseloadColumn, in range: ClosedRange<Int>) -> Int? {
    guard let cell = text(column) else { return nil }
    guard let number = Int(WholeNumber.fromSpreadsheet(cell) ?? cell), range.contains(number) else {
      let values = ["value": cell, "from": String(range.lowerBound), "until": String(range.upperBound)]
      fault(column, "import.numberWrong", values)
      return nil
    }
    return number
  }

  private mutating func checkTogether(_ line: CaseloadLine) {
    if let low = line.hoursMin, let high = line.hoursMax, low > high {
      fault(.hoursMax, "import.hoursSwapped", ["low": low.text(mark: ","), "high": high.text(mark: ",")])
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
