import Kernel
import TestKit
import Testing

@testable import Trust

/// Codes that change with time, against the standards' own examples, and by properties.
@Suite struct TOTPTests {
  private static let secret = Array("12345678901234567890".utf8)

  /// RFC 6238, appendix B (SHA-1).
  @Test(arguments: [
    (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
    (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
  ])
  func theStandardsExamples(_ second: Int, _ code: String) {
    let step = TOTP.step(at: Instant(milliseconds: Int64(second) * 1000))
    #expect(TOTP.code(Self.secret, step: step, digits: 8) == code)
    #expect(TOTP.code(Self.secret, step: step) == String(code.suffix(6)))
  }

  /// RFC 4226, appendix D.
  @Test func theFirstTenCounters() {
    let codes = (0..<10).map { TOTP.code(Self.secret, step: $0) }
    #expect(
      codes == [
        "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
      ])
  }

  /// RFC 4648, section 10, without the padding that apps leave out.
  @Test(arguments: [
    ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
    ("foobar", "MZXW6YTBOI"),
  ])
  func base32(_ plain: String, _ text: String) {
    #expect(Base32.text(Array(plain.utf8)) == text)
    #expect(Base32.bytes(text) == Array(plain.utf8))
  }

  /// A code is taken one step early, on time and one late, once, and never after a later one.
  @Test(arguments: UInt64(1)...200)
  func aCodeIsTakenNearItsMomentAndOnce(_ seed: UInt64) {
    let chance = Chance.seeded(seed)
    let secret = chance.bytes(TOTP.secretLength)
    let now = Instant(milliseconds: 1_700_000_000_000 + Int64(chance.next() % 1_000_000_000))
    let here = TOTP.step(at: now)
    let codes = Set((here - 4...here + 4).map { TOTP.code(secret, step: $0) })
    // Two steps of nine that make the same code come once in thirty thousand; then there is nothing to tell apart.
    guard codes.count == 9 else { return }
    for offset in -4...4 {
      let step = here + Int64(offset)
      let typed = TOTP.code(secret, step: step)
      let taken = TOTP.step(of: typed, secret, at: now, after: nil)
      #expect(taken == (abs(offset) <= 1 ? step : nil))
      for used in here - 3...here + 3 {
        let again = TOTP.step(of: typed, secret, at: now, after: used)
        #expect(again == (abs(offset) <= 1 && step > used ? step : nil))
      }
      #expect(TOTP.step(of: typed, chance.bytes(TOTP.secretLength), at: now, after: nil) == nil)
    }
    for wrong in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"] {
      #expect(TOTP.step(of: wrong, secret, at: now, after: nil) == nil)
    }
  }
}

@Suite struct FactorRuleTests {
  @Test(arguments: TrustSlice.staffRoles)
  func everybodyWhoWorksHereMust(_ role: Role) {
    #expect(FactorRule.isNeeded(role, isEmployed: true))
    #expect(SignInStage.after(password: role, isEmployed: true, hasFactor: false) == .setup)
    #expect(SignInStage.after(password: role, isEmployed: true, hasFactor: true) == .code)
  }

  @Test(arguments: [Role.resident, .relative, .goodNeighbour, .hostTenant, .peerWorker])
  func peopleAroundAResidentMay(_ role: Role) {
    #expect(!FactorRule.isNeeded(role, isEmployed: false))
    #expect(SignInStage.after(password: role, isEmployed: false, hasFactor: false) == .full)
    // Whoever has one is asked for it.
    #expect(SignInStage.after(password: role, isEmployed: false, hasFactor: true) == .code)
  }

  @Test func aCodeIsFreshForTenMinutes() {
    let now = TestHouse.start
    #expect(!FactorRule.isFresh(nil, at: now))
    #expect(FactorRule.isFresh(now, at: now))
    #expect(FactorRule.isFresh(now, at: now.adding(.seconds(599))))
    #expect(!FactorRule.isFresh(now, at: now.adding(.minutes(10))))
    #expect(!FactorRule.isFresh(now.adding(.minutes(1)), at: now))
  }
}
