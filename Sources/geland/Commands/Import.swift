internal import App
internal import ArgumentParser
internal import Foundation

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring people in from a file.", subcommands: [ImportCaseload.self])
}

struct ImportCaseload: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "caseload",
    abstract: "Bring in the list a care provider keeps today: checked as a whole, then all of it or nothing.")

  @OptionGroup var region: RegionOptions
  @OptionGroup var bulk: BulkOptions

  @Argument(help: "The table: comma, semicolon or tab; UTF-8 or Windows-1252.", completion: .file(extensions: ["csv"]))
  var file: String

  @Flag(help: "Only check; change nothing.")
  var dryRun = false

  func run() async throws {
    guard let data = FileManager.default.contents(atPath: file) else {
      say("\(file) can't be read. Nothing was changed.")
      throw Exit.noInput
    }
    let path = try region.path()
    if dryRun && !FileManager.default.fileExists(atPath: path) {
      say("\(path) does not exist yet; without --dry-run it is made.")
    }
    let house = try await House(House.Plan(path: path))
    let by = try await bulk.approved(house)
    let check = try await house.checkCaseload(Array(data), by: by)
    bulk.say(check.lines.joined(separator: "\n"))
    guard check.isGood else {
      say("\nNothing was changed. Mend the file and run the command again.")
      throw Exit.badData
    }
    if dryRun { return }
    let total = check.freshCount
    let quiet = bulk.quiet
    let count = try await house.importCaseload(Array(data), by: by) { done in
      if !quiet { say("  \(done) of \(total)") }
    }
    bulk.say("Brought in: \(count).")
  }
}
