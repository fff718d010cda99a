internal import Crypto
internal import Foundation
public import Kernel

/// The key that wraps all others. Lives in a file beside the region, never in the database or its backups.
public struct MasterKey: Sendable {
  let wrapping: SymmetricKey
  let region: SymmetricKey
  let blind: SymmetricKey

  public init(bytes: [UInt8]) {
    let master = SymmetricKey(data: bytes)
    func derived(_ purpose: String) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(inputKeyMaterial: master, info: Data(purpose.utf8), outputByteCount: 32)
    }
    wrapping = derived("geland wrap 1")
    region = derived("geland region 1")
    blind = derived("geland blind 1")
  }

  /// Reads the key file, or makes it for a region that does not exist yet. Refuses one that others can read.
  /// - Throws: `StoreError.keyMissing` when the region is there and its key is not: a new one would open nothing.
  public static func atFile(_ path: String, of region: String? = nil, chance: Chance = .system()) throws -> MasterKey {
    if !FileManager.default.fileExists(atPath: path) {
      if let region, FileManager.default.fileExists(atPath: region) { throw StoreError.keyMissing(path) }
      try make(path, chance: chance)
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
    guard mode & 0o077 == 0 else { throw StoreError.keyFileReadableByOthers(path) }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    guard let data = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)), data.count == 32 else {
      throw StoreError.keyFileDamaged(path)
    }
    return MasterKey(bytes: Array(data))
  }

  private static func make(_ path: String, chance: Chance) throws {
    let text = Data(chance.bytes(32)).base64EncodedString() + "\n"
    let made = FileManager.default.createFile(
      atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    guard made else { throw StoreError.cannotWrite(path) }
  }

  /// A keyed hash of a text, for looking up without reading (HMAC-SHA-256, hexadecimal).
  func blinded(_ text: String) -> String {
    HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: blind).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
