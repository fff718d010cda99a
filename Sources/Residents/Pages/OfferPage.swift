internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The form for asking: first which organisation, then who and what.
struct OfferPage {
  private let head: FileHead
  private let organisations: [Organisation]
  private let chosen: Organisation?
  private let receivers: [Account]
  private let warning: EarlyWarningPlan?
  private let faults: [Problem.Fault]

  init(_ visit: Visit, _ looker: Looker, _ sight: Sight, faults: [Problem.Fault]) throws {
    self.faults = faults
    let reader = looker.reader
    head = try FileHead(looker, sight)
    let own: ID<Organisation>? = looker.viewer.organisation?.retyped()
    organisations = try Organisation.current(reader).filter { organisation in
      organisation.id != own
        && [.careProvider, .mentalHealthProvider, .welfare, .peerOrganisation, .addictionCare].contains(
          organisation.kind)
    }
    let id: ID<Organisation>? = visit.query.id("organisation") ?? visit.form.id("organisation")
    let chosen = organisations.first { $0.id == id }
    self.chosen = chosen
    receivers =
      try chosen.map {
        try reader.all(
          Account.self,
          "where organisation = \($0.id) and disabled_at is null and role in ('supportWorker', 'teamLeader', 'clinician') limit 300"
        )
      } ?? []
    warning =
      chosen != nil && sight.allows(.read, .warning)
      ? sight.show(.warning, try EarlyWarningPlan.of(sight.resident, reader)) : nil
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(
      visit, .handovers, title: [t("handover.offer"), chosen?.name].compactMap(\.self).joined(separator: ": ")
    ) { html in
      html.card(t("handover.offer")) { html in
        html(.p, .class("soft"), text: t("handover.offerLead"))
        chooseOrganisation(visit, &html)
        if let chosen { form(chosen, visit, &html) }
      }
      visit.advice(at: .handingOver, &html)
    }
  }

  private func chooseOrganisation(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.form, .method("get"), .action("/residents/\(head.resident)/handovers/new"), .class("row wrap")) { html in
      html(.label, .for("organisation"), text: t("handover.toOrganisation"))
      html(.select, .id("organisation"), .name("organisation")) { html in
        html(.option, .value(""), text: t("form.choose"))
        for organisation in organisations {
          html(
            .option, .value(organisation.id.description), organisation.id == chosen?.id ? .selected : nil,
            text: organisation.name)
        }
      }
      html(.button, .class(chosen == nil ? "button main" : "button"), text: t("handover.choose"))
    }
  }

  private func form(_ chosen: Organisation, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    var fields = [
      Field(
        "toWorker", t("handover.toWorker"),
        .choice(
          [Field.Option("", t("form.choose"))] + receivers.map { Field.Option($0.id.description, $0.name) }),
        isRequired: true),
      Field(
        "agreements", t("handover.part.agreements"), .report(rows: 4), hint: t("handover.agreementsHint"),
        isRequired: true),
      Field("finances", t("handover.part.finances"), .report(rows: 2)),
      Field(
        "warning", t("handover.part.warning"), .report(rows: 2),
        value: warning.map { [$0.amberSigns, $0.amberWorker].compactMap { $0 }.joined(separator: "\n") }),
      Field("network", t("handover.part.network"), .report(rows: 2)),
      Field("activities", t("handover.part.activities"), .report(rows: 2)),
      Field("openMatters", t("handover.part.openMatters"), .report(rows: 2)),
      Field("talkOn", t("handover.talkOn"), .date, hint: t("handover.talkHint")),
      Field("alongUntil", t("handover.alongUntil"), .date, hint: t("handover.alongHint")),
    ]
    if head.journey?.phase == .ready {
      fields.append(
        Field(
          "area", t("handover.area"),
          .choice([Field.Option("", t("handover.areaNow"))] + Municipality.all.map { Field.Option($0.code, $0.name) }),
          hint: t("handover.areaHint")))
    }
    visit.form(
      &html, to: "/residents/\(head.resident)/handovers/new", submit: t("handover.submit"), faults: faults,
      fields: fields, draft: true
    ) { html in
      html(.input, .type("hidden"), .name("organisation"), .value(chosen.id.description))
    }
  }
}
