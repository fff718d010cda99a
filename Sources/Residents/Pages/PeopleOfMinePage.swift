internal import Kernel
internal import Site
internal import Store
internal import Trust

/// *Mijn mensen*: everyone, by name or by phase.
struct PeopleOfMinePage {
  private let people: [Caseload.Person]
  private let invitations: CircleInvitations

  private let phase: Phase?

  init(_ visit: Visit, _ looker: Looker) throws {
    phase = try visit.asked { $0.maybeChoice("phase") }
    invitations = try CircleInvitations(looker)
    people = try Caseload(looker, looker.ownSights()).people.sorted { folded($0.name) < folded($1.name) }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let shown = people.filter { phase == nil || $0.sight.allows(.read, .journey) && $0.journey.phase == phase }
    let phases = Phase.allCases.filter { one in
      people.contains { $0.sight.allows(.read, .journey) && $0.journey.phase == one }
    }
    return visit.page(t("people.title")) { html in
      html.heading(t("people.title"), t("today.people", count: people.count)) { html in
        if visit.viewer?.mayRegister == true {
          html.link(t("import.open"), to: "/import", class: "button quiet")
          html.link(t("register.title"), to: "/residents/new", class: "button")
        }
      }
      invitations.show(visit, &html)
      if phases.count > 1 { filters(phases, chosen: phase, t, &html) }
      html.card(nil) { html in
        if shown.isEmpty { html.empty(t("people.none")) }
        html(.ul, .class("people")) { html in
          for person in shown { row(person, visit, &html) }
        }
      }
    }
  }

  private func filters(_ phases: [Phase], chosen phase: Phase?, _ t: Texts, _ html: inout HTML) {
    html(.nav, .class("filters"), .aria(.label, t("people.filter"))) { html in
      html(.a, .href("/people"), phase == nil ? .aria(.current, "true") : nil, text: t("list.all"))
      for one in phases {
        html(
          .a, .href("/people?phase=\(one.rawValue)"), one == phase ? .aria(.current, "true") : nil,
          text: t("phase.\(one.rawValue)"))
      }
    }
  }

  private func row(_ person: Caseload.Person, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.li) { html in
      html.face(person.name)
      html(.div) { html in
        html(.p) { html in html.link(person.name, to: "/residents/\(person.resident)") }
        let since = t("file.since", ["date": t.shortDate(person.journey.phaseSince, today: visit.today)])
        _ = person.sight.shows(.identity)
        let phase = person.sight.shows(.journey) ? "\(t("phase.\(person.journey.phase.rawValue)")) \(since) · " : ""
        html(.p, .class("small soft"), text: phase + t("people.iAm", ["role": t("role.\(person.role.rawValue)")]))
      }
      let need = person.need(visit.now, visit.today)
      if need.colour != .good {
        person.showNeed()
        html.state(need.colour, t("landing.colour.\(need.colour.rawValue)"))
      }
    }
  }
}
