internal import App
internal import ArgumentParser
internal import Foundation
internal import Residents
internal import Tables

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

  @Argument(
    help: "The table: .xlsx, .ods, or text with commas, semicolons or tabs.",
    completion: .file(extensions: ["csv", "xlsx", "ods"]))
  var file: String

  @Option(
    name: .customLong("column"), parsing: .singleValue,
    help: "What a column is, as \"Zorgcode=external id\"; as often as needed.")
  var columns: [String] = []

  @Option(help: "How a text file holds its letters: \(TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")).")
  var encoding: String?

  @Flag(help: "Only check; change nothing.")
  var dryRun = false

  func run() async throws {
    guard let data = FileManager.default.contents(atPath: file) else {
      say("\(file) can't be read. Nothing was changed.")
      throw Exit.noInput
    }
    let choices = try choices()
    let path = try region.path()
    if dryRun && !FileManager.default.fileExists(atPath: path) {
      say("\(path) does not exist yet; without --dry-run it is made.")
    }
    let house = try await House(House.Plan(path: path))
    let by = try await bulk.approved(house)
    let check = try await house.checkCaseload(Array(data), choices, by: by)
    bulk.say(check.lines.joined(separator: "\n"))
    guard check.isGood else {
      say("\nNothing was changed. Mend the file and run the command again.")
      throw Exit.badData
    }
    if dryRun { return }
    let total = check.freshCount
    let quiet = bulk.quiet
    let count = try await house.importCaseload(Array(data), choices, by: by) { done in
      if !quiet { say("  \(done) of \(total)") }
    }
    bulk.say("Brought in: \(count).")
  }

  /// What was said about the file.
  private func choices() throws -> CaseloadChoices {
    var choices = CaseloadChoices()
    for said in columns {
      let parts = said.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let column = CaseloadColumn.named(parts[1]) else {
        let known = CaseloadColumn.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--column \(said): write a heading of the file, =, and one of these: \(known)")
      }
      choices.name(parts[0], column)
    }
    if let encoding {
      guard let known = TextEncoding(rawValue: encoding) else {
        let known = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--encoding: one of \(known)")
      }
      choices.encoding = known
    }
    return choices
  }
}
