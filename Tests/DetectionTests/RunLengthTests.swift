internal import Foundation
internal import Testing

@testable import Detection

/// Run lengths against other software (Tests/Reference/arl.R, arl_exact.py).
@Suite struct RunLengthTests {
  private static func rows(_ name: String) throws -> [[String: String]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: folder.appending(path: "Reference/\(name)"), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map { $0.components(separatedBy: ",") }
    return lines.dropFirst().map { line in
      Dictionary(uniqueKeysWithValues: zip(lines[0], line.map { $0.trimmingCharacters(in: .whitespaces) }))
    }
  }

  private static func design(_ row: [String: String]) throws -> Cusum {
    try Cusum(
      row["side"] == "lower" ? .lower : .upper, k: #require(Rational(row["k"] ?? "")),
      h: #require(Rational(row["h"] ?? "")), headStart: #require(Rational(row["start"] ?? "")))
  }

  @Test func equalsRToTheDigitsItHas() throws {
    let rows = try Self.rows("arl.csv")
    #expect(rows.count > 150)
    for row in rows {
      let mean = try #require(Double(row["mean"] ?? ""))
      let theirs = try #require(Double(row["arl"] ?? ""))
      let ours = try Self.design(row).averageRunLength(.poisson(mean: mean))
      // They solve by subtraction, which costs as many digits as the run length has.
      #expect(abs(ours / theirs - 1) < 1e-11 + 1e-15 * theirs, "\(row)")
    }
  }

  @Test func equalsFiftyDigitArithmetic() throws {
    let rows = try Self.rows("arl-exact.csv")
    #expect(rows.count == 20)
    for row in rows {
      let mean = try #require(Double(row["mean"] ?? ""))
      let size = row["size"].flatMap(Double.init)
      let counts = size.map { CountDistribution.negativeBinomial(mean: mean, size: $0) } ?? .poisson(mean: mean)
      let theirs = try #require(Double(row["arl"] ?? ""))
      let ours = try Self.design(row).averageRunLength(counts)
      #expect(abs(ours / theirs - 1) < 1e-13, "\(row) \(ours)")
    }
  }

  @Test func aFinerLatticeThanNeededChangesNothing() throws {
    // h between two points of the lattice is as the next point.
    let coarse = try Cusum(.upper, k: Rational(2), h: Rational(5))
    let between = try Cusum(.upper, k: Rational(2), h: Rational(9, 2))
    #expect(try coarse.averageRunLength(.poisson(mean: 1)) == between.averageRunLength(.poisson(mean: 1)))
  }

  @Test func probabilitiesSumToOne() {
    for counts in [
      CountDistribution.poisson(mean: 0.01), .poisson(mean: 3.3), .poisson(mean: 900), .poisson(mean: 10_000),
      .negativeBinomial(mean: 2, size: 0.3), .negativeBinomial(mean: 500, size: 4),
    ] {
      let chances = counts.probabilities()
      let sum = chances.reduce(0, +)
      let mean = chances.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
      #expect(abs(sum - 1) < 1e-11, "\(counts) \(sum)")
      #expect(abs(mean / counts.mean - 1) < 1e-10, "\(counts) \(mean)")
    }
  }

  @Test func refusesWhatIsNoDesign() throws {
    #expect(throws: Cusum.Fault.kNotPositive) { try Cusum(.upper, k: Rational(0), h: Rational(1)) }
    #expect(throws: Cusum.Fault.hNotPositive) { try Cusum(.upper, k: Rational(1), h: Rational(-1)) }
    #expect(throws: Cusum.Fault.headStartTooHigh) {
      try Cusum(.upper, k: Rational(1), h: Rational(2), headStart: Rational(2))
    }
    #expect(throws: Cusum.Fault.tooFine) {
      try Cusum(.upper, k: Rational(1, 999_983), h: Rational(999_979, 7)).averageRunLength(.poisson(mean: 1))
    }
    // The largest of everything is refused, not fallen over.
    let (large, small) = (try #require(Rational("999999999.999999")), Rational(5, 999_979))
    for (k, h) in [(large, large), (small, large), (large, small), (Rational(999_999_999, 999_983), small)] {
      #expect(throws: Cusum.Fault.self) { try Cusum(.upper, k: k, h: h, headStart: small) }
    }
    #expect(throws: Cusum.Fault.tooWild) {
      try Cusum(.upper, k: Rational(1), h: Rational(3)).averageRunLength(.negativeBinomial(mean: 1, size: 1e-300))
    }
    for text in ["", "1.5.2", "a", "1/0", "-1", "1e3", "0.1234567", "99999999999"] { #expect(Rational(text) == nil) }
    #expect(Rational("2.50") == Rational(5, 2))
    #expect(Rational("10/4") == Rational(5, 2))
  }
}
