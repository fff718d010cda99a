/// Where randomness comes from. The system's own in use, a seeded one in tests and in made regions, so that both are exact.
public final class Chance: Sendable {
  private let state: Guarded<any RandomNumberGenerator & Sendable>

  public init(_ generator: any RandomNumberGenerator & Sendable) {
    state = Guarded(generator)
  }

  /// The operating system's cryptographically secure generator.
  public static func system() -> Chance { Chance(SystemRandomNumberGenerator()) }

  /// The same numbers for the same seed, on every machine.
  public static func seeded(_ seed: UInt64) -> Chance { Chance(SplitMix(state: seed)) }

  public func next() -> UInt64 { state.with { $0.next() } }

  public func bytes(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count {
      let word = next()
      for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * shift))) }
    }
    return Array(bytes.prefix(count))
  }

  /// A new id whose first 48 bits are the moment it was made (RFC 9562, UUID version 7).
  public func id<Subject>(at moment: Instant) -> ID<Subject> {
    let time = UInt64(bitPattern: moment.milliseconds) & 0xFFFF_FFFF_FFFF
    return ID(high: time << 16 | 0x7000 | next() & 0x0FFF, low: next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, fast and well spread; not for secrets.
public struct SplitMix: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(state: UInt64) { self.state = state }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
