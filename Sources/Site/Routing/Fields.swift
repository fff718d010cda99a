public import Kernel

/// Names and values as a form or query sends them.
public struct Fields: Sendable, Equatable {
  public private(set) var values: [String: [String]] = [:]

  public init() {}

  public init(_ values: [String: [String]]) { self.values = values }

  /// Reads `a=1&b=2` (application/x-www-form-urlencoded).
  public init(encoded: String) {
    for pair in encoded.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      values[Self.decode(parts[0]), default: []].append(parts.count == 2 ? Self.decode(parts[1]) : "")
    }
  }

  /// Reads a form as it was sent.
  /// - Throws: `Problem.unreadable` for more fields than any form has, or a byte that no text holds.
  init(sent: String) throws {
    guard sent.utf8.count(where: { $0 == UInt8(ascii: "&") }) < Self.fieldsMost else { throw Problem(.unreadable) }
    self.init(encoded: sent)
    guard values.allSatisfy({ !$0.key.contains("\0") && $0.value.allSatisfy { !$0.contains("\0") } }) else {
      throw Problem(.unreadable)
    }
  }

  private static let fieldsMost = 2000

  /// The value without spaces around it; nil when it is missing or empty.
  public subscript(_ name: String) -> String? {
    guard let value = values[name]?.first else { return nil }
    let trimmed = value.trimmedLines()
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The value exactly as it was sent.
  public func raw(_ name: String) -> String? { values[name]?.first }

  /// A hash of everything that was filled in.
  public var digest: String {
    Token.hash(
      values.keys.sorted().map { "\($0)=\(values[$0, default: []].joined(separator: "\u{1}"))" }.joined(
        separator: "\u{2}"))
  }

  /// As a query or form sends them, in the order of their names; empty values are left out.
  public var encoded: String {
    values.sorted { $0.key < $1.key }.flatMap { name, values in
      values.filter { !$0.isEmpty }.map { "\(Self.encode(name))=\(Self.encode($0))" }
    }.joined(separator: "&")
  }

  /// With one value more, or another.
  public func with(_ name: String, _ value: String) -> Fields {
    var changed = self
    changed.values[name] = [value]
    return changed
  }

  public func without(_ name: String) -> Fields {
    var changed = self
    changed.values[name] = nil
    return changed
  }

  public func all(_ name: String) -> [String] { values[name] ?? [] }

  public func isOn(_ name: String) -> Bool { self[name] != nil }

  public func id<Subject>(_ name: String, of: Subject.Type = Subject.self) -> ID<Subject>? {
    self[name].flatMap { ID<Subject>($0) }
  }

  public func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

  public func date(_ name: String) -> LocalDate? { self[name].flatMap { LocalDate($0) } }

  private static func decode(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var rest = text.utf8.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.next().flatMap(hex), let low = rest.next().flatMap(hex) else { return "" }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func encode(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
  }
}

extension String {
  /// Without white space at both ends, and with plain line ends.
  func trimmedLines() -> String {
    let lines = replacing("\r\n", with: "\n")
    guard let first = lines.firstIndex(where: { !$0.isWhitespace }),
      let last = lines.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(lines[first...last])
  }
}
