internal import Foundation
public import Kernel

/// A record as one change left it.
public struct Version<R: Record>: Sendable {
  public let record: R
  public let at: Instant
  public let account: ID<Anything>?
}

/// What a record was before is not stored twice: the journal has it.
extension Reader {
  /// Every version of one record of a resident's file, oldest first. A version that can't be read is left out.
  /// - Parameter most: how many entries of the file's journal are looked through, latest first.
  public func versions<R: Record>(
    of type: R.Type, _ id: ID<R>, about resident: ResidentID, most: Int = 20_000
  ) throws -> [Version<R>] {
    let pattern = "%\"row\":\"\(id)\",\"table\":\"\(R.table.name)\"%"
    let entries = try rows(
      """
      select at, account, changes from journal
      where resident = \(resident) and changes like \(pattern) order by position limit \(most)
      """)
    let columns = RowColumns(R.table.columns.map(\.name))
    var values = columns.names.map { $0 == "id" ? SQLValue.text(id.description) : .null }
    values[Table.versionPlace] = .integer(1)
    var versions: [Version<R>] = []
    for entry in entries {
      guard let at = entry.instant("at"), let text = entry.text("changes"), let changes = try? Change.read(text) else {
        continue
      }
      for change in changes where change.table == R.table.name && change.row == id.description {
        for (place, name) in columns.names.enumerated() { values[place] = change.values[name] ?? values[place] }
        guard let record = try? decode(type, from: Row(columns: columns, values: values)) else { continue }
        versions.append(Version(record: record, at: at, account: entry.id("account")))
      }
    }
    return versions
  }
}
