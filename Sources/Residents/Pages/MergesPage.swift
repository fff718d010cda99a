internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Registrations that may be of somebody already known, and those that were found to be, as long as that can be undone.
struct MergesPage {
  /// Two registrations that may be one person, each with who is first.
  struct Pair {
    let candidate: MergeCandidate
    let known: Resident
    let added: Resident
    let knownFirst: String
    let addedFirst: String
    let preview: MergePreview
  }

  let candidates: [Pair]
  let merged: [Pair]
  private let deciders: [ID<Account>: Account]

  init(_ looker: Looker) throws {
    let reader = looker.reader
    let since = reader.now.adding(.days(-MergeCandidate.undoDays))
    let open = try reader.all(
      MergeCandidate.self,
      "where access = \(looker.viewer.organisation) and decision is null order by raised_at, id limit 50")
    let done = try reader.all(
      MergeCandidate.self,
      """
      where access = \(looker.viewer.organisation) and decision = 'merged' and decided_at >= \(since)
      order by decided_at desc, id limit 50
      """)
    let pairs = try Self.pairs(open + done, looker)
    candidates = pairs.filter { $0.candidate.decision == nil }
    merged = pairs.filter { $0.candidate.decision != nil }
    deciders = try Account.names(merged.compactMap(\.candidate.decidedBy), reader)
  }

  /// The pairs of whom the viewer sees the file that stays, each in as many questions as one would take.
  private static func pairs(_ all: [MergeCandidate], _ looker: Looker) throws -> [Pair] {
    let reader = looker.reader
    let sights = try looker.sights(of: Array(Set(all.map(\.known))))
    let seen = all.filter { sights[$0.known]?.shows(.identity) ?? false }
    guard !seen.isEmpty else { return [] }
    let both = Array(Set(seen.flatMap { [$0.known, $0.added] }))
    looker.showIdentity(of: seen.map(\.added))
    let people = Dictionary(
      uniqueKeysWithValues: try reader.all(Resident.self, "where id in (\(list: both))").map { ($0.key, $0) })
    let firsts = try reader.rows(
      "select resident, organisation, worker from accountability where until_at is null and resident in (\(list: both))"
    )
    let workers = try Account.names(firsts.compactMap { $0.id("worker") }, reader)
    let organisations = try Organisation.names(firsts.compactMap { $0.id("organisation") }, reader)
    var names: [ResidentID: String] = [:]
    for row in firsts {
      guard let resident: ResidentID = row.id("resident") else { continue }
      names[resident] = [
        row.id("organisation").flatMap { organisations[$0]?.name }, row.id("worker").flatMap { workers[$0]?.name },
      ].compactMap { $0 }.joined(separator: ", ")
    }
    let previews = try MergePreview.of(seen.filter { $0.decision == nil }, reader)
    return seen.compactMap { candidate in
      guard let known = people[candidate.known], let added = people[candidate.added] else { return nil }
      return Pair(
        candidate: candidate, known: known, added: added, knownFirst: names[candidate.known] ?? "",
        addedFirst: names[candidate.added] ?? "", preview: previews[candidate.id] ?? .nothing)
    }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("merge.title"), width: .letter) { html in
      html.heading(t("merge.title"), t("merge.lead"))
      if !visit.faults.isEmpty { visit.errorSummary(&html, visit.faults) }
      if candidates.isEmpty { html.card(nil) { html in html.empty(t("merge.none")) } }
      for pair in candidates { ask(pair, visit, &html) }
      if !merged.isEmpty { undoable(visit, &html) }
    }
  }

  private func ask(_ pair: Pair, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("merge.matched.\(pair.candidate.matched.rawValue)")) { html in
      html(.div, .class("columns even")) { html in
        side(t("merge.known"), pair.known, pair.knownFirst, t, &html)
        side(t("merge.added"), pair.added, pair.addedFirst, t, &html)
      }
      html(.h3, text: t("merge.whatHappens"))
      html(.ul, .class("reasons")) { html in
        for line in Self.whatHappens(pair, t) { html(.li, text: line) }
      }
      html(.div, .class("actions")) { html in
        visit.button(
          &html, to: "/merges/\(pair.candidate.id)", t("merge.same"), class: "button main",
          hidden: ["decision": "merged"])
        visit.button(
          &html, to: "/merges/\(pair.candidate.id)", t("merge.different"), hidden: ["decision": "different"])
      }
    }
  }

  /// What becoming one does, by name.
  private static func whatHappens(_ pair: Pair, _ t: Texts) -> [String] {
    let preview = pair.preview
    let who = pair.knownFirst.isEmpty ? pair.addedFirst : pair.knownFirst
    func list(_ key: String, _ names: [String]) -> String? {
      names.isEmpty ? nil : t(key, ["names": names.joined(separator: ", ")])
    }
    return [
      who.isEmpty ? nil : t("merge.stays", ["who": who]), t("merge.reads"),
      preview.signals == 0 ? nil : t("merge.signals", count: preview.signals, ["who": who]),
      list("merge.gather", preview.gather), list("merge.lose", preview.lose), list("merge.asked", preview.asked),
      preview.hasLogin ? t("merge.login") : nil, t("merge.canUndo", ["n": String(MergeCandidate.undoDays)]),
    ].compactMap { $0 }
  }

  private func undoable(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("merge.lately")) { html in
      html(.ul, .class("lines")) { html in
        for pair in merged {
          html(.li) { html in
            html(.div) { html in
              html(.p) { html in html.link(pair.known.fullName, to: "/residents/\(pair.known.id)") }
              html(
                .p, .class("small soft"),
                text: t(
                  "merge.by",
                  [
                    "name": pair.candidate.decidedBy.flatMap { deciders[$0]?.name } ?? "",
                    "date": pair.candidate.decidedAt.map(t.moment) ?? "",
                    "until": pair.candidate.undoUntil.map { t.date(RegionTime.amsterdam.date(of: $0)) } ?? "",
                  ]))
              html(.details) { html in
                html(.summary) { html in
                  html.text(t("merge.undo"))
                  html(.span, .class("visually-hidden"), text: ": " + pair.added.fullName)
                }
                html(.ul, .class("reasons")) { html in
                  for key in ["merge.undoFile", "merge.undoSight", "merge.undoMeanwhile", "merge.undoOnce"] {
                    html(.li, text: t(key, ["name": pair.added.fullName]))
                  }
                }
                visit.button(&html, to: "/merges/\(pair.candidate.id)/undo", t("merge.undoSure"))
              }
            }
          }
        }
      }
    }
  }

  private func side(_ title: String, _ resident: Resident, _ first: String, _ t: Texts, _ html: inout HTML) {
    html(.div) { html in
      html(.h3, text: title)
      html(.p, text: resident.fullName)
      html(
        .p, .class("small soft"),
        text: [resident.birthDate.map(t.date), Municipality.with(code: resident.municipality)?.name].compactMap { $0 }
          .joined(separator: " · "))
      html(.p, .class("small"), text: first)
    }
  }
}

