/// What can go wrong with storage itself. Never holds personal data.
public enum StoreError: Error, Sendable, Equatable {
  case keyFileReadableByOthers(String)
  case keyFileDamaged(String)
  case cannotWrite(String)
  case damagedCiphertext
  case noKey
  /// A write to disk failed; what the disk holds is not certain, so nothing is written until a restart.
  case writingStopped
  /// The database says it was made by a newer Geland.
  case unknownSchema(String)
  case notDurable
}

/// Somebody stored the record in the meantime; their version is shown beside what was typed.
public struct StaleWrite: Error, Sendable {
  public let table: String
  public let row: String
  public let seen: Int
  public let stored: Int

  public init(table: String, row: String, seen: Int, stored: Int) {
    self.table = table
    self.row = row
    self.seen = seen
    self.stored = stored
  }
}
