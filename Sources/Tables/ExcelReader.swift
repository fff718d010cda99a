internal import Kernel

/// Reads a workbook of Office Open XML (ECMA-376, part 1, chapter 18): names, strings, dates as numbers, of the sheets
/// that are not hidden.
struct ExcelReader {
  private let archive: Archive
  private let limits: TableLimits

  init(_ archive: Archive, _ limits: TableLimits) {
    self.archive = archive
    self.limits = limits
  }

  func sheets() throws(TableFaults) -> [Sheet] {
    let root = try relations("_rels/.rels", of: "")
    let book = root.first { $0.kind == "officeDocument" }?.target ?? "xl/workbook.xml"
    guard let bytes = try archive.part(book) else { throw TableFaults(.notATable) }
    let about = Workbook()
    try XMLWalk.walk(bytes, about)
    guard !about.sheets.isEmpty else { throw TableFaults(.notATable) }
    let folder = book.split(separator: "/").dropLast().joined(separator: "/")
    let file = book.split(separator: "/").last.map(String.init) ?? "workbook.xml"
    let relations = try relations(folder.isEmpty ? "_rels/\(file).rels" : "\(folder)/_rels/\(file).rels", of: folder)
    let strings = SharedStrings(limits)
    if let place = relations.first(where: { $0.kind == "sharedStrings" })?.target, let part = try archive.part(place) {
      try XMLWalk.walk(part, strings)
    }
    let styles = ExcelStyles()
    if let place = relations.first(where: { $0.kind == "styles" })?.target, let part = try archive.part(place) {
      try XMLWalk.walk(part, styles)
    }
    var sheets: [Sheet] = []
    for one in about.sheets where !one.isHidden {
      guard let place = relations.first(where: { $0.id == one.relation })?.target, let part = try archive.part(place)
      else { continue }
      let grid = Grid(strings.all, styles, is1904: about.is1904, limits)
      try XMLWalk.walk(part, grid)
      sheets.append(Sheet(name: one.name, rows: grid.rows))
    }
    return sheets
  }

  private struct Relation {
    let id: String
    /// The last word of its type.
    let kind: String
    let target: String
  }

  private func relations(_ place: String, of folder: String) throws(TableFaults) -> [Relation] {
    guard let bytes = try archive.part(place) else { return [] }
    let found = Relations()
    try XMLWalk.walk(bytes, found)
    return found.all.map { attributes in
      Relation(
        id: attributes["Id"] ?? "", kind: attributes["Type"]?.split(separator: "/").last.map(String.init) ?? "",
        target: Self.path(attributes["Target"] ?? "", in: folder))
    }
  }

  private static func path(_ target: String, in folder: String) -> String {
    var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}

private final class Relations: XMLWalk.Walker {
  var all: [[String: String]] = []
  let stop: TableFault.Reason? = nil

  func begin(_ name: String, _ attributes: [String: String]) { if name == "Relationship" { all.append(attributes) } }
  func end(_ name: String) {}
  func text(_ text: String) {}
}

private final class Workbook: XMLWalk.Walker {
  var sheets: [(name: String, relation: String, isHidden: Bool)] = []
  var is1904 = false
  let stop: TableFault.Reason? = nil

  func begin(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "sheet":
      let isHidden = ["hidden", "veryHidden"].contains(attributes["state"] ?? "")
      sheets.append((attributes["name"] ?? "", attributes.plain("id") ?? "", isHidden))
    case "workbookPr": is1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
    default: break
    }
  }
  func end(_ name: String) {}
  func text(_ text: String) {}
}

/// Texts that cells point at; of a text in several styles all pieces, without how it is pronounced.
private final class SharedStrings: XMLWalk.Walker {
  private(set) var all: [String] = []
  private(set) var stop: TableFault.Reason?
  private let limits: TableLimits
  private var current = ""
  private var isText = false
  private var isSound = false

  init(_ limits: TableLimits) { self.limits = limits }

