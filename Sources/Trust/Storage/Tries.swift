internal import Kernel
internal import Store

/// Slows down guessing, per account name and per address; survives a restart. A stranger can't lock anyone out for
/// longer than a quarter of an hour (security requirement 50).
enum Tries {
  private static let free = 5
  private static let longest = Span.minutes(15)

  static func isBlocked(_ subject: String, _ reader: Reader) throws -> Bool {
    let blocked = try reader.row("select blocked_until from sign_in_try where subject = \(subject)")
    return blocked?.instant("blocked_until").map { reader.now < $0 } ?? false
  }

  static func failed(_ subject: String, _ transaction: Transaction) throws {
    let count =
      (try transaction.row("select count from sign_in_try where subject = \(subject)")?.integer("count") ?? 0) + 1
    let wait = count < free ? Span.seconds(0) : min(longest, .seconds(15 << min(count - free, 6)))
    try transaction.technical(
      """
      insert into sign_in_try (subject, count, blocked_until) values (\(subject), \(count), \(transaction.now.adding(wait)))
      on conflict (subject) do update set count = excluded.count, blocked_until = excluded.blocked_until
      """)
  }

  static func succeeded(_ subject: String, _ transaction: Transaction) throws {
    try transaction.technical("delete from sign_in_try where subject = \(subject)")
  }
}
