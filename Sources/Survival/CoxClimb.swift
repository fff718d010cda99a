/// Newton's way up the partial likelihood.
struct CoxClimb {
  private(set) var beta: [Double]
  private(set) var state: CoxSums.State
  /// Of the model without columns.
  let null: Double
  private(set) var steps = 0
  private(set) var hasConverged = false
  /// Columns whose coefficient goes on and on while nothing is won by it: its place is at infinity.
  private(set) var isInfinite: [Bool]
  /// Columns that say nothing beyond those before them, from the start.
  let isSilent: [Bool]

  private static let mostSteps = 100
  /// Of the square of what is still to go, in standard errors: where the next step would change no digit.
  private static let arrived = 1e-24
  /// Of the likelihood: where the end is near, and what is nothing to go on for.
  private static let near = 1e-9
  private static let nothing = 1e-14

  init(_ sums: CoxSums) {
    beta = Array(repeating: 0, count: sums.size)
    isInfinite = beta.map { _ in false }
    state = sums.evaluate(beta)
    null = state.logLikelihood
    isSilent = Symmetric(state.information, size: sums.size).isSetAside
    climb(sums)
    // Whoever said something at the start and nothing any more has been taken beyond all that numbers can hold.
    let isLost = Symmetric(state.information, size: sums.size).isSetAside
    for column in beta.indices where isLost[column] && !isSilent[column] { isInfinite[column] = true }
  }

  private mutating func climb(_ sums: CoxSums) {
    var before: (length: [Double], toGo: Double)?
    while steps < Self.mostSteps {
      let matrix = Symmetric(state.information, size: sums.size)
      let direction = matrix.solve(state.score) ?? beta.map { _ in 0 }
      let toGo = zip(direction, state.score).reduce(0) { $0 + $1.0 * $1.1 }
      var isOver = toGo <= Self.arrived
      let scale = abs(state.logLikelihood) + 1e-3
      if let before, toGo < Self.near * scale {
        let going = goesOn(direction, before.length)
        let isRounding = toGo <= rounding(matrix)
        // What went on is taken back by a step that shrinks, when that is more than rounding.
        isInfinite = zip(isInfinite, going).map { $1 || $0 && isRounding }
        let isDone = going.contains(true) ? toGo < Self.nothing * scale : toGo > 0.7 * before.toGo
        isOver = isOver || isRounding || isDone
      }
      if isOver { return hasConverged = !isInfinite.contains(true) }
      steps += 1
      let length = advance(sums, direction)
      if length == 0 { return hasConverged = toGo < Self.near && !isInfinite.contains(true) }
      before = (direction.map { $0 * length }, toGo)
    }
  }

  /// Near a top steps shrink to nothing at once; on a slope without end each is much as the one before.
  private func goesOn(_ direction: [Double], _ before: [Double]) -> [Bool] {
    direction.indices.map { column in
      let step = abs(direction[column])
      return step > 1e-6 * abs(beta[column]) && step > 0.2 * abs(before[column])
    }
  }

  /// What would seem to be still to go when nothing is, because the score's terms were rounded.
  private func rounding(_ matrix: Symmetric) -> Double {
    beta.indices.reduce(0) { sum, column in
      let error = 0x1p-51 * state.scoreSize[column]
      return sum + error * error * matrix.inverseColumn(column)[column]
    }
  }

  /// One step, halved while it makes things worse.
  /// - Returns: how much of it was taken.
  private mutating func advance(_ sums: CoxSums, _ direction: [Double]) -> Double {
    var length = 1.0
    for _ in 0..<40 {
      let there = zip(beta, direction).map { $0 + length * $1 }
      let next = sums.evaluate(there)
      if next.logLikelihood.isFinite, next.logLikelihood >= state.logLikelihood - 1e-12 * abs(state.logLikelihood) {
        (beta, state) = (there, next)
        return length
      }
      length /= 2
    }
    return 0
  }
}
