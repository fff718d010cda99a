internal import Foundation
internal import Testing

@testable import Survival

/// Late entry, ties within rounding and covariates with codes for "unknown": against R's survival 3.5-3 and against fifty
/// digits (mpmath 1.3), on tables made by Tests/Reference/cox_late.R; cox_exact.py says where R itself is not at the top.
@Suite struct LateEntryTests {
  struct Table: Decodable, Sendable, CustomTestStringConvertible {
    struct Cox: Decodable, Sendable { let coefficient, stdErr: [Double?]; let logLikelihood, concordance: [Double] }
    struct Curve: Decodable, Sendable { let time, survival: [Double]; let stdErr: [Double?] }
    let seed: [Int]
    let entry, time: [Double]
    let event: [Int32]
    let columns: [[Double]]
    let warnings: [String]
    let cox: Cox?
    let curve: Curve

    var seen: Observations {
      let near = NearTimes(time: time, entry: entry)
      return Observations(time: near.time, event: event, entry: near.entry)
    }
    var testDescription: String { "seed \(seed[0])" }
  }

  struct Exact: Decodable { let coefficient, stdErr, logLikelihood: [Double] }

  private static func read<Value: Decodable>(_ name: String, _ type: Value.Type) throws -> Value {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: "Reference/\(name)")))
  }

  private static func tables() throws -> [Table] { try read("cox-late.json", [Table].self) }

  private func furthest(_ ours: [Double?], _ theirs: [Double?]) -> Double {
    guard ours.count == theirs.count else { return .infinity }
    return zip(ours, theirs).reduce(0) { most, pair in
      guard let one = pair.0, let other = pair.1 else { return .infinity }
      return max(most, abs(one - other) / max(1, abs(other)))
    }
  }

  @Test func coxEqualsR() throws {
    var equal = 0
    for table in try Self.tables() {
      guard let theirs = table.cox, table.warnings.isEmpty else { continue }
      let ours = try #require(CoxModel(table.seen, columns: table.columns))
      #expect(ours.warnings.isEmpty)
      #expect(furthest(ours.coefficient, theirs.coefficient) < 1e-9, "\(table.testDescription)")
      #expect(furthest(ours.standardError, theirs.stdErr) < 1e-9, "\(table.testDescription)")
      let likelihood = [ours.logLikelihood.null, ours.logLikelihood.fitted]
      #expect(furthest(likelihood, theirs.logLikelihood) < 1e-12, "\(table.testDescription)")
      #expect(furthest([ours.concordance], theirs.concordance) < 1e-12, "\(table.testDescription)")
      equal += 1
    }
    #expect(equal == 21)
  }

  /// Also where R stops short or gives up. To a part in 10⁸ of each coefficient, however small.
  @Test func coxEqualsFiftyDigits() throws {
    let exact = try Self.read("cox-late-exact.json", [Exact?].self)
    var (found, endless) = (0, 0)
    for (table, exact) in zip(try Self.tables(), exact) {
      let ours = try #require(CoxModel(table.seen, columns: table.columns))
      guard let exact else {
        // No top: said, with the column.
        #expect(ours.warnings.contains { $0.warning == .infinite && $0.column != nil }, "\(table.testDescription)")
        endless += 1
        continue
      }
      #expect(ours.warnings.isEmpty, "\(table.testDescription)")
      for (one, other) in zip(ours.coefficient + ours.standardError, exact.coefficient + exact.stdErr) {
        #expect(abs((one ?? .nan) / other - 1) < 1e-8, "\(table.testDescription): \(one ?? .nan) \(other)")
      }
      #expect(furthest(ours.coefficient + ours.standardError, exact.coefficient + exact.stdErr) < 1e-12)
      #expect(furthest([ours.logLikelihood.null, ours.logLikelihood.fitted], exact.logLikelihood) < 1e-13)
      found += 1
    }
    #expect(found == 22 && endless == 2)
  }

  @Test func curvesEqualR() throws {
    for table in try Self.tables() {
      let ours = SurvivalCurve(table.seen)
      #expect(ours.time == table.curve.time, "\(table.testDescription)")
      #expect(furthest(ours.survival, table.curve.survival) < 1e-12, "\(table.testDescription)")
      let alive = ours.survival.prefix { $0 > 0 }.count
      let (own, other) = (ours.standardError.prefix(alive), table.curve.stdErr.prefix(alive))
      #expect(furthest(Array(own), Array(other)) < 1e-12, "\(table.testDescription)")
    }
  }

  /// R 4.2.2, survival 3.5-3: coxph(Surv(entry, time, event) ~ x) says 0.06668763513793 (0.43360730934534). Who came last has
  /// the code 999 for "unknown" and was there alone; sums from which she was taken said 0.0724 (0.3934).
  @Test func aCodeOfOneCostsTheOthersNothing() throws {
    let seen = Observations(
      time: [10, 17, 63, 70, 45, 52, 215], event: [1, 1, 1, 0, 1, 1, 1], entry: [0, 0, 0, 0, 0, 0, 150])
    let found = try #require(CoxModel(seen, columns: [[0, 2, 0, 1, 1, 3, 999]]))
    #expect(abs((found.coefficient[0] ?? 0) - 0.06668763513793) < 1e-13)
    #expect(abs((found.standardError[0] ?? 0) - 0.43360730934534) < 1e-13)
    // However large the code is.
    for code in [1e6, 1e12, 1e100] {
      let again = try #require(CoxModel(seen, columns: [[0, 2, 0, 1, 1, 3, code]]))
      #expect(abs((again.coefficient[0] ?? 0) - 0.06668763513793) < 1e-12, "\(code)")
    }
  }

  /// Who is at risk when, cut up and gathered, against the definition: at each time with events, everyone looked at.
  @Test func everyStretchIsGatheredWhereItIs() {
    var dice = UInt64(7)
    func roll(_ sides: Int) -> Int {
      dice = dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(dice >> 33) % sides
    }
    for _ in 0..<300 {
      let times = 1 + roll(40)
      let stretches = (0..<roll(30)).map { row in
        let (one, other) = (roll(times), roll(times))
        return LateRows.Stretch(row: Int32(row), first: Int32(min(one, other)), last: Int32(max(one, other)))
      }
      let late = LateRows(stretches, times: times)
      var there = [[Int32]](repeating: [], count: times)
      for one in late.single { there[Int(one.first)].append(one.row) }
      for knot in late.knots {
        for one in late.forward[knot.stretches] {
          for time in Int(one.first)..<knot.cut { there[time].append(one.row) }
        }
        for one in late.backward[knot.stretches] {
          for time in knot.cut...Int(one.last) { there[time].append(one.row) }
        }
        // In the order in which they come into a sum that only grows.
        #expect(
          zip(late.forward[knot.stretches], late.forward[knot.stretches].dropFirst()).allSatisfy {
            $0.first <= $1.first
          })
        #expect(
          zip(late.backward[knot.stretches], late.backward[knot.stretches].dropFirst()).allSatisfy {
            $0.last >= $1.last
          })
      }
      for time in 0..<times {
        let expected = stretches.filter { $0.first <= Int32(time) && Int32(time) <= $0.last }.map(\.row)
        #expect(there[time].sorted() == expected.sorted())
      }
      #expect(late.byFirst.map(\.first) == stretches.map(\.first).sorted())
      #expect(late.byLast.map(\.last) == stretches.map(\.last).sorted())
    }
  }
}
