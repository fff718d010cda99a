public import Kernel
public import Store

/// What every capability brings to the house.
public protocol Slice: Sendable {
  var migrations: [Migration] { get }
  var routes: [Route] { get }
  var jobs: [JobHandler] { get }
  /// Texts per language, as JSON.
  var texts: [(Language, [UInt8])] { get }
}
