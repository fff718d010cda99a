internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Every signal one has, and those near one that wait too long: own overdue first, each with words, number and act.
struct SignalsPage {
  let mine: [SignalLine]
  let others: [SignalLine]
  private let settled: SettledSignals
  private let more: Bool
  private let lateness: Lateness
  private let arrivals: ArrivalsCard

  var lines: [SignalLine] { mine + others }
  private static let most = 200

  /// Past its time first, red before amber, soonest due.
  private static func order(_ now: Instant) -> SQL {
    """
    case when due_at < \(now) then 0 else 1 end, case when colour = 'red' then 0 else 1 end, due_at, id
    """
  }

  init(_ looker: Looker) throws {
    let reader = looker.reader
    let me = looker.viewer.account
    arrivals = try ArrivalsCard(looker)
    lateness = try Lateness(reader)
    // One's own, soonest due first; of others what is late or came further up.
    let own = try reader.all(
      Signal.self,
      "where settled_at is null and owner = \(me) order by \(part: Self.order(reader.now)) limit \(Self.most + 1)")
    let near = try reader.all(
      Signal.self,
      """
      where settled_at is null and owner <> \(me) and (due_at < \(reader.now) or level in ('coordinator', 'manager'))
      and exists (select 1 from relation where relation.resident = signal.resident
        and \(part: Looker.inForce(looker.viewer, reader.now)))
      order by \(part: Self.order(reader.now)) limit \(Self.most + 1)
      """)
    more = own.count > Self.most || near.count > Self.most
    let done = try reader.all(
      Signal.self,
      """
      where settled_at > \(reader.now.adding(.days(-30))) and (settled_by = \(me) or owner = \(me)
        or exists (select 1 from relation where relation.resident = signal.resident
          and \(part: Looker.inForce(looker.viewer, reader.now))))
      order by settled_at desc, id limit 30
      """)
    let open = own.prefix(Self.most) + near.prefix(Self.most)
    let sights = try looker.sights(of: Array(Set((open + done).map(\.resident))))
    let residents = sights.isEmpty ? [] : try reader.all(Resident.self, "where id in (\(list: Array(sights.keys)))")
    let people = Dictionary(uniqueKeysWithValues: residents.map { ($0.key, $0) })
    let owners = try Account.names(open.map(\.owner), reader)
    func line(_ signal: Signal) -> SignalLine? {
      guard let sight = sights[signal.resident], sight.shows(.signal), let person = people[signal.resident] else {
        return nil
      }
      return SignalLine(
        signal, owner: owners[signal.owner], resident: person, person: sight.name(of: person), looker.viewer, sight)
    }
    mine = own.prefix(Self.most).compactMap(line)
    others = near.prefix(Self.most).compactMap(line)
    settled = try SettledSignals(done, sights, people: people, looker)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let late = lines.filter { lateness.isLate($0.signal) }.count
    return visit.page(t("signals.title")) { html in
      html.heading(t("signals.question"), t("signals.lead", count: late))
      html.card(t("signals.mine")) { html in
        if mine.isEmpty { html.empty(t("signals.noneMine")) }
        for line in mine { line.show(visit, &html) }
      }
      html.card(t("signals.others")) { html in
        if others.isEmpty { html.empty(t("signals.none")) }
        for line in others { line.show(visit, &html) }
      }
      arrivals.show(t, &html)
      if more { html(.p, .class("notice mind"), text: t("signals.more", ["n": String(Self.most)])) }
      settled.show(visit, &html)
      html(.p) { html in html.link(visit.texts("ended.title"), to: "/ended") }
    }
  }
}

extension ResidentSlice {
  var signalRoutes: [Route] {
    [
      trail.page("/signals", name: "signals", policy: .roles(Self.workers + [.coordinator, .teamLeader])) {
        visit, looker in
        try SignalsPage(looker).reply(visit)
      }
    ]
  }
}

extension Signal {
  /// Residents ask for help; that it came is said by whoever gave it.
  static func mayBeSettled(by sight: Sight) -> Bool { sight.allows(.write, .signal) && !sight.isOwn }

  /// Settles one of a file's signals for a viewer who may: who has it, or who may write signals here.
  @discardableResult
  static func settled(
    _ id: ID<Signal>, _ done: String?, _ sight: Sight, _ transaction: Transaction
  ) throws -> Signal {
    let signal = try transaction.get(Signal.self, id)
    let account: ID<Account> = sight.viewer.account.retyped()
    guard signal.resident == sight.resident, mayBeSettled(by: sight) || signal.owner == account else {
      throw Problem.notFound
    }
    try signal.settle(done, by: account, transaction)
    return signal
  }

  /// Opens a settled one again for who settled it, or who may write signals here.
  @discardableResult
  static func reopened(_ id: ID<Signal>, _ sight: Sight, _ transaction: Transaction) throws -> Signal {
    let signal = try transaction.get(Signal.self, id)
    let account: ID<Account> = sight.viewer.account.retyped()
    guard signal.resident == sight.resident, mayBeSettled(by: sight) || signal.settledBy == account else {
      throw Problem.notFound
    }
    return try signal.reopen(transaction)
  }
}
