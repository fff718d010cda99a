/// How the numbers of a column are written. Where `;` stands between cells, the comma is free to be a decimal mark, and
/// "1.500" may be one and a half or fifteen hundred: what the column as a whole doesn't settle is asked, not guessed.
enum DecimalMark: Sendable {
  case point
  case comma
  /// Points are in every number where a thousand would have one.
  case unclear

  init(of cells: some Sequence<ArraySlice<UInt8>>) {
    var hasThousands = false
    var hasOthers = false
    for cell in cells {
      if Self.withPoint(cell) != nil {
        self = .comma
        return
      }
      guard cell.contains(Self.pointByte) else { continue }
      if Self.isThousands(cell) { hasThousands = true } else { hasOthers = true }
    }
    self = hasThousands && !hasOthers ? .unclear : .point
  }

  private static let pointByte = UInt8(ascii: ".")
  private static let commaByte = UInt8(ascii: ",")

  private static func unsigned(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes
  }

  private static func areDigits(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { (48...57).contains($0) }
  }

  /// One to three digits, a point and three more; not 0.125.
  private static func isThousands(_ cell: ArraySlice<UInt8>) -> Bool {
    let parts = unsigned(cell).split(separator: pointByte, omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0].count <= 3 && parts[1].count == 3 && parts.allSatisfy(areDigits)
      && parts[0].first != UInt8(ascii: "0")
  }

  /// Digits with one decimal comma, and that turned into a point; nil for anything else.
  static func withPoint(_ cell: ArraySlice<UInt8>) -> [UInt8]? {
    let parts = unsigned(cell).split(separator: commaByte, omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy(areDigits) else { return nil }
    return cell.map { $0 == commaByte ? pointByte : $0 }
  }
}
