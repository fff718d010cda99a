public import Kernel

/// A thing that is kept: one row of one table. Its `Codable` properties are the columns; `table` says of each
/// what it is about and how it is protected.
public protocol Record: Codable, Sendable {
  static var table: Table { get }
  var id: ID<Self> { get }
  /// 0 for a record that was not stored yet; the store raises it with every change.
  var version: Int { get set }
  /// Plain text behind each blind column, by property name.
  var blindTexts: [String: String?] { get }
}

extension Record {
  public var blindTexts: [String: String?] { [:] }
}

/// How a column is kept on disk.
public enum Protection: Sendable {
  /// As it is.
  case plain
  /// Encrypted under the resident's (or region's) key.
  case sealed
  /// A keyed hash: can be looked up exactly, not read.
  case blind
}

/// Whose key seals a table's columns.
public enum KeyScope: Sendable, Equatable {
  /// The region's own key.
  case region
  /// The key of the resident named in this property; the region's when that is empty.
  case resident(property: String)
}

public struct Column: Sendable {
  public let property: String
  public let name: String
  /// nil for what says nothing about a resident.
  public let category: Category?
  public let protection: Protection

  public static func plain(_ property: String, _ category: Category? = nil) -> Column {
    Column(property, category, .plain)
  }

  public static func sealed(_ property: String, _ category: Category? = nil) -> Column {
    Column(property, category, .sealed)
  }

  public static func blind(_ property: String, _ category: Category? = nil) -> Column {
    Column(property, category, .blind)
  }

  private init(_ property: String, _ category: Category?, _ protection: Protection) {
    self.property = property
    name = snakeCase(property)
    self.category = category
    self.protection = protection
  }
}

/// The declaration of a table: its columns besides `id` and `version`, and whose key seals them.
public struct Table: Sendable {
  public let name: String
  public let scope: KeyScope
  public let columns: [Column]
  let byProperty: [String: Column]
  let placeByProperty: [String: Int]
  let insertStart: String
  /// `select <columns> from <table>`; the rest is written behind it.
  public let select: SQL

  public init(_ name: String, sealedFor scope: KeyScope, _ columns: [Column]) {
    self.name = name
    self.scope = scope
    self.columns = [.plain("id"), .plain("version")] + columns
    byProperty = Dictionary(uniqueKeysWithValues: self.columns.map { ($0.property, $0) })
    placeByProperty = Dictionary(uniqueKeysWithValues: self.columns.enumerated().map { ($1.property, $0) })
    let columnList = self.columns.map(\.name).joined(separator: ", ")
    insertStart = "insert into \(name) (\(columnList)) values ("
    select = SQL(trusted: "select \(columnList) from \(name) ")
  }
}

extension Table {
  /// Whose key seals a row: a resident's id, or nil for the region's.
  func keyOwner(_ row: Row) -> String? {
    guard case .resident(let property) = scope, let column = byProperty[property] else { return nil }
    return row.text(column.name)
  }
}

func snakeCase(_ name: String) -> String {
  var result = ""
  for letter in name.replacing("ID", with: "Id") {
    if letter.isUppercase { result += "_" + letter.lowercased() } else { result.append(letter) }
  }
  return result
}
