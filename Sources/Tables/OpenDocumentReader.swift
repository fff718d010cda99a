/// Reads a spreadsheet of OpenDocument 1.3 (part 3, chapter 9): the tables that are not hidden.
struct OpenDocumentReader {
  private let archive: Archive
  private let limits: TableLimits

  init(_ archive: Archive, _ limits: TableLimits) {
    self.archive = archive
    self.limits = limits
  }

  func sheets() throws(TableFaults) -> [Sheet] {
    guard let bytes = try archive.part("content.xml") else { throw TableFaults(.notATable) }
    let content = Content(limits)
    try XMLWalk.walk(bytes, content)
    guard content.isSpreadsheet else { throw TableFaults(.notATable) }
    return content.sheets
  }
}

private final class Content: XMLWalk.Walker {
  private(set) var sheets: [Sheet] = []
  private(set) var isSpreadsheet = false
  private(set) var stop: TableFault.Reason?

  private let limits: TableLimits
  private var hiddenStyles: Set<String> = []
  private var style = ""
  private var name = ""
  private var isHidden = false
  private var depth = 0
  private var rows: [Sheet.Row] = []
  private var number = 0
  private var rowRepeat = 1
  private var cells: [Cell] = []
  private var column = 0
  private var cellRepeat = 1
  private var attributes: [String: String] = [:]
  private var paragraphs: [String] = []
  private var isParagraph = false
  /// Inside a remark, or a table within a cell.
  private var aside = 0

  init(_ limits: TableLimits) { self.limits = limits }

  func begin(_ element: String, _ attributes: [String: String]) {
    switch element {
    case "spreadsheet": isSpreadsheet = true
    case "style": style = attributes.plain("name") ?? ""
    case "table-properties" where attributes.plain("display") == "false": hiddenStyles.insert(style)
    case "annotation", "shapes", "tracked-changes": aside += 1
    case _ where aside > 0: break
    case "table":
      depth += 1
      guard depth == 1 else { break }
      name = attributes.plain("name") ?? ""
      isHidden = attributes.plain("style-name").map(hiddenStyles.contains) ?? false
      (rows, number) = ([], 0)
    case "table-row" where depth == 1:
      rowRepeat = attributes.count("number-rows-repeated")
      (cells, column) = ([], 0)
    case "table-cell" where depth == 1, "covered-table-cell" where depth == 1:
      self.attributes = attributes
      cellRepeat = attributes.count("number-columns-repeated")
      (paragraphs, isParagraph) = ([], false)
    case "p" where depth == 1:
      isParagraph = true
      paragraphs.append("")
    case "s" where isParagraph: add(String(repeating: " ", count: min(attributes.count("c"), 100)))
    case "tab" where isParagraph: add(" ")
    case "line-break" where isParagraph: add("\n")
    default: break
    }
  }

  func end(_ element: String) {
    switch element {
    case "annotation", "shapes", "tracked-changes": aside -= 1
    case _ where aside > 0: break
    case "table":
      depth -= 1
      if depth == 0 && !isHidden { sheets.append(Sheet(name: name, rows: rows)) }
    case "table-row" where depth == 1: endRow()
    case "table-cell" where depth == 1, "covered-table-cell" where depth == 1: endCell()
    case "p": isParagraph = false
    default: break
    }
  }

  func text(_ text: String) { if isParagraph && aside == 0 { add(text) } }

  private func add(_ text: String) {
    guard let last = paragraphs.indices.last else { return }
    paragraphs[last] += text
    if paragraphs[last].utf8.count > limits.cell * 4 || paragraphs.count > 10_000 { stop = .cellTooLong }
  }

  private func endCell() {
    let cell = cell()
    defer { column += cellRepeat }
    guard !cell.isEmpty else { return }
    guard column + cellRepeat <= limits.columns else {
      stop = .tooLarge
      return
    }
    while cells.count < column { cells.append(.empty) }
    for _ in 0..<cellRepeat { cells.append(cell) }
  }

  private func endRow() {
    let first = number + 1
    number += rowRepeat
    guard !cells.isEmpty else { return }
    guard rows.count + rowRepeat <= limits.rows else {
      stop = .tooLarge
      return
    }
    for place in 0..<rowRepeat { rows.append(Sheet.Row(number: first + place, cells: cells)) }
  }

  private func cell() -> Cell {
    let shown = paragraphs.joined(separator: "\n").trimmedCell
    // LibreOffice says of a sum that failed that it is a text, and beside it that it is an error.
    if attributes["calcext:value-type"] == "error" { return Cell(shown, .error) }
    switch attributes.plain("value-type") ?? "" {
    case "date":
      let day = String((attributes.plain("date-value") ?? "").prefix(10))
      return Cell(day, .date)
    case "boolean": return Cell(attributes.plain("boolean-value") == "true" ? "true" : "false", .flag)
    case "float", "currency", "percentage":
      guard let value = attributes.plain("value"), let number = Double(value), number.isFinite else {
        return Cell(shown, .error)
      }
      // Digits shown with zeros before them are not a sum but a number somebody has.
      if shown.count > 1, shown.first == "0", shown.allSatisfy({ $0.isASCII && $0.isNumber }), Double(shown) == number {
        return Cell(shown)
      }
      return Cell(ExcelStyles.plain(number), .number)
    case "string": return Cell(shown.isEmpty ? (attributes.plain("string-value") ?? "").trimmedCell : shown)
    default: return shown.hasPrefix("#") || shown.hasPrefix("Err:") ? Cell(shown, .error) : Cell(shown)
    }
  }
}

extension [String: String] {
  /// How often something is repeated: once, when nothing is said.
  fileprivate func count(_ name: String) -> Int {
    Swift.max(1, Swift.min(plain(name).flatMap { Int($0) } ?? 1, 2_000_000))
  }
}
