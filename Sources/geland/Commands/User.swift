internal import App
internal import ArgumentParser
internal import Foundation
internal import Trust

struct User: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the first administrator of a region, or help one who lost their phone; prints a letter's code.")

  @OptionGroup var region: RegionOptions

  @Option(help: "Their name.")
  var name: String?

  @Option(help: "The address they sign in with.")
  var email: String

  @Flag(help: "They lost the phone with their codes: a code to set up a new one, beside their password.")
  var lostPhone = false

  @Option(
    help: "Who agrees to that: the address of another coordinator, team leader, privacy officer or administrator.")
  var approvedBy: String?

  func validate() throws {
    if !lostPhone && name == nil { throw ValidationError("--name: of the first administrator") }
  }

  func run() async throws {
    let house = try await House(House.Plan(path: region.path()))
    if lostPhone { return try await replacePhone(house) }
    guard let code = try await house.firstAdministrator(name: name ?? "", email: email) else {
      say("There is an administrator already; they add people under Beheer.")
      throw Exit.badData
    }
    say("Go to /welcome with this code, within 14 days:")
    print(code)
  }

  private func replacePhone(_ house: House) async throws {
    switch try await house.lostFactor(of: email, agreedBy: approvedBy) {
    case .made(code: let code):
      say("Sign in with your password, choose 'I don't have my phone', and type this code, within 14 days:")
      print(code)
    case .nobody:
      say("Nobody with this address has a second step.")
      throw Exit.badData
    case .approverNeeded:
      say("Somebody else who decides for many agrees to this: --approved-by ADDRESS.")
      throw Exit.noPermission
    }
  }
}
