internal import Detection
internal import EngineKit

/// Counts by person, each in the order of days.
struct DailyCounts {
  struct Person {
    let id: String
    let days: CountedDays
    /// The line of each day.
    let lines: [Int]
  }

  /// In the order in which people first appear.
  let people: [Person]
  /// Of all of them; nil without rows.
  let last: Day?
  private let lineOfLast: Int?

  private struct Row {
    let day: Day
    let count: Int
    let line: Int
  }

  init(_ table: CSVTable, id: String, day: String, count: String) throws(InputFault) {
    let (idColumn, dayColumn, countColumn) = (
      try table.column(id), try table.column(day), try table.column(count)
    )
    var places: [String: Int] = [:]
    var rows: [[Row]] = []
    var names: [String] = []
    for row in 0..<table.rowCount {
      let line = table.line(ofRow: row)
      guard !table.isMissing(row: row, column: idColumn) else { throw InputFault(line: line, "\(id) is empty") }
      let name = table.text(row: row, column: idColumn)
      let text = table.text(row: row, column: dayColumn)
      guard let date = Day(text) else {
        throw InputFault(line: line, "\(day) is \"\(text)\", which is no date as 2026-03-01")
      }
      let whole = try Self.count(table, row, countColumn)
      if places[name] == nil {
        places[name] = rows.count
        names.append(name)
        rows.append([])
      }
      rows[places[name] ?? 0].append(Row(day: date, count: whole, line: line))
    }
    var people: [Person] = []
    for (name, own) in zip(names, rows) { people.append(try Self.person(name, own)) }
    self.people = people
    let latest = rows.joined().max { $0.day < $1.day }
    (last, lineOfLast) = (latest?.day, latest?.line)
  }

  private static func count(_ table: CSVTable, _ row: Int, _ column: Int) throws(InputFault) -> Int {
    let (line, name) = (table.line(ofRow: row), table.header[column])
    guard let number = try table.number(row: row, column: column) else {
      throw InputFault(line: line, "\(name) is empty; where nobody looked, leave the row out and say --gaps skip")
    }
    guard number >= 0 else { throw InputFault(line: line, "\(name) is \(number), below 0") }
    guard let whole = Int(exactly: number), whole <= Int32.max else {
      throw InputFault(line: line, "\(name) is \(number), which is no whole number")
    }
    return whole
  }

  private static func person(_ name: String, _ rows: [Row]) throws(InputFault) -> Person {
    let sorted = rows.sorted { $0.day == $1.day ? $0.line < $1.line : $0.day < $1.day }
    for (before, after) in zip(sorted, sorted.dropFirst()) where before.day == after.day {
      throw InputFault(line: after.line, "\(name) has \(after.day) on line \(before.line) too")
    }
    return Person(
      id: name, days: CountedDays(days: sorted.map(\.day), counts: sorted.map(\.count)), lines: sorted.map(\.line))
  }

  /// Ten years: longer is a slip of the pen in a year, and not a silence.
  private static let longestGap = 3660

  func refuseLongGaps(until asked: Day?) throws(InputFault) {
    for person in people {
      for (place, (one, other)) in zip(person.days.days, person.days.days.dropFirst()).enumerated()
      where other.days(since: one) > Self.longestGap {
        throw InputFault(line: person.lines[place + 1], "\(other) is more than ten years after \(person.id)'s \(one)")
      }
      guard let own = person.days.days.last, let last else { continue }
      if last.days(since: own) > Self.longestGap {
        throw InputFault(line: lineOfLast, "\(last) is more than ten years after \(person.id)'s last day, \(own)")
      }
      if let asked, asked.days(since: own) > Self.longestGap {
        throw InputFault("--until \(asked) is more than ten years after \(person.id)'s last day, \(own)")
      }
    }
  }

  /// That days without a row were taken as 0; nil when there are none.
  func remark(until last: Day) -> String? {
    let gaps = people.flatMap { person in person.days.gaps(until: last).map { (person.id, $0) } }
    guard let (who, longest) = gaps.max(by: { $0.1.days < $1.1.days }) else { return nil }
    let days = gaps.reduce(0) { $0 + $1.1.days }
    let people = Set(gaps.map { $0.0 }).count
    return "days without a row count as 0: \(days), of \(people == 1 ? "1 person" : "\(people) people") (the longest: "
      + "\(longest.days) of \(who) from \(longest.first)); --gaps zero says so, --gaps skip leaves them out"
  }
}
