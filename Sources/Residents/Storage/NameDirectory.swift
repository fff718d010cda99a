public import Kernel
public import Store

/// Names in memory, for searching: they are sealed on disk. Kept current by every change; it only finds, and what it
/// finds is shown only within what the viewer may see.
public final class NameDirectory: Sendable {
  private struct State: Sendable {
    var index = NameIndex()
    /// Whose names changed since they were read, and how often: read again before the next search.
    var owed: [ResidentID: Int] = [:]
  }

  private let state = Guarded(State())

  public init() {}

  /// Follows the changes of a region from now on.
  public func follow(_ database: Database) {
    database.listen { [state] event in
      guard let event = event as? NameEvent else { return }
      state.with { $0.owed[event.resident, default: 0] += 1 }
    }
  }

  /// Says that somebody is called or reached otherwise now, or is another's file. What it is, is read when it is needed:
  /// no name travels.
  static func tell(_ resident: ResidentID, _ transaction: Transaction) {
    transaction.announce(NameEvent(resident: resident))
  }

  /// Opens all names once; searching before it is done finds what is loaded by then.
  public func load(_ database: Database) async throws {
    var last = ""
    while true {
      let after = last
      let (entries, end) = try await database.read { reader in
        let residents = try reader.all(
          Resident.self, "where id > \(after) and merged_into is null order by id limit 5000")
        return (try Self.entries(residents, reader), residents.last?.id.description)
      }
      guard let end else { return }
      state.with { state in for entry in entries { state.index.put(entry) } }
      last = end
    }
  }

  /// What changed since names were read, to be taken before the snapshot is opened in which it is read again.
  func owed() -> [ResidentID: Int] { state.with { $0.owed } }

  /// Reads what changed.
  func settle(_ owed: [ResidentID: Int], _ reader: Reader) throws {
    guard !owed.isEmpty else { return }
    let ids = Array(owed.keys)
    for start in stride(from: 0, to: ids.count, by: 500) {
      let some = Array(ids[start..<min(start + 500, ids.count)])
      let residents = try reader.all(Resident.self, "where id in (\(list: some)) and merged_into is null")
      let entries = try Self.entries(residents, reader)
      state.with { state in
        for id in some { state.index.remove(id) }
        for entry in entries { state.index.put(entry) }
        for id in some where state.owed[id] == owed[id] { state.owed[id] = nil }
      }
    }
  }

  private static func entries(_ residents: [Resident], _ reader: Reader) throws -> [NameIndex.Entry] {
    guard let first = residents.first, let last = residents.last else { return [] }
    let condition: SQL =
      residents.count > 500
      ? "where resident between \(first.id) and \(last.id)" : "where resident in (\(list: residents.map(\.key)))"
    let client = Dictionary(grouping: try reader.all(ExternalID.self, condition), by: \.resident)
    return residents.map { resident in
      let numbers =
        [resident.phone.flatMap(PhoneOrClient.phoneKey)]
        + (client[resident.key] ?? []).map { PhoneOrClient.clientKey($0.externalID) }
      return NameIndex.Entry(
        resident: resident.key, firstName: resident.firstName, lastName: resident.lastName,
        numbers: numbers.compactMap(\.self))
    }
  }

  /// Residents of whom every typed word begins a part of the name, by name.
  public func find(_ typed: String) -> [ResidentID] { state.with { $0.index.find(typed) } }

  /// Residents whose name is nearly that.
  public func findNearly(_ typed: String) -> [ResidentID] { state.with { $0.index.findNearly(typed) } }

  /// Residents who are called at this number, or have it as a client.
  public func find(number typed: String) -> [ResidentID] { state.with { $0.index.find(number: typed) } }
}

/// Somebody whose name or number was added, changed or taken out.
struct NameEvent: Sendable {
  let resident: ResidentID
}
