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
      followed (--time) and whether it happened (--event). Prints Kaplan-Meier
      with Greenwood's errors and the median; with --group a log-rank test; with
      --cox proportional hazards (Efron); with more than one cause Aalen-Johansen.

      --event holds yes or no (1 and 0, true and false, ja and nee, yes and no), or
      which cause: 0 when not yet, else a whole number or a name. What is neither,
      or a mixture, is refused. Rows that don't know (empty, NA, NaN, N/A, .) in a
      used column are left out, and counted.

        $ printf 'days,back,carried\\n90,1,no\\n400,0,no\\n30,1,no\\n' >homes.csv
        $ printf '700,0,yes\\n650,1,yes\\n710,0,yes\\n' >>homes.csv
        $ geland survival homes.csv --time days --event back --group carried

      --entry names the day each came into view, when that was later than the
      start. --cause VALUE counts only that cause as the event in curves, log-rank
      and Cox, others as the end of being followed; incidence always lets causes
      compete. Times that differ by rounding alone (0.3 and 0.1 + 0.2) are one
      time, as in R. White space around names is no part of them.
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
    let covariates = cox.map { $0.split(separator: ",").map { WhiteSpace.trimmed(String($0)) } } ?? []
    let cause = cause.map { EventCodes.cause(WhiteSpace.trimmed($0)) }
    let data = try EngineFile.checking(file) {
      try SurvivalTable(
        CSVTable(bytes), time: time, event: event, entry: entry, group: group, covariates: covariates, cause: cause)
    }
    if let remark = data.remark { EngineFile.complain("\(file): \(remark)") }
    let report = SurvivalReport(data, limits: Limits(rawValue: limits) ?? .logLog, covariates: covariates, cause: cause)
    EngineFile.say(json ? report.json : report.words)
  }
}
