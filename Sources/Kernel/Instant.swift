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
