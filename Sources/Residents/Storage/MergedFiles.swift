public import Kernel
public import Store
internal import Trust

/// Which files became one with which.
public enum MergedFiles {
  /// In which file this one goes on, through as many merges as there were; nil when it stands by itself.
  public static func last(from resident: ResidentID, _ reader: Reader) throws -> ResidentID? {
    var here = resident
    while let next: ResidentID = try reader.row("select merged_into from resident where id = \(here)")?.id(
      "merged_into")
    { here = next }
    return here == resident ? nil : here
  }

  /// The files that became one with this one, and those that had become one with them, each with since when.
  static func into(_ resident: ResidentID, _ reader: Reader) throws -> [(resident: ResidentID, at: Instant?)] {
    var found: [(resident: ResidentID, at: Instant?)] = []
    var asked = [resident]
    while !asked.isEmpty {
      let rows = try reader.rows(
        """
        select resident.id as id, (
          select max(decided_at) from merge_candidate
          where added = resident.id and known = resident.merged_into and decision = 'merged') as at
        from resident where merged_into in (\(list: asked)) order by resident.id
        """)
      asked = rows.compactMap { $0.id("id") }
      found += rows.compactMap { row in row.id("id").map { ($0, row.instant("at")) } }
    }
    return found
  }
}

/// What happens to people when two registrations become one, by name, for whoever is about to decide.
struct MergePreview {
  /// Who works with the second file and will see the file that stays, as a team does.
  let gather: [String]
  /// Who sees the second file now and will not see the file that stays.
  let lose: [String]
  /// How many open signals go along to whoever is first in the file that stays.
  let signals: Int
  /// Who was asked to take over the second file: that question is taken back.
  let asked: [String]
  /// The resident has a login that belongs to the second file.
  let hasLogin: Bool

  static let nothing = MergePreview(gather: [], lose: [], signals: 0, asked: [], hasLogin: false)

  /// One for each second file, in one question each.
  static func of(_ candidates: [MergeCandidate], _ reader: Reader) throws -> [ID<MergeCandidate>: MergePreview] {
    let added = Array(Set(candidates.map(\.added)))
    guard !added.isEmpty else { return [:] }
    let relations = try Dictionary(
      grouping: reader.all(
        Relation.self,
        """
        where resident in (\(list: added)) and account is not null and (until_at is null or until_at > \(reader.now))
        order by from_at, id
        """), by: \.resident)
    let signals = try Dictionary(
      grouping: reader.rows("select resident from signal where settled_at is null and resident in (\(list: added))")
    ) { $0.id("resident", of: ResidentMark.self) }
    let handovers = try Dictionary(
      grouping: reader.all(
        Handover.self, "where resident in (\(list: added)) and state in ('offered', 'provisional') order by id"),
      by: \.resident)
    let people = try Account.names(
      relations.values.joined().compactMap(\.account) + handovers.values.joined().map(\.toWorker), reader)
    func names(_ accounts: [ID<Account>]) -> [String] { Set(accounts).compactMap { people[$0]?.name }.sorted() }
    return Dictionary(
      uniqueKeysWithValues: candidates.map { candidate -> (ID<MergeCandidate>, MergePreview) in
        let around = relations[candidate.added] ?? []
        func gathers(_ relation: Relation) -> Bool {
          relation.role == .supportWorker && relation.organisation != candidate.access
        }
        let gather = around.filter(gathers).compactMap(\.account)
        let others = around.filter { $0.role != .resident && !gathers($0) }.compactMap(\.account)
        let asked = (handovers[candidate.added] ?? []).map(\.toWorker)
        return (
          candidate.id,
          MergePreview(
            gather: names(gather), lose: names(others.filter { !gather.contains($0) && !asked.contains($0) }),
            signals: signals[candidate.added]?.count ?? 0, asked: names(asked),
            hasLogin: around.contains { $0.role == .resident })
        )
      })
  }
}
