internal import Crypto
internal import Foundation
internal import Kernel

/// The keys of the residents, unwrapped when first needed. Each is wrapped by the master key and kept in
/// `resident_key`; destroying that row makes everything sealed under it unreadable, in backups and journal too.
final class KeyRing: Sendable {
  private static let limit = 50_000

  let master: MasterKey
  private let chance: Chance
  private let known = Guarded<[String: SymmetricKey]>([:])

  init(master: MasterKey, chance: Chance) {
    self.master = master
    self.chance = chance
  }

  /// The sealing for a record's scope. For a resident without a key one is made, which needs `making`.
  func sealing(for resident: String?, on connection: any Connection, making: Bool = false) throws -> Sealing {
    guard let resident else { return Sealing(key: master.region, keyName: "region") }
    if let key = known.with({ $0[resident] }) { return Sealing(key: key, keyName: resident) }
    let row = try connection.query("select wrapped, spare from resident_key where resident = \(resident)").first
    let key: SymmetricKey
    if let row {
      key = try unwrap(row, resident)
    } else {
      guard making else { throw StoreError.noKey }
      key = SymmetricKey(data: chance.bytes(32))
      // Kept twice, apart sealed: one damaged byte must not cost a whole file.
      let (wrapped, spare) = (SQLValue.blob(try wrap(key, resident)), SQLValue.blob(try wrap(key, resident)))
      _ = try connection.run(
        "insert into resident_key (resident, wrapped, spare) values (\(resident), \(wrapped), \(spare))")
      // Not remembered before it is committed: the transaction may still be undone.
      return Sealing(key: key, keyName: resident)
    }
    remember(key, for: resident)
    return Sealing(key: key, keyName: resident)
  }

  private func remember(_ key: SymmetricKey, for resident: String) {
    known.with { keys in
      if keys.count >= Self.limit { keys.removeAll(keepingCapacity: true) }
      keys[resident] = key
    }
  }

  private func wrap(_ key: SymmetricKey, _ resident: String) throws -> [UInt8] {
    let raw = key.withUnsafeBytes { Data($0) }
    let box = try AES.GCM.seal(raw, using: master.wrapping, authenticating: Data(resident.utf8))
    guard let combined = box.combined else { throw StoreError.damagedCiphertext }
    return Array(combined)
  }

  private func unwrap(_ row: Row, _ resident: String) throws -> SymmetricKey {
    for case .blob(let wrapped) in [row["wrapped"], row["spare"]] {
      if let key = try? unwrap(wrapped, resident) { return key }
    }
    throw StoreError.noKey
  }

  private func unwrap(_ wrapped: [UInt8], _ resident: String) throws -> SymmetricKey {
    let box = try AES.GCM.SealedBox(combined: wrapped)
    return SymmetricKey(data: try AES.GCM.open(box, using: master.wrapping, authenticating: Data(resident.utf8)))
  }
}
