/// Goes through the bytes of a table once, row by row.
struct CSVReader {
  /// Where a cell stands, without its quotes and the white space around it.
  struct Cell: Sendable {
    let start: Int32
    let end: Int32
    /// In quotes, with quotes inside that are doubled.
    let isEscaped: Bool
  }

  private let bytes: [UInt8]
  private var place = 0
  private(set) var line = 1
  private(set) var separator = UInt8(ascii: ",")
  /// How many cells the header has, once it is read.
  var width: Int?

  init(_ bytes: [UInt8]) throws(InputFault) {
    self.bytes = bytes
    if let fault = Encoding.fault(of: bytes) { throw fault }
    // A byte-order mark is no part of the first name.
    if bytes.starts(with: Encoding.mark) { place = Encoding.mark.count }
    separator = Self.likely(bytes[place...])
    readSeparatorLine()
  }

  /// The one of tab, `;` and `,` that the first line has most of, outside quotes.
  private static func likely(_ bytes: ArraySlice<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes.prefix(while: { !isBreak($0) }) {
      if byte == quote { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    var best = UInt8(ascii: ",")
    for other in [UInt8(ascii: ";"), UInt8(ascii: "\t")] where counts[other] ?? 0 >= max(1, counts[best] ?? 0) {
      best = other
    }
    return best
  }

  /// Excel hides a first line `sep=;` that says what stands between cells.
  private mutating func readSeparatorLine() {
    let first = bytes[place...].prefix { !Self.isBreak($0) }
    guard first.count == 5, first.starts(with: Array("sep=".utf8)), let last = first.last else { return }
    separator = last
    place += first.count
    endLine()
  }

  /// The next row; nil at the end.
  mutating func row() throws(InputFault) -> [Cell]? {
    guard place < bytes.count else { return nil }
    var cells: [Cell] = []
    while true {
      cells.append(try cell())
      guard place < bytes.count else { return cells }
      if bytes[place] != separator {
        endLine()
        return cells
      }
      place += 1
    }
  }

  private static let quote = UInt8(ascii: "\"")
  private static func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  private mutating func endLine() {
    guard place < bytes.count else { return }
    let isReturn = bytes[place] == UInt8(ascii: "\r")
    place += 1
    if isReturn && place < bytes.count && bytes[place] == UInt8(ascii: "\n") { place += 1 }
    line += 1
  }

  private mutating func cell() throws(InputFault) -> Cell {
    let start = place
    while place < bytes.count, bytes[place] == UInt8(ascii: " "), bytes[place] != separator { place += 1 }
    if place < bytes.count, bytes[place] == Self.quote { return try quoted() }
    place = start
    while place < bytes.count, bytes[place] != separator, !Self.isBreak(bytes[place]) {
      if bytes[place] == Self.quote {
        throw InputFault(line: line, "a quote in the middle of a cell; a cell with quotes stands in quotes, doubled")
      }
      place += 1
    }
    return trimmed(start, place, isEscaped: false)
  }

  private mutating func quoted() throws(InputFault) -> Cell {
    let firstLine = line
    place += 1
    let start = place
    var isEscaped = false
    // On the line the reader is on now, when the quote was opened on one before.
    var separators = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte == Self.quote {
        guard place + 1 < bytes.count, bytes[place + 1] == Self.quote else { break }
        isEscaped = true
        place += 1
      } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") && !isFollowedByNewline {
        try refuseSwallowedRow(separators, firstLine)
        separators = 0
        line += 1
      } else if byte == separator && line > firstLine {
        separators += 1
      }
      place += 1
    }
    guard place < bytes.count else { throw InputFault(line: firstLine, "a quote that is never closed") }
    try refuseSwallowedRow(separators, firstLine)
    let end = place
    place += 1
    while place < bytes.count, bytes[place] == UInt8(ascii: " "), bytes[place] != separator { place += 1 }
    guard place == bytes.count || bytes[place] == separator || Self.isBreak(bytes[place]) else {
      throw InputFault(line: firstLine, "text after the quote that closes a cell")
    }
    return trimmed(start, end, isEscaped: isEscaped)
  }

  private var isFollowedByNewline: Bool { place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "\n") }

  /// A cell may have several lines, but not a line with all cells of a row: then a quote was forgotten, and somebody
  /// would stand inside somebody else's cell.
  private func refuseSwallowedRow(_ separators: Int, _ firstLine: Int) throws(InputFault) {
    guard let width, width > 1, line > firstLine, separators >= width - 1 else { return }
    throw InputFault(line: firstLine, "a quote that is not closed before line \(line), which is a row of its own")
  }

  private func trimmed(_ start: Int, _ end: Int, isEscaped: Bool) -> Cell {
    let inner = WhiteSpace.trimmed(bytes[start..<end])
    return Cell(start: Int32(inner.startIndex), end: Int32(inner.endIndex), isEscaped: isEscaped)
  }
}
