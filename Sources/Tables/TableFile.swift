/// One cell as it stands in a file.
public struct Cell: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// As it was typed, or as a text file has it.
    case text
    /// A number, written with a point.
    case number
    /// A day, written as ISO 8601 has it.
    case date
    /// Yes or no, written `true` or `false`.
    case flag
    /// What the spreadsheet could not work out, as `#N/A`.
    case error
  }

  public let text: String
  public let kind: Kind

  public init(_ text: String, _ kind: Kind = .text) {
    self.text = text
    self.kind = kind
  }

  public static let empty = Cell("")

  public var isEmpty: Bool { text.isEmpty }
}

/// A part of a file with rows: a sheet of a workbook, or a whole text file.
public struct Sheet: Sendable, Equatable {
  public struct Row: Sendable, Equatable {
    /// The number a person sees beside it: the row of the sheet, or the line of the file on which it begins.
    public let number: Int
    public var cells: [Cell]

    public init(number: Int, cells: [Cell]) {
      self.number = number
      self.cells = cells
    }

    public var isEmpty: Bool { cells.allSatisfy(\.isEmpty) }
  }

  public let name: String
  /// Rows with something in them.
  public var rows: [Row]

  public init(name: String, rows: [Row]) {
    self.name = name
    self.rows = rows
  }
}

extension Sheet {
  /// Without the apostrophes by which formulas are made harmless on the way out.
  fileprivate var unguarded: Sheet {
    var sheet = self
    for row in sheet.rows.indices {
      for (place, cell) in sheet.rows[row].cells.enumerated() where cell.kind == .text && cell.text.contains("'") {
        sheet.rows[row].cells[place] = Cell(Formula.unguarded(cell.text))
      }
    }
    return sheet
  }
}

/// A file with tables, as spreadsheet programs save them: `.xlsx`, `.ods`, or text with something between the cells.
public struct TableFile: Sendable, Equatable {
  public enum Kind: Sendable, Equatable { case excel, openDocument, text(TextEncoding) }

  public let kind: Kind
  /// Those with rows that are not hidden, in their order.
  public let sheets: [Sheet]
  /// Rows that could not be read: they are in no sheet.
  public let faults: [TableFault]

  /// Reads a file whatever it is.
  /// - Parameter encoding: how a text file holds its letters, when that was asked.
  /// - Throws: `TableFault`s, all that were found.
  public init(_ bytes: [UInt8], encoding: TextEncoding? = nil, limits: TableLimits = .standard) throws(TableFaults) {
    switch FileMark(bytes) {
    case .archive:
      let archive = try Archive(bytes, limits)
      faults = []
      if try archive.isOpenDocument() {
        (kind, sheets) = (.openDocument, try OpenDocumentReader(archive, limits).sheets().map(\.unguarded))
      } else {
        (kind, sheets) = (.excel, try ExcelReader(archive, limits).sheets().map(\.unguarded))
      }
    case .oldOffice: throw TableFaults(.oldOffice)
    case .other: throw TableFaults(.notATable)
    case .text:
      let (text, encoding) = try TextEncoding.read(bytes, as: encoding)
      let table = try TextTable(text, limits)
      (kind, sheets) = (.text(encoding), [Sheet(name: "", rows: table.rows)])
      faults = table.faults
    }
    guard !faults.isEmpty || sheets.contains(where: { !$0.rows.isEmpty }) else { throw TableFaults(.empty) }
  }
}

/// How much of a file is read at most: a small file can unfold to more than any machine holds.
public struct TableLimits: Sendable {
  /// Bytes of one part of an archive once it is unfolded, and of all parts together.
  public var part = 64 * 1024 * 1024
  public var whole = 160 * 1024 * 1024
  public var rows = 250_000
  public var columns = 400
  /// Letters of one cell, as Excel has it.
  public var cell = 32_767

  public init() {}

  public static let standard = TableLimits()
}

/// What kind of file it is, by how it begins.
private enum FileMark {
  case archive, oldOffice, other, text

  init(_ bytes: [UInt8]) {
    let start = bytes.prefix(8)
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) || start.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      self = .archive
    } else if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = .oldOffice
    } else if start.starts(with: Array("%PDF".utf8)) || start.starts(with: [0x89, 0x50, 0x4E, 0x47])
      || start.starts(with: [0xFF, 0xD8, 0xFF]) || start.starts(with: [0x1F, 0x8B])
      || start.starts(with: Array("Rar!".utf8)) || start.starts(with: Array("7z".utf8))
      || Self.isMarkup(bytes)
    {
      self = .other
    } else {
      self = .text
    }
  }

  /// A web page that is called a table.
  private static func isMarkup(_ bytes: [UInt8]) -> Bool {
    let first = bytes.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }.prefix(6)
    return first.first == UInt8(ascii: "<")
  }
}
