internal import App
internal import ArgumentParser
internal import Foundation

struct User: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the first administrator of a region and print their letter's code.")

  @OptionGroup var region: RegionOptions

  @Option(help: "Their name.")
  var name: String

  @Option(help: "The address they sign in with.")
  var email: String

  func run() async throws {
    let house = try await House(House.Plan(path: region.path()))
    guard let code = try await house.firstAdministrator(name: name, email: email) else {
      say("There is an administrator already; they add people under Beheer.")
      throw Exit.badData
    }
    say("Go to /welcome with this code, within 14 days:")
    print(code)
  }
}
