/// What can go wrong with storage itself. Never holds personal data.
public enum StoreError: Error, Sendable, Equatable {
  case keyFileReadableByOthers(String)
  case keyFileDamaged(String)
  /// The region is there and its key file is not.
  case keyMissing(String)
  /// The key file is another region's.
  case wrongKey
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

/// For whoever runs it, at the command line: what is wrong and what to do.
extension StoreError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .keyFileReadableByOthers(let path): "\(path) can be read by others. Run: chmod 600 \(path)"
    case .keyFileDamaged(let path): "\(path) is not a key file. Put back your copy of it; do not make a new one."
    case .keyMissing(let path):
      "\(path) is missing. Without it nothing in this region can be read. Put back your copy of it; nothing was changed."
    case .wrongKey: "The key file belongs to another region. Put back the one of this region; nothing was changed."
    case .cannotWrite(let path): "\(path) can't be written."
    case .damagedCiphertext: "A sealed value is damaged."
    case .noKey: "A key is missing or damaged."
    case .writingStopped: "Writing to disk failed. Look at the disk, then start again."
    case .unknownSchema(let name): "This region was made by a newer Geland (\(name))."
    case .notDurable: "The database does not keep what it confirms (synchronous is not full)."
    }
  }
}
