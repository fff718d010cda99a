extension CoxSums.State {
  /// Grambsch & Therneau's test in its score form: what a column times the curve would add to the model.
  func proportionality(_ fitted: Symmetric) -> [(chiSquare: Double, p: Double)?] {
    let size = score.count
    return (0..<size).map { column in
      guard !fitted.isSetAside[column] else { return nil }
      let side = (0..<size).map { timedInformation[$0 * size + column] }
      guard let solved = fitted.solve(side) else { return nil }
      let taken = zip(side, solved).reduce(0) { $0 + $1.0 * $1.1 }
      let variance = twiceTimedInformation[column * size + column] - taken
      guard variance > 0 else { return nil }
      let chiSquare = timedScore[column] * timedScore[column] / variance
      return (chiSquare, upperChiSquare(chiSquare, degrees: 1))
    }
  }
}
