internal import Kernel
internal import Store
internal import Trust

/// Who can do a step together with the resident: the circle, and those who work for them and may know of the plan.
struct Companions {
  struct One {
    /// As a list of choices has it; no circle member and account share an id.
    let id: String
    /// nil when the viewer may not know who it is.
    let name: String?
    let member: ID<CircleMember>?
    let worker: ID<Account>?
  }

  let all: [One]
  private let stored: One?

  /// - Parameters:
  ///   - step: whose companion stays a choice, also when they are not around any more.
  ///   - isShown: the names are shown, not only asked for.
  init(_ sight: Sight, keeping step: Step? = nil, isShown: Bool = true, _ reader: Reader) throws {
    let members = try reader.all(
      CircleMember.self, "where resident = \(sight.resident) and until_on is null order by from_on, id"
    ).filter { isShown ? sight.sees($0.id, .network) : sight.maySee($0.id, .network) }
    let known = Set(members.compactMap(\.account))
    let workers = try Relation.onePerPerson(Relation.openOnes(of: sight.resident, reader)).filter { relation in
      let level = SharingMatrix.standard.level(relation.role, .plan)
      return [.read, .write, .shared].contains(level) && relation.role != .resident
        && relation.account.map { !known.contains($0) } ?? false
    }
    let names = try Account.names(workers.compactMap(\.account) + [step?.worker].compactMap(\.self), reader)
    all =
      members.map { One(id: $0.id.description, name: $0.name, member: $0.id, worker: nil) }
      + workers.compactMap(\.account).compactMap { account in
        names[account].map { One(id: account.description, name: $0.name, member: nil, worker: account) }
      }
    stored =
      try step?.companion.map { id in
        let name = sight.maySee(id, .network) ? try reader.find(CircleMember.self, id)?.name : nil
        return One(id: id.description, name: name, member: id, worker: nil)
      }
      ?? step?.worker.flatMap { id in
        names[id].map { One(id: id.description, name: $0.name, member: nil, worker: id) }
      }
  }

  /// What can be chosen, with who was chosen before.
  var choices: [One] { all + [stored].compactMap(\.self).filter { one in !all.contains { $0.id == one.id } } }

  func with(_ id: String) -> One? { choices.first { $0.id == id } }

  /// The name of who goes along, when that is somebody around now.
  func name(of step: Step) -> String? {
    (step.companion?.description ?? step.worker?.description).flatMap { id in all.first { $0.id == id }?.name }
  }
}
