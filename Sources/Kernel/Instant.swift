/// A moment: milliseconds since 1 January 1970, UTC.
public struct Instant: Hashable, Comparable, Sendable, Codable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  public func adding(_ span: Span) -> Instant { Instant(milliseconds: milliseconds + span.milliseconds) }

  public func since(_ earlier: Instant) -> Span { Span(milliseconds: milliseconds - earlier.milliseconds) }

  public init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}

extension Instant {
  /// `2026-03-05T09:00:00.000Z`, as machines write it (RFC 3339, UTC).
  public var utc: String {
    let days = Int((milliseconds >= 0 ? milliseconds : milliseconds - 86_399_999) / 86_400_000)
    let rest = Int(milliseconds - Int64(days) * 86_400_000)
    func padded(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let time = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { padded($0, 2) }.joined(separator: ":")
    return "\(LocalDate(dayNumber: days))T\(time).\(padded(rest % 1000, 3))Z"
  }

  /// Reads RFC 3339 with any offset; nil when it is not.
  public init?(iso text: String) {
    guard
      let match = text.wholeMatch(
        of: /(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}:\d{2})/),
      let date = LocalDate(match.1), let hour = Int(match.2), let minute = Int(match.3), hour < 24, minute < 60
    else { return nil }
    let second = match.4.flatMap { Int($0) } ?? 0
    let thousandths = match.5.map { Int(($0 + "000").prefix(3)) ?? 0 } ?? 0
    guard second < 60 else { return nil }
    var offset = 0
    if match.6.count == 6, let hours = Int(match.6.dropFirst().prefix(2)), let minutes = Int(match.6.suffix(2)) {
      guard hours < 24, minutes < 60 else { return nil }
      offset = (match.6.hasPrefix("-") ? -1 : 1) * (hours * 60 + minutes)
    }
    let seconds = Int64(date.dayNumber) * 86_400 + Int64((hour * 60 + minute - offset) * 60 + second)
    self.init(milliseconds: seconds * 1000 + Int64(thousandths))
  }
}

/// A length of time in milliseconds.
public struct Span: Hashable, Comparable, Sendable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
  public static func seconds(_ count: Int) -> Span { Span(milliseconds: Int64(count) * 1000) }
  public static func minutes(_ count: Int) -> Span { .seconds(count * 60) }
  public static func hours(_ count: Int) -> Span { .minutes(count * 60) }
  public static func days(_ count: Int) -> Span { .hours(count * 24) }
}