extension ResidentSlice {
  var mergeRoutes: [Route] {
    let policy = RoutePolicy.roles([.coordinator])
    let host: Trail.ListPage = { visit, looker in try MergesPage(looker).reply(visit) }
    return [
      trail.page("/merges", name: "merges", policy: policy, show: host),
      trail.verb("/merges/{merge}", name: "merge.decide", policy: policy, on: host) { visit, transaction, looker in
        let candidate = try MergeCandidate.decide(visit, looker, transaction)
        return .go(
          to: candidate.isMerged
            ? "/residents/\(candidate.known)/handovers?done=merge.merged" : "/merges?done=merge.apart")
      },
      trail.verb("/merges/{merge}/undo", name: "merge.undo", policy: policy, on: host) { visit, transaction, looker in
        try MergeCandidate.undo(visit, looker, transaction)
        return .go(to: "/merges?done=merge.undone")
      },
      trail.residentPage("/residents/{resident}/merged/{other}", name: "merged.file", .identity) {
        visit, looker, sight in
        try MergedFilePage(visit, looker, sight).reply(visit)
      },
    ]
  }
}

extension MergeCandidate {
  private static func asked(_ visit: Visit, _ looker: Looker, _ transaction: Transaction) throws -> MergeCandidate {
    let candidate = try transaction.get(MergeCandidate.self, visit.id("merge"))
    guard candidate.access == looker.viewer.organisation?.retyped() else { throw Problem.notFound }
    return candidate
  }

  fileprivate var isMerged: Bool { decision == .merged }

  /// The coordinator's answer, by a page or by the API.
  static func decide(_ visit: Visit, _ looker: Looker, _ transaction: Transaction) throws -> MergeCandidate {
    let candidate = try asked(visit, looker, transaction)
    let account: ID<Account> = looker.viewer.account.retyped()
    switch try visit.sent({ $0.choice("decision") as Decision? }) {
    case .merged: try candidate.merge(by: account, transaction)
    case .different: try candidate.keepApart(by: account, transaction)
    case nil: throw Problem(.invalid)
    }
    return try transaction.get(MergeCandidate.self, candidate.id)
  }

  /// Two people after all, by a page or by the API.
  @discardableResult
  static func undo(_ visit: Visit, _ looker: Looker, _ transaction: Transaction) throws -> MergeCandidate {
    let candidate = try asked(visit, looker, transaction)
    try candidate.undo(by: looker.viewer.account.retyped(), transaction)
    return candidate
  }
}
