/// An identifier of one kind of thing: a UUID version 7, so that ids sort by the moment they were made.
/// `ID<Resident>` and `ID<Signal>` do not mix.
public struct ID<Subject>: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads the canonical text form (36 characters, lower or upper case); nil when it is anything else.
  public init?(_ text: String) {
    guard text.utf8.count == 36 else { return nil }
    var (high, low): (UInt64, UInt64) = (0, 0)
    var place = 0
    for byte in text.utf8 {
      if place == 8 || place == 13 || place == 18 || place == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard let nibble = hexValue(byte) else { return nil }
        if place < 18 { high = high << 4 | UInt64(nibble) } else { low = low << 4 | UInt64(nibble) }
      }
      place += 1
    }
    self.init(high: high, low: low)
  }

  public var description: String {
    String(unsafeUninitializedCapacity: 36) { buffer in
      var place = 0
      for digit in 0..<32 {
        if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
          buffer[place] = UInt8(ascii: "-")
          place += 1
        }
        let word = digit < 16 ? high : low
        buffer[place] = hexDigit(UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (digit % 16))) & 0xF)
        place += 1
      }
      return 36
    }
  }

  public static func < (left: Self, right: Self) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }

  /// The same identifier seen as that of another kind of thing, for the few places that store ids of any kind.
  public func retyped<Other>(as: Other.Type = Other.self) -> ID<Other> { ID<Other>(high: high, low: low) }
}

extension ID: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = ID(text) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an id"))
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// An id whose kind is not known, as in the journal.
public enum Anything {}

private func hexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

private func hexDigit(_ nibble: UInt8) -> UInt8 {
  nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
}

/// Stands for a resident in ids: rooms below Residents point at a resident without knowing one.
public enum ResidentMark {}

public typealias ResidentID = ID<ResidentMark>
