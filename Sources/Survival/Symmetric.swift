/// A symmetric matrix that should be positive definite: taken apart as L·D·Lᵀ. Rows without weight of their own (a
/// column that says nothing new) are set aside, as R's `survival` does. Each row is first measured in its own unit, a
/// power of two near the root of its diagonal, so that euros beside years decide nothing.
struct Symmetric {
  private let size: Int
  private let units: [Double]
  private var parts: [Double]
  /// Columns that depend on those before them.
  let isSetAside: [Bool]

  /// The share of a column's own square that must be left when all before it are known.
  private static let tolerance = 1.818_989_403_545_857e-12

  init(_ matrix: [Double], size: Int) {
    let units = (0..<size).map { row in
      let root = matrix[row * size + row].squareRoot()
      return root.isNormal ? Double(sign: .plus, exponent: Int(root.exponent), significand: 1) : 1
    }
    var parts = matrix
    for row in 0..<size {
      for column in 0..<size { parts[row * size + column] = matrix[row * size + column] / units[row] / units[column] }
    }
    isSetAside = Self.takeApart(&parts, size)
    self.size = size
    self.units = units
    self.parts = parts
  }

  /// - Returns: which rows are set aside.
  private static func takeApart(_ parts: inout [Double], _ size: Int) -> [Bool] {
    var isSetAside = [Bool](repeating: false, count: size)
    let own = (0..<size).map { parts[$0 * size + $0] }
    for row in 0..<size {
      let pivot = parts[row * size + row]
      guard pivot.isFinite, pivot > 0, pivot >= own[row] * tolerance else {
        isSetAside[row] = true
        for other in 0..<size { parts[other * size + row] = 0 }
        continue
      }
      for below in row + 1..<max(row + 1, size) {
        let factor = parts[below * size + row] / pivot
        parts[below * size + row] = factor
        parts[below * size + below] -= factor * factor * pivot
        for other in below + 1..<max(below + 1, size) {
          parts[other * size + below] -= factor * parts[other * size + row]
        }
      }
    }
    return isSetAside
  }

  /// Solves for a right-hand side; nil when nothing could be solved. What was set aside stays 0.
  func solve(_ right: [Double]) -> [Double]? {
    guard isSetAside.contains(false) || size == 0 else { return nil }
    var values = zip(right, units).map { $0 / $1 }
    for row in 0..<size {
      if isSetAside[row] { values[row] = 0 }
      for other in 0..<row { values[row] -= isSetAside[row] ? 0 : values[other] * parts[row * size + other] }
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      if isSetAside[row] { continue }
      values[row] /= parts[row * size + row]
      for other in row + 1..<max(row + 1, size) { values[row] -= values[other] * parts[other * size + row] }
    }
    return zip(values, units).map { $0 / $1 }
  }

  /// One column of the inverse.
  func inverseColumn(_ place: Int) -> [Double] {
    var unit = [Double](repeating: 0, count: size)
    unit[place] = 1
    return solve(unit) ?? unit.map { _ in 0 }
  }
}
