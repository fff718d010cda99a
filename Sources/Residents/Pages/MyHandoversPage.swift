internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What waits for my answer, what I wait for, and what was answered lately.
struct MyHandoversPage {
  private let forMe: [HandoverView]
  private let mine: [HandoverView]
  /// Accepted, refused, expired or taken back in the last month: it waits for nobody.
  private let lately: [HandoverView]

  init(_ looker: Looker) throws {
    let reader = looker.reader
    let account: ID<Account> = looker.viewer.account.retyped()
    let found = try reader.all(
      Handover.self,
      """
      where (to_worker = \(account) or from_worker = \(account))
      and (state in ('offered', 'provisional') or decided_at > \(reader.now.adding(.days(-30))))
      order by offered_at desc, id desc
      """)
    let sights = try looker.sights(of: Array(Set(found.map(\.resident))))
    let seen = found.filter { sights[$0.resident]?.shows(.journey) ?? false }
    let ids = Array(Set(seen.map(\.resident)))
    let residents = try ids.isEmpty ? [] : reader.all(Resident.self, "where id in (\(list: ids))")
    let names = Dictionary(
      uniqueKeysWithValues: residents.map { ($0.key, sights[$0.key]?.name(of: $0) ?? "") })
    let views = try HandoverView.views(seen, looker, sights, names)
    let open = views.filter { $0.handover.isWaiting }
    forMe = open.filter { $0.handover.toWorker == account && $0.handover.state == .offered }
    mine = open.filter { $0.handover.toWorker != account }
    let waits = Set((forMe + mine).map(\.handover.id))
    lately = views.filter { !waits.contains($0.handover.id) }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("handover.mine"), width: .letter) { html in
      html.heading(t("handover.mine"), t("handover.mineLead"))
      if forMe.isEmpty && mine.isEmpty { html.empty(t("handover.nothingWaits")) }
      for view in forMe { view.show(visit, &html) }
      if !mine.isEmpty {
        html(.h2, text: t("handover.iWaitFor"))
        for view in mine { view.show(visit, &html) }
      }
      if !lately.isEmpty {
        html(.h2, text: t("handover.lately"))
        for view in lately { view.show(visit, &html) }
      }
    }
  }
}

extension Handover {
  /// Does it wait: for an answer, or for the match that makes it final?
  var isWaiting: Bool { state == .offered || state == .provisional }
}
