internal import App
internal import ArgumentParser
internal import Foundation

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write people out as a table.", subcommands: [ExportCaseload.self])
}

struct ExportCaseload: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "caseload",
    abstract: "Everyone with an open journey, on standard output, as `import caseload` reads it.")

  @OptionGroup var region: RegionOptions
  @OptionGroup var bulk: BulkOptions

  func run() async throws {
    let path = try region.path()
    guard FileManager.default.fileExists(atPath: path) else {
      say("\(path) does not exist.")
      throw Exit.noInput
    }
    let house = try await House(House.Plan(path: path))
    let by = try await bulk.approved(house)
    let count = try await house.exportCaseload(by: by) { FileHandle.standardOutput.write(Data($0.utf8)) }
    bulk.say("Written: \(count).")
  }
}
