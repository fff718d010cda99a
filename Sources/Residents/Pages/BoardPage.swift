internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The accountable-organisation board: who is called first for whom, and where it is quiet too long.
struct BoardPage {
  private static let pageSize = 40

  /// What stands for one organisation.
  struct Summary {
    let organisation: Organisation
    let people: Int
    let signals: Int
    let overdue: Int
  }

  struct Line {
    let resident: ResidentID
    let name: String
    let phase: Phase
    let phaseSince: LocalDate
    let organisation: String
    let worker: String
    let openSignals: Int
    let overdue: Int
    let red: Int
  }

  private let summary: [Summary]
  private let lines: [Line]
  private let next: String?
  private let chosen: ID<Organisation>?
  private let phase: Phase?

  init(_ visit: Visit, _ looker: Looker) throws {
    (chosen, phase) = try visit.asked { ($0.maybeID("organisation"), $0.maybeChoice("phase")) }
    summary = try Self.summary(looker)
    (lines, next) = try Self.lines(visit, looker, atMost: Self.pageSize)
  }

  /// A page of residents in the order of their journeys, and the key to go on.
  static func lines(_ visit: Visit, _ looker: Looker, atMost most: Int) throws -> ([Line], next: String?) {
    let reader = looker.reader
    let rows = try Self.rows(visit, looker, atMost: most)
    let sights = try looker.sights(of: rows.compactMap { $0.id("resident") })
    let ids = Array(sights.keys)
    let residents = ids.isEmpty ? [] : try reader.all(Resident.self, "where id in (\(list: ids))")
    let people = Dictionary(uniqueKeysWithValues: residents.map { ($0.key, $0) })
    let workers = try Account.names(rows.compactMap { $0.id("worker") }, reader)
    let organisations = try Organisation.names(rows.compactMap { $0.id("organisation") }, reader)
    let lines = rows.prefix(most).compactMap { row in
      guard let id: ResidentID = row.id("resident"), let sight = sights[id], sight.shows(.journey),
        let person = people[id], let phase = row.text("phase").flatMap(Phase.init(rawValue:)),
        let since = row.date("phase_since")
      else { return Line?.none }
      return Line(
        resident: id, name: sight.name(of: person), phase: phase, phaseSince: since,
        organisation: row.id("organisation").flatMap { organisations[$0]?.name } ?? "",
        worker: row.id("worker").flatMap { workers[$0]?.name } ?? "", openSignals: row.integer("signals") ?? 0,
        overdue: row.integer("overdue") ?? 0, red: row.integer("red") ?? 0)
    }
    return (lines, rows.count > most ? rows[most - 1].text("id") : nil)
  }

  /// Per organisation: for how many it is first, and what is open there.
  static func summary(_ looker: Looker) throws -> [Summary] {
    let late = try Lateness(looker.reader).condition
    let rows = try looker.reader.rows(
      """
      select a.organisation as organisation, count(*) as people,
        sum((select count(*) from signal s where s.resident = a.resident and s.settled_at is null)) as signals,
        sum((select count(*) from signal s where s.resident = a.resident and s.settled_at is null and \(part: late))) as overdue
      from accountability a where a.until_at is null and exists (
        select 1 from relation where relation.resident = a.resident
        and \(part: Looker.inForce(looker.viewer, looker.reader.now)))
      group by a.organisation
      """)
    let organisations = try Organisation.names(rows.compactMap { $0.id("organisation") }, looker.reader)
    return rows.compactMap { row in
      guard let id: ID<Organisation> = row.id("organisation"), let organisation = organisations[id] else { return nil }
      return Summary(
        organisation: organisation, people: row.integer("people") ?? 0, signals: row.integer("signals") ?? 0,
        overdue: row.integer("overdue") ?? 0)
    }.sorted { $0.overdue == $1.overdue ? $0.people > $1.people : $0.overdue > $1.overdue }
  }

