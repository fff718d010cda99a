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

  @Option(help: "Where to report a weakness: mailto:… or https://…, for /.well-known/security.txt.")
  var securityContact: String?

  @Flag(help: "Say what is in force and what is wrong with it, and stop.")
  var check = false

  func validate() throws {
    if let origin, !origin.hasPrefix("http://") && !origin.hasPrefix("https://") || origin.hasSuffix("/") {
      throw ValidationError("--origin: as https://geland.example.nl, without a slash at the end")
    }
    if let securityContact, !securityContact.hasPrefix("mailto:") && !securityContact.hasPrefix("https://") {
      throw ValidationError("--security-contact: mailto:… or https://…")
    }
  }

  func run() async throws {
    let path = try region.path()
    if check { return try report(path) }
    // Cookies and names in the clear over a network: not by forgetting a word.
    guard server.isLoopback || secure else {
      say("It would listen beyond this machine without --secure: everybody on the way could read along.")
      throw Exit.configuration
    }
    let house = try await House(
      House.Plan(path: path, isSecure: secure, origin: origin, securityContact: securityContact))
    let address = origin ?? "http://\(server.host == "127.0.0.1" ? "localhost" : server.host):\(server.port)"
    try await Serving.run(house, server) { say("Geland listens on \(address)") }
  }

  /// What is in force, and every fault in it.
  private func report(_ path: String) throws {
    print("database          sqlite:\(path)\(FileManager.default.fileExists(atPath: path) ? "" : " (will be made)")")
    print("listens on        \(server.host):\(server.port)")
    print("origin            \(origin ?? "taken from each request")")
    print("secure            \(secure ? "yes" : "no")")
    print("security contact  \(securityContact ?? "none")")
    let faults = faults(path)
    for fault in faults { say("wrong: \(fault)") }
    if !faults.isEmpty { throw Exit.configuration }
  }

  private func faults(_ path: String) -> [String] {
    var faults: [String] = []
    let folder = URL(filePath: path).deletingLastPathComponent().path
    if !FileManager.default.isWritableFile(atPath: folder.isEmpty ? "." : folder) {
      faults.append("\(folder) can't be written to")
    }
    let keys = path + ".keys"
    if FileManager.default.fileExists(atPath: path), !FileManager.default.fileExists(atPath: keys) {
      faults.append("\(keys) is missing: without it names and texts can't be read")
    }
    let mode = (try? FileManager.default.attributesOfItem(atPath: keys))?[.posixPermissions] as? Int
    if let mode, mode & 0o077 != 0 { faults.append("\(keys) can be read by others: chmod 600 it") }
    if !server.isLoopback && !secure { faults.append("it listens beyond this machine without --secure") }
    if secure && origin == nil {
      faults.append("--secure without --origin: forms can't be checked for where they come from")
    }
    if let origin, secure, !origin.hasPrefix("https://") { faults.append("--secure with an origin that is not https") }
    return faults
  }
}
