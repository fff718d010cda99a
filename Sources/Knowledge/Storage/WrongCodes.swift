internal import Kernel
internal import Site

/// Slows down guessing the code of a self-scan. A code is one of a hundred million and opens no more than an empty form.
/// Wrong ones are counted for each address, so that whoever guesses shuts out nobody else; and all together, so that
/// many addresses do not help either. Those whose address is not known share one count.
final class WrongCodes: Sendable {
  /// From one address: more than a full meeting mistypes.
  static let mostAMinute = 30
  /// From everywhere: guessing a code takes months on end.
  static let mostTogether = 240

  private let lately = Guarded<[String: [Instant]]>([:])

  /// Where a visit comes from, as far as the site tells.
  static func address(of visit: Visit) -> String? { visit.address }

  /// Whether there were too many wrong ones in the last minute.
  func isShut(for address: String?, _ now: Instant) -> Bool {
    lately.with { counts in
      let since = now.adding(.minutes(-1))
      counts = counts.mapValues { $0.filter { $0 > since } }.filter { !$0.value.isEmpty }
      let together = counts.values.map(\.count).reduce(0, +)
      return together >= Self.mostTogether || counts[address ?? ""]?.count ?? 0 >= Self.mostAMinute
    }
  }

  func count(for address: String?, _ now: Instant) {
    lately.with { $0[address ?? "", default: []].append(now) }
  }
}
