public import Kernel
public import Store

/// Names in memory, for searching: they are sealed on disk. Kept current by every change; it only finds, and what it
/// finds is shown only within what the viewer may see.
public final class NameDirectory: Sendable {
  struct State: Sendable {
    /// Folded name parts in order, each with whose it is.
    var parts: [(part: String, resident: ResidentID)] = []
    /// What changed since the list was sorted.
    var fresh: [ResidentID: [String]] = [:]
    var gone: Set<ResidentID> = []
    var isLoaded = false
  }

  private let state = Guarded(State())

  public init() {}

  /// Follows the changes of a region from now on.
  public func follow(_ database: Database) {
    database.listen { [state] event in
      guard let event = event as? NameEvent else { return }
      state.with { state in
        switch event {
        case .changed(let resident, let parts): state.fresh[resident] = parts
        case .gone(let resident): state.gone.insert(resident)
        }
      }
    }
  }

  static func tell(_ resident: Resident, _ transaction: Transaction) {
    transaction.announce(NameEvent.changed(resident.key, parts(of: resident)))
  }

  static func forget(_ resident: ResidentID, _ transaction: Transaction) {
    transaction.announce(NameEvent.gone(resident))
  }

  private static func parts(of resident: Resident) -> [String] {
    (resident.firstName + " " + resident.lastName).split(whereSeparator: { $0 == " " || $0 == "-" })
      .map { folded(String($0)) }.filter { !$0.isEmpty }
  }

  /// Opens all names once; searching before it is done finds what is loaded by then.
  public func load(_ database: Database) async throws {
    var last = ""
    var all: [(part: String, resident: ResidentID)] = []
    while true {
      let after = last
      let residents = try await database.read { reader in
        try reader.all(Resident.self, "where id > \(after) and merged_into is null order by id limit 5000")
      }
      guard let end = residents.last else { break }
      for resident in residents {
        for part in Self.parts(of: resident) { all.append((part, resident.key)) }
      }
      last = end.id.description
    }
    all.sort { $0.part < $1.part }
    let sorted = all
    state.with {
      $0.parts = sorted
      $0.isLoaded = true
    }
  }

  /// Residents of whom every typed word begins a part of the name.
  public func find(_ typed: String, limit: Int = 10_000) -> [ResidentID] {
    let words = typed.split(separator: " ").map { folded(String($0)) }.filter { !$0.isEmpty }
    guard let first = words.max(by: { $0.count < $1.count }) else { return [] }
    return state.with { state in
      var found: [ResidentID] = []
      var seen: Set<ResidentID> = []
      for resident in state.starting(with: first, limit: limit) + state.freshOnes(words)
      where !state.gone.contains(resident) && seen.insert(resident).inserted { found.append(resident) }
      return found
    }
  }
}

/// A name that was added, changed or taken out.
enum NameEvent: Sendable {
  case changed(ResidentID, [String])
  case gone(ResidentID)
}

extension NameDirectory.State {
  func starting(with prefix: String, limit: Int) -> [ResidentID] {
    var low = 0
    var high = parts.count
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].part < prefix { low = middle + 1 } else { high = middle }
    }
    var found: [ResidentID] = []
    while low < parts.count, parts[low].part.hasPrefix(prefix), found.count < limit {
      if fresh[parts[low].resident] == nil { found.append(parts[low].resident) }
      low += 1
    }
    return found
  }

  func freshOnes(_ words: [String]) -> [ResidentID] {
    fresh.filter { _, parts in words.allSatisfy { word in parts.contains { $0.hasPrefix(word) } } }.map(\.key)
  }
}
