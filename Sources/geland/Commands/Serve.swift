internal import App
internal import ArgumentParser
internal import Foundation

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Serve a region.")

  @OptionGroup var region: RegionOptions
  @OptionGroup var server: ServerOptions

  @Flag(help: "Behind TLS: cookies are Secure and HSTS is sent.")
  var secure = false

  @Option(help: "The origin people see, as https://geland.example.nl.")
  var origin: String?

  func run() async throws {
    let house = try await House(House.Plan(path: region.path(), isSecure: secure, origin: origin))
    let address = origin ?? "http://\(server.host == "127.0.0.1" ? "localhost" : server.host):\(server.port)"
    try await Serving.run(house, server) { say("Geland listens on \(address)") }
  }
}
