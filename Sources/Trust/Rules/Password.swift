internal import Crypto
internal import CryptoExtras
internal import Foundation
public import Kernel

/// How dear a password hash is. scrypt, N = 2^14, r = 8, p = 5: 16 MiB, equal to the OWASP advice; tests take less.
public struct PasswordCost: Sendable {
  public let rounds: Int
  public let blockSize: Int
  public let parallelism: Int

  public static let standard = PasswordCost(rounds: 1 << 14, blockSize: 8, parallelism: 5)
  /// For tests only.
  public static let cheap = PasswordCost(rounds: 2, blockSize: 1, parallelism: 1)
}

/// A stored password: salted, memory-hard, with its own parameters, so that these can be raised later.
struct PasswordHash: Sendable {
  let hash: String
  let salt: String
  let rounds: Int
  let blockSize: Int
  let parallelism: Int

  static func make(_ password: String, cost: PasswordCost, chance: Chance) throws -> PasswordHash {
    let salt = Data(chance.bytes(16))
    let hash = try derive(password, salt: salt, cost)
    return PasswordHash(
      hash: hash, salt: salt.base64EncodedString(), rounds: cost.rounds, blockSize: cost.blockSize,
      parallelism: cost.parallelism)
  }

  func matches(_ password: String) throws -> Bool {
    let cost = PasswordCost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    let given = try Self.derive(password, salt: Data(base64Encoded: salt) ?? Data(), cost)
    let key = SymmetricKey(size: .bits256)
    let code = HMAC<SHA256>.authenticationCode(for: Data(hash.utf8), using: key)
    return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data(given.utf8), using: key)
  }

  private static func derive(_ password: String, salt: Data, _ cost: PasswordCost) throws -> String {
    let key = try KDF.Scrypt.deriveKey(
      from: Data(password.utf8), salt: salt, outputByteCount: 32, rounds: cost.rounds, blockSize: cost.blockSize,
      parallelism: cost.parallelism)
    return key.withUnsafeBytes { Data($0).base64EncodedString() }
  }
}

/// What a password must be: long, and not one that everybody tries first.
public enum PasswordRule {
  public static let minimumLength = 12

  public static func fault(in password: String) -> Problem.Fault? {
    if password.count < minimumLength {
      return Problem.Fault(field: "password", "signIn.passwordShort", ["n": String(minimumLength)])
    }
    let plain = password.lowercased().filter(\.isLetter)
    let isCommon =
      common.contains { plain == $0 || plain == $0 + $0 } || Set(password).count < 5 || isRow(password)
    return isCommon ? Problem.Fault(field: "password", "signIn.passwordCommon") : nil
  }

  /// A row of a keyboard or of the alphabet, once or again and again, forwards or backwards: everybody tries it.
  private static func isRow(_ password: String) -> Bool {
    let typed = password.lowercased()
    let rows = ["1234567890", "0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"]
    return (rows + rows.map { String($0.reversed()) }).contains { row in
      let endless = String(repeating: row, count: typed.count / row.count + 2)
      return endless.contains(typed)
    }
  }

  private static let common: Set<String> = [
    "password", "wachtwoord", "welkom", "geland", "welkomgeland", "qwertyuiop", "iloveyou", "letmein", "welkomwelkom",
    "zomer", "winter", "lente", "herfst", "utrecht", "nieuwegein", "geheim", "administrator", "beschermdwonen",
    "qwertyqwerty", "azerty", "feyenoord", "ajaxajax",
  ]
}
