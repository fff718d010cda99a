/// A table of comma-separated values (RFC 4180): a header, then rows of as many cells. Cells are places in the file's
/// bytes, so that a million rows cost no million strings. White space around a cell is no part of it.
public struct CSVTable: Sendable {
  private let bytes: [UInt8]
  private let cells: [CSVReader.Cell]
  /// The line each row begins on.
  private let lines: [Int32]
  public let header: [String]
  private let headerLine: Int
  private let marks: [DecimalMark]

  public var rowCount: Int { lines.count }

  /// Reads a table; `,`, `;` or tab as the header has it.
  /// - Throws: `InputFault` with its line.
  public init(_ bytes: [UInt8]) throws(InputFault) {
    guard bytes.count < Int(Int32.max) else { throw InputFault("a file of more than 2 GB") }
    var reader = try CSVReader(bytes)
    let headerLine = reader.line
    let names = try reader.row()
    guard let names, !names.allSatisfy({ $0.start == $0.end }) else { throw InputFault(line: headerLine, "no header") }
    let header = names.map { Self.text($0, bytes) }
    reader.width = header.count
    var cells: [CSVReader.Cell] = []
    var lines: [Int32] = []
    while true {
      let line = reader.line
      guard let row = try reader.row() else { break }
      if row.count == 1 && row[0].start == row[0].end { continue }
      guard row.count == header.count else {
        throw InputFault(line: line, "\(row.count) cells where the header has \(header.count)")
      }
      cells += row
      lines.append(Int32(line))
    }
    self.bytes = bytes
    self.cells = cells
    self.lines = lines
    self.header = header
    self.headerLine = headerLine
    marks = header.indices.map { column in
      guard reader.separator == UInt8(ascii: ";") else { return .point }
      return DecimalMark(
        of: lines.indices.lazy.map { row in
          let cell = cells[row * header.count + column]
          return bytes[Int(cell.start)..<Int(cell.end)]
        })
    }
  }

  /// The place of a column.
  /// - Throws: `InputFault` that names the columns there are.
  public func column(_ asked: String) throws(InputFault) -> Int {
    let name = WhiteSpace.trimmed(asked)
    let places = header.indices.filter { header[$0] == name }
    guard let place = places.first else {
      let hint = likelyHeader(name).map { "; line \($0) has it: is that the header?" } ?? ""
      throw InputFault(
        line: headerLine, "no column \"\(name)\"; there are: \(header.joined(separator: ", "))\(hint)")
    }
    guard places.count == 1 else { throw InputFault(line: headerLine, "column \"\(name)\" stands there twice") }
    return place
  }

  /// A title may stand above the header.
  private func likelyHeader(_ name: String) -> Int? {
    (0..<min(10, rowCount)).first { row in header.indices.contains { text(row: row, column: $0) == name } }
      .map { line(ofRow: $0) }
  }

  public func line(ofRow row: Int) -> Int { Int(lines[row]) }

  public func isEmpty(row: Int, column: Int) -> Bool {
    let cell = cells[row * header.count + column]
    return cell.start == cell.end
  }

  /// What programs write where nothing is known: R, SAS, pandas, Excel (in English and Dutch), databases.
  private static let missing: Set<String> = ["NA", "N/A", "n/a", "<NA>", "NaN", ".", "#N/A", "#N/B", "NULL"]
  private static let lowercaseMissing = Set(missing.map { $0.lowercased() })

  /// Whether nothing is known there: empty, or a word that says so.
  /// - Parameter inAnyCase: also "na", which elsewhere may be a name (in Dutch it is "after").
  public func isMissing(row: Int, column: Int, inAnyCase: Bool = false) -> Bool {
    let cell = cells[row * header.count + column]
    if cell.start == cell.end { return true }
    guard cell.end - cell.start <= 4 else { return false }
    let text = Self.text(cell, bytes)
    return inAnyCase ? Self.lowercaseMissing.contains(text.lowercased()) : Self.missing.contains(text)
  }

  public func text(row: Int, column: Int) -> String { Self.text(cells[row * header.count + column], bytes) }

  /// A number; nil where nothing is known. Where `;` stands between cells it may have a decimal comma.
  /// - Throws: `InputFault` for anything that is no finite number.
  public func number(row: Int, column: Int) throws(InputFault) -> Double? {
    let cell = cells[row * header.count + column]
    let own = bytes[Int(cell.start)..<Int(cell.end)]
    let hasPoint = marks[column] != .point && own.contains(UInt8(ascii: "."))
    if !hasPoint, let value = NumberReader.decimal(own) { return value }
    if isMissing(row: row, column: column) { return nil }
    if marks[column] == .comma, let point = DecimalMark.withPoint(own), let value = NumberReader.decimal(point) {
      return value
    }
    let why =
      !hasPoint
      ? "which is no number"
      : marks[column] == .comma
        ? "where others have a decimal comma" : "which may be thousands or decimals: write it without the point"
    throw InputFault(line: line(ofRow: row), "\(header[column]) is \"\(text(row: row, column: column))\", \(why)")
  }

  private static func text(_ cell: CSVReader.Cell, _ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes[Int(cell.start)..<Int(cell.end)], as: UTF8.self)
    return cell.isEscaped ? text.replacing("\"\"", with: "\"") : text
  }
}
