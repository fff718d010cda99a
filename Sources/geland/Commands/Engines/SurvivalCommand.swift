internal import ArgumentParser
internal import EngineKit
internal import Survival

/// `geland survival`: how long things last, and what helps.
struct SurvivalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survival",
    abstract: "How long things last, whether groups differ, and what goes with it.",
    discussion: """
      Reads a table with a header and one row per person: how long each was
      followed (--time) and whether it happened (--event: 0 when not yet, else 1,
      or which cause). Prints Kaplan-Meier with Greenwood's errors and the median;
      with --group a log-rank test; with --cox proportional hazards (Efron); with
      more than one cause Aalen-Johansen.

        $ printf 'days,back,carried\\n90,1,no\\n400,0,no\\n30,1,no\\n' >homes.csv
        $ printf '700,0,yes\\n650,1,yes\\n710,0,yes\\n' >>homes.csv
        $ geland survival homes.csv --time days --event back --group carried

      --entry names the day each came into view, when that was later than the
      start. --cause VALUE counts only that cause as the event in curves, log-rank
      and Cox, others as the end of being followed; incidence always lets causes
      compete. Rows with an empty value in a used column are left out, and counted.
      """)

  @Argument(help: "The table; - for standard input.") var file: String
  @Option(help: "The column with how long.") var time: String
  @Option(help: "The column with whether, or which cause.") var event: String
  @Option(help: "The column with when each came into view.") var entry: String?
  @Option(help: "The column with groups to compare.") var group: String?
  @Option(help: "Columns of numbers for Cox regression, with commas.") var cox: String?
  @Option(help: "The one cause that counts.") var cause: String?
  @Option(help: "How limits are drawn: log-log or plain.") var limits = "log-log"
  @Flag(help: "One line of JSON.") var json = false

  func validate() throws {
    guard Limits(rawValue: limits) != nil else { throw ValidationError("--limits is log-log or plain.") }
  }

  func run() throws {
    let bytes = try EngineFile.read(file)
    let covariates = cox.map { $0.split(separator: ",").map(String.init) } ?? []
    let data = try EngineFile.checking(file) {
      try SurvivalTable(
        CSVTable(bytes), time: time, event: event, entry: entry, group: group, covariates: covariates, cause: cause)
    }
    let report = SurvivalReport(data, limits: Limits(rawValue: limits) ?? .logLog, covariates: covariates, cause: cause)
    EngineFile.say(json ? report.json : report.words)
  }
}

/// The columns of a table as observations.
struct SurvivalTable {
  let seen: Observations
  let columns: [[Double]]
  let groups: [String]
  let causes: [String]
  let leftOut: Int

  init(
    _ table: CSVTable, time: String, event: String, entry: String?, group: String?, covariates: [String],
    cause: String?
  ) throws(InputFault) {
    let timeColumn = try table.column(time)
    let eventColumn = try table.column(event)
    var entryColumn: Int?
    if let entry { entryColumn = try table.column(entry) }
    var groupColumn: Int?
    if let group { groupColumn = try table.column(group) }
    var coxColumns: [Int] = []
    for name in covariates { coxColumns.append(try table.column(name)) }
    let used = [timeColumn, eventColumn] + [entryColumn, groupColumn].compactMap { $0 } + coxColumns
    var (times, events, entries, groupNames): ([Double], [String], [Double], [String]) = ([], [], [], [])
    var columns = [[Double]](repeating: [], count: coxColumns.count)
    for row in 0..<table.rowCount {
      if used.contains(where: { table.isEmpty(row: row, column: $0) }) { continue }
      let line = table.line(ofRow: row)
      let moment = try table.number(row: row, column: timeColumn) ?? 0
      guard moment >= 0 else { throw InputFault(line: line, "\(time) is \(moment), below 0") }
      if let entryColumn {
        let start = try table.number(row: row, column: entryColumn) ?? 0
        guard start >= 0 else { throw InputFault(line: line, "\(entry ?? "") is \(start), below 0") }
        guard start < moment else { throw InputFault(line: line, "\(entry ?? "") is \(start), not before \(moment)") }
        entries.append(start)
      }
      times.append(moment)
      events.append(Self.plain(table.text(row: row, column: eventColumn)))
      if let groupColumn { groupNames.append(table.text(row: row, column: groupColumn)) }
      for (place, column) in coxColumns.enumerated() {
        columns[place].append(try table.number(row: row, column: column) ?? 0)
      }
    }
    guard !times.isEmpty else { throw InputFault("no row has a value in every used column") }
    let causes = Self.inOrder(Set(events).subtracting(["0"]))
    if let cause, !causes.contains(cause) {
      throw InputFault("no event is \"\(cause)\"; there are: \(causes.joined(separator: ", "))")
    }
    let groups = Self.inOrder(Set(groupNames))
    let placeOfCause = Dictionary(uniqueKeysWithValues: causes.enumerated().map { ($1, Int32($0 + 1)) })
    let placeOfGroup = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, Int32($0)) })
    seen = Observations(
      time: times, event: events.map { placeOfCause[$0] ?? 0 }, entry: entryColumn == nil ? nil : entries,
      group: groupNames.map { placeOfGroup[$0] ?? 0 }, groupCount: max(1, groups.count),
      causeCount: max(1, causes.count))
    self.columns = columns
    self.groups = groups
    self.causes = causes
    leftOut = table.rowCount - times.count
  }

  /// `1.0` and `1` are one cause, `0.0` is none.
  private static func plain(_ text: String) -> String {
    let trimmed = text.split(separator: " ").joined(separator: " ")
    guard let number = NumberReader.decimal(Array(trimmed.utf8)), let whole = Int(exactly: number) else {
      return trimmed
    }
    return String(whole)
  }

  /// Numbers by size, words by letter.
  private static func inOrder(_ names: Set<String>) -> [String] {
    names.sorted { left, right in
      if let one = Double(left), let other = Double(right), one != other { return one < other }
      return left < right
    }
  }
}

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
