/// The partial likelihood with its first two derivatives, by sums that do not cancel: see `Moments`.
struct CoxSums {
  struct State {
    var logLikelihood: Double
    var score: [Double]
    /// The score's terms summed as if all were positive: what is rounded in it is a share of this.
    var scoreSize: [Double]
    /// Row by row, both halves.
    var information: [Double]
    /// The same, each time with events counted by its place on the curve, and the information by its square too.
    var timedScore: [Double]
    var timedInformation: [Double]
    var twiceTimedInformation: [Double]
  }

  let layout: CoxLayout
  var size: Int { layout.size }

  init(_ seen: Observations, columns: [[Double]]) {
    layout = CoxLayout(seen, columns: columns)
  }

  /// Goes through everyone once.
  func evaluate(_ beta: [Double]) -> State {
    layout.values.withUnsafeBufferPointer { values in
      beta.withUnsafeBufferPointer { beta in
        guard let values = values.baseAddress, let beta = beta.baseAddress else {
          preconditionFailure("there are people, and columns of theirs")
        }
        var pass = CoxPass(layout, values, beta)
        pass.run()
        return State(
          logLikelihood: pass.logLikelihood.value, score: pass.score.map(\.value), scoreSize: pass.score.map(\.size),
          information: whole(pass.information), timedScore: pass.timedScore,
          timedInformation: whole(pass.timedInformation),
          twiceTimedInformation: whole(pass.twiceTimedInformation))
      }
    }
  }

  /// Both halves of a symmetric matrix from its lower one.
  private func whole(_ half: [Double]) -> [Double] {
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
}

/// One going through everyone.
private struct CoxPass {
  private let layout: CoxLayout
  private let values: UnsafePointer<Double>
  private let beta: UnsafePointer<Double>
  private(set) var logLikelihood = CarefulSum()
  private(set) var score: [CarefulSum]
  private(set) var information: [Double]
  private(set) var timedScore: [Double]
  private(set) var timedInformation: [Double]
  private(set) var twiceTimedInformation: [Double]
  /// Of those who were there from the start; of those who have the event now; and room for one more set.
  private let sets: MomentTable
  /// Of those who came later, at each time with events.
  private let later: MomentTable?

  init(_ layout: CoxLayout, _ values: UnsafePointer<Double>, _ beta: UnsafePointer<Double>) {
    (self.layout, self.values, self.beta) = (layout, values, beta)
    let size = layout.size
    score = Array(repeating: CarefulSum(), count: size)
    timedScore = Array(repeating: 0, count: size)
    information = Array(repeating: 0, count: size * (size + 1) / 2)
    (timedInformation, twiceTimedInformation) = (information, information)
    sets = MomentTable(3, size: size)
    later = layout.late.isEmpty ? nil : MomentTable(layout.deaths.count, size: size)
  }

  mutating func run() {
    if let later { gather(into: later, by: sets[2]) }
    let (others, tied) = (sets[0], sets[1])
    let pairs = information.count
    // Score and information of one time.
    let own = UnsafeMutablePointer<Double>.allocate(capacity: layout.size + pairs)
    defer { own.deallocate() }
    for time in layout.deaths.indices {
      for row in layout.early[time] { add(row, to: others) }
      tied.clear()
      let first = layout.starts[time + 1]
      for row in first..<first + layout.deaths[time] { add(row, to: tied) }
      if let later { later[time].add(others) }
      own.update(repeating: 0, count: layout.size + pairs)
      event(first..<first + layout.deaths[time], tied, later?[time] ?? others, own, own + layout.size)
      let moment = layout.place[time]
      for column in 0..<layout.size {
        score[column].add(own[column])
        timedScore[column] += moment * own[column]
      }
      for term in 0..<pairs {
        let part = own[layout.size + term]
        information[term] += part
        timedInformation[term] += moment * part
        twiceTimedInformation[term] += moment * moment * part
      }
    }
  }

  @inline(__always)
  private func line(_ row: Int) -> Double {
    let own = values + row * layout.size
    var line = 0.0
    for column in 0..<layout.size { line += beta[column] * own[column] }
    return line
  }

  @inline(__always)
  private func add(_ row: Int, to set: Moments) { set.add(values + row * layout.size, line: line(row)) }

  /// Those who came later, at each time: every stretch grows from its far end towards its cut.
  private func gather(into later: MomentTable, by set: Moments) {
    let late = layout.late
    for one in late.single { add(Int(one.row), to: later[Int(one.first)]) }
    for knot in late.knots {
      set.clear()
      var time = Int(late.forward[knot.stretches.lowerBound].first)
      for one in late.forward[knot.stretches] {
        while time < one.first {
          later[time].add(set)
          time += 1
        }
        add(Int(one.row), to: set)
      }
      for time in time..<max(time, knot.cut) { later[time].add(set) }
      set.clear()
      time = Int(late.backward[knot.stretches.lowerBound].last)
      for one in late.backward[knot.stretches] {
        while time > one.last {
          later[time].add(set)
          time -= 1
        }
        add(Int(one.row), to: set)
      }
      for time in knot.cut..<max(knot.cut, time + 1) { later[time].add(set) }
    }
  }

  /// What the events at one time add. Efron: those who have it together leave one by one, each in part.
  @inline(__always)
  private mutating func event(
    _ rows: Range<Int>, _ tied: Moments, _ others: Moments, _ score: UnsafeMutablePointer<Double>,
    _ information: UnsafeMutablePointer<Double>
  ) {
    let level = others.weight == 0 ? tied.level : max(tied.level, others.level)
    let ofTied = tied.level == level ? 1 : exponential(tied.level - level)
    let ofOthers = others.weight == 0 ? 0 : others.level == level ? 1 : exponential(others.level - level)
    let (tiedMean, othersMean, columns) = (tied.mean, others.mean, layout.size)
    for (step, person) in rows.enumerated() {
      let part = Double(rows.count - step) / Double(rows.count) * ofTied
      let (own, rest) = (part * tied.weight, ofOthers * others.weight)
      let sum = own + rest
      logLikelihood.add(line(person) - level - logarithm(sum))
      let restShare = rest / sum
      let (spread, partOfTied, partOfOthers) = (restShare * (own / sum), part / sum, ofOthers / sum)
      let values = values + person * columns
      var term = 0
      for row in 0..<columns {
        let way = tiedMean[row] - othersMean[row]
        score[row] += values[row] - tiedMean[row] + restShare * way
        for column in 0...row {
          information[term] +=
            partOfOthers * others.squares[term] + partOfTied * tied.squares[term]
            + spread * way * (tiedMean[column] - othersMean[column])
          term += 1
        }
      }
    }
  }
}

/// A sum that keeps what is rounded away (Neumaier 1974).
private struct CarefulSum {
  private var sum = 0.0
  private var lost = 0.0
  /// Of all terms as if they were positive.
  private(set) var size = 0.0

  var value: Double { sum + lost }

  @inline(__always)
  mutating func add(_ term: Double) {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? sum - next + term : term - next + sum
    sum = next
    size += abs(term)
  }
}
