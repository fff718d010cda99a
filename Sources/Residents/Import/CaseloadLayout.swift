public import Kernel
public import Store
public import Tables
public import Trust

/// What was chosen for a file that did not speak for itself.
public struct CaseloadChoices: Sendable, Equatable {
  /// How its letters are held.
  public var encoding: TextEncoding?
  /// What each column is, by its place; a column that is not named is not read.
  public var columns: [Int: CaseloadColumn]?
  /// Columns by heading, as the command line names them.
  private(set) var named: [String: CaseloadColumn] = [:]

  public init() {}

  /// Says what a heading means.
  public mutating func name(_ heading: String, _ column: CaseloadColumn) { named[Headings.plain(heading)] = column }
}

/// How a file is laid out: where its headings are, and what each column is.
public struct CaseloadLayout: Sendable, Equatable {
  public struct Column: Sendable, Equatable {
    public enum Known: Sendable, Equatable {
      /// By its name, or because it was pointed out, now or before.
      case sure
      /// Alike, to be confirmed.
      case guessed
      /// Not read.
      case unknown
    }

    public let heading: String
    public let column: CaseloadColumn?
    public let known: Known
    /// A few of its cells.
    public let examples: [String]
  }

  public let sheet: String
  /// The row the headings stand on.
  public let headerRow: Int
  public let columns: [Column]
  /// Rows with people in them.
  let rows: [Sheet.Row]
  /// Rows with a remark in one cell, as a total below the table.
  public let remarks: [(row: Int, text: String)]
  /// Whether any row looked like headings at all.
  public let hasHeadings: Bool

  public static func == (one: CaseloadLayout, other: CaseloadLayout) -> Bool {
    one.sheet == other.sheet && one.headerRow == other.headerRow && one.columns == other.columns
      && one.rows == other.rows
  }

  /// Looks for the headings, below a title where there is one, and gives each column a meaning.
  /// - Parameter remembered: what headings meant before for the same organisation; nil for one that is not read.
  public init(_ file: TableFile, _ choices: CaseloadChoices, remembered: [String: CaseloadColumn?] = [:]) {
    var best: (sheet: Sheet, place: Int, score: Int)?
    for sheet in file.sheets {
      for (place, row) in sheet.rows.prefix(Self.titleRows).enumerated() {
        let texts = row.cells.map(\.text)
        let score = Headings.score(texts) + texts.count { remembered[Headings.plain($0)] != nil }
        if best.map({ score > $0.score }) ?? true { best = (sheet, place, score) }
      }
    }
    let (sheet, place, score) = best ?? (Sheet(name: "", rows: []), 0, 0)
    self.sheet = sheet.name
    hasHeadings = score >= Self.leastScore || choices.columns != nil
    let header = sheet.rows.indices.contains(place) ? sheet.rows[place] : Sheet.Row(number: 1, cells: [])
    headerRow = header.number
    let below = sheet.rows.dropFirst(place + 1)
    let headings = header.cells.map(\.text)
    let width = max(headings.count, 1)
    remarks =
      width < 4 ? [] : below.filter { $0.isRemark }.map { ($0.number, $0.cells.first { !$0.isEmpty }?.text ?? "") }
    rows = width < 4 ? Array(below) : below.filter { !$0.isRemark }
    columns = Self.meanings(headings, rows, choices, remembered)
  }

  private static let titleRows = 20
  private static let leastScore = 6

