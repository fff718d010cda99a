internal import App
internal import ArgumentParser
internal import Foundation

struct Seed: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a region of any size with made-up people, marked as a demo, for trying and measuring.")

  @OptionGroup var region: RegionOptions

  @Option(help: "How many lives, besides those of the demo.")
  var residents = 1000

  @Option(help: "How many years back the oldest begin.")
  var years = 2

  @Option(help: "The same number makes the same region, on the same day.")
  var seed: UInt64 = 1

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard (0...1_000_000).contains(residents) else { throw ValidationError("--residents: 0 to 1000000") }
    guard (1...20).contains(years) else { throw ValidationError("--years: 1 to 20") }
  }

  func run() async throws {
    let path = try region.path()
    guard !FileManager.default.fileExists(atPath: path) else {
      say("\(path) is there already. Made-up people never go in among others; choose another --database.")
      throw Exit.cannotWrite
    }
    let (total, isQuiet) = (residents, quiet)
    // Under another name until it is whole, so that nobody serves a region that stopped halfway.
    let part = path + ".part"
    for rest in ["", "-wal", "-shm", ".keys"] { try? FileManager.default.removeItem(atPath: part + rest) }
    try await DemoRegion.make(path: part, lives: residents, years: years, seed: seed) { made in
      if !isQuiet && (made % 1000 == 0 || made == total) { say("  \(made) of \(total)") }
    }
    try FileManager.default.moveItem(atPath: part + ".keys", toPath: path + ".keys")
    try FileManager.default.moveItem(atPath: part, toPath: path)
    if !quiet { say("Made \(path). See it with: geland demo --database sqlite:\(path)") }
  }
}
