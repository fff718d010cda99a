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

extension ResidentSlice {
  var coordinatorRoutes: [Route] {
    let policy = RoutePolicy.roles([.coordinator, .teamLeader])
    return [
      trail.page("/board", name: "board", policy: policy) { visit, looker in try BoardPage(visit, looker).reply(visit)
      },
      trail.page("/ready", name: "ready", policy: policy) { visit, looker in try ReadyPage(visit, looker).reply(visit)
      },
    ] + mergeRoutes
  }
}
