internal import App
internal import Foundation
internal import Kernel
internal import Logging
internal import Residents
internal import ServiceLifecycle
internal import Store
internal import UnixSignals

/// Runs the server and the scheduler until asked to stop.
enum Serving {
  static func run(_ house: House, _ options: ServerOptions, onReady: @escaping @Sendable () async -> Void) async throws
  {
    if try await RegionMark.isDemo(house.database), !options.isLoopback {
      say("This region is a demo: anyone can sign in. It listens on this machine only; leave --host out.")
      throw Exit.configuration
    }
    var log = Logger(label: "geland")
    log.logLevel = .warning
    let server = WebServer(
      site: house.site, host: options.host, port: options.port, proxies: options.trustedProxy, log: log,
      onReady: onReady)
    let loading = Task { [log] in
      do { try await house.warmUp() } catch {
        log.critical("warming up failed: names can't be found", metadata: ["cause": "\(error.code)"])
      }
    }
    let group = ServiceGroup(
      services: [server, house.scheduler], gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
    do {
      try await group.run()
    } catch {
      loading.cancel()
      guard "\(error)".contains("Address already in use") || "\(error)".contains("errno: 98") else { throw error }
      say(
        "Port \(options.port) is taken, perhaps by another Geland. Stop that one, or choose: --port \(options.port + 1)"
      )
      throw Exit.unavailable
    }
  }
}
