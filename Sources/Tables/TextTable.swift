/// A table as text (RFC 4180, with any line ends): comma, semicolon, tab or bar between the cells. What is wrong with
/// quotes is a fault with its line, and reading goes on at the next one, so that all of them are told at once.
struct TextTable {
  private(set) var rows: [Sheet.Row] = []

  private let bytes: [UInt8]
  private let limits: TableLimits
  private var separator = UInt8(ascii: ",")
  private var place = 0
  private var line = 1
  /// How many cells most rows have, for telling a row that was swallowed by a quote.
  private var width = 0
  /// What is wrong with quotes, each with its line.
  private(set) var faults: [TableFault] = []

  init(_ text: String, _ limits: TableLimits) throws(TableFaults) {
    bytes = Array(text.utf8)
    self.limits = limits
    if !readSeparatorLine() { separator = Self.likely(bytes) }
    width = Self.width(bytes[place...], separator)
    while place < bytes.count { try readRow() }
  }

  private static let quote = UInt8(ascii: "\"")
  private static func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  private static let candidates = [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: "|")]

  /// What most lines have equally many of: a title above the table, or a comma in a cell, does not decide.
  private static func likely(_ bytes: [UInt8]) -> UInt8 {
    var best = (separator: UInt8(ascii: ","), score: 0)
    for separator in candidates {
      let counts = countsByLine(bytes[...], separator)
      guard let usual = mostUsual(counts) else { continue }
      let score = usual * counts.count { $0 == usual }
      if score > best.score { best = (separator, score) }
    }
    return best.separator
  }

  private static func width(_ bytes: ArraySlice<UInt8>, _ separator: UInt8) -> Int {
    (mostUsual(countsByLine(bytes, separator)) ?? 0) + 1
  }

  /// How many separators stand on each of the first lines, outside quotes that are closed on their line.
  private static func countsByLine(_ bytes: ArraySlice<UInt8>, _ separator: UInt8) -> [Int] {
    bytes.prefix(64 * 1024).split(whereSeparator: isBreak).prefix(50).map { line in
      var isQuoted = false
      var count = 0
      for byte in line {
        if byte == quote { isQuoted.toggle() }
        if byte == separator && !isQuoted { count += 1 }
      }
      return count
    }
  }

  private static func mostUsual(_ counts: [Int]) -> Int? {
    let often = Dictionary(grouping: counts.filter { $0 > 0 }, by: \.self).mapValues(\.count)
    return often.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }

  /// Excel hides a first line `sep=;` that says what stands between cells.
  private mutating func readSeparatorLine() -> Bool {
    let first = bytes.prefix { !Self.isBreak($0) }
    let plain = first.filter { $0 != Self.quote }
    guard plain.count == 5, plain.starts(with: Array("sep=".utf8)), let last = plain.last else { return false }
    separator = last
    place = first.count
    endLine()
    return true
  }

  private mutating func endLine() {
    guard place < bytes.count else { return }
    let isReturn = bytes[place] == UInt8(ascii: "\r")
    place += 1
    if isReturn && place < bytes.count && bytes[place] == UInt8(ascii: "\n") { place += 1 }
    line += 1
  }

  private mutating func readRow() throws(TableFaults) {
    let (start, firstLine) = (place, line)
    var cells: [Cell] = []
    while true {
      switch cell(firstLine) {
      case .success(let text): cells.append(Cell(Formula.unguarded(text)))
      case .failure(let fault):
        faults.append(fault)
        if faults.count >= 200 { throw TableFaults(faults) }
        // On at the next line, whatever the quote swallowed.
        (place, line) = (start, firstLine)
        while place < bytes.count, !Self.isBreak(bytes[place]) { place += 1 }
        endLine()
        return
      }
      guard place < bytes.count, bytes[place] == separator else { break }
      place += 1
    }
    if place < bytes.count { endLine() }
    guard rows.count < limits.rows, cells.count <= limits.columns else { throw TableFaults(.tooLarge, line: firstLine) }
    let row = Sheet.Row(number: firstLine, cells: cells)
    if !row.isEmpty { rows.append(row) }
  }

  private mutating func cell(_ firstLine: Int) -> Result<String, TableFault> {
    let start = place
    while place < bytes.count, bytes[place] == UInt8(ascii: " "), bytes[place] != separator { place += 1 }
    if place < bytes.count, bytes[place] == Self.quote { return quoted(firstLine) }
    place = start
    while place < bytes.count, bytes[place] != separator, !Self.isBreak(bytes[place]) {
      if bytes[place] == Self.quote { return .failure(TableFault(.quoteInside, line: firstLine)) }
      place += 1
    }
    return text(bytes[start..<place], firstLine)
  }

  private mutating func quoted(_ firstLine: Int) -> Result<String, TableFault> {
    place += 1
    var content: [UInt8] = []
    let opened = line
    var separators = 0
    while true {
      guard place < bytes.count else { return .failure(TableFault(.quoteNotClosed, line: opened)) }
      let byte = bytes[place]
      if byte == Self.quote {
        guard place + 1 < bytes.count, bytes[place + 1] == Self.quote else { break }
        place += 1
      } else if Self.isBreak(byte) {
        // A cell may have several lines, but not a line with all cells of a row: then a quote was forgotten, and somebody
        // would stand inside somebody else's cell.
        if isRow(separators, opened) { return .failure(TableFault(.quoteNotClosed, line: opened)) }
        separators = 0
        if byte == UInt8(ascii: "\n") || place + 1 == bytes.count || bytes[place + 1] != UInt8(ascii: "\n") {
          line += 1
        }
      } else if byte == separator && line > opened {
        separators += 1
      }
      content.append(bytes[place])
      place += 1
    }
    if isRow(separators, opened) { return .failure(TableFault(.quoteNotClosed, line: opened)) }
    place += 1
    while place < bytes.count, bytes[place] == UInt8(ascii: " "), bytes[place] != separator { place += 1 }
    guard place == bytes.count || bytes[place] == separator || Self.isBreak(bytes[place]) else {
      return .failure(TableFault(.afterQuote, line: opened))
    }
    return text(content[...], firstLine)
  }

  private func isRow(_ separators: Int, _ opened: Int) -> Bool {
    width > 1 && line > opened && separators >= width - 1
  }

  private func text(_ bytes: ArraySlice<UInt8>, _ line: Int) -> Result<String, TableFault> {
    guard bytes.count <= limits.cell * 4 else { return .failure(TableFault(.cellTooLong, line: line)) }
    return .success(String(decoding: bytes, as: UTF8.self).trimmedCell)
  }
}

extension String {
  /// Without white space at its ends, also the kind that does not break.
  var trimmedCell: String {
    guard let first = firstIndex(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }),
      let last = lastIndex(where: { !$0.isWhitespace && $0 != "\u{FEFF}" })
    else { return "" }
    return String(self[first...last])
  }
}
