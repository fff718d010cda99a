internal import Crypto
internal import Foundation
public import Kernel
internal import Site

/// Codes that change with time (RFC 6238): HMAC-SHA-1 over the number of thirty-second steps since 1970, six digits.
enum TOTP {
  static let secretLength = 20
  private static let seconds: Int64 = 30
  /// A clock may be one step off, or somebody slow.
  private static let window: Int64 = 1

  static func step(at moment: Instant) -> Int64 { moment.milliseconds / (seconds * 1000) }

  /// The code of one step (RFC 4226, section 5.3).
  static func code(_ secret: [UInt8], step: Int64, digits: Int = 6) -> String {
    let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
    let hash = Array(
      HMAC<Insecure.SHA1>.authenticationCode(for: Data(counter), using: SymmetricKey(data: Data(secret))))
    let start = Int(hash[19] & 0x0F)
    let number = hash[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let all = String(number)
    return String((String(repeating: "0", count: max(0, digits - all.count)) + all).suffix(digits))
  }

  /// The step a typed code belongs to, near now and later than the last one that was used; nil for a wrong or used code.
  static func step(of typed: String, _ secret: [UInt8], at now: Instant, after used: Int64?) -> Int64? {
    let here = step(at: now)
    var found: Int64?
    // All of them are compared, so that time tells nothing.
    for step in here - window...here + window where Token.equal(code(secret, step: step), typed) {
      if step > used ?? -1 { found = step }
    }
    return found
  }

  /// What an authenticator app reads from the picture.
  static func address(_ secret: [UInt8], login: String) -> String {
    let name = login.prefix(60).addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return "otpauth://totp/Geland:\(name)?secret=\(Base32.text(secret))&issuer=Geland"
  }
}

/// Base 32 (RFC 4648), as authenticator apps take a key.
enum Base32 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

  static func text(_ bytes: [UInt8]) -> String {
    var (text, bits, count) = ("", 0, 0)
    for byte in bytes {
      (bits, count) = (bits << 8 | Int(byte), count + 8)
      while count >= 5 {
        count -= 5
        text.append(letters[bits >> count & 31])
        bits &= (1 << count) - 1
      }
    }
    if count > 0 { text.append(letters[bits << (5 - count) & 31]) }
    return text
  }

  static func bytes(_ text: String) -> [UInt8]? {
    var (bytes, bits, count): ([UInt8], Int, Int) = ([], 0, 0)
    for letter in text {
      guard let value = letters.firstIndex(of: letter) else { return nil }
      (bits, count) = (bits << 5 | value, count + 5)
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(bits >> count & 255))
      bits &= (1 << count) - 1
    }
    return bytes
  }
}
