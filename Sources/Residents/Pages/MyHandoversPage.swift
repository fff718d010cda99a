internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What waits for my answer, and what I wait for.
struct MyHandoversPage {
  private let forMe: [HandoverView]
  private let mine: [HandoverView]

  init(_ looker: Looker) throws {
    let reader = looker.reader
    let account = looker.viewer.account
    let found = try reader.all(
      Handover.self,
      """
      where (to_worker = \(account) or from_worker = \(account))
      and (state in ('offered', 'provisional') or decided_at > \(reader.now.adding(.days(-30)))) order by offered_at desc
      """)
    let sights = try looker.sights(of: found.map(\.resident))
    let residents = try sights.isEmpty ? [] : reader.all(Resident.self, "where id in (\(list: Array(sights.keys)))")
    let people = Dictionary(uniqueKeysWithValues: residents.map { ($0.key, $0) })
    let views = try found.flatMap { handover -> [HandoverView] in
      guard let sight = sights[handover.resident], sight.shows(.journey), let person = people[handover.resident]
      else { return [] }
      return try HandoverView.views([handover], looker, sight, person: sight.name(of: person))
    }
    forMe = views.filter { $0.handover.toWorker == account.retyped() }
    mine = views.filter { $0.handover.toWorker != account.retyped() }
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
    }
  }
}
