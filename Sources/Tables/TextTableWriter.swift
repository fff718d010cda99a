/// Writes a table as text, a line at a time.
public enum TextTableWriter {
  /// One line: quoted where needed, and never a formula, whatever the program that opens it takes for a separator.
  public static func line(_ cells: [String]) -> String {
    cells.map { cell in
      let safe = Formula.guarded(cell)
      let needsQuotes = safe.contains { ";,\"|\t".contains($0) || $0.isNewline }
      return needsQuotes ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
    }.joined(separator: ",")
  }
}

/// What a spreadsheet would work out instead of showing it: made harmless by an apostrophe, and taken back when read.
enum Formula {
  private static let starts: Set<Character> = ["=", "+", "-", "@"]
  private static let separators: Set<Character> = [";", ",", "|", "\t", "\n", "\r", "\r\n"]

  static func guarded(_ cell: String) -> String {
    var result = ""
    var isStart = true
    for letter in cell {
      if isStart && starts.contains(letter) { result.append("'") }
      if !letter.isWhitespace || separators.contains(letter) { isStart = separators.contains(letter) }
      result.append(letter)
    }
    return result
  }

  static func unguarded(_ cell: String) -> String {
    guard cell.contains("'") else { return cell }
    var result = ""
    var isStart = true
    var waiting = false
    for letter in cell {
      if waiting && !starts.contains(letter) { result.append("'") }
      waiting = isStart && letter == "'"
      if !waiting { result.append(letter) }
      if waiting || !letter.isWhitespace || separators.contains(letter) { isStart = separators.contains(letter) }
    }
    return waiting ? result + "'" : result
  }
}
