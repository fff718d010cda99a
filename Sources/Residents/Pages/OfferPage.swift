internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The form for asking: first which organisation, and what of the file goes along; then who and what.
struct OfferPage {
  private let head: FileHead
  private let organisations: [Organisation]
  private let chosen: Organisation?
  private let receivers: [Account]
  private let preparation: HandoverPreparation
  /// The parts that are to be put into the form, as the file knows them.
  private let taken: Set<String>
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
    preparation = try HandoverPreparation(head, reader, sight, visit.texts)
    taken = Set(visit.query.all("take"))
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(
      visit, .handovers, title: [t("handover.offer"), chosen?.name].compactMap(\.self).joined(separator: ": ")
    ) { html in
      html.card(t("handover.offer")) { html in
        html(.p, .class("soft"), text: t("handover.offerLead"))
        if let chosen {
          html(.p) { html in
            html.text("\(t("handover.toOrganisation")) ")
            html(.b, text: chosen.name)
            html.text(" ")
            html.link(t("handover.chooseAgain"), to: "/residents/\(head.resident)/handovers/new")
          }
          form(chosen, visit, &html)
        } else {
          if !faults.isEmpty { visit.errorSummary(&html, faults) }
          choose(visit, &html)
        }
      }
      causes(visit, &html)
      visit.advice(at: .handingOver, &html)
    }
  }

  private func choose(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.form, .method("get"), .action("/residents/\(head.resident)/handovers/new"), .class("stack")) { html in
      html(.div, .class("field")) { html in
        html(.label, .for("organisation"), text: t("handover.toOrganisation"))
        html(.select, .id("organisation"), .name("organisation")) { html in
          html(.option, .value(""), text: t("form.choose"))
          for organisation in organisations {
            html(.option, .value(organisation.id.description), text: organisation.name)
          }
        }
      }
      let known = HandoverPreparation.parts.compactMap { part in
        preparation.texts[part].map { Field.Option(part, t("handover.part.\(part)"), hint: $0) }
      }
      if !known.isEmpty {
        visit.field(
          &html, Field("take", t("handover.take"), .checks(known), hint: t("handover.takeHint")))
      }
      html(.p, .class("actions")) { html in html(.button, .class("button main"), text: t("handover.choose")) }
    }
  }

  /// The four reasons why people come back: what is missing of each, and where it is filled in.
  private func causes(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let visible = FourCauses.visible(preparation.known)
    guard !visible.isEmpty else { return }
    let all = FourCauses(preparation.known)
    html.card(t("causes.title")) { html in
      html(.p, .class("soft small"), text: t("causes.lead"))
      html(.ul, .class("lines")) { html in
        for cause in visible {
          let missing = all.of(cause)
          html(.li) { html in
            html(.div) { html in
              html(.p) { html in
                html.state(missing.isEmpty ? .good : .mind, t("causes.\(cause.rawValue)"))
              }
              for one in missing {
                html(.p, .class("small")) { html in
                  html.link(t("causes.missing.\(one.key)"), to: "/residents/\(head.resident)/" + Self.path(one.place))
                }
              }
            }
          }
        }
      }
    }
  }

  private static func path(_ place: FourCauses.Place) -> String {
    place == .warning ? "warning/edit" : place.rawValue
  }

  private func form(_ chosen: Organisation, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    func part(_ name: String, rows: Int = 2, hint: String? = nil, isRequired: Bool = false) -> Field {
      Field(
        name, t("handover.part.\(name)"), .report(rows: rows), hint: hint,
        value: taken.contains(name) ? preparation.texts[name] : nil, isRequired: isRequired)
    }
    var fields = [
      Field(
        "toWorker", t("handover.toWorker"),
        .choice(
          [Field.Option("", t("form.choose"))] + receivers.map { Field.Option($0.id.description, $0.name) }),
        isRequired: true),
      part("agreements", rows: 4, hint: t("handover.agreementsHint"), isRequired: true), part("finances"),
      part("warning"), part("network"), part("activities"), part("openMatters"),
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
