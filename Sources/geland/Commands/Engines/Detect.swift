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
      S left 0. A day without a row is not a day with count 0: write the row.
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
  @Flag(help: "One line of JSON for each signal.") var json = false

  func validate() throws {
    guard mean == "auto" || Double(mean).map({ $0 >= 0 && $0.isFinite }) == true else {
      throw ValidationError("--mean must be a number from 0, or auto.")
    }
  }

  func run() throws {
    let design = try Cusum(designFrom: k, h, headStart, isLower: lower)
    let bytes = try EngineFile.read(file)
    let people = try EngineFile.checking(file) {
      try DailyCounts(CSVTable(bytes), id: id, day: day, count: count).people
    }
    for person in people {
      for signal in Watch.signals(of: person.counts, design, usual: Double(mean)) {
        show(person.id, person.days[signal.place], person.counts[signal.place], signal)
      }
    }
  }

  private func show(_ id: String, _ day: String, _ seen: Int, _ signal: Watch.Signal) {
    guard json else {
      return EngineFile.say("\(day)  \(id): \(seen) (usually \(signal.usual)), S = \(signal.statistic)")
    }
    var writer = JSONWriter()
    writer.object { json in
      json.member("id", id)
      json.member("day", day)
      json.member("statistic", signal.statistic)
      json.member("usual", signal.usual)
      json.member("seen", seen)
    }
    EngineFile.say(writer.text)
  }
}

/// Counts by person, each in the order of days.
struct DailyCounts {
  struct Person {
    let id: String
    var days: [String]
    var counts: [Int]
  }

  /// In the order in which people first appear.
  let people: [Person]

  init(_ table: CSVTable, id: String, day: String, count: String) throws(InputFault) {
    let (idColumn, dayColumn, countColumn) = (
      try table.column(id), try table.column(day), try table.column(count)
    )
    var places: [String: Int] = [:]
    var rows: [[(day: String, count: Int, line: Int)]] = []
    var names: [String] = []
    for row in 0..<table.rowCount {
      let line = table.line(ofRow: row)
      let name = table.text(row: row, column: idColumn)
      guard !name.isEmpty else { throw InputFault(line: line, "\(id) is empty") }
      let date = table.text(row: row, column: dayColumn)
      guard Self.isDate(date) else {
        throw InputFault(line: line, "\(day) is \"\(date)\", which is no date as 2026-03-01")
      }
      let number = try table.number(row: row, column: countColumn)
      guard let number else { throw InputFault(line: line, "\(count) is empty") }
      guard number >= 0 else { throw InputFault(line: line, "\(count) is \(number), below 0") }
      guard let whole = Int(exactly: number), whole <= Int32.max else {
        throw InputFault(line: line, "\(count) is \(number), which is no whole number")
      }
      if let place = places[name] {
        rows[place].append((date, whole, line))
      } else {
        places[name] = rows.count
        names.append(name)
        rows.append([(date, whole, line)])
      }
    }
    var people: [Person] = []
    for (name, own) in zip(names, rows) {
      let sorted = own.sorted { $0.day == $1.day ? $0.line < $1.line : $0.day < $1.day }
      for (before, after) in zip(sorted, sorted.dropFirst()) where before.day == after.day {
        throw InputFault(line: after.line, "\(name) has \(after.day) on line \(before.line) too")
      }
      people.append(Person(id: name, days: sorted.map(\.day), counts: sorted.map(\.count)))
    }
    self.people = people
  }

  private static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45 else { return false }
    guard let year = NumberReader.integer(bytes[0..<4]), let month = NumberReader.integer(bytes[5..<7]),
      let day = NumberReader.integer(bytes[8..<10]), (1...12).contains(month), day >= 1
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}
