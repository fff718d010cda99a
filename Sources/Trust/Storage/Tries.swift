internal import Kernel
internal import Store

/// Slows down guessing, by account and address together, and by address; survives a restart. Every try is counted before
/// it is checked, in one transaction, so that many at once are many. A stranger can't lock anyone out: their tries count
/// for their own address, and a device on which somebody signed in before has tries of its own (security requirement 50).
enum Tries {
  /// How many tries are free before waiting begins.
  static let freeOfAccount = 5
  static let freeOfAddress = 60

  private static let longest = Span.minutes(15)
  /// After an hour without tries everything is as it was.
  private static let forgotten = Span.hours(1)

  enum Verdict: Sendable, Equatable {
    case allowed
    case wait
  }

  /// Counts one more try, and says whether it may be checked.
  /// - Returns: the verdict, and how many there were.
  static func take(_ subject: String, free: Int, _ transaction: Transaction) throws -> (Verdict, count: Int) {
    let now = transaction.now
    let row = try transaction.row("select count, blocked_until, at from sign_in_try where subject = \(subject)")
    let isRecent = row?.instant("at").map { now < $0.adding(forgotten) && $0 <= now } ?? false
    let count = (isRecent ? row?.integer("count") ?? 0 : 0) + 1
    let blocked = isRecent ? row?.instant("blocked_until") : nil
    if let blocked, now < blocked, blocked < now.adding(longest).adding(.minutes(1)) {
      try transaction.technical("update sign_in_try set count = \(count), at = \(now) where subject = \(subject)")
      return (.wait, count)
    }
    let wait = count < free ? Span.seconds(0) : min(longest, .seconds(15 << min(count - free, 6)))
    try transaction.technical(
      """
      insert into sign_in_try (subject, count, blocked_until, at) values (\(subject), \(count), \(now.adding(wait)), \(now))
      on conflict (subject) do update set count = excluded.count, blocked_until = excluded.blocked_until,
      at = excluded.at
      """)
    return (.allowed, count)
  }

  static func succeeded(_ subject: String, _ transaction: Transaction) throws {
    try transaction.technical("delete from sign_in_try where subject = \(subject)")
  }

  /// A right password was no guess: an office behind one address signs in as often as it likes.
  static func giveBack(_ subject: String, _ transaction: Transaction) throws {
    try transaction.technical(
      "update sign_in_try set count = count - 1 where subject = \(subject) and count > 0")
  }

  /// Many wrong tries are one matter: the first few have a line each in the trail, then every doubling.
  static func isTold(_ count: Int) -> Bool { count <= freeOfAccount || count & (count - 1) == 0 }
}
