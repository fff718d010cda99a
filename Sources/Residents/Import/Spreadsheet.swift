internal import Foundation
internal import Kernel

/// A table as spreadsheet programs save it: comma, semicolon or tab between the cells; UTF-8 or Windows-1252.
/// Our own reader because faults must name the line in the file, which a quoted line break moves.
public struct Spreadsheet: Sendable, Equatable {
  public struct Line: Sendable, Equatable {
    /// The line in the file on which this row begins; the header is 1.
    public let number: Int
    public let cells: [String]
  }

  public let header: [String]
  public let lines: [Line]

  /// - Throws: `Problem.invalid` when it is no table: empty, or not text.
  public init(_ bytes: [UInt8]) throws {
    guard let text = Self.text(bytes), !text.contains("\0") else { throw Problem.invalid("file", "import.notATable") }
    var rows = Self.rows(text, separator: Self.separator(text))
    rows.removeAll { $0.cells.allSatisfy(\.isEmpty) }
    guard let first = rows.first else { throw Problem.invalid("file", "import.empty") }
    header = first.cells
    lines = Array(rows.dropFirst())
  }

  /// UTF-8 when it is, else Windows-1252, in which every file of an older spreadsheet program is text.
  static func text(_ bytes: [UInt8]) -> String? {
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    return String(validating: content, as: UTF8.self) ?? String(bytes: content, encoding: .windowsCP1252)
  }

  /// What stands most often in the first line, outside quotes.
  private static func separator(_ text: String) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted && (byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")) { break }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    let candidates = [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t")]
    return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? UInt8(ascii: ",")
  }

  private static func rows(_ text: String, separator: UInt8) -> [Line] {
    var reader = Reader(separator: separator)
    for byte in text.utf8 { reader.take(byte) }
    return reader.end()
  }

  /// Reads byte by byte (RFC 4180, with any line ends).
  private struct Reader {
    let separator: UInt8
    private var rows: [Line] = []
    private var cells: [String] = []
    private var cell: [UInt8] = []
    private var isQuoted = false
    private var wasQuote = false
    private var wasReturn = false
    private var line = 1
    private var start = 1

    init(separator: UInt8) { self.separator = separator }

    mutating func take(_ byte: UInt8) {
      let newline = byte == UInt8(ascii: "\n")
      defer { wasReturn = byte == UInt8(ascii: "\r") }
      if newline && wasReturn {
        // The second half of a line end that was counted already.
        if isQuoted { cell.append(byte) }
        return
      }
      let isEnd = newline || byte == UInt8(ascii: "\r")
      if isEnd { line += 1 }
      if isQuoted && !wasQuote {
        if byte == UInt8(ascii: "\"") { wasQuote = true } else { cell.append(byte) }
        return
      }
      if wasQuote && byte == UInt8(ascii: "\"") {
        cell.append(byte)
        wasQuote = false
        return
      }
      if wasQuote { (isQuoted, wasQuote) = (false, false) }
      switch byte {
      case UInt8(ascii: "\"") where cell.isEmpty: isQuoted = true
      case separator: endCell()
      case _ where isEnd: endRow()
      default: cell.append(byte)
      }
    }

    private mutating func endCell() {
      let text = String(decoding: cell, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      // A formula that was made harmless on the way out.
      cells.append(
        text.hasPrefix("'") && text.dropFirst().first.map(Self.formula.contains) == true
          ? String(text.dropFirst()) : text)
      cell = []
    }

    private static let formula: Set<Character> = ["=", "+", "-", "@"]

    private mutating func endRow() {
      endCell()
      rows.append(Line(number: start, cells: cells))
      cells = []
      start = line
    }

    mutating func end() -> [Line] {
      if !cell.isEmpty || !cells.isEmpty { endRow() }
      return rows
    }
  }

  /// One line of a table that is written: quoted where needed, and never a formula.
  public static func written(_ cells: [String]) -> String {
    cells.map { cell in
      let safe = cell.first.map { "=+-@\t\r".contains($0) } == true ? "'" + cell : cell
      let needsQuotes = safe.contains { $0 == ";" || $0 == "," || $0 == "\"" || $0.isNewline }
      return needsQuotes ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
    }.joined(separator: ",")
  }
}
