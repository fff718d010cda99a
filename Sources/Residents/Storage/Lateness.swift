internal import Kernel
internal import Store

/// When nobody did anything in time: a signal is past its time, or still open after the first one it had, whoever it went
/// on to since. One that went to somebody else at once, because the worker is away, is not late for that.
struct Lateness {
  let now: Instant
  /// What was raised before these moments had its first time before now.
  private let red: Instant
  private let amber: Instant

  init(at now: Instant, _ rules: RegionRules) {
    self.now = now
    red = Self.cut(.red, now, rules)
    amber = Self.cut(.amber, now, rules)
  }

  init(_ reader: Reader) throws { self.init(at: reader.now, try .inForce(reader)) }

  func isLate(_ signal: Signal) -> Bool {
    signal.dueAt < now || signal.raisedAt < (signal.colour == .red ? red : amber)
  }

  /// The same, for the rows of `signal` that a query calls `s`.
  var condition: SQL {
    """
    (s.due_at < \(now) or s.raised_at < case when s.colour = \(Signal.Colour.red) then \(red) else \(amber) end)
    """
  }

  /// The end of the last day whose signals were due before now.
  private static func cut(_ colour: Signal.Colour, _ now: Instant, _ rules: RegionRules) -> Instant {
    var day = RegionTime.amsterdam.date(of: now)
    while Escalation.due(colour, raisedAt: RegionTime.amsterdam.instant(day), rules) >= now {
      day = day.adding(days: -1)
    }
    return RegionTime.amsterdam.instant(day.adding(days: 1))
  }
}
