internal import App
internal import ArgumentParser
internal import Foundation
internal import Kernel
internal import Store

/// Which region a command is about.
struct RegionOptions: ParsableArguments {
  @Option(help: "The region, as sqlite:PATH. Also taken from GELAND_DATABASE.")
  var database = ProcessInfo.processInfo.environment["GELAND_DATABASE"] ?? "sqlite:geland.sqlite"

  /// The path of the SQLite file.
  func path() throws -> String {
    guard database.hasPrefix("sqlite:") else {
      throw ValidationError("--database: only sqlite:PATH is there yet, not \(database)")
    }
    return String(database.dropFirst("sqlite:".count))
  }
}

/// Where the server listens.
struct ServerOptions: ParsableArguments {
  @Option(help: "Address to listen on.")
  var host = "127.0.0.1"

  @Option(
    help: "Address of a proxy in front of Geland, whose X-Forwarded-For is believed. May be given more than once.")
  var trustedProxy: [String] = []

  @Option(help: "Port to listen on.")
  var port = 8080

  var isLoopback: Bool { ["127.0.0.1", "localhost", "::1"].contains(host) }
}

/// Exit statuses from sysexits.
enum Exit {
  static let badData = ExitCode(65)
  static let noInput = ExitCode(66)
  static let noPermission = ExitCode(77)
  static let unavailable = ExitCode(69)
  static let cannotWrite = ExitCode(73)
  static let configuration = ExitCode(78)
}

/// A message for a person; data goes to standard output.
func say(_ message: String) { FileHandle.standardError.write(Data((message + "\n").utf8)) }