  private static func rows(
    _ visit: Visit, _ looker: Looker, atMost most: Int
  ) throws -> [Row] {
    let (organisation, phase): (ID<Organisation>?, Phase?) = try visit.asked {
      ($0.maybeID("organisation"), $0.maybeChoice("phase"))
    }
    let after = visit.query["after"] ?? ""
    let byOrganisation: SQL = organisation.map { "and a.organisation = \($0)" } ?? ""
    let late = try Lateness(looker.reader).condition
    let byPhase: SQL = phase.map { "and j.phase = \($0)" } ?? ""
    return try looker.reader.rows(
      """
      select j.id as id, j.resident as resident, j.phase as phase, j.phase_since as phase_since,
        a.organisation as organisation, a.worker as worker,
        (select count(*) from signal s where s.resident = j.resident and s.settled_at is null) as signals,
        (select count(*) from signal s where s.resident = j.resident and s.settled_at is null and s.colour = 'red') as red,
        (select count(*) from signal s where s.resident = j.resident and s.settled_at is null and \(part: late)) as overdue
      from journey j join accountability a on a.journey = j.id and a.until_at is null
      where j.ended_on is null and j.id > \(after) \(part: byOrganisation) \(part: byPhase)
      and exists (select 1 from relation where relation.resident = j.resident and \(part: Looker.inForce(looker.viewer, looker.reader.now)))
      order by j.id limit \(most + 1)
      """)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let total = summary.reduce(0) { $0 + $1.people }
    return visit.page(t("board.title")) { html in
      html.heading(t("board.question"), t("board.lead", count: total)) { html in
        html.link(t("import.open"), to: "/import", class: "button quiet")
        html.link(t("register.title"), to: "/residents/new", class: "button")
      }
      html.card(t("board.organisations")) { html in summaryTable(t, &html) }
      html.card(t("board.people")) { html in
        filters(t, &html)
        if lines.isEmpty { html.empty(t("people.none")) }
        html(.ul, .class("people")) { html in
          for line in lines { row(line, visit, &html) }
        }
        if let next {
          html.link(
            t("list.next"), to: "/board?after=\(next)\(query(organisation: chosen, phase: phase))", class: "button")
        }
      }
    }
  }

  private func summaryTable(_ t: Texts, _ html: inout HTML) {
    if summary.isEmpty { return html.empty(t("board.none")) }
    html(.table, .class("cards-when-narrow")) { html in
      html(.thead) { html in
        html(.tr) { html in
          for key in ["organisation", "first", "signals", "overdue"] {
            html(.th, .scope("col"), text: t("board.column.\(key)"))
          }
        }
      }
      html(.tbody) { html in
        for line in summary {
          html(.tr) { html in
            html(.th, .scope("row")) { html in
              html.link(line.organisation.name, to: "/board?organisation=\(line.organisation.id)")
            }
            html(.td, .data("data-label", t("board.column.first")), text: String(line.people))
            html(.td, .data("data-label", t("board.column.signals")), text: String(line.signals))
            html(.td, .data("data-label", t("board.column.overdue"))) { html in
              if line.overdue > 0 { html.state(.alarm, String(line.overdue)) } else { html.text("0") }
            }
          }
        }
      }
    }
  }

  private func filters(_ t: Texts, _ html: inout HTML) {
    html(.nav, .class("filters"), .aria(.label, t("people.filter"))) { html in
      html(
        .a, .href("/board?all=1\(query(organisation: chosen, phase: nil))"),
        phase == nil ? .aria(.current, "true") : nil, text: t("list.all"))
      for one in Phase.allCases where one != .closed {
        html(
          .a, .href("/board?all=1\(query(organisation: chosen, phase: one))"),
          one == phase ? .aria(.current, "true") : nil, text: t("phase.\(one.rawValue)"))
      }
    }
  }

  private func query(organisation: ID<Organisation>?, phase: Phase?) -> String {
    (organisation.map { "&organisation=\($0)" } ?? "") + (phase.map { "&phase=\($0.rawValue)" } ?? "")
  }

  private func row(_ line: Line, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.li) { html in
      html.face(line.name)
      html(.div) { html in
        html(.p) { html in html.link(line.name, to: "/residents/\(line.resident)/journey") }
        let since = t("file.since", ["date": t.shortDate(line.phaseSince, today: visit.today)])
        html(.p, .class("small soft"), text: "\(t("phase.\(line.phase.rawValue)")) \(since)")
      }
      html(.div, .class("grow-less")) { html in
        html(.p, text: line.organisation)
        html(.p, .class("small soft"), text: line.worker)
      }
      if line.overdue > 0 {
        html.state(.alarm, t("board.overdue", count: line.overdue))
      } else if line.openSignals > 0 {
        html.state(line.red > 0 ? .alarm : .mind, t("board.signals", count: line.openSignals))
      }
    }
  }
}
