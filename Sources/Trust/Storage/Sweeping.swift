internal import Kernel
public import Store

/// Technical rows that have served: nothing of them is anybody's history.
public enum Sweeping {
  public static func sweep(_ limits: SessionLimits, _ transaction: Transaction) throws {
    let now = transaction.now
    try transaction.technical("delete from idempotency where at < \(now.adding(.days(-1)))")
    try transaction.technical("delete from session where created_at < \(before(now, limits.absolute))")
    try transaction.technical(
      "delete from session where seen_at < \(before(now, max(limits.idleStaff, limits.idleResident)))")
    try transaction.technical(
      "delete from session where stage <> 'full' and created_at < \(before(now, Sessions.halfwayMost))")
    try transaction.technical("delete from invitation where expires_at < \(now)")
    try transaction.technical("delete from sign_in_try where at < \(now.adding(.days(-1)))")
    try transaction.technical("delete from known_device where seen_at < \(now.adding(.days(-365)))")
    try transaction.technical("delete from api_token where expires_at < \(now)")
  }

  private static func before(_ now: Instant, _ span: Span) -> Instant {
    Instant(milliseconds: now.milliseconds - span.milliseconds)
  }
}