  func begin(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "si": current = ""
    case "t": isText = true
    case "rPh": isSound = true
    default: break
    }
  }

  func end(_ name: String) {
    switch name {
    case "si":
      all.append(current.unescapedOffice.trimmedCell)
      if all.count > limits.rows * 20 { stop = .tooLarge }
    case "t": isText = false
    case "rPh": isSound = false
    default: break
    }
  }

  func text(_ text: String) {
    guard isText && !isSound else { return }
    current += text
    if current.utf8.count > limits.cell * 4 { stop = .cellTooLong }
  }
}

/// The rows of one sheet.
private final class Grid: XMLWalk.Walker {
  private(set) var rows: [Sheet.Row] = []
  private(set) var stop: TableFault.Reason?

  private let strings: [String]
  private let styles: ExcelStyles
  private let is1904: Bool
  private let limits: TableLimits
  private var number = 0
  private var cells: [Cell] = []
  private var column = 0
  private var kind = ""
  private var style = 0
  private var value = ""
  private var isValue = false
  private var isSound = false

  init(_ strings: [String], _ styles: ExcelStyles, is1904: Bool, _ limits: TableLimits) {
    (self.strings, self.styles, self.is1904, self.limits) = (strings, styles, is1904, limits)
  }

  func begin(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "row":
      number = attributes["r"].flatMap { Int($0) } ?? number + 1
      (cells, column) = ([], 0)
    case "c":
      column = attributes["r"].flatMap(Self.column) ?? column + 1
      kind = attributes["t"] ?? "n"
      style = attributes["s"].flatMap { Int($0) } ?? 0
      value = ""
    case "v", "t": isValue = true
    case "rPh": isSound = true
    default: break
    }
  }

  func end(_ name: String) {
    switch name {
    case "row":
      let row = Sheet.Row(number: number, cells: cells)
      if !row.isEmpty { rows.append(row) }
      if rows.count > limits.rows { stop = .tooLarge }
    case "c": put(cell())
    case "v", "t": isValue = false
    case "rPh": isSound = false
    default: break
    }
  }

  func text(_ text: String) {
    guard isValue && !isSound else { return }
    value += text
    if value.utf8.count > limits.cell * 4 { stop = .cellTooLong }
  }

  private func put(_ cell: Cell) {
    guard !cell.isEmpty else { return }
    guard (1...limits.columns).contains(column) else {
      stop = .tooLarge
      return
    }
    while cells.count < column { cells.append(.empty) }
    cells[column - 1] = cell
  }

  private func cell() -> Cell {
    switch kind {
    case "s":
      guard let place = Int(value), strings.indices.contains(place) else { return .empty }
      return Cell(strings[place])
    case "inlineStr", "str": return Cell(value.unescapedOffice.trimmedCell)
    case "b": return Cell(value == "1" || value == "true" ? "true" : "false", .flag)
    case "e": return Cell(value, .error)
    case "d": return Cell(String(value.prefix(10)), .date)
    default: return styles.shown(value.trimmedCell, style, is1904: is1904)
    }
  }

  /// `AB12` is column 28.
  private static func column(_ reference: String) -> Int? {
    var number = 0
    for byte in reference.utf8 {
      guard byte >= 65, byte <= 90 else { break }
      number = number * 26 + Int(byte) - 64
      if number > 20_000 { return nil }
    }
    return number > 0 ? number : nil
  }
}

extension String {
  /// Office writes letters that XML can't hold as `_x000D_`.
  var unescapedOffice: String {
    guard contains("_x") else { return self }
    return replacing(/_x([0-9A-Fa-f]{4})_/) { match in
      guard let value = UInt32(match.output.1, radix: 16), let scalar = Unicode.Scalar(value) else {
        return String(match.output.0)
      }
      return scalar.value < 0x20 && scalar != "\n" && scalar != "\t" ? "" : String(Character(scalar))
    }
  }
}
