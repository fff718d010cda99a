internal import App
internal import ArgumentParser

/// What commands about many people share: two people answer for them, and how much is said.
struct BulkOptions: ParsableArguments {
  @Option(
    name: .customLong("as"), help: "Who does this: the address of a coordinator, or of somebody who may register.")
  var actor: String?

  @Option(help: "Who agrees: the address of another one.")
  var approvedBy: String?

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  /// Both people, checked; nobody while nobody can sign in to this region yet.
  func approved(_ house: House) async throws -> House.BulkActor {
    switch try await house.bulkActor(as: actor, approvedBy: approvedBy) {
    case .success(let actor): return actor
    case .failure(let reason):
      geland.say(reason.rawValue)
      throw Exit.noPermission
    }
  }

  func say(_ message: String) { if !quiet { geland.say(message) } }
}
