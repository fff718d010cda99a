internal import ArgumentParser
internal import Foundation

@main
struct Geland: AsyncParsableCommand {
  /// What it writes is for its own user only: a region's files, and lists that are taken out of it.
  static func main() async {
    umask(0o077)
    await main(nil)
  }

  static let configuration = CommandConfiguration(
    commandName: "geland", abstract: "One plan per resident, from registration to landed.",
    subcommands: [
      Demo.self, Serve.self, Seed.self, Import.self, Export.self, User.self, Allocate.self, Simulate.self,
      SurvivalCommand.self,
      Detect.self,
      ARL.self,
    ])
}
