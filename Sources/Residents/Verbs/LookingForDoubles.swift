internal import Kernel
internal import Store
internal import Trust

extension MergeCandidate {
  /// Is this somebody already known? By citizen service number, or by birth date and a name that is the same or nearly
  /// so. What was asked before, in either direction, is not asked again.
  /// - Parameter sameDay: keeps who was born on one day, when many are looked for in one go.
  static func look(
    for added: Resident, _ access: ID<Organisation>, among sameDay: BornOneDay = BornOneDay(),
    _ transaction: Transaction
  ) throws {
    var found: [ResidentID: Matched] = [:]
    for known in try sameDay.others(than: added, transaction) {
      let isOther = known.bsn != nil && added.bsn != nil && known.bsn != added.bsn
      if known.name.isSame(as: added.nearName) {
        found[known.resident] = .nameAndBirth
      } else if !isOther && known.name.isNear(added.nearName) {
        // Two different citizen service numbers, and not even the same name: two people.
        found[known.resident] = .nearName
      }
    }
    if let bsn = added.bsn {
      for known in try withNumber(bsn, transaction) where known != added.key { found[known] = .bsn }
    }
    guard !found.isEmpty else { return }
    let asked = try transaction.rows(
      "select known, added from merge_candidate where known = \(added.key) or added = \(added.key)")
    for row in asked {
      for column in ["known", "added"] {
        if let one = row.id(column, of: ResidentMark.self) { found[one] = nil }
      }
    }
    for (known, matched) in found.sorted(by: { $0.key < $1.key }).prefix(most) {
      // The coordinator of the municipality where the person is known decides.
      let owner = try Journey.open(of: known, transaction)?.access ?? access
      try transaction.put(
        MergeCandidate(
          id: transaction.freshID(), known: known, added: added.key, matched: matched, access: owner,
          raisedAt: transaction.now, decision: nil, decidedBy: nil, decidedAt: nil))
    }
  }

  /// More than so many of one person are for one coordinator to begin with.
  private static let most = 10

  private static func withNumber(_ bsn: String, _ transaction: Transaction) throws -> [ResidentID] {
    try transaction.rows(
      """
      select id from resident where bsn_blind = \(transaction.blinded("bsn:" + bsn)) and merged_into is null
      order by id limit 20
      """
    ).compactMap { $0.id("id") }
  }
}

/// Who was born on one day: looked up by the birth date's keyed hash and opened once.
final class BornOneDay {
  struct Known {
    let resident: ResidentID
    let name: NearNames
    let bsn: String?
  }

  private var known: [LocalDate: [Known]] = [:]

  /// Everyone of a day.
  func all(of birth: LocalDate, _ reader: Reader) throws -> [Known] {
    if let all = known[birth] { return all }
    let all = try reader.all(
      Resident.self,
      "where birth_blind = \(reader.blinded(Resident.birthText(birth))) and merged_into is null order by id"
    ).map { Known(resident: $0.key, name: $0.nearName, bsn: $0.bsn) }
    known[birth] = all
    return all
  }

  /// Everyone else of that day. Whoever is asked about is known from then on.
  func others(than resident: Resident, _ reader: Reader) throws -> [Known] {
    guard let birth = resident.birthDate else { return [] }
    var all = try all(of: birth, reader)
    all.removeAll { $0.resident == resident.key }
    known[birth] = all + [Known(resident: resident.key, name: resident.nearName, bsn: resident.bsn)]
    return all
  }
}
