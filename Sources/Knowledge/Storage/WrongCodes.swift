internal import Kernel

/// Slows down guessing the code of a self-scan. A code is one of a hundred million and opens no more than an empty form, so
/// it is enough to count all wrong ones together: with sixty a minute, guessing takes months.
final class WrongCodes: Sendable {
  static let mostAMinute = 60

  private let lately = Guarded<[Instant]>([])

  /// - Throws: `Problem` of kind `tooMany` while there were too many in the last minute.
  func check(_ now: Instant) throws {
    let count = lately.with { times in
      times.removeAll { $0 <= now.adding(.minutes(-1)) }
      return times.count
    }
    if count >= Self.mostAMinute { throw Problem(.tooMany) }
  }

  func count(_ now: Instant) { lately.with { $0.append(now) } }
}
