internal import Synchronization

/// A value that several threads may change, one at a time.
public final class Guarded<Value: Sendable>: Sendable {
  private let mutex: Mutex<Value>

  public init(_ value: Value) { mutex = Mutex(value) }

  public func with<Result: Sendable>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    try mutex.withLock { try body(&$0) }
  }

  public var value: Value { mutex.withLock { $0 } }
}
