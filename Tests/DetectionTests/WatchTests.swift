internal import Testing

@testable import Detection

@Suite struct WatchTests {
  @Test func fourBytesOfEachPerson() { #expect(MemoryLayout<Cusum.State>.size <= 32) }

  /// Against the definition in plain numbers, over random days.
  @Test(arguments: [Cusum.Side.upper, .lower]) func followsTheDefinition(_ side: Cusum.Side) throws {
    var random = SystemLike(state: 3)
    for (k, h, start) in [("1.5", "5", "2.5"), ("5/3", "6", "0"), ("0.25", "4", "1"), ("2", "7", "3.5")] {
      let (k, h) = (try #require(Rational(k)), try #require(Rational(h)))
      let design = try Cusum(side, k: k, h: h, headStart: #require(Rational(start)))
      var state = design.start
      var plain = try #require(Rational(start)).value
      for _ in 0..<2000 {
        let count = Int(random.next() % 5)
        plain = max(0, plain + (side == .upper ? Double(count) - k.value : k.value - Double(count)))
        let isSignal = design.update(&state, count)
        #expect(abs(design.statistic(state) - plain) < 1e-9)
        #expect(isSignal == (plain >= h.value - 1e-9))
        if isSignal {
          state = design.restarted
          plain = 0
        }
      }
    }
  }

  @Test func aHugeCountSignalsAndDoesNotOverflow() throws {
    let design = try Cusum(.upper, k: Rational(3, 2), h: Rational(5))
    var state = design.start
    #expect(design.update(&state, Int.max))
    let lower = try Cusum(.lower, k: Rational(3, 2), h: Rational(5))
    var other = lower.start
    #expect(!lower.update(&other, Int.max))
    #expect(lower.statistic(other) == 0)
  }

  @Test func startsAgainAfterASignal() throws {
    let design = try Cusum(.upper, k: Rational(3, 2), h: Rational(5))
    let found = Watch.signals(of: [0, 1, 0, 4, 5, 0, 4, 4, 0], design, usual: nil)
    #expect(found.map(\.place) == [4, 7])
    #expect(found.map(\.statistic) == [6, 5])
    // Usual is what it was before S left 0: the first three days (1 of 3), then those until the second rise.
    #expect(found[0].usual == 1.0 / 3)
    #expect(found[1].usual == 10.0 / 6)
  }

  @Test func choosesTheSoonestThatIsRareEnough() throws {
    for (usual, shift, years) in [(1.0, 2.0, 5.0), (0.3, 0.05, 5), (2, 3, 1), (0.1, 0.5, 20)] {
      let days = years * 365.25
      let choice = try #require(Cusum.choose(usual: .poisson(mean: usual), shifted: shift, falseAlarmEvery: days))
      #expect(choice.inControl >= days)
      #expect(choice.design.side == (shift > usual ? .upper : .lower))
      // One step lower would cry wolf too often.
      let lower = try Cusum(
        choice.design.side, k: choice.design.k,
        h: Rational(choice.design.h.numerator * (4 / choice.design.h.denominator) - 1, 4))
      #expect(try lower.averageRunLength(.poisson(mean: usual)) < days)
      #expect(choice.shifted < choice.inControl / 10)
    }
    #expect(Cusum.choose(usual: .poisson(mean: 1), shifted: 1, falseAlarmEvery: 100) == nil)
  }
}

/// Silence: a long gap, measured against somebody's own gaps.
@Suite struct SilenceTests {
  @Test func chanceAndLimitAreEachOthersInverse() throws {
    let gaps = [3.0, 10, 7, 14, 6]
    let limit = try #require(Silence.limit(after: gaps, oneIn: 1000))
    #expect(abs(try #require(Silence.chance(ofGap: limit, after: gaps)) - 0.001) < 1e-12)
    #expect(Silence.chance(ofGap: 1, after: []) == nil)
    #expect(Silence.limit(after: [7], oneIn: 1) == nil)
    // One gap of a week: a gap of nine weeks has a chance of one in ten.
    #expect(abs(try #require(Silence.chance(ofGap: 63, after: [7])) - 0.1) < 1e-15)
  }

  /// Against the chain of quiet days in a row, solved from the end.
  @Test func runLengthIsThatOfTheChain() {
    for (days, mean) in [(1, 0.5), (7, 0.3), (14, 0.2), (30, 0.05)] {
      let quiet = Double.exp(-mean)
      // With n quiet days behind: E(n) = 1 + q·E(n+1) + (1−q)·E(0), E(days) = 0; as a·E(0) + b.
      var (a, b) = (0.0, 0.0)
      for _ in 0..<days { (a, b) = (quiet * a + 1 - quiet, quiet * b + 1) }
      let expected = b / (1 - a)
      #expect(abs(Silence.averageRunLength(days: days, .poisson(mean: mean)) / expected - 1) < 1e-9)
    }
  }
}

extension Double {
  fileprivate static func exp(_ value: Double) -> Double {
    // The series, so that the test does not share the code under test.
    var (term, sum) = (1.0, 1.0)
    for step in 1..<60 {
      term *= value / Double(step)
      sum += term
    }
    return sum
  }
}

private struct SystemLike {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
