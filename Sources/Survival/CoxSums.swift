/// The partial likelihood with its first two derivatives: people are laid out from the latest time to the earliest, so
/// that the sums over everyone at risk grow as one goes.
struct CoxSums {
  struct State {
    var logLikelihood: Double
    var score: [Double]
    /// Row by row, both halves.
    var information: [Double]
  }

  let size: Int
  let count: Int
  /// Column values, person by person in the order of the layout.
  let values: [Double]
  /// The distinct times from late to early: where each begins in the layout; at each, events stand first.
  let starts: [Int]
  let deaths: [Int]
  /// Who has not yet come into view at a time leaves the sums: people by their entry, late to early, and for each time
  /// how many of them are out.
  let leaving: [Int32]
  let leftBefore: [Int]
  /// The curve just before each time, for weighing time itself.
  let curveBefore: [Double]

  init(_ seen: Observations, columns: [[Double]]) {
    size = columns.count
    count = seen.count
    let grid = TimeGrid(seen.time)
    let slots = grid.times.count
    // Counting people into their place: latest time first, events before others.
    var starts = [Int](repeating: 0, count: slots + 1)
    var deaths = [Int](repeating: 0, count: slots)
    for person in 0..<count {
      let place = slots - 1 - Int(grid.slot[person])
      starts[place + 1] += 1
      if seen.event[person] != 0 { deaths[place] += 1 }
    }
    for place in 0..<slots { starts[place + 1] += starts[place] }
    var nextDeath = Array(starts.dropLast())
    var nextOther = zip(nextDeath, deaths).map { $0 + $1 }
    var values = [Double](repeating: 0, count: count * columns.count)
    var placeOf = [Int32](repeating: 0, count: seen.entry == nil ? 0 : count)
    let width = columns.count
    for person in 0..<count {
      let place = slots - 1 - Int(grid.slot[person])
      let row: Int
      if seen.event[person] != 0 {
        row = nextDeath[place]
        nextDeath[place] += 1
      } else {
        row = nextOther[place]
        nextOther[place] += 1
      }
      for column in 0..<width { values[row * width + column] = columns[column][person] }
      if seen.entry != nil { placeOf[person] = Int32(row) }
    }
    self.values = values
    self.starts = starts
    self.deaths = deaths
    (leaving, leftBefore) = Self.entries(seen, grid, placeOf)
    curveBefore = [1] + SurvivalCurve(RiskTable(grid, seen), count: count, .plain).survival.dropLast()
  }

  private static func entries(
    _ seen: Observations, _ grid: TimeGrid, _ placeOf: [Int32]
  ) -> (leaving: [Int32], leftBefore: [Int]) {
    guard let entry = seen.entry else { return ([], []) }
    let order = ascendingOrder(entry).reversed()
    var leftBefore: [Int] = []
    var left = 0
    let sorted = order.map { entry[Int($0)] }
    for time in grid.times.reversed() {
      while left < sorted.count && sorted[left] >= time { left += 1 }
      leftBefore.append(left)
    }
    return (order.map { placeOf[Int($0)] }, leftBefore)
  }

