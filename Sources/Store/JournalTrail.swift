public import Kernel

/// Changes of one resident's file by one person in one way, taken together.
public struct ChangeGroup: Sendable, Equatable {
  /// The verb, as `contact.log`; `job.…` for what Geland does by itself.
  public let verb: String
  public let account: ID<Anything>?
  public let organisation: ID<Anything>?
  public let role: String?
  /// Names of the categories, separated by spaces.
  public let fields: String
  public let count: Int
  public let firstAt: Instant
  public let lastAt: Instant
}

/// The trail of changes is the journal: a change and its line are one and the same.
extension Reader {
  /// What was changed about one resident in a period, taken together, latest first.
  public func changes(about resident: ResidentID, from: Instant, until: Instant) throws -> [ChangeGroup] {
    try rows(
      """
      select verb, account, organisation, role, fields, count(*) as count, min(at) as first, max(at) as last from (
        select verb, account, organisation, role, coalesce(fields, '') as fields, at from journal
        where resident = \(resident) and at >= \(from) and at < \(until)
        union all
        select j.verb, j.account, j.organisation, j.role, a.fields, j.at from journal_about a
        join journal j on j.position = a.position
        where a.resident = \(resident) and j.at >= \(from) and j.at < \(until)) as touched
      group by verb, account, organisation, role, fields order by max(at) desc
      """
    ).compactMap { row in
      guard let verb = row.text("verb"), let first = row.instant("first"), let last = row.instant("last") else {
        return nil
      }
      return ChangeGroup(
        verb: verb, account: row.id("account"), organisation: row.id("organisation"), role: row.text("role"),
        fields: row.text("fields") ?? "", count: row.integer("count") ?? 0, firstAt: first, lastAt: last)
    }
  }

  /// The last moment before another at which something about a resident changed; nil when there is none since `from`.
  public func lastChange(about resident: ResidentID, from: Instant, before: Instant) throws -> Instant? {
    try row(
      """
      select max(at) as last from (
        select at from journal where resident = \(resident) and at >= \(from) and at < \(before)
        union all
        select j.at from journal_about a join journal j on j.position = a.position
        where a.resident = \(resident) and j.at >= \(from) and j.at < \(before)) as touched
      """)?.instant("last")
  }
}
