/// Cox's proportional hazards (1972), with Efron's way of ties (1977).
public struct CoxModel: Sendable {
  public enum Warning: String, Sendable {
    /// A column that is the same for everyone, or follows from the others; its coefficient is left out.
    case noInformation = "says nothing beyond the other columns"
    /// The likelihood keeps growing as the coefficient does: its place is at infinity.
    case infinite = "the coefficient may be infinite"
    case notConverged = "did not converge"
  }

  /// One per column; nil where the column says nothing.
  public let coefficient: [Double?]
  public let standardError: [Double?]
  public var z: [Double?] { zip(coefficient, standardError).map { c, s in c.flatMap { c in s.map { c / $0 } } } }
  public var p: [Double?] { z.map { $0.map(twoSidedNormal) } }
  /// Of the model without columns, and of this one.
  public let logLikelihood: (null: Double, fitted: Double)
  /// The share of pairs of whom the one with the higher risk had the event first (Harrell); nil without such pairs.
  public let concordance: Double?
  /// Newton's steps.
  public let iterations: Int
  /// By column; nil stands for the model as a whole.
  public let warnings: [(column: Int?, warning: Warning)]
  /// For each column whether its effect changes over time (Grambsch & Therneau 1994), on the scale of the curve.
  public let proportionality: [(chiSquare: Double, p: Double)?]

  private static let mostSteps = 40

  /// - Parameter columns: one array per covariate, as long as the observations.
  /// - Returns: nil without events or columns.
  public init?(_ seen: Observations, columns: [[Double]]) {
    guard !columns.isEmpty, seen.event.contains(where: { $0 != 0 }) else { return nil }
    let scales = columns.map(Scale.init)
    let sums = CoxSums(seen, columns: zip(columns, scales).map { column, scale in column.map(scale.inward) })
    let size = columns.count
    var beta = [Double](repeating: 0, count: size)
    var state = sums.evaluate(beta)
    let null = state.logLikelihood
    var steps = 0
    var hasConverged = false
    var lastLarge = [Bool](repeating: false, count: size)
    while steps < Self.mostSteps {
      let matrix = Symmetric(state.information, size: size)
      guard let direction = matrix.solve(state.score) else {
        hasConverged = true
        break
      }
      steps += 1
      let (next, length) = Self.advance(sums, beta, direction, state)
      let gain = next.logLikelihood - state.logLikelihood
      for column in 0..<size { beta[column] += length * direction[column] }
      state = next
      let largest = direction.map { abs($0 * length) }.max() ?? 0
      if largest < 1e-9 {
        hasConverged = true
        break
      }
      // Where a coefficient goes on by whole steps and nothing is won by it, it has no end.
      if gain < 1e-10 * (abs(state.logLikelihood) + 1e-3) {
        lastLarge = direction.map { abs($0 * length) > 0.01 }
        if lastLarge.contains(true) { break }
      }
    }
    let matrix = Symmetric(state.information, size: size)
    var warnings: [(column: Int?, warning: Warning)] = []
    for column in 0..<size {
      if matrix.isSetAside[column] && !lastLarge[column] { warnings.append((column, .noInformation)) }
      if lastLarge[column] { warnings.append((column, .infinite)) }
    }
    if !hasConverged && !lastLarge.contains(true) { warnings.append((nil, .notConverged)) }
    let isOut = (0..<size).map { matrix.isSetAside[$0] && !lastLarge[$0] }
    coefficient = (0..<size).map { isOut[$0] ? nil : beta[$0] / scales[$0].spread }
    standardError = (0..<size).map { column in
      isOut[column] ? nil : matrix.inverseColumn(column)[column].squareRoot() / scales[column].spread
    }
    logLikelihood = (null, state.logLikelihood)
    iterations = steps
    self.warnings = warnings
    concordance = sums.concordance(beta)
    proportionality = sums.proportionality(beta, matrix)
  }

  /// One step of Newton's, halved while it makes things worse.
  private static func advance(
    _ sums: CoxSums, _ beta: [Double], _ direction: [Double], _ state: CoxSums.State
  ) -> (CoxSums.State, length: Double) {
    var length = 1.0
    for _ in 0..<20 {
      let next = sums.evaluate(zip(beta, direction).map { $0 + length * $1 })
      let isBetter = next.logLikelihood >= state.logLikelihood - 1e-12 * abs(state.logLikelihood)
      if next.logLikelihood.isFinite && isBetter { return (next, length) }
      length /= 2
    }
    return (state, 0)
  }
}

/// A column around its mean, in units of its spread: so that Newton's steps are alike for euros and for years.
private struct Scale {
  let mean: Double
  let spread: Double

  init(_ column: [Double]) {
    let mean = column.reduce(0, +) / Double(max(1, column.count))
    let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, column.count))
    let isFlat = column.allSatisfy { $0 == column.first }
    self.mean = mean
    spread = isFlat || variance == 0 ? 1 : variance.squareRoot()
    isConstant = isFlat
  }

  private let isConstant: Bool

  func inward(_ value: Double) -> Double { isConstant ? 0 : (value - mean) / spread }
}
