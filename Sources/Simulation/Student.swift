/// Student's distribution, for intervals from a few replications.
enum Student {
  /// The value below which 97.5 % lies.
  static func upper(degrees: Int) -> Double {
    guard degrees > 0 else { return .infinity }
    var (low, high) = (0.0, 1000.0)
    // Halving is slow and sure; it is done once for a table.
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if below(middle, degrees) < 0.975 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The chance of a value below t, t ≥ 0: a finite sum for whole degrees of freedom (Abramowitz & Stegun 26.7.3, 4).
  private static func below(_ t: Double, _ degrees: Int) -> Double {
    let n = Double(degrees)
    let sine = t / (n + t * t).squareRoot()
    let square = n / (n + t * t)
    let isOdd = degrees % 2 == 1
    // The terms 1 + ½cos² + (1·3)/(2·4)cos⁴ …, or with 2/3, (2·4)/(3·5) … for odd degrees.
    var (term, sum) = (1.0, 0.0)
    var step = isOdd ? 3 : 2
    while step <= degrees {
      sum += term
      term *= square * Double(step - 1) / Double(step)
      step += 2
    }
    guard isOdd else { return 0.5 + sine * sum / 2 }
    return 0.5 + (angle(t / n.squareRoot()) + (degrees > 1 ? sine * square.squareRoot() * sum : 0)) / Double.pi
  }

  /// The angle whose tangent is this, from 0: halved until its series is short.
  private static func angle(_ tangent: Double) -> Double {
    var (x, doublings) = (tangent, 1.0)
    while x > 0.1 {
      x = x / (1 + (1 + x * x).squareRoot())
      doublings *= 2
    }
    var (power, sum) = (x, 0.0)
    for step in 0..<10 {
      sum += (step % 2 == 0 ? power : -power) / Double(2 * step + 1)
      power *= x * x
    }
    return doublings * sum
  }
}
