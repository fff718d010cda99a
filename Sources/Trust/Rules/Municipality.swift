/// A municipality of the region, with its CBS code.
public struct Municipality: Sendable, Equatable {
  /// Four digits.
  public let code: String
  public let name: String

  /// The sixteen municipalities around Utrecht (CBS, gemeenten 2024).
  public static let all: [Municipality] =
    String(decoding: PackageResources.municipalities_csv, as: UTF8.self)
    .split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
      let parts = line.split(separator: ",")
      return parts.count >= 3 ? Municipality(code: String(parts[0]), name: String(parts[2])) : nil
    }

  public static func named(_ name: String) -> Municipality? {
    all.first { $0.name.lowercased() == name.lowercased() || $0.code == name }
  }

  public static func with(code: String) -> Municipality? { all.first { $0.code == code } }
}

/// As forms and calls name one: by its code.
extension Municipality: RawRepresentable {
  public var rawValue: String { code }

  public init?(rawValue code: String) {
    guard let known = Self.with(code: code) else { return nil }
    self = known
  }
}
