internal import Kernel

/// Who must have a second factor, and how long a code counts as just given (security requirements 1 and 8).
enum FactorRule {
  /// People around one resident may have one; everybody who is there for their work must.
  private static let mayDoWithout: Set<Role> = [.resident, .relative, .goodNeighbour, .hostTenant]

  /// - Parameter isEmployed: has an organisation; a buddy is a peer worker without one.
  static func isNeeded(_ role: Role, isEmployed: Bool) -> Bool {
    !mayDoWithout.contains(role) && (role != .peerWorker || isEmployed)
  }

  private static let freshness = Span.minutes(10)

  /// Was the code given so lately that it need not be asked again?
  static func isFresh(_ givenAt: Instant?, at now: Instant) -> Bool {
    guard let givenAt else { return false }
    return givenAt <= now && now < givenAt.adding(freshness)
  }
}

/// How far somebody came with signing in.
enum SignInStage: String, Sendable, Codable {
  /// Everything that was asked is given.
  case full
  /// The password was right; a code is asked.
  case code
  /// The password was right; a second factor is to be set up first.
  case setup

  static func after(password role: Role, isEmployed: Bool, hasFactor: Bool) -> SignInStage {
    if hasFactor { return .code }
    return FactorRule.isNeeded(role, isEmployed: isEmployed) ? .setup : .full
  }
}
