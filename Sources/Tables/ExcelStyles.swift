internal import Foundation
internal import Kernel

/// How numbers are shown: a day is a number with a format in Excel, and so is a number with zeros before it.
final class ExcelStyles: XMLWalk.Walker {
  let stop: TableFault.Reason? = nil
  private var codes: [Int: String] = [:]
  private var formats: [Int] = []
  private var isCell = false

  func begin(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "numFmt":
      if let id = attributes["numFmtId"].flatMap({ Int($0) }) { codes[id] = attributes["formatCode"] ?? "" }
    case "cellXfs": isCell = true
    case "xf" where isCell: formats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
    default: break
    }
  }

  func end(_ name: String) { if name == "cellXfs" { isCell = false } }
  func text(_ text: String) {}

  /// A number as a person sees it: a day, a number with the zeros of its format, or a number.
  func shown(_ value: String, _ style: Int, is1904: Bool) -> Cell {
    guard let number = Double(value), number.isFinite else { return Cell(value) }
    let format = formats.indices.contains(style) ? formats[style] : 0
    if isDay(format), let day = Self.day(number, is1904: is1904) { return Cell(day.description, .date) }
    let plain = Self.plain(number)
    if let code = codes[format], code.count > 1, code.allSatisfy({ $0 == "0" }), plain.allSatisfy(\.isNumber),
      plain.count < code.count
    {
      return Cell(String(repeating: "0", count: code.count - plain.count) + plain)
    }
    return Cell(plain, .number)
  }

  /// Whether a format shows a day (ECMA-376, 18.8.30 for those without a code of their own).
  private func isDay(_ format: Int) -> Bool {
    if let code = codes[format] { return Self.isDay(code) }
    return [14, 15, 16, 17, 22].contains(format) || (27...36).contains(format) || (50...58).contains(format)
  }

  /// A day or a year stands in it, outside quotes, brackets and what is escaped.
  static func isDay(_ code: String) -> Bool {
    var rest = ""
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for letter in code.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if letter == "\\" || letter == "_" || letter == "*" {
        isEscaped = true
      } else if letter == "\"" {
        isQuoted.toggle()
      } else if letter == "[" {
        isBracketed = true
      } else if letter == "]" {
        isBracketed = false
      } else if !isQuoted && !isBracketed {
        if letter == ";" { break }
        rest.append(letter)
      }
    }
    // `j` is the year in Dutch; `general` has an e and an a.
    return rest != "general" && rest.contains { "dyj".contains($0) } && !rest.contains("#") && !rest.contains("0.")
  }

  /// The day of a serial number. In the system of 1900 there was a 29 February that never was.
  static func day(_ number: Double, is1904: Bool) -> LocalDate? {
    guard number >= 0, number < 3_000_000, let start = LocalDate(year: is1904 ? 1904 : 1899, month: 1, day: 1) else {
      return nil
    }
    let serial = Int(number.rounded(.down))
    if is1904 { return start.adding(days: serial) }
    guard serial >= 1, let first = LocalDate(year: 1899, month: 12, day: 31) else { return nil }
    return first.adding(days: serial > 59 ? serial - 1 : serial)
  }

  /// As a person would type it, in the fifteen digits a spreadsheet keeps.
  static func plain(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    let text = String(format: "%.15g", number)
    return text.contains("e") ? "\(number)" : text
  }
}
