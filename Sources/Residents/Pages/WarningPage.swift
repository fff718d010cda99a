internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The early-warning plan in three colours, and which colour it is now.
struct WarningPage {
  private let head: FileHead
  private let plan: EarlyWarningPlan?
  private let latest: WarningState?
  private let latestBy: String
  private let mayWrite: Bool
  private let maySetColour: Bool
  private let seesAll: Bool
  private let seesMedication: Bool
  private let help: HelpCard?
  /// Who works here knows the numbers; on paper they stand for everyone.
  private let isHelpForPaper: Bool
  private let told: WhatCameOfIt

  init(_ looker: Looker, _ sight: Sight) throws {
    isHelpForPaper = !sight.isOwn && !sight.hasAny(CirclePage.informalRoles)
    help =
      !isHelpForPaper || sight.allows(.read, .warning) && sight.allows(.read, .journey)
      ? try HelpCard(Journey.open(of: sight.resident, looker.reader), looker.reader) : nil
    told = try WhatCameOfIt(looker, sight)
    head = try FileHead(looker, sight)
    let stored = try EarlyWarningPlan.of(sight.resident, looker.reader)
    seesAll = sight.shows(.warning)
    // A relative sees, by default, what they themselves can do; other roles when the resident shared it with them.
    let isShared = stored.map { sight.sees($0.id, .warning) } ?? false
    let isForThem =
      !seesAll && sight.has(.relative) && sight.isItemwise(.warning) && stored != nil
      && sight.showsAsAddressee(.warning)
    plan = seesAll || isShared || isForThem ? stored : nil
    latest = seesAll ? try WarningState.latest(sight.resident, looker.reader) : nil
    latestBy = try latest.flatMap { try looker.reader.find(Account.self, $0.by)?.name } ?? ""
    mayWrite = sight.allows(.write, .warning)
    maySetColour = mayWrite || sight.allows(.add, .signal)
    seesMedication = seesAll && sight.show(.health, plan?.medication) != nil
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .warning) { html in
      help?.show(visit, &html, isForPaper: isHelpForPaper)
      told.show(visit, &html)
      if maySetColour { colourForm(visit, &html) }
      guard let plan else {
        html.card(t("warning.title")) { html in
          html.empty(t(head.isOwn ? "warning.emptyOwn" : "warning.empty"))
          if mayWrite {
            html.link(t("warning.make"), to: "/residents/\(head.resident)/warning/edit", class: "button main")
          }
        }
        return
      }
      if seesAll {
        part("green", plan.goodSigns, [("protects", plan.protects)], t, &html)
      }
      part(
        "amber", seesAll ? plan.amberSigns : nil,
        [
          ("me", seesAll ? plan.amberMe : nil), ("others", plan.amberOthers),
          ("worker", seesAll ? plan.amberWorker : nil),
        ], t, &html)
      part(
        "red", seesAll ? plan.redSigns : nil,
        [
          ("me", seesAll ? plan.redMe : nil), ("others", plan.redOthers), ("worker", seesAll ? plan.redWorker : nil),
        ], t, &html)
      if seesAll { rest(plan, visit, &html) }
      if mayWrite { visit.advice(at: .earlyWarning, &html) }
    }
  }

  private func part(_ colour: String, _ signs: String?, _ actions: [(String, String?)], _ t: Texts, _ html: inout HTML)
  {
    html(.section, .class("card colour-\(colour)"), .aria(.label, t("warning.\(colour)"))) { html in
      html(.h2) { html in
        html(.span, .aria(.hidden, "true"), text: (WarningState.Colour(rawValue: colour)?.shape ?? "") + " ")
        html.text(t("warning.\(colour)"))
      }
      if let signs {
        html(.h3, text: t("warning.signs"))
        html(.p, .class("lines-kept"), text: signs)
      }
      for (name, words) in actions {
        if let words {
          html(.h3, text: t("warning.\(name)"))
          html(.p, .class("lines-kept"), text: words)
        }
      }
    }
  }

  private func rest(_ plan: EarlyWarningPlan, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(nil) { html in
      if let contacts = plan.contacts {
        html(.h3, text: t("warning.contacts"))
        html(.p, .class("lines-kept"), text: contacts)
      }
      if seesMedication, let medication = plan.medication {
        html(.h3, text: t("warning.medication"))
        html(.p, .class("lines-kept"), text: medication)
      }
      html(.p, .class("small soft"), text: t("warning.changed", ["date": t.date(plan.changedOn)]))
      html(.p, .class("no-print")) { html in
        if mayWrite { html.link(t("warning.edit"), to: "/residents/\(head.resident)/warning/edit", class: "button") }
        html(.button, .class("button quiet"), .type("button"), .data("data-print"), text: t("plan.print"))
      }
    }
  }

  private func colourForm(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t(head.isOwn ? "warning.howNowOwn" : "warning.howNow"), class: "no-print", id: "how-now") { html in
      if let latest {
        let when = t.moment(latest.at)
        html(
          .p, .class("soft small"),
          text: t("warning.latest", ["colour": t("warning.\(latest.colour.rawValue)"), "when": when, "who": latestBy]))
      }
      visit.form(
        &html, to: "/residents/\(head.resident)/warning/colour", submit: nil, class: "stack tight colours",
        fields: [
          Field("words", t("warning.words"), .report(rows: 1)),
          // Each colour sends it: who is at red has no strength for more.
          Field(
            "colour", t("warning.colour"),
            .presses(
              WarningState.Colour.allCases.map {
                Field.Option($0.rawValue, "\($0.shape) \(t("warning.\($0.rawValue)"))")
              })),
        ])
    }
  }
}

