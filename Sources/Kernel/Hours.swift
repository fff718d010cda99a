/// Hours to a quarter, as people agree them: 1,5 a week.
public struct Hours: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let quarters: Int

  public init(quarters: Int) { self.quarters = quarters }

  public init(_ hours: Int) { quarters = hours * 4 }

  /// Reads `2`, `1,5`, `1.75` and `1½`; nil for anything that is no number of quarters.
  public init?(written text: String) {
    var rest = text.filter { !$0.isWhitespace }
    var quarters = 0
    if let last = rest.last, let part = ["½": 2, "¼": 1, "¾": 3][last] {
      quarters = part
      rest.removeLast()
      if rest.isEmpty { rest = "0" }
    }
    let parts = rest.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
    guard (1...2).contains(parts.count), parts[0].count <= 6, let whole = Self.digits(parts[0]) else { return nil }
    if parts.count == 2 {
      guard quarters == 0, let part = Self.part(parts[1]) else { return nil }
      quarters = part
    }
    self.init(quarters: whole * 4 + quarters)
  }

  /// Nil when it is no whole number of quarters.
  public init?(_ hours: Double) {
    let quarters = hours * 4
    guard quarters.isFinite, abs(quarters) < 1e9, quarters == quarters.rounded() else { return nil }
    self.init(quarters: Int(quarters))
  }

  private static func digits(_ text: Substring) -> Int? {
    text.isEmpty || !text.allSatisfy({ $0.isASCII && $0.isNumber }) ? nil : Int(text)
  }

  /// What stands behind the comma, in quarters.
  private static func part(_ text: Substring) -> Int? {
    guard digits(text) != nil else { return nil }
    var plain = text
    while plain.last == "0" { plain.removeLast() }
    return ["": 0, "25": 1, "5": 2, "75": 3][String(plain)]
  }

  public var hours: Double { Double(quarters) / 4 }

  /// With a point: `1.5`, `2`.
  public var description: String { text(mark: ".") }

  /// As it is written where this stands before the parts.
  public func text(mark: String) -> String {
    let part = ["", "25", "5", "75"][abs(quarters % 4)]
    return "\(quarters / 4)" + (part.isEmpty ? "" : mark + part)
  }

  public static func < (left: Hours, right: Hours) -> Bool { left.quarters < right.quarters }

  public static func + (left: Hours, right: Hours) -> Hours { Hours(quarters: left.quarters + right.quarters) }
}

extension Hours: ExpressibleByIntegerLiteral {
  public init(integerLiteral hours: Int) { self.init(hours) }
}

/// Whole hours are kept as a whole number, as they were before there were quarters.
extension Hours: Codable {
  public init(from decoder: any Decoder) throws {
    let kept = try decoder.singleValueContainer().decode(Double.self)
    guard let hours = Hours(kept) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "hours \(kept)"))
    }
    self = hours
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if quarters % 4 == 0 { try container.encode(quarters / 4) } else { try container.encode(hours) }
  }
}
