public import Kernel

/// How far a role sees into a category, before the resident's own choices.
public enum Level: String, Sendable, CaseIterable {
  /// Never, also not by consent.
  case never = "x"
  /// Nothing; the resident may widen it to reading for one person.
  case nothing = "-"
  /// Totals of five and more.
  case aggregate = "a"
  /// May add one (a concern, a report), sees nothing.
  case add = "c"
  /// Only what the resident shares, item by item.
  case shared = "s"
  case read = "r"
  case write = "w"
}

/// Who sees what when nobody chose otherwise: `Resources/sharing.csv`, role by category.
public struct SharingMatrix: Sendable {
  private let levels: [Role: [Category: Level]]

  public static let standard = SharingMatrix(csv: PackageResources.sharing_csv)

  init(csv bytes: [UInt8]) {
    var levels: [Role: [Category: Level]] = [:]
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let categories = lines[0].dropFirst().map { Category(rawValue: $0) }
    for line in lines.dropFirst() {
      guard let role = Role(rawValue: line[0]) else { preconditionFailure("sharing.csv: no such role: \(line[0])") }
      for (category, letter) in zip(categories, line.dropFirst()) {
        guard let category, let level = Level(rawValue: letter) else {
          preconditionFailure("sharing.csv: \(line[0]): no such category or level")
        }
        levels[role, default: [:]][category] = level
      }
    }
    self.levels = levels
  }

  /// What is not in the table is never seen.
  public func level(_ role: Role, _ category: Category) -> Level { levels[role]?[category] ?? .never }
}
