internal import Foundation
internal import Testing

@testable import Survival

/// Against R's survival 3.5-3, on data made by Tests/Reference/survival.R.
@Suite struct TruthTests {
  private struct Truth: Decodable {
    struct Curve: Decodable {
      let time, survival, atRisk, events: [Double]
      let stdErr, low, high: [Double?]
    }
    struct Plain: Decodable { let low, high: [Double?] }
    struct Cox: Decodable { let coefficient, stdErr, logLikelihood, zph: [Double]; let concordance: Double }
    struct Incidence: Decodable { let time: [Double]; let value, stdErr: [[Double]] }
    let covariates: [String]
    let truncated: Bool
    let curve: Curve
    let plain: Plain
    let median: [Double?]
    let logRank: [Double]?
    let cox: Cox
    let incidence: Incidence?
  }

  private struct Sample {
    let seen: Observations
    let columns: [[Double]]
    let truth: Truth
  }

  private static func sample(_ name: String) throws -> Sample {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Reference")
    let truth = try JSONDecoder().decode(
      Truth.self, from: Data(contentsOf: folder.appending(path: "\(name)-truth.json")))
    let text = try String(contentsOf: folder.appending(path: "\(name)-data.csv"), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map { $0.components(separatedBy: ",") }
    let rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
      .filter { row in truth.covariates.allSatisfy { row[$0] != "" } }
    func numbers(_ column: String) -> [Double] { rows.map { Double($0[column] ?? "") ?? .nan } }
    let groups = ["a", "b", "c"]
    let seen = Observations(
      time: numbers("time"), event: numbers("cause").map { Int32($0) }, entry: truth.truncated ? numbers("entry") : nil,
      group: rows.map { Int32(groups.firstIndex(of: $0["group"] ?? "") ?? 0) }, groupCount: 3, causeCount: 2)
    return Sample(seen: seen, columns: truth.covariates.map(numbers), truth: truth)
  }

  private func same(_ ours: [Double?], _ theirs: [Double?], within tolerance: Double, _ what: String) {
    #expect(ours.count == theirs.count, "\(what)")
    for (place, (one, other)) in zip(ours, theirs).enumerated() {
      guard let other else {
        #expect(one.map { !$0.isFinite } ?? true, "\(what) \(place)")
        continue
      }
      guard let one else {
        Issue.record("\(what) \(place) is missing")
        continue
      }
      #expect(abs(one - other) <= tolerance * max(1, abs(other)), "\(what) \(place): \(one), R \(other)")
    }
  }

  @Test(arguments: ["survival", "survival-late"]) func curvesEqualR(_ name: String) throws {
    let sample = try Self.sample(name)
    let everyone = sample.seen
    let curve = SurvivalCurve(everyone)
    let truth = sample.truth
    same(curve.time, truth.curve.time, within: 0, "time")
    same(curve.atRisk.map(Double.init), truth.curve.atRisk, within: 0, "at risk")
    same(curve.eventsAt.map(Double.init), truth.curve.events, within: 0, "events")
    same(curve.survival, truth.curve.survival, within: 1e-12, "survival")
    same(curve.standardError, truth.curve.stdErr, within: 1e-12, "standard error")
    same(curve.low, truth.curve.low, within: 1e-12, "low")
    same(curve.high, truth.curve.high, within: 1e-12, "high")
    let plain = SurvivalCurve(everyone, limits: .plain)
    // Once the curve is at 0 R has no limits.
    let alive = plain.survival.prefix { $0 > 0 }.count
    same(Array(plain.low[..<alive]), Array(truth.plain.low[..<alive]), within: 1e-12, "plain low")
    same(Array(plain.high[..<alive]), Array(truth.plain.high[..<alive]), within: 1e-12, "plain high")
    same([curve.median, curve.medianLow, curve.medianHigh], truth.median, within: 0, "median")
  }

  @Test func logRankEqualsR() throws {
    let sample = try Self.sample("survival")
    let found = try #require(LogRank(sample.seen))
    same([found.chiSquare, Double(found.degrees)], (sample.truth.logRank ?? []).map { $0 }, within: 1e-9, "log-rank")
  }

  @Test(arguments: ["survival", "survival-late"]) func coxEqualsR(_ name: String) throws {
    let sample = try Self.sample(name)
    let found = try #require(CoxModel(sample.seen, columns: sample.columns))
    let truth = sample.truth.cox
    same(found.coefficient, truth.coefficient, within: 1e-9, "coefficient")
    same(found.standardError, truth.stdErr, within: 1e-9, "standard error")
    same([found.logLikelihood.null, found.logLikelihood.fitted], truth.logLikelihood, within: 1e-9, "log-likelihood")
    same([found.concordance], [truth.concordance], within: 1e-12, "concordance")
    same(found.proportionality.map { $0?.chiSquare }, truth.zph, within: 1e-9, "proportionality")
    #expect(found.warnings.isEmpty)
  }

  @Test(arguments: ["survival", "survival-late"]) func incidenceEqualsR(_ name: String) throws {
    let sample = try Self.sample(name)
    let truth = try #require(sample.truth.incidence)
    let found = Incidence(sample.seen)
    same(found.time, truth.time, within: 0, "time")
    for cause in 0..<2 {
      same(found.value[cause], truth.value[cause], within: 1e-12, "incidence")
      same(found.standardError[cause], truth.stdErr[cause], within: 1e-12, "its error")
    }
  }
}
