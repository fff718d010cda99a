/// xoshiro256++ (Blackman & Vigna 2019): fast, and able to jump, so that streams never overlap: each purpose in each
/// replication has 2¹²⁸ numbers of its own.
struct Generator: Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// From one number, spread by SplitMix64 as the authors advise.
  init(seed: UInt64) {
    var spread = seed
    func next() -> UInt64 {
      spread &+= 0x9E37_79B9_7F4A_7C15
      var z = spread
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    state = (next(), next(), next(), next())
  }

  mutating func next() -> UInt64 {
    let sum = state.0 &+ state.3
    let result = (sum << 23 | sum >> 41) &+ state.0
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  /// As if 2¹²⁸ numbers had been drawn: the next stream.
  mutating func jump() {
    skip(0x180E_C6D3_3CFD_0ABA, 0xD5A6_1266_F0C9_392C, 0xA958_2618_E03F_C9AA, 0x39AB_DC45_29B1_661C)
  }

  /// As if 2¹⁹² numbers had been drawn: the next replication.
  mutating func longJump() {
    skip(0x76E1_5D3E_FEFD_CBBF, 0xC500_4E44_1C52_2FB3, 0x7771_0069_854E_E241, 0x3910_9BB0_2ACB_E635)
  }

  private mutating func skip(_ words: UInt64...) {
    var sum: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for word in words {
      for bit in 0..<64 {
        if word >> UInt64(bit) & 1 == 1 {
          sum.0 ^= state.0
          sum.1 ^= state.1
          sum.2 ^= state.2
          sum.3 ^= state.3
        }
        _ = next()
      }
    }
    state = sum
  }

  /// From 0 up to, but not, 1, in steps of 2⁻⁵³.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// With mean 1.
  mutating func exponential() -> Double {
    // From 2⁻⁵³ up to 1, so that the logarithm is there.
    -SteadyMath.log(Double((next() >> 11) + 1) * 0x1p-53)
  }

  /// With mean 0 and variance 1, by Marsaglia's polar method; the second of each pair is not kept, so that a stream
  /// stands where it stands.
  mutating func normal() -> Double {
    while true {
      let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
      let radius = x * x + y * y
      if radius > 0 && radius < 1 { return x * (-2 * SteadyMath.log(radius) / radius).squareRoot() }
    }
  }

  /// With mean `shape` and scale 1 (Marsaglia & Tsang 2000).
  mutating func gamma(shape: Double) -> Double {
    guard shape >= 1 else {
      // A gamma of one more, shrunk.
      let shrink = SteadyMath.exp(max(-700, -exponential() / shape))
      return gamma(shape: shape + 1) * shrink
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = 1 + c * x
      guard v > 0 else { continue }
      let cube = v * v * v
      let u = Double((next() >> 11) + 1) * 0x1p-53
      if SteadyMath.log(u) < 0.5 * x * x + d - d * cube + d * SteadyMath.log(cube) { return d * cube }
    }
  }
}
