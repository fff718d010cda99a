internal import Kernel
internal import Site
internal import Store
internal import Trust

/// One work list of people of several employers: whom we carry together, who asks, and who is there today.
struct TeamPage {
  private struct Line {
    let person: Caseload.Person
    let worker: String
    let organisation: String
    let isAway: Bool
    let standIn: String?
  }

  private let names: [String]
  private let lines: [Line]

  init(_ looker: Looker) throws {
    let reader = looker.reader
    let teams: [ID<Team>] = looker.viewer.teams.map { $0.retyped() }
    names = teams.isEmpty ? [] : try reader.all(Team.self, "where id in (\(list: teams)) order by name").map(\.name)
    let caseload = try Caseload(looker, looker.teamSights())
    let ids = caseload.people.map(\.resident)
    let first =
      ids.isEmpty
      ? [:]
      : Dictionary(
        uniqueKeysWithValues: try reader.all(
          Accountability.self, "where until_at is null and resident in (\(list: ids))"
        ).map { ($0.resident, $0) })
    let people = try Account.names(first.values.flatMap { [$0.worker, $0.standIn].compactMap(\.self) }, reader)
    let organisations = try Organisation.names(first.values.map(\.organisation), reader)
    let today = RegionTime.amsterdam.date(of: reader.now)
    let away = try Absence.accounts(Set(first.values.map(\.worker)), on: today, reader)
    lines = caseload.people.compactMap { person -> Line? in
      guard let now = first[person.resident] else { return nil }
      return Line(
        person: person, worker: people[now.worker]?.name ?? "",
        organisation: organisations[now.organisation]?.name ?? "",
        isAway: away.contains(now.worker), standIn: now.standIn.flatMap { people[$0]?.name })
    }.sorted { TodayNeed.comesFirst($0.person.need(reader.now, today), $1.person.need(reader.now, today)) }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("team.title")) { html in
      html.heading(t("team.question"), names.joined(separator: ", "))
      html.card(nil) { html in
        if lines.isEmpty { html.empty(t("team.none")) }
        html(.ul, .class("people")) { html in
          for line in lines { row(line, visit, &html) }
        }
      }
    }
  }

  private func row(_ line: Line, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let need = line.person.need(visit.now, visit.today)
    html(.li) { html in
      html.face(line.person.name)
      html(.div) { html in
        html(.p) { html in html.link(line.person.name, to: "/residents/\(line.person.resident)") }
        _ = line.person.sight.shows(.identity)
        if line.person.sight.shows(.journey) {
          html(.p, .class("small soft"), text: t("phase.\(line.person.journey.phase.rawValue)"))
        }
      }
      html(.div, .class("grow-less")) { html in
        html(.p) { html in
          html.text(line.worker)
          if line.isAway { html.tag(t("team.away"), "mind") }
        }
        let standIn = line.isAway ? line.standIn.map { t("file.standIn", ["name": $0]) } : nil
        html(.p, .class("small soft"), text: [line.organisation, standIn].compactMap(\.self).joined(separator: " · "))
      }
      if need.colour != .good {
        line.person.showNeed()
        html.state(need.colour, t("landing.colour.\(need.colour.rawValue)"))
      }
    }
  }
}
