/// A column from a middle value of its own, in a power of two that brings the furthest to about 1: nothing is rounded
/// that lies near the middle, however far away a code for "unknown" is.
struct ColumnScale {
  let unit: Double
  private let middle: Double

  /// So many values, evenly taken, have the middle of all near enough.
  private static let sampleSize = 1001

  init(_ column: [Double]) {
    let step = max(1, column.count / Self.sampleSize)
    let sample = stride(from: 0, to: column.count, by: step).map { column[$0] }.sorted()
    let middle = sample.isEmpty ? 0 : sample[sample.count / 2]
    // By halves, so that the largest numbers there are don't overflow.
    let furthest = column.reduce(0) { max($0, abs($1 / 2 - middle / 2)) }
    unit = furthest.isNormal ? Double(sign: .plus, exponent: Int(furthest.exponent), significand: 1) : 1
    self.middle = middle / unit
  }

  @inline(__always)
  func inward(_ value: Double) -> Double { value / unit - middle }
}
