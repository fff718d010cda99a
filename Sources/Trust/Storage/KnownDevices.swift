internal import Kernel
internal import Site
internal import Store

/// Devices on which somebody signed in before. They open nothing; they only have tries of their own, so that a stranger's
/// wrong guesses never keep anybody out.
enum KnownDevices {
  private static let kept = Span.days(365)

  /// The device's name among those of an account; nil for a stranger's.
  static func name(_ cookie: String?, of email: String, _ reader: Reader) throws -> String? {
    guard let cookie else { return nil }
    let hash = Token.hash("device:" + cookie)
    let count = try reader.count(
      """
      select count(*) from known_device d join account a on a.id = d.account
      where d.device_hash = \(hash) and a.email_blind = \(email) and d.seen_at > \(reader.now.adding(.days(-365)))
      """)
    return count > 0 ? hash : nil
  }

  /// The device's name when this person signed in on it before.
  static func name(_ cookie: String?, of account: ID<Account>, _ reader: Reader) throws -> String? {
    guard let cookie else { return nil }
    let hash = Token.hash("device:" + cookie)
    let count = try reader.count(
      """
      select count(*) from known_device where device_hash = \(hash) and account = \(account)
      and seen_at > \(reader.now.adding(.days(-365)))
      """)
    return count > 0 ? hash : nil
  }

  /// Remembers the device, with a fresh name when it has none of this account's yet.
  static func remember(_ cookie: String?, of account: ID<Account>, _ transaction: Transaction) throws -> String {
    let device = cookie ?? Token.make(bytes: transaction.randomBytes(32))
    try transaction.technical(
      """
      insert into known_device (device_hash, account, seen_at)
      values (\(Token.hash("device:" + device)), \(account), \(transaction.now))
      on conflict (device_hash, account) do update set seen_at = excluded.seen_at
      """)
    return device
  }
}
