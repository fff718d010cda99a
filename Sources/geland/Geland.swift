internal import ArgumentParser

@main
struct Geland: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "geland", abstract: "One plan per resident, from registration to landed.",
    subcommands: [
      Demo.self, Serve.self, Seed.self, Import.self, Export.self, User.self, Allocate.self, Simulate.self,
      SurvivalCommand.self,
      Detect.self,
      ARL.self,
    ])
}
