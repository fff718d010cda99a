internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The rewards that became due of several residents, and whose they are to give: read in a handful of queries.
struct Rewards {
  private let due: [ResidentID: [Step]]
  private let first: [ResidentID: ID<Account>]
  private let working: [ResidentID: Set<ID<Account>>]
  private let viewer: ID<Account>

  init(_ residents: [ResidentID], _ looker: Looker) throws {
    let reader = looker.reader
    viewer = looker.viewer.account.retyped()
    let steps = try reader.all(
      Step.self,
      """
      where resident in (\(list: residents)) and done_on is not null and reward is not null
      and reward_given_on is null and \(part: Step.isWanted) order by done_on, id
      """)
    due = Dictionary(grouping: steps, by: \.resident)
    let asking = Array(due.keys)
    guard !asking.isEmpty else {
      (first, working) = ([:], [:])
      return
    }
    first = Dictionary(
      try reader.rows(
        "select resident, worker from accountability where until_at is null and resident in (\(list: asking))"
      ).compactMap { row -> (ResidentID, ID<Account>)? in
        guard let resident: ResidentID = row.id("resident"), let worker: ID<Account> = row.id("worker") else {
          return nil
        }
        return (resident, worker)
      }, uniquingKeysWith: { one, _ in one })
    let rows = try reader.rows(
      """
      select resident, account from relation where resident in (\(list: asking)) and account is not null
      and from_at <= \(reader.now) and (until_at is null or until_at > \(reader.now))
      """)
    working = Dictionary(grouping: rows) { $0.id("resident") ?? ResidentID(high: 0, low: 0) }
      .mapValues { Set($0.compactMap { $0.id("account", of: Account.self) }) }
  }

  /// Those the viewer gives: their own, and those of whom they stand in for.
  func mine(of resident: ResidentID, _ sight: Sight) -> [Step] {
    (due[resident] ?? []).filter { step in
      let giver = RewardGiver.of(step, first: first[resident], working: working[resident] ?? [])
      return giver == viewer || sight.has(.standInActive) && giver == first[resident]
    }
  }
}
