internal import EngineKit
internal import Survival

/// What the engine found, for people and for programs.
struct SurvivalReport {
  private let data: SurvivalTable
  private let curves: [(name: String, curve: SurvivalCurve)]
  private let logRank: LogRank?
  private let cox: CoxModel?
  private let covariates: [String]
  private let incidence: [(group: String, causes: [(name: String, value: [Double], error: [Double])], time: [Double])]

  init(_ data: SurvivalTable, limits: Limits, covariates: [String], cause: String?) {
    self.data = data
    self.covariates = covariates
    let chosen = cause.flatMap { data.causes.firstIndex(of: $0) }
    let seen = chosen.map { data.seen.onlyCause(Int32($0 + 1)) } ?? data.seen
    let names = data.groups.isEmpty ? [""] : data.groups
    curves = names.enumerated().map { place, name in
      (name, SurvivalCurve(seen.only(group: Int32(place)), limits: limits))
    }
    logRank = LogRank(seen)
    cox = CoxModel(seen, columns: data.columns)
    incidence = names.enumerated().map { place, name in
      let found = Incidence(data.seen.only(group: Int32(place)))
      let wanted = chosen.map { [$0] } ?? Array(data.causes.indices)
      return (name, wanted.map { (data.causes[$0], found.value[$0], found.standardError[$0]) }, found.time)
    }
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { json in
      json.member("rows", data.seen.count)
      json.member("left_out", data.leftOut)
      json.member("curves") { json in
        json.object { json in
          for (name, curve) in curves { json.member(name) { Self.write(curve, &$0) } }
        }
      }
      if let logRank {
        json.member("logRank") { json in
          json.object { json in
            json.member("chiSquare", logRank.chiSquare)
            json.member("degrees", logRank.degrees)
            json.member("p", logRank.p)
          }
        }
      }
      if let cox { json.member("cox") { Self.write(cox, covariates, &$0) } }
      json.member("incidence") { json in
        json.object { json in
          for (group, causes, time) in incidence {
            json.member(group) { json in
              json.object { json in
                for (name, value, error) in causes {
                  json.member(name) { json in
                    json.object { json in
                      json.member("time", time)
                      json.member("value", value)
                      json.member("stdErr", error)
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return writer.text
  }

  private static func write(_ curve: SurvivalCurve, _ json: inout JSONWriter) {
    json.object { json in
      json.member("n", curve.count)
      json.member("events", curve.events)
      json.member("median") { json in
        json.object { json in
          json.member("value", curve.median)
          json.member("low", curve.medianLow)
          json.member("high", curve.medianHigh)
        }
      }
      json.member("time", curve.time)
      json.member("atRisk", curve.atRisk)
      json.member("events_at", curve.eventsAt)
      json.member("censored", curve.censored)
      json.member("survival", curve.survival)
      json.member("stdErr", curve.standardError)
      json.member("low", curve.low)
      json.member("high", curve.high)
    }
  }

  private static func write(_ cox: CoxModel, _ covariates: [String], _ json: inout JSONWriter) {
    func numbers(_ name: String, _ values: [Double?], _ json: inout JSONWriter) {
      json.member(name) { json in json.array { json in for value in values { json.element(value) } } }
    }
    json.object { json in
      json.member("covariates", covariates)
      numbers("coefficient", cox.coefficient, &json)
      numbers("stdErr", cox.standardError, &json)
      numbers("z", cox.z, &json)
      numbers("p", cox.p, &json)
      json.member("logLikelihood", [cox.logLikelihood.null, cox.logLikelihood.fitted])
      json.member("concordance", cox.concordance)
      json.member("iterations", cox.iterations)
      json.member("proportionality") { json in
        json.object { json in
          numbers("chiSquare", cox.proportionality.map { $0?.chiSquare }, &json)
          numbers("p", cox.proportionality.map { $0?.p }, &json)
        }
      }
      json.member("warnings", warnings(cox, covariates))
    }
  }

  private static func warnings(_ cox: CoxModel, _ covariates: [String]) -> [String] {
    cox.warnings.map { column, warning in (column.map { covariates[$0] + ": " } ?? "") + warning.rawValue }
  }

  /// A short account for a terminal.
  var words: String {
    var lines = ["\(data.seen.count) rows" + (data.leftOut > 0 ? ", \(data.leftOut) left out" : "")]
    for (name, curve) in curves {
      let median = curve.median.map { "\(Self.short($0))" } ?? "not reached"
      let limits = [curve.medianLow, curve.medianHigh].map { $0.map(Self.short) ?? "-" }.joined(separator: " to ")
      lines.append(
        "\(name.isEmpty ? "all" : name): \(curve.count) followed, \(curve.events) events, median \(median) (\(limits))")
    }
    if let logRank {
      lines.append(
        "log-rank: \(Self.short(logRank.chiSquare)) on \(logRank.degrees) degrees of freedom, p = \(Self.short(logRank.p))"
      )
    }
    if let cox {
      lines.append("Cox (\(cox.iterations) steps, concordance \(cox.concordance.map(Self.short) ?? "-")):")
      for place in covariates.indices {
        let parts = [cox.coefficient[place], cox.standardError[place], cox.z[place], cox.p[place]]
          .map { $0.map(Self.short) ?? "-" }
        lines.append(
          "  \(covariates[place]): \(parts[0]) (standard error \(parts[1])), z = \(parts[2]), p = \(parts[3])")
      }
      lines += Self.warnings(cox, covariates).map { "  " + $0 }
    }
    if data.causes.count > 1 {
      for (group, causes, _) in incidence {
        for (name, value, error) in causes {
          let place = group.isEmpty ? "" : group + ", "
          lines.append(
            "\(place)cause \(name): \(Self.short(value.last ?? 0)) in the end (standard error \(Self.short(error.last ?? 0)))"
          )
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Four digits that count.
  private static func short(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return "\(value)" }
    var (scale, rest) = (1.0, abs(value))
    while rest < 1000 && scale < 1e15 {
      rest *= 10
      scale *= 10
    }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int64(rounded)) : "\(rounded)"
  }
}
