public import Kernel

/// One answered row: values by column name.
public struct Row: Sendable {
  let columns: RowColumns
  let values: [SQLValue]

  public subscript(_ column: String) -> SQLValue {
    // A handful of names: looking through them is quicker than making a table of them for every answer.
    guard let place = columns.names.firstIndex(of: column) else { return .null }
    return values[place]
  }

  public func text(_ column: String) -> String? {
    if case .text(let text) = self[column] { text } else { nil }
  }

  public func integer(_ column: String) -> Int? {
    if case .integer(let number) = self[column] { Int(number) } else { nil }
  }

  public func instant(_ column: String) -> Instant? {
    if case .integer(let number) = self[column] { Instant(milliseconds: number) } else { nil }
  }

  public func date(_ column: String) -> LocalDate? { text(column).flatMap { LocalDate($0) } }

  public func id<Subject>(_ column: String, of: Subject.Type = Subject.self) -> ID<Subject>? {
    text(column).flatMap { ID<Subject>($0) }
  }
}

/// The column names of an answer, shared by its rows.
final class RowColumns: Sendable {
  let names: [String]

  init(_ names: [String]) { self.names = names }
}
