internal import App
internal import ArgumentParser
internal import Foundation
internal import Kernel

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fill a region with made-up people, if it does not exist yet, and serve it on this machine.")

  @OptionGroup var region: RegionOptions
  @OptionGroup var server: ServerOptions

  @Flag(help: "Only fill the region.")
  var fillOnly = false

  func run() async throws {
    let path = try region.path()
    let isNew = !FileManager.default.fileExists(atPath: path)
    if isNew {
      say("Making the demo region in \(path) …")
      try await DemoRegion.make(path: path, lives: 60)
    }
    let clock = ShiftedClock(SystemClock())
    let house = try await House(House.Plan(path: path, clock: clock))
    guard try await RegionMark.isDemo(house.database) else {
      say("\(path) is not a demo region; nothing was changed. Serve it with: geland serve")
      throw Exit.configuration
    }
    if let ahead = try await RegionMark.value("ahead", house.database).flatMap(Int64.init) {
      clock.advance(Span(milliseconds: ahead))
    }
    if fillOnly { return }
    let people = try await house.demoPeople()
    let port = server.port
    try await Serving.run(house, server) {
      say("\nGeland is at http://localhost:\(port) — choose a person and sign in with one click:\n")
      for person in people { say("  \(person)") }
      say("\nStop with Ctrl-C.")
    }
  }
}
