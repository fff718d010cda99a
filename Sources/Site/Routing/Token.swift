internal import Crypto
internal import Foundation
public import Kernel

/// Secrets for cookies, forms and letters.
public enum Token {
  /// 256 random bits, safe in a cookie or address.
  public static func make(_ chance: Chance) -> String { make(bytes: chance.bytes(32)) }

  public static func make(bytes: [UInt8]) -> String { base64URL(Data(bytes)) }

  /// What the database keeps of a secret.
  public static func hash(_ token: String) -> String { hash(Array(token.utf8)) }

  public static func hash(_ bytes: [UInt8]) -> String { base64URL(Data(SHA256.hash(data: bytes))) }

  /// What forms must bring back: bound to the visitor's cookie, which other sites can't read.
  static func ofForm(visitor token: String) -> String { hash("form:" + token) }

  /// Compares without telling by time how much was right.
  public static func equal(_ one: String, _ other: String) -> Bool {
    let key = SymmetricKey(size: .bits256)
    let code = HMAC<SHA256>.authenticationCode(for: Data(one.utf8), using: key)
    return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data(other.utf8), using: key)
  }

  private static func base64URL(_ data: Data) -> String {
    data.base64EncodedString()
      .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
  }
}
