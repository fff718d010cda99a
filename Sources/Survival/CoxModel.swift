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
  /// Nil also where a coefficient went so far that none can be had.
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

  /// - Parameter columns: one array per covariate, as long as the observations.
  /// - Returns: nil without events or columns.
  public init?(_ seen: Observations, columns: [[Double]]) {
    guard !columns.isEmpty, seen.event.contains(where: { $0 != 0 }) else { return nil }
    let sums = CoxSums(seen, columns: columns)
    let (climb, scales) = (CoxClimb(sums), sums.layout.scales)
    let matrix = Symmetric(climb.state.information, size: columns.count)
    let isOut = climb.isSilent
    var warnings: [(column: Int?, warning: Warning)] = []
    for column in columns.indices {
      if isOut[column] { warnings.append((column, .noInformation)) }
      if climb.isInfinite[column] { warnings.append((column, .infinite)) }
    }
    if !climb.hasConverged && !climb.isInfinite.contains(true) { warnings.append((nil, .notConverged)) }
    coefficient = columns.indices.map { isOut[$0] ? nil : climb.beta[$0] / scales[$0].unit }
    standardError = columns.indices.map { column in
      matrix.isSetAside[column] ? nil : matrix.inverseColumn(column)[column].squareRoot() / scales[column].unit
    }
    logLikelihood = (climb.null, climb.state.logLikelihood)
    iterations = climb.steps
    self.warnings = warnings
    concordance = sums.concordance(climb.beta)
    proportionality = climb.state.proportionality(matrix)
  }
}
