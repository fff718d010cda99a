internal import Crypto
internal import Foundation
internal import Kernel

/// Encrypts one field: AES-256-GCM, a fresh nonce, bound to its table, row, column, key and the row's version, so that a
/// ciphertext moved elsewhere, or put back from an earlier time, does not open (docs/decisions/0017).
/// Layout: format (1 byte) · nonce (12) · ciphertext · tag (16).
struct Sealing {
  static let format: UInt8 = 2
  /// Before values were bound to their version; only read once, when a region is opened by a newer Geland.
  static let olderFormat: UInt8 = 1

  let key: SymmetricKey
  /// Names the key in the bound data: a resident's id, or "region".
  let keyName: String

  func seal(_ value: SQLValue, table: String, row: String, column: String, version: Int) throws -> SQLValue {
    if value == .null { return .null }
    let bound = boundData(table, row, column, version)
    let box = try AES.GCM.seal(plain(value), using: key, authenticating: bound)
    guard let combined = box.combined else { throw StoreError.damagedCiphertext }
    return .blob([Self.format] + combined)
  }

  /// - Throws: when it is not what was sealed for this place and version; anything but bytes never was.
  func open(_ stored: SQLValue, table: String, row: String, column: String, version: Int) throws -> SQLValue {
    try open(stored, Self.format, boundData(table, row, column, version))
  }

  func openOlder(_ stored: SQLValue, table: String, row: String, column: String) throws -> SQLValue {
    try open(stored, Self.olderFormat, Data("\(table)|\(row)|\(column)|\(keyName)|\(Self.olderFormat)".utf8))
  }

  private func open(_ stored: SQLValue, _ format: UInt8, _ bound: Data) throws -> SQLValue {
    if stored == .null { return .null }
    guard case .blob(let bytes) = stored, bytes.first == format else { throw StoreError.damagedCiphertext }
    let box = try AES.GCM.SealedBox(combined: bytes.dropFirst())
    return try value(Array(AES.GCM.open(box, using: key, authenticating: bound)))
  }

  private func boundData(_ table: String, _ row: String, _ column: String, _ version: Int) -> Data {
    Data("\(table)|\(row)|\(column)|\(keyName)|\(version)|\(Self.format)".utf8)
  }

  private func plain(_ value: SQLValue) -> [UInt8] {
    switch value {
    case .null: []
    case .text(let text): [1] + text.utf8
    case .integer(let number): [2] + String(number).utf8
    case .real(let number): [3] + String(number).utf8
    case .blob(let bytes): [4] + bytes
    }
  }

  private func value(_ plain: [UInt8]) throws -> SQLValue {
    let text = String(decoding: plain.dropFirst(), as: UTF8.self)
    switch plain.first {
    case 1: return .text(text)
    case 2: return Int64(text).map(SQLValue.integer) ?? .null
    case 3: return Double(text).map(SQLValue.real) ?? .null
    case 4: return .blob(Array(plain.dropFirst()))
    default: throw StoreError.damagedCiphertext
    }
  }
}