  private static func meanings(
    _ headings: [String], _ rows: [Sheet.Row], _ choices: CaseloadChoices, _ remembered: [String: CaseloadColumn?]
  ) -> [Column] {
    let guesses = Headings.guesses(headings)
    // What was pointed out goes before what is guessed, and no column is had twice.
    var taken = Set(choices.columns.map { Array($0.values) } ?? Array(choices.named.values))
    var columns: [Column] = []
    for (place, heading) in headings.enumerated() {
      let examples = rows.lazy.compactMap { $0.cells.indices.contains(place) ? $0.cells[place].text : nil }
        .filter { !$0.isEmpty }.prefix(3)
      func column(_ column: CaseloadColumn?, _ known: Column.Known) -> Column {
        Column(heading: heading, column: column, known: known, examples: Array(examples))
      }
      if let chosen = choices.columns {
        columns.append(column(chosen[place], chosen[place] == nil ? .unknown : .sure))
      } else if let named = choices.named[Headings.plain(heading)] {
        columns.append(column(named, .sure))
      } else if let before = remembered[Headings.plain(heading)], before.map({ !taken.contains($0) }) ?? true {
        if let before { taken.insert(before) }
        columns.append(column(before, .sure))
      } else if let guess = guesses[place], taken.insert(guess.column).inserted {
        columns.append(column(guess.column, guess.isSure ? .sure : .guessed))
      } else {
        columns.append(column(nil, .unknown))
      }
    }
    return columns
  }

  /// Columns nobody reads that hold something.
  public var unread: [String] { columns.filter { $0.column == nil && !$0.examples.isEmpty }.map(\.heading) }

  func missing(_ importer: Importer) -> [CaseloadColumn] {
    let there = Set(columns.compactMap(\.column))
    return CaseloadColumn.needed(of: importer).filter { !there.contains($0) }
  }

  /// Must somebody point out which column is what?
  public func isUnclear(for importer: Importer) -> Bool {
    !hasHeadings || columns.contains { $0.known == .guessed } || !missing(importer).isEmpty
  }

  func heading(of column: CaseloadColumn) -> String? { columns.first { $0.column == column }?.heading }
}

extension Sheet.Row {
  /// One cell in a row of many: a total or a remark, nobody.
  fileprivate var isRemark: Bool { cells.count { !$0.isEmpty } == 1 }
}

/// What a heading means in the lists of one organisation: pointed out once, known from then on.
public struct KnownHeading: Record, Equatable {
  public let id: ID<KnownHeading>
  public var version = 0
  /// nil for lists of the whole region.
  public let organisation: ID<Organisation>?
  /// As headings are compared.
  public let heading: String
  /// The column it is; nil for one that is not read.
  public var meaning: String?

  public static let table = Table(
    "import_heading", sealedFor: .region, [.plain("organisation"), .plain("heading"), .plain("meaning")])

  /// What is remembered for an organisation.
  static func all(of organisation: ID<Organisation>?, _ reader: Reader) throws -> [KnownHeading] {
    guard let organisation else { return try reader.all(KnownHeading.self, "where organisation is null") }
    return try reader.all(KnownHeading.self, "where organisation = \(organisation)")
  }

  static func meanings(of organisation: ID<Organisation>?, _ reader: Reader) throws -> [String: CaseloadColumn?] {
    var meanings: [String: CaseloadColumn?] = [:]
    for known in try all(of: organisation, reader) {
      meanings.updateValue(known.meaning.flatMap(CaseloadColumn.init(rawValue:)), forKey: known.heading)
    }
    return meanings
  }

  /// Keeps what was pointed out.
  static func remember(
    _ layout: CaseloadLayout, of organisation: ID<Organisation>?, _ transaction: Transaction
  ) throws {
    let before = Dictionary(
      try all(of: organisation, transaction).map { ($0.heading, $0) }, uniquingKeysWith: { first, _ in first })
    var done: Set<String> = []
    for column in layout.columns {
      let heading = Headings.plain(column.heading)
      guard !heading.isEmpty, heading.utf8.count <= 200, done.insert(heading).inserted else { continue }
      var known =
        before[heading]
        ?? KnownHeading(id: transaction.freshID(), organisation: organisation, heading: heading, meaning: nil)
      known.meaning = column.column?.rawValue
      if known.version == 0 || known != before[heading] { try transaction.put(known) }
    }
  }
}
