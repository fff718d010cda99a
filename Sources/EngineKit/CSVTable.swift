/// A table of comma-separated values (RFC 4180): a header, then rows of as many cells. Cells are places in the file's
/// bytes, so that a million rows cost no million strings.
public struct CSVTable: Sendable {
  private struct Cell: Sendable {
    let start: Int32
    let end: Int32
    /// In quotes, with quotes inside that are doubled.
    let isEscaped: Bool
  }

  private let bytes: [UInt8]
  private let cells: [Cell]
  /// The line each row begins on.
  private let lines: [Int32]
  public let header: [String]

  public var rowCount: Int { lines.count }

  /// Reads a table; `,` or `;` as the header has it.
  /// - Throws: `InputFault` with its line.
  public init(_ bytes: [UInt8]) throws(InputFault) {
    guard bytes.count < Int(Int32.max) else { throw InputFault("a file of more than 2 GB") }
    var reader = CSVReader(bytes)
    let names = try reader.row()
    guard let names, !names.allSatisfy({ $0.start == $0.end }) else { throw InputFault(line: 1, "no header") }
    let header = names.map { Self.text($0, bytes) }
    var cells: [Cell] = []
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
  }

  /// The place of a column.
  /// - Throws: `InputFault` that names the columns there are.
  public func column(_ name: String) throws(InputFault) -> Int {
    let places = header.indices.filter { header[$0] == name }
    guard let place = places.first else {
      throw InputFault(line: 1, "no column \"\(name)\"; there are: \(header.joined(separator: ", "))")
    }
    guard places.count == 1 else { throw InputFault(line: 1, "column \"\(name)\" stands there twice") }
    return place
  }

  public func line(ofRow row: Int) -> Int { Int(lines[row]) }

  public func isEmpty(row: Int, column: Int) -> Bool {
    let cell = cells[row * header.count + column]
    return bytes[Int(cell.start)..<Int(cell.end)].allSatisfy { $0 == UInt8(ascii: " ") }
  }

  public func text(row: Int, column: Int) -> String { Self.text(cells[row * header.count + column], bytes) }

  /// A number; nil for an empty cell.
  /// - Throws: `InputFault` for anything that is no finite number.
  public func number(row: Int, column: Int) throws(InputFault) -> Double? {
    if isEmpty(row: row, column: column) { return nil }
    let cell = cells[row * header.count + column]
    guard let value = NumberReader.decimal(Self.trimmed(bytes[Int(cell.start)..<Int(cell.end)])) else {
      throw InputFault(
        line: line(ofRow: row), "\(header[column]) is \"\(text(row: row, column: column))\", which is no number")
    }
    return value
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while rest.first == UInt8(ascii: " ") { rest = rest.dropFirst() }
    while rest.last == UInt8(ascii: " ") { rest = rest.dropLast() }
    return rest
  }

  private static func text(_ cell: Cell, _ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes[Int(cell.start)..<Int(cell.end)], as: UTF8.self)
    guard cell.isEscaped else { return text }
    var plain = ""
    var wasQuote = false
    for letter in text {
      if letter == "\"" && !wasQuote {
        wasQuote = true
        continue
      }
      wasQuote = false
      plain.append(letter)
    }
    return plain
  }

  /// Goes through the bytes once.
  private struct CSVReader {
    let bytes: [UInt8]
    var place = 0
    var line = 1
    var separator = UInt8(ascii: ",")

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      // A byte-order mark is no part of the first name.
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
      let first = bytes[place...].prefix { $0 != UInt8(ascii: "\n") }
      if first.contains(UInt8(ascii: ";")) && !first.contains(UInt8(ascii: ",")) { separator = UInt8(ascii: ";") }
    }

    /// The next row; nil at the end.
    mutating func row() throws(InputFault) -> [Cell]? {
      guard place < bytes.count else { return nil }
      var cells: [Cell] = []
      while true {
        cells.append(try cell())
        guard place < bytes.count else { return cells }
        let byte = bytes[place]
        place += 1
        if byte == separator { continue }
        if byte == UInt8(ascii: "\r") && place < bytes.count && bytes[place] == UInt8(ascii: "\n") { place += 1 }
        line += 1
        return cells
      }
    }

    private mutating func cell() throws(InputFault) -> Cell {
      let start = place
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
        while place < bytes.count, bytes[place] != separator, bytes[place] != UInt8(ascii: "\n"),
          bytes[place] != UInt8(ascii: "\r")
        { place += 1 }
        return Cell(start: Int32(start), end: Int32(place), isEscaped: false)
      }
      let firstLine = line
      var isEscaped = false
      place += 1
      while place < bytes.count {
        if bytes[place] == UInt8(ascii: "\"") {
          guard place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "\"") else { break }
          isEscaped = true
          place += 1
        } else if bytes[place] == UInt8(ascii: "\n") {
          line += 1
        }
        place += 1
      }
      guard place < bytes.count else { throw InputFault(line: firstLine, "a quote that is never closed") }
      place += 1
      let isEnd =
        place == bytes.count || bytes[place] == separator || bytes[place] == UInt8(ascii: "\n")
        || bytes[place] == UInt8(ascii: "\r")
      guard isEnd else { throw InputFault(line: line, "text after a closing quote") }
      return Cell(start: Int32(start + 1), end: Int32(place - 1), isEscaped: isEscaped)
    }
  }
}