extension WarningState.Colour {
  /// A colour is also a shape.
  var shape: String { (self == .green ? StateColour.good : self == .amber ? .mind : .alarm).shape }
}

extension ResidentSlice {
  private var warningHost: Trail.Host {
    Trail.Host("warning", .warning, itemwise: true) { visit, looker, sight in
      try WarningPage(looker, sight).reply(visit)
    }
  }

  var warningRoutes: [Route] {
    [
      trail.residentPage("/residents/{resident}/warning", name: "warning", .warning, itemwise: true) {
        visit, looker, sight in
        try WarningPage(looker, sight).reply(visit)
      },
      trail.residentVerb("/residents/{resident}/warning/colour", name: "warning.colour", .signal, .add, on: warningHost)
      {
        visit, transaction, sight in
        guard sight.allows(.write, .warning) || sight.allows(.add, .signal) else { throw Problem.notFound }
        var form = FormReader(visit.form)
        let chosen: WarningState.Colour? = form.choice("colour")
        let words = form.maybe("words")
        try form.check()
        guard let colour = chosen else { throw Problem(.invalid) }
        try WarningState.set(
          colour, words: words, sight.resident, by: sight.viewer.account.retyped(), transaction)
        return .go(to: "/residents/\(sight.resident)/warning?done=warning.told")
      },
    ]
      + trail.residentForm(
        "/residents/{resident}/warning/edit", name: "warning.edit", .warning, .write,
        show: { visit, looker, sight, faults in try WarningForm(looker, sight, faults: faults).reply(visit) },
        perform: { visit, transaction, sight in
          try EarlyWarningPlan.save(visit, sight, transaction)
          return .go(to: "/residents/\(sight.resident)/warning?done=warning.saved")
        })
  }
}

/// Making or changing the plan, together.
struct WarningForm {
  private let head: FileHead
  private let plan: EarlyWarningPlan?
  private let seesMedication: Bool
  private let faults: [Problem.Fault]

  init(_ looker: Looker, _ sight: Sight, faults: [Problem.Fault]) throws {
    head = try FileHead(looker, sight)
    plan = try EarlyWarningPlan.of(sight.resident, looker.reader)
    _ = sight.show(.warning, plan)
    seesMedication = sight.allows(.write, .health)
    if seesMedication { _ = sight.show(.health, plan?.medication) }
    self.faults = faults
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    func area(_ name: String, _ label: String, _ value: String?, needed: Bool = false) -> Field {
      Field(name, label, .area(rows: 3), value: value, isRequired: needed)
    }
    let signs = t("warning.signs")
    var fields = [
      area("goodSigns", "\(t("warning.green")) · \(signs)", plan?.goodSigns, needed: true),
      area("protects", t("warning.protects"), plan?.protects),
      area("amberSigns", "\(t("warning.amber")) · \(signs)", plan?.amberSigns, needed: true),
      area("amberMe", "\(t("warning.amber")) · \(t("warning.me"))", plan?.amberMe),
      area("amberOthers", "\(t("warning.amber")) · \(t("warning.others"))", plan?.amberOthers),
      area("amberWorker", "\(t("warning.amber")) · \(t("warning.worker"))", plan?.amberWorker),
      area("redSigns", "\(t("warning.red")) · \(signs)", plan?.redSigns, needed: true),
      area("redMe", "\(t("warning.red")) · \(t("warning.me"))", plan?.redMe),
      area("redOthers", "\(t("warning.red")) · \(t("warning.others"))", plan?.redOthers),
      area("redWorker", "\(t("warning.red")) · \(t("warning.worker"))", plan?.redWorker),
      area("contacts", t("warning.contacts"), plan?.contacts),
    ]
    if seesMedication { fields.append(area("medication", t("warning.medication"), plan?.medication)) }
    return head.page(visit, .warning, title: t("warning.edit")) { html in
      html.card(t("warning.title")) { html in
        html(.p, .class("soft"), text: t("warning.editLead"))
        visit.form(
          &html, to: "/residents/\(head.resident)/warning/edit", submit: t("form.save"), faults: faults,
          fields: fields, version: plan?.version ?? 0, draft: true)
      }
    }
  }
}

extension EarlyWarningPlan {
  @discardableResult
  static func save(_ visit: Visit, _ sight: Sight, _ transaction: Transaction) throws -> EarlyWarningPlan {
    let form = visit.form
    let faults = ["goodSigns", "amberSigns", "redSigns"].filter { form[$0] == nil }
      .map { Problem.Fault(field: $0, "form.needed") }
    guard faults.isEmpty else { throw Problem(.invalid, faults) }
    let stored = try of(sight.resident, transaction)
    let mayWriteMedication = sight.allows(.write, .health)
    if !mayWriteMedication && form.values["medication"] != nil {
      throw Problem(.forbiddenField, [Problem.Fault(field: "medication", "warning.medicationNotYours")])
    }
    try visit.mustHaveSeen(stored?.version ?? 0, in: table.name, stored?.id.description ?? "")
    var plan = EarlyWarningPlan(
      id: stored?.id ?? transaction.freshID(), version: stored?.version ?? 0, resident: sight.resident,
      protects: form["protects"], goodSigns: form["goodSigns"] ?? "", amberSigns: form["amberSigns"] ?? "",
      amberMe: form["amberMe"], amberOthers: form["amberOthers"], amberWorker: form["amberWorker"],
      redSigns: form["redSigns"] ?? "", redMe: form["redMe"], redOthers: form["redOthers"],
      redWorker: form["redWorker"], contacts: form["contacts"],
      medication: mayWriteMedication ? form["medication"] : stored?.medication,
      changedOn: stored?.changedOn ?? visit.today)
    if plan != stored { plan.changedOn = visit.today }
    return try transaction.put(plan)
  }
}