  /// Goes through everyone once.
  /// - Parameter each: told at each time with events, late to early, what was added there: place, score and information.
  func evaluate(_ beta: [Double], each: ((Int, [Double], [Double]) -> Void)? = nil) -> State {
    let pairs = size * (size + 1) / 2
    let width = 1 + size + pairs
    // Sums over everyone at risk, and over those with an event now: of risk, risk·x and risk·x·x.
    var risk = [Double](repeating: 0, count: width)
    var tied = risk
    var logLikelihood = 0.0
    var score = [Double](repeating: 0, count: size)
    var information = [Double](repeating: 0, count: pairs)
    var mean = score
    var beforeScore = score
    var beforeInformation = information
    values.withUnsafeBufferPointer { values in
      var left = 0
      for place in deaths.indices {
        let (start, end) = (starts[place], starts[place + 1])
        let died = deaths[place]
        if died > 0 {
          for term in 0..<width { tied[term] = 0 }
          for row in start..<start + died {
            let line = add(row, values, beta, to: &tied, 1)
            logLikelihood += line
            for column in 0..<size { score[column] += values[row * size + column] }
          }
          for term in 0..<width { risk[term] += tied[term] }
        }
        for row in start + died..<max(end, start + died) { _ = add(row, values, beta, to: &risk, 1) }
        if !leaving.isEmpty {
          while left < leftBefore[place] {
            _ = add(Int(leaving[left]), values, beta, to: &risk, -1)
            left += 1
          }
        }
        for step in 0..<died {
          // Efron: those who die together leave one by one, each in part.
          let share = Double(step) / Double(died)
          let sum = risk[0] - share * tied[0]
          logLikelihood -= logarithm(sum)
          var term = 1 + size
          for row in 0..<size {
            mean[row] = (risk[1 + row] - share * tied[1 + row]) / sum
            score[row] -= mean[row]
            for column in 0...row {
              information[term - 1 - size] += (risk[term] - share * tied[term]) / sum - mean[row] * mean[column]
              term += 1
            }
          }
        }
        if died > 0, let each {
          each(place, zip(score, beforeScore).map { $0 - $1 }, zip(information, beforeInformation).map { $0 - $1 })
          (beforeScore, beforeInformation) = (score, information)
        }
      }
    }
    return State(logLikelihood: logLikelihood, score: score, information: whole(information))
  }

  /// Both halves of a symmetric matrix from its lower one.
  func whole(_ half: [Double]) -> [Double] {
    var matrix = [Double](repeating: 0, count: size * size)
    var term = 0
    for row in 0..<size {
      for column in 0...row {
        matrix[row * size + column] = half[term]
        matrix[column * size + row] = half[term]
        term += 1
      }
    }
    return matrix
  }

  /// Adds one person to the sums.
  /// - Returns: the person's linear predictor.
  @inline(__always)
  private func add(
    _ row: Int, _ values: UnsafeBufferPointer<Double>, _ beta: [Double], to sums: inout [Double], _ sign: Double
  ) -> Double {
    let first = row * size
    var line = 0.0
    for column in 0..<size { line += beta[column] * values[first + column] }
    let weight = sign * exponential(line)
    sums[0] += weight
    var term = 1 + size
    for column in 0..<size {
      let weighted = weight * values[first + column]
      sums[1 + column] += weighted
      for other in 0...column {
        sums[term] += weighted * values[first + other]
        term += 1
      }
    }
    return line
  }

  /// Grambsch & Therneau's test in its score form: what a column times the curve would add to the model.
  func proportionality(_ beta: [Double], _ fitted: Symmetric) -> [(chiSquare: Double, p: Double)?] {
    var (mean, events) = (0.0, 0.0)
    for place in deaths.indices where deaths[place] > 0 {
      mean += Double(deaths[place]) * (1 - curveBefore[deaths.count - 1 - place])
      events += Double(deaths[place])
    }
    mean /= max(1, events)
    let pairs = size * (size + 1) / 2
    var weighted = [Double](repeating: 0, count: size)
    var crossed = [Double](repeating: 0, count: pairs)
    var squared = crossed
    _ = evaluate(beta) { place, score, information in
      let time = 1 - curveBefore[deaths.count - 1 - place] - mean
      for column in 0..<size { weighted[column] += time * score[column] }
      for term in 0..<pairs {
        crossed[term] += time * information[term]
        squared[term] += time * time * information[term]
      }
    }
    let (cross, square) = (whole(crossed), whole(squared))
    return (0..<size).map { column in
      guard !fitted.isSetAside[column] else { return nil }
      let side = (0..<size).map { cross[$0 * size + column] }
      guard let solved = fitted.solve(side) else { return nil }
      let variance = square[column * size + column] - zip(side, solved).reduce(0) { $0 + $1.0 * $1.1 }
      guard variance > 0 else { return nil }
      let chiSquare = weighted[column] * weighted[column] / variance
      return (chiSquare, upperChiSquare(chiSquare, degrees: 1))
    }
  }
}
