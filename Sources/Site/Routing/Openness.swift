internal import Kernel

/// Whether something may be read without signing in, which a region decides and may change at any moment.
public final class Openness: Sendable, Equatable {
  private let state = Guarded(false)

  public init() {}

  public var isOpen: Bool { state.value }

  public func set(_ isOpen: Bool) { state.with { $0 = isOpen } }

  public static func == (one: Openness, other: Openness) -> Bool { one === other }
}
