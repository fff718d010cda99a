internal import EngineKit
internal import Survival

/// The columns of a table as observations.
struct SurvivalTable {
  let seen: Observations
  let columns: [[Double]]
  let groups: [String]
  let causes: [String]
  let leftOut: Int
  /// What is worth a second look, though it may be so.
  let remark: String?

  init(
    _ table: CSVTable, time: String, event: String, entry: String?, group: String?, covariates: [String],
    cause: String?
  ) throws(InputFault) {
    let places = try Places(table, time: time, event: event, entry: entry, group: group, covariates: covariates)
    let rows = (0..<table.rowCount).filter { places.areKnown(table, row: $0) }
    guard !rows.isEmpty else { throw InputFault("no row has a value in every used column") }
    let codes = try Self.codes(table, rows, places.event)
    if let cause, !codes.causes.contains(cause) {
      throw InputFault("no event is \"\(cause)\"; there are: \(codes.causes.joined(separator: ", "))")
    }
    let (times, entries) = try Self.times(table, rows, places)
    let groupNames = places.group.map { column in rows.map { table.text(row: $0, column: column) } } ?? []
    groups = Set(groupNames).sorted(by: Self.isBefore)
    let placeOfGroup = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, Int32($0)) })
    seen = Observations(
      time: times, event: codes.events, entry: entries, group: groupNames.map { placeOfGroup[$0] ?? 0 },
      groupCount: max(1, groups.count), causeCount: max(1, codes.causes.count))
    var columns: [[Double]] = []
    for column in places.covariates { columns.append(try Self.numbers(table, rows, column)) }
    self.columns = columns
    causes = codes.causes
    leftOut = table.rowCount - rows.count
    let isStrange = cause == nil && !codes.hasNotYet && codes.causes.count > 1
    remark =
      isStrange
      ? "\(event) has the causes \(codes.causes.joined(separator: ", ")) and never 0 (not yet); is that so?" : nil
  }

  private struct Places {
    let time, event: Int
    let entry, group: Int?
    let covariates: [Int]

    init(
      _ table: CSVTable, time: String, event: String, entry: String?, group: String?, covariates: [String]
    ) throws(InputFault) {
      self.time = try table.column(time)
      self.event = try table.column(event)
      if let entry { self.entry = try table.column(entry) } else { self.entry = nil }
      if let group { self.group = try table.column(group) } else { self.group = nil }
      var places: [Int] = []
      for name in covariates { places.append(try table.column(name)) }
      self.covariates = places
    }

    func areKnown(_ table: CSVTable, row: Int) -> Bool {
      !table.isMissing(row: row, column: time) && !table.isMissing(row: row, column: event, inAnyCase: true)
        && [entry, group].allSatisfy { $0.map { !table.isMissing(row: row, column: $0) } ?? true }
        && covariates.allSatisfy { !table.isMissing(row: row, column: $0) }
    }
  }

  private static func codes(_ table: CSVTable, _ rows: [Int], _ column: Int) throws(InputFault) -> EventCodes {
    do throws(EventCodes.Fault) {
      return try EventCodes(rows.map { table.text(row: $0, column: column) })
    } catch {
      let other = error.beside.map { " (line \(table.line(ofRow: rows[$0])))" } ?? ""
      throw InputFault(
        line: table.line(ofRow: rows[error.place]), "\(table.header[column]) is \(error.reason)\(other)")
    }
  }

  private static func numbers(_ table: CSVTable, _ rows: [Int], _ column: Int) throws(InputFault) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(rows.count)
    for row in rows { values.append(try table.number(row: row, column: column) ?? 0) }
    return values
  }

  /// Times and entries, those that differ by rounding alone made one.
  private static func times(
    _ table: CSVTable, _ rows: [Int], _ places: Places
  ) throws(InputFault) -> ([Double], [Double]?) {
    let times = try numbers(table, rows, places.time)
    var entries: [Double]?
    if let entry = places.entry { entries = try numbers(table, rows, entry) }
    func fault(_ place: Int, _ reason: String) -> InputFault {
      InputFault(line: table.line(ofRow: rows[place]), reason)
    }
    if let place = times.firstIndex(where: { $0 < 0 }) {
      throw fault(place, "\(table.header[places.time]) is \(times[place]), below 0")
    }
    guard let entry = places.entry, let entries else { return (NearTimes(time: times).time, nil) }
    let name = table.header[entry]
    if let place = entries.firstIndex(where: { $0 < 0 }) { throw fault(place, "\(name) is \(entries[place]), below 0") }
    if let place = times.indices.first(where: { entries[$0] >= times[$0] }) {
      throw fault(place, "\(name) is \(entries[place]), not before \(times[place])")
    }
    let near = NearTimes(time: times, entry: entries)
    if let place = near.emptied {
      throw fault(
        place, "\(name) is \(entries[place]), not before \(times[place]): they differ by rounding alone")
    }
    return (near.time, near.entry)
  }

  /// Numbers by size, words by letter.
  private static func isBefore(_ left: String, _ right: String) -> Bool {
    if let one = Double(left), let other = Double(right), one != other { return one < other }
    return left < right
  }
}
