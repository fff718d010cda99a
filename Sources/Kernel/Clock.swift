internal import Foundation

/// Where the time comes from. The machine's own in use; set by hand in tests, in made regions and in the demo.
public protocol Clock: Sendable {
  var now: Instant { get }
}

public struct SystemClock: Clock {
  public init() {}

  public var now: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}

/// A clock that only moves when told to.
public final class ManualClock: Clock {
  private let moment: Guarded<Instant>

  public init(_ start: Instant) { moment = Guarded(start) }

  public var now: Instant { moment.value }

  public func set(_ instant: Instant) { moment.with { $0 = instant } }

  public func advance(_ span: Span) { moment.with { $0 = $0.adding(span) } }
}

/// A clock that runs with the machine, but ahead of it: how the demo looks at next week.
public final class ShiftedClock: Clock {
  private let base: any Clock
  private let shift: Guarded<Span>

  public init(_ base: any Clock, by span: Span = .seconds(0)) {
    self.base = base
    shift = Guarded(span)
  }

  public var now: Instant { base.now.adding(shift.value) }

  public var ahead: Span { shift.value }

  public func advance(_ span: Span) { shift.with { $0 = Span(milliseconds: $0.milliseconds + span.milliseconds) } }
}
