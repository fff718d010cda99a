public import Kernel

/// A value as the database keeps it.
public enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

/// What may be written between `\(` and `)` in an `SQL` text: always bound, never spliced.
public protocol SQLBindable {
  var sqlValue: SQLValue { get }
}

extension SQLValue: SQLBindable { public var sqlValue: SQLValue { self } }
extension String: SQLBindable { public var sqlValue: SQLValue { .text(self) } }
extension Int: SQLBindable { public var sqlValue: SQLValue { .integer(Int64(self)) } }
extension Int64: SQLBindable { public var sqlValue: SQLValue { .integer(self) } }
extension Bool: SQLBindable { public var sqlValue: SQLValue { .integer(self ? 1 : 0) } }
extension Double: SQLBindable { public var sqlValue: SQLValue { .real(self) } }
extension ID: SQLBindable { public var sqlValue: SQLValue { .text(description) } }
extension Instant: SQLBindable { public var sqlValue: SQLValue { .integer(milliseconds) } }
extension LocalDate: SQLBindable { public var sqlValue: SQLValue { .text(description) } }

/// What a column holds as one value, and is read back from it without a decoder.
protocol SQLReadable: SQLBindable {
  init?(sql: SQLValue)
}

extension ID: SQLReadable {
  init?(sql: SQLValue) {
    guard case .text(let text) = sql else { return nil }
    self.init(text)
  }
}

extension Instant: SQLReadable {
  init?(sql: SQLValue) {
    guard case .integer(let number) = sql else { return nil }
    self.init(milliseconds: number)
  }
}

extension LocalDate: SQLReadable {
  init?(sql: SQLValue) {
    guard case .text(let text) = sql else { return nil }
    self.init(text)
  }
}

/// One statement with its values. Written as text with interpolations, each of which becomes a bound parameter:
/// `"select * from contact where resident = \(id)"`. There is no way to make one from a run-time string.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
  enum Piece: Sendable {
    case text(String)
    case value(SQLValue)
  }

  var pieces: [Piece]

  public init(stringLiteral value: StaticString) { pieces = [.text(value.description)] }

  public init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }

  init(trusted text: String) { pieces = [.text(text)] }

  public static func + (left: SQL, right: SQL) -> SQL {
    var sum = left
    sum.pieces += right.pieces
    return sum
  }

  public struct Interpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []

    public init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(interpolationCount * 2 + 1) }

    public mutating func appendLiteral(_ literal: StaticString) { pieces.append(.text(literal.description)) }

    public mutating func appendInterpolation(_ value: some SQLBindable) { pieces.append(.value(value.sqlValue)) }

    /// A value that may be missing: bound as null then.
    public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
      pieces.append(.value(value?.sqlValue ?? .null))
    }

    /// An enum with a text behind it.
    public mutating func appendInterpolation<Value: RawRepresentable>(_ value: Value) where Value.RawValue == String {
      pieces.append(.value(.text(value.rawValue)))
    }

    /// A list, for `in (…)`; an empty one matches nothing.
    public mutating func appendInterpolation(list values: [some SQLBindable]) {
      guard !values.isEmpty else { return pieces.append(.text("null")) }
      for (place, value) in values.enumerated() {
        if place > 0 { pieces.append(.text(", ")) }
        pieces.append(.value(value.sqlValue))
      }
    }

    /// Another statement's text and values.
    public mutating func appendInterpolation(part sql: SQL) { pieces += sql.pieces }
  }

  /// The text with `?` for each value.
  var textForSQLite: String {
    var text = ""
    text.reserveCapacity(512)
    for piece in pieces {
      switch piece {
      case .text(let part): text += part
      case .value: text += "?"
      }
    }
    return text
  }
}
