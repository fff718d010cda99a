// The one place that knows which C library is underneath.
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

@inline(__always) func exponential(_ value: Double) -> Double { exp(value) }
@inline(__always) func logarithm(_ value: Double) -> Double { log(value) }
@inline(__always) func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// The chance that a standard normal value lies further from 0 than this, either way.
func twoSidedNormal(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

/// The chance that a chi-square value is larger than this: the upper incomplete gamma function Q(degrees/2, x/2), by its
/// series below its middle and its continued fraction above (Numerical Recipes §6.2, after Abramowitz & Stegun 6.5).
func upperChiSquare(_ x: Double, degrees: Int) -> Double {
  guard x > 0, degrees > 0 else { return 1 }
  if degrees == 1 { return erfc((x / 2).squareRoot()) }
  let (a, half) = (Double(degrees) / 2, x / 2)
  var sign: Int32 = 0
  let scale = exp(-half + a * log(half) - lgamma_r(a, &sign))
  if half < a + 1 {
    var (term, sum, n) = (1 / a, 1 / a, a)
    while term > sum * 1e-17 {
      n += 1
      term *= half / n
      sum += term
    }
    return 1 - sum * scale
  }
  // Lentz's way of going down the fraction.
  var b = half + 1 - a
  var c = 1e300
  var d = 1 / b
  var h = d
  for step in 1...10_000 {
    let factor = -Double(step) * (Double(step) - a)
    b += 2
    d = 1 / (factor * d + b)
    c = b + factor / c
    let change = d * c
    h *= change
    if abs(change - 1) < 1e-16 { break }
  }
  return scale * h
}

/// 97.5 % of a standard normal lies below it.
let normalQuantile = 1.959_963_984_540_054
