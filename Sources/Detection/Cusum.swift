/// A one-sided cumulative sum of counts (Lucas 1985): upper S = max(0, S + x − k) for more than usual, lower
/// S = max(0, S + k − x) for less; it signals at S ≥ h. All in whole steps of a lattice, so that it is exact.
public struct Cusum: Sendable, Equatable {
  public enum Side: Sendable, Equatable { case upper, lower }

  public let side: Side
  public let k: Rational
  public let h: Rational
  /// Where S begins, and begins again after a signal only if that is asked: a head start notices early trouble sooner.
  public let headStart: Rational
  /// Lattice steps in one count, in k, in h and in the head start.
  let unit: Int32
  let stepsOfK: Int32
  let stepsOfH: Int32
  let stepsOfStart: Int32

  /// What can't be a design, in words for the command line.
  public enum Fault: String, Error, Sendable {
    case kNotPositive = "k must be above 0"
    case hNotPositive = "h must be above 0"
    case headStartTooHigh = "the head start must be below h"
    case tooFine = "k, h and head start together need too fine a lattice"
    case tooWild = "counts that vary so much have no run length that can be computed; choose a larger size"
  }

  public init(_ side: Side, k: Rational, h: Rational, headStart: Rational = Rational(0)) throws(Fault) {
    guard k.numerator > 0 else { throw .kNotPositive }
    guard h.numerator > 0 else { throw .hNotPositive }
    guard headStart.numerator >= 0, headStart < h else { throw .headStartTooHigh }
    // Three denominators of at most a million have a multiple that fits.
    guard [k, h, headStart].allSatisfy({ $0.denominator <= 1_000_000 }) else { throw .tooFine }
    let unit = leastCommonMultiple(leastCommonMultiple(k.denominator, headStart.denominator), h.denominator)
    func steps(_ value: Rational) throws(Fault) -> Int {
      let (steps, isTooMuch) = value.numerator.multipliedReportingOverflow(by: unit / value.denominator)
      if isTooMuch { throw .tooFine }
      return steps
    }
    let (ofK, ofH, ofStart) = (try steps(k), try steps(h), try steps(headStart))
    // S only ever stands on multiples of what one count, k and the head start have in common.
    let common = Int(
      greatestCommonDivisor(
        greatestCommonDivisor(UInt(unit), UInt(ofK)), UInt(ofStart)))
    let (most, limit) = (max(unit, ofK, ofH), Int(Int32.max) / 4)
    guard most / common <= limit else { throw .tooFine }
    self.side = side
    self.k = k
    self.h = h
    self.headStart = headStart
    self.unit = Int32(unit / common)
    stepsOfK = Int32(ofK / common)
    stepsOfH = Int32((ofH - 1) / common + 1)
    stepsOfStart = Int32(ofStart / common)
  }

  /// What is remembered of one person between days: four bytes.
  public struct State: Sendable, Equatable {
    var steps: Int32
  }

  /// The state on the first day.
  public var start: State { State(steps: stepsOfStart) }

  /// S as a number.
  public func statistic(_ state: State) -> Double { Double(state.steps) / Double(unit) }

  /// Takes in one day's count. After a signal S is at or above h; the caller starts again with `restarted`.
  /// - Returns: whether this signals.
  @inlinable
  public func update(_ state: inout State, _ count: Int) -> Bool { update(state: &state, Int32(clamping: count)) }

  @usableFromInline
  func update(state: inout State, _ count: Int32) -> Bool {
    // A count so large that it would overflow signals (or clears) all the same.
    let most = (Int32.max / 2) / unit
    let moved = min(count, most) * unit - stepsOfK
    state.steps = max(0, state.steps &+ (side == .upper ? moved : -moved))
    return state.steps >= stepsOfH
  }

  /// After a signal: S = 0.
  public var restarted: State { State(steps: 0) }
}
