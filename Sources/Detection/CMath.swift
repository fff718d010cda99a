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
/// log(1 + x), exact also where x is small.
@inline(__always) func logarithmOfOne(plus value: Double) -> Double { log1p(value) }
/// eˣ − 1, exact also where x is small.
@inline(__always) func exponentialLessOne(_ value: Double) -> Double { expm1(value) }

/// The logarithm of Γ, without the sign that C's `lgamma` leaves in a global.
func logGamma(_ value: Double) -> Double {
  var sign: Int32 = 0
  return lgamma_r(value, &sign)
}
