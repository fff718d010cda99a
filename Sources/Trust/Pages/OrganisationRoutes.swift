internal import Kernel
internal import Site
internal import Store

/// The partners of the region, and one of them.
extension TrustSlice {
  var organisationRoutes: [Route] {
    let (duties, alarms) = (duties, database.alarms)
    let list = trail.form(
      "/admin/organisations", name: "admin.organisations", policy: Self.administrators,
      show: { visit, looker, faults in
        let charge = Charge(looker.viewer)
        let all = try looker.reader.all(Organisation.self, "order by ended_on is not null, name")
        let isForAll = charge.organisation == nil
        return OrganisationsPage(
          organisations: all.filter { charge.covers($0.id) }, mayAdd: isForAll,
          state: isForAll ? try StatePage(looker.reader, alarms) : nil, faults: faults
        ).reply(visit)
      },
      perform: { visit, transaction, looker in
        guard Charge(looker.viewer).organisation == nil else { throw Problem.notFound }
        try Organisation.add(visit.form, duties, transaction)
        return .go(to: "/admin/organisations?done=organisation.added")
      })
    let path = "/admin/organisations/{organisation}"
    let one = trail.form(
      path, name: "admin.organisation", policy: Self.administrators,
      show: { visit, looker, faults in
        try OrganisationPage(Self.organisation(visit, looker), looker, duties, faults).reply(visit)
      },
      perform: { visit, transaction, looker in
        let organisation = try Self.organisation(visit, looker)
        try visit.mustHaveSeen(organisation.version, in: "organisation", organisation.id.description)
        try organisation.change(visit.form, duties, transaction)
        return .go(to: "/admin/organisations/\(organisation.id)?done=organisation.changed")
      })
    return list + one + [
      trail.verb(path + "/end", name: "admin.organisation.end", policy: Self.administrators, on: organisationHost) {
        visit, transaction, looker in
        let organisation = try Self.organisation(visit, looker)
        try organisation.end(duties, transaction)
        return .go(to: "/admin/organisations/\(organisation.id)?done=organisation.ended")
      },
      trail.verb(
        path + "/reopen", name: "admin.organisation.reopen", policy: Self.administrators, on: organisationHost
      ) { visit, transaction, looker in
        let organisation = try Self.organisation(visit, looker)
        try organisation.reopen(transaction)
        return .go(to: "/admin/organisations/\(organisation.id)?done=organisation.reopened")
      },
    ]
  }

  private var organisationHost: Trail.ListPage {
    let duties = duties
    return { visit, looker in
      try OrganisationPage(Self.organisation(visit, looker), looker, duties, visit.faults).reply(visit)
    }
  }

  /// One that this administrator looks after.
  static func organisation(_ visit: Visit, _ looker: Looker) throws -> Organisation {
    let organisation = try looker.reader.get(Organisation.self, visit.id("organisation"))
    guard Charge(looker.viewer).covers(organisation.id) else { throw Problem.notFound }
    return organisation
  }
}

struct OrganisationsPage {
  let organisations: [Organisation]
  let mayAdd: Bool
  /// How the house itself is, for who looks after all of it: they begin here.
  let state: StatePage?
  let faults: [Problem.Fault]

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("admin.organisations")) { html in
      html.heading(
        t("admin.organisations"), t("admin.organisationsLead", count: organisations.count { $0.endedOn == nil }))
      if let state, !state.isWell {
        html(.p, .class("notice mind")) { html in html.link(t("state.notWell"), to: "/admin/state") }
      }
      html(.div, .class("columns")) { html in
        html.card(nil) { html in
          html(.ul, .class("lines")) { html in
            for organisation in organisations {
              html(.li) { html in
                html.link(organisation.name, to: "/admin/organisations/\(organisation.id)")
                html(.span, .class("soft small"), text: t("organisation.kind.\(organisation.kind.rawValue)"))
                if organisation.endedOn != nil { html.tag(t("admin.ended")) }
              }
            }
          }
        }
        if mayAdd {
          html.card(t("admin.addOrganisation")) { html in
            visit.form(
              &html, to: "/admin/organisations", submit: t("admin.add"), faults: faults, fields: Self.fields(nil, t))
          }
        }
      }
      if state != nil { html(.p) { html in html.link(t("state.title"), to: "/admin/state") } }
    }
  }

  static func fields(_ stored: Organisation?, _ t: Texts) -> [Field] {
    let kinds = Organisation.Kind.allCases.map { Field.Option($0.rawValue, t("organisation.kind.\($0.rawValue)")) }
    let municipalities = Municipality.all.map { Field.Option($0.code, $0.name) }
    return [
      Field("name", t("admin.name"), value: stored?.name, isRequired: true),
      Field(
        "kind", t("admin.kind"), .choice([Field.Option("", t("form.choose"))] + kinds), value: stored?.kind.rawValue,
        isRequired: true),
      Field(
        "municipality", t("admin.municipality"), .choice([Field.Option("", t("form.none"))] + municipalities),
        hint: t("admin.municipalityHint"), value: stored?.municipality),
      Field("phone", t("admin.phone"), .telephone, hint: t("admin.phoneHint"), value: stored?.phone),
    ]
  }
}

struct OrganisationPage {
  private let organisation: Organisation
  private let people: Int
  private let isNeeded: Bool
  private let mayMerge: Bool
  private let faults: [Problem.Fault]

  init(_ organisation: Organisation, _ looker: Looker, _ duties: any Duties, _ faults: [Problem.Fault]) throws {
    let reader = looker.reader
    mayMerge = Charge(looker.viewer).organisation == nil && organisation.kind != .municipality
    self.organisation = organisation
    self.faults = faults
    people = try organisation.people(reader)
    isNeeded = try organisation.isNeeded(duties, reader)
  }

  func reply(_ visit: Visit) -> Reply {
    // What it went on in is where to be.
    if let other = organisation.mergedInto { return .go(to: "/admin/organisations/\(other)") }
    let t = visit.texts
    let path = "/admin/organisations/\(organisation.id)"
    return visit.page(organisation.name, width: .letter) { html in
      html.heading(organisation.name, t("organisation.kind.\(organisation.kind.rawValue)"))
      if !faults.isEmpty && !visit.isAgain(path) { visit.errorSummary(&html, faults) }
      html.card(t("admin.organisationTitle")) { html in
        visit.form(
          &html, to: path, submit: t("form.save"), faults: visit.isAgain(path) ? faults : [],
          fields: OrganisationsPage.fields(organisation, t), version: organisation.version)
      }
      html(.p) { html in
        html.link(t("admin.peopleOf", count: people), to: "/admin/people?organisation=\(organisation.id)")
      }
      if organisation.endedOn != nil {
        html.card(t("admin.endedTitle")) { html in
          html(.p, .class("soft"), text: t("admin.endedLead"))
          visit.button(&html, to: path + "/reopen", t("admin.reopen"))
        }
      } else {
        if mayMerge {
          html.card(t("merge.organisationTitle")) { html in
            html(.p, .class("soft"), text: t("merge.organisationLead"))
            html.link(t("merge.open"), to: path + "/merge", class: "button")
          }
        }
        html.card(t("admin.endTitle")) { html in
          html(.p, .class("soft"), text: t(people > 0 || isNeeded ? "admin.organisationInUse" : "admin.endLead"))
          if people == 0 && !isNeeded { visit.button(&html, to: path + "/end", t("admin.end")) }
        }
      }
      html(.p) { html in html.link(t("admin.backToOrganisations"), to: "/admin/organisations") }
    }
  }
}
