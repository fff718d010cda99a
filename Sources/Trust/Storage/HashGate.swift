internal import Foundation
internal import Kernel

/// Lets password hashes through a few at a time, on threads of their own, so that a flood of sign-ins leaves everybody
/// else's pages alone. Each address has few places in the line, and the whole line has an end.
actor HashGate {
  private static let lineMost = 200
  private static let ofOneAddress = 4

  private let limit: Int
  private var busy = 0
  private var line: [CheckedContinuation<Void, Never>] = []
  private var places: [String: Int] = [:]
  private let threads = DispatchQueue(label: "geland.hash", qos: .utility, attributes: .concurrent)

  init(limit: Int) { self.limit = limit }

  /// One core stays free for pages.
  static func standard() -> HashGate { HashGate(limit: max(1, ProcessInfo.processInfo.activeProcessorCount - 1)) }

  /// - Parameter lane: whose place in the line it takes: an address, or a known device.
  /// - Throws: `Problem.tooMany` when the line, or this lane's part of it, is full.
  func run<Value: Sendable>(lane: String, _ work: @Sendable @escaping () throws -> Value) async throws -> Value {
    guard places[lane, default: 0] < Self.ofOneAddress, line.count < Self.lineMost else { throw Problem(.tooMany) }
    places[lane, default: 0] += 1
    defer {
      places[lane, default: 1] -= 1
      if places[lane] == 0 { places[lane] = nil }
    }
    if busy >= limit {
      await withCheckedContinuation { line.append($0) }
    } else {
      busy += 1
    }
    defer { leave() }
    return try await withCheckedThrowingContinuation { continuation in
      threads.async { continuation.resume(with: Result { try work() }) }
    }
  }

  private func leave() {
    if line.isEmpty { busy -= 1 } else { line.removeFirst().resume() }
  }
}
