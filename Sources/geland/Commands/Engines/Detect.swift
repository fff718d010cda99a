internal import ArgumentParser
internal import Detection
internal import EngineKit

/// `geland detect`: signals in a file of daily counts.
struct Detect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detect",
    abstract: "Signals in daily counts: more calls than usual, or fewer contacts.",
    discussion: """
      Reads a table with a header and one row per person and day; prints a line
      for each signal, after which S starts again at 0. Choose k and h with
      `geland arl --years`.

        $ printf 'who,day,calls\\na,2026-03-01,0\\na,2026-03-02,4\\n' >calls.csv
        $ printf 'a,2026-03-03,5\\n' >>calls.csv
        $ geland detect calls.csv --id who --day day --count calls \\
            --mean 0.5 --k 1.5 --h 5 --json
        {"id": "a", "day": "2026-03-03", "statistic": 6, "usual": 0.5, "seen": 5}

      With --mean auto, "usual" is each person's own average over the days before
      S left 0.

      Silence has no rows: a day without a row, after somebody's first and up to the
      last day of the table (or --until), is a day with 0. When there are such days
      and --gaps doesn't say so, that is told on standard error. --gaps skip takes
      the next row for the next day. --lower then notices who falls silent:

        $ printf 'who,day,calls\\nb,2026-03-01,1\\nb,2026-03-02,2\\n' >quiet.csv
        $ printf 'b,2026-03-09,1\\n' >>quiet.csv
        $ geland detect quiet.csv --id who --day day --count calls --gaps zero \\
            --mean 1 --k 0.5 --h 3 --lower --json
        {"id": "b", "day": "2026-03-08", "statistic": 3, "usual": 1, "seen": 0}
      """)

  @Argument(help: "The table; - for standard input.") var file: String
  @Option(help: "The column that says who.") var id: String
  @Option(help: "The column with the day, as 2026-03-01.") var day: String
  @Option(help: "The column with the count.") var count: String
  @Option(help: "What is usual a day, or auto.") var mean: String
  @Option(help: "The reference value.") var k: String
  @Option(help: "The decision value.") var h: String
  @Flag(help: "Watch for less than usual.") var lower = false
  @Option(name: .customLong("head-start"), help: "Where S begins.") var headStart = "0"
  @Option(help: "What days without a row are: zero (a count of 0) or skip (no days).") var gaps: String?
  @Option(help: "The last day that was looked at, when that is later than the table's last.") var until: String?
  @Flag(help: "One line of JSON for each signal.") var json = false

  private var lastAsked: Day? { until.flatMap { Day(WhiteSpace.trimmed($0)) } }

  func validate() throws {
    if let gaps, CountedDays.Gaps(rawValue: gaps) == nil { throw ValidationError("--gaps is zero or skip.") }
    if let until, Day(WhiteSpace.trimmed(until)) == nil {
      throw ValidationError("--until must be a day as 2026-03-01.")
    }
    guard mean == "auto" || Double(mean).map({ $0 >= 0 && $0.isFinite }) == true else {
      throw ValidationError("--mean must be a number from 0, or auto.")
    }
  }

  func run() throws {
    let design = try Cusum(designFrom: k, h, headStart, isLower: lower)
    let bytes = try EngineFile.read(file)
    let areFilled = gaps != CountedDays.Gaps.skip.rawValue
    let read = try EngineFile.checking(file) {
      let read = try DailyCounts(CSVTable(bytes), id: id, day: day, count: count)
      if areFilled { try read.refuseLongGaps(until: lastAsked) }
      return read
    }
    guard let last = [lastAsked, read.last].compactMap(\.self).max() else { return }
    if gaps == nil, let remark = read.remark(until: last) { EngineFile.complain("\(file): \(remark)") }
    for person in read.people {
      let days = areFilled ? person.days.filled(until: last) : person.days
      for signal in Watch.signals(of: days.counts, design, usual: Double(mean)) {
        show(person.id, days.days[signal.place], days.counts[signal.place], signal)
      }
    }
  }

  private func show(_ id: String, _ day: Day, _ seen: Int, _ signal: Watch.Signal) {
    guard json else {
      return EngineFile.say("\(day)  \(id): \(seen) (usually \(signal.usual)), S = \(signal.statistic)")
    }
    var writer = JSONWriter()
    writer.object { json in
      json.member("id", id)
      json.member("day", day.description)
      json.member("statistic", signal.statistic)
      json.member("usual", signal.usual)
      json.member("seen", seen)
    }
    EngineFile.say(writer.text)
  }
}
