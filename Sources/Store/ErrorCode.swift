internal import GRDB
internal import Kernel

extension Error {
  /// What went wrong, for a log: a kind and a code, never a message, which may hold what somebody typed.
  public var code: String {
    switch self {
    case let failure as DatabaseError: "sqlite \(failure.extendedResultCode.rawValue)"
    case let problem as Problem: "problem \(problem.kind.rawValue)"
    case let failure as StoreError: "store \(failure.short)"
    default: "\(type(of: self))"
    }
  }
}

extension StoreError {
  fileprivate var short: String {
    switch self {
    case .keyFileReadableByOthers: "keyFileReadableByOthers"
    case .keyFileDamaged: "keyFileDamaged"
    case .keyMissing: "keyMissing"
    case .wrongKey: "wrongKey"
    case .cannotWrite: "cannotWrite"
    case .damagedCiphertext: "damagedCiphertext"
    case .noKey: "noKey"
    case .writingStopped: "writingStopped"
    case .unknownSchema: "unknownSchema"
    case .notDurable: "notDurable"
    }
  }
}
