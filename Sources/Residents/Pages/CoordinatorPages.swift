internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Who is ready for a home, longest first; and who is nearly so.
struct ReadyPage {
  struct Line {
    let resident: ResidentID
    let name: String
    let days: Int
    let isHomeFirst: Bool
    let organisation: String
    let municipality: String
    let receivers: Int
  }

  let lines: [Line]
  private let preparing: Int

  init(_ visit: Visit, _ looker: Looker) throws {
    let reader = looker.reader
    let rows = try reader.rows(
      """
      select j.resident as resident, j.phase_since as phase_since, j.is_home_first as is_home_first,
        a.organisation as organisation, r.municipality as municipality,
        (select count(*) from handover h where h.journey = j.id and h.state = 'provisional') as receivers
      from journey j join accountability a on a.journey = j.id and a.until_at is null join resident r on r.id = j.resident
      where j.phase = 'ready' and j.ended_on is null
      and exists (select 1 from relation where relation.resident = j.resident and \(part: Looker.inForce(looker.viewer, reader.now)))
      order by j.phase_since, j.id limit 300
      """)
    preparing = try reader.count(
      """
      select count(*) from journey j where j.phase = 'preparing' and j.ended_on is null
      and exists (select 1 from relation where relation.resident = j.resident and \(part: Looker.inForce(looker.viewer, reader.now)))
      """)
    let sights = try looker.sights(of: rows.compactMap { $0.id("resident") })
    let residents = sights.isEmpty ? [] : try reader.all(Resident.self, "where id in (\(list: Array(sights.keys)))")
    let people = Dictionary(uniqueKeysWithValues: residents.map { ($0.key, $0) })
    let organisations = try Organisation.names(rows.compactMap { $0.id("organisation") }, reader)
    lines = rows.compactMap { row in
      guard let id: ResidentID = row.id("resident"), let sight = sights[id], sight.shows(.journey),
        let person = people[id], let since = row.date("phase_since")
      else { return nil }
      return Line(
        resident: id, name: sight.name(of: person), days: visit.today.days(since: since),
        isHomeFirst: row.integer("is_home_first") == 1,
        organisation: row.id("organisation").flatMap { organisations[$0]?.name } ?? "",
        municipality: row.text("municipality").flatMap(Municipality.with(code:))?.name ?? "",
        receivers: row.integer("receivers") ?? 0)
    }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("ready.title")) { html in
      html.heading(t("ready.question"), t("ready.lead", count: lines.count, ["preparing": String(preparing)]))
      html.card(nil) { html in
        if lines.isEmpty { html.empty(t("ready.none")) }
        html(.ul, .class("people")) { html in
          for line in lines {
            html(.li) { html in
              html.face(line.name)
              html(.div) { html in
                html(.p) { html in
                  html.link(line.name, to: "/residents/\(line.resident)/journey")
                  if line.isHomeFirst { html.tag(t("ready.homeFirst"), "teal") }
                }
                html(
                  .p, .class("small soft"),
                  text: "\(t("ready.waits", count: line.days)) · \(line.municipality) · \(line.organisation)")
              }
              html(.span, .class("small soft"), text: t("ready.receivers", count: line.receivers))
            }
          }
        }
      }
    }
  }
}

/// Registrations that may be of somebody already known.
struct MergesPage {
  /// Two registrations that may be one person, each with who is first.
  struct Pair {
    let candidate: MergeCandidate
    let known: Resident
    let added: Resident
    let knownFirst: String
    let addedFirst: String
  }

  let candidates: [Pair]

  init(_ looker: Looker) throws {
    let reader = looker.reader
    let open = try reader.all(
      MergeCandidate.self,
      "where access = \(looker.viewer.organisation) and decision is null order by raised_at limit 50")
    candidates = try open.compactMap { candidate in
      guard let sight = try looker.sights(of: [candidate.known])[candidate.known], sight.shows(.identity) else {
        return nil
      }
      let known = try reader.get(Resident.self, candidate.known.retyped())
      let added = try reader.get(Resident.self, candidate.added.retyped())
      return Pair(
        candidate: candidate, known: known, added: added, knownFirst: try Self.first(candidate.known, reader),
        addedFirst: try Self.first(candidate.added, reader))
    }
  }

  private static func first(_ resident: ResidentID, _ reader: Reader) throws -> String {
    guard let journey = try Journey.open(of: resident, reader), let first = try Accountability.now(journey.id, reader)
    else { return "" }
    let organisation = try reader.get(Organisation.self, first.organisation).name
    return "\(organisation), \(try reader.get(Account.self, first.worker).name)"
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("merge.title"), width: .letter) { html in
      html.heading(t("merge.title"), t("merge.lead"))
      if !visit.faults.isEmpty { visit.errorSummary(&html, visit.faults) }
      if candidates.isEmpty { html.card(nil) { html in html.empty(t("merge.none")) } }
      for pair in candidates {
        html.card(t("merge.matched.\(pair.candidate.matched.rawValue)")) { html in
          html(.div, .class("columns even")) { html in
            side(t("merge.known"), pair.known, pair.knownFirst, t, &html)
            side(t("merge.added"), pair.added, pair.addedFirst, t, &html)
          }
          html(.p, .class("actions")) { html in
            visit.button(
              &html, to: "/merges/\(pair.candidate.id)", t("merge.same"), class: "button main",
              hidden: ["decision": "merged"])
            visit.button(
              &html, to: "/merges/\(pair.candidate.id)", t("merge.different"), hidden: ["decision": "different"])
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
  var coordinatorRoutes: [Route] {
    let policy = RoutePolicy.roles([.coordinator, .teamLeader])
    return [
      trail.page("/board", name: "board", policy: policy) { visit, looker in try BoardPage(visit, looker).reply(visit)
      },
      trail.page("/ready", name: "ready", policy: policy) { visit, looker in try ReadyPage(visit, looker).reply(visit)
      },
      trail.page("/merges", name: "merges", policy: .roles([.coordinator])) { visit, looker in
        try MergesPage(looker).reply(visit)
      },
      trail.verb(
        "/merges/{merge}", name: "merge.decide", policy: .roles([.coordinator]),
        on: { visit, looker in try MergesPage(looker).reply(visit) }
      ) { visit, transaction, looker in
        let candidate = try MergeCandidate.decide(visit, looker, transaction)
        return .go(
          to: visit.form["decision"] == "merged"
            ? "/residents/\(candidate.known)/handovers?done=merge.merged" : "/merges?done=merge.apart")
      },
    ]
  }
}

extension MergeCandidate {
  /// The coordinator's answer, by a page or by the API.
  static func decide(_ visit: Visit, _ looker: Looker, _ transaction: Transaction) throws -> MergeCandidate {
    let candidate = try transaction.get(MergeCandidate.self, visit.id("merge"))
    guard candidate.access == looker.viewer.organisation?.retyped() else { throw Problem.notFound }
    let account: ID<Account> = looker.viewer.account.retyped()
    switch try visit.sent({ $0.choice("decision") as Decision? }) {
    case .merged: try candidate.merge(by: account, transaction)
    case .different: try candidate.keepApart(by: account, transaction)
    case nil: throw Problem(.invalid)
    }
    return candidate
  }
}
