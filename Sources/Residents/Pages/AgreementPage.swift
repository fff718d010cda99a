internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What is agreed about contact and hours: read on the journey page, changed here.
struct AgreementPage {
  private let head: FileHead
  private let journey: Journey
  private let faults: [Problem.Fault]

  init(_ looker: Looker, _ sight: Sight, faults: [Problem.Fault]) throws {
    head = try FileHead(looker, sight)
    guard let journey = head.journey else { throw Problem.notFound }
    self.journey = journey
    self.faults = faults
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .journey, title: t("agreement.title")) { html in
      html.card(t("agreement.title")) { html in
        html(.p, .class("soft"), text: t("agreement.lead"))
        visit.form(
          &html, to: "/residents/\(head.resident)/agreement", submit: t("form.save"), faults: faults,
          fields: [
            Field(
              "contactEveryDays", t("agreement.every"), .number, hint: t("agreement.everyHint"),
              value: journey.contactEveryDays.map(String.init)),
            Field("hoursMin", t("agreement.hoursMin"), .decimal, value: journey.hoursMin.map(t.hours)),
            Field("hoursMax", t("agreement.hoursMax"), .decimal, value: journey.hoursMax.map(t.hours)),
          ], version: journey.version)
        html(.p) { html in html.link(t("rules.title"), to: "/admin/rules") }
      }
    }
  }
}

extension SupportAgreement {
  /// As it was typed. What is no number is a fault, not an empty field.
  init(_ form: Fields) throws {
    var faults: [Problem.Fault] = []
    func number(_ name: String) -> Int? {
      guard let typed = form[name], !typed.isEmpty else { return nil }
      if Int(typed) == nil { faults.append(Problem.Fault(field: name, "form.wholeNumber")) }
      return Int(typed)
    }
    func hours(_ name: String) -> Hours? {
      guard let typed = form[name], !typed.isEmpty else { return nil }
      if Hours(written: typed) == nil { faults.append(Problem.Fault(field: name, "agreement.hoursUnread")) }
      return Hours(written: typed)
    }
    self.init(
      contactEveryDays: number("contactEveryDays"), hoursMin: hours("hoursMin"), hoursMax: hours("hoursMax"))
    guard faults.isEmpty else { throw Problem(.invalid, faults) }
  }
}

extension ResidentSlice {
  var agreementRoutes: [Route] {
    trail.residentForm(
      "/residents/{resident}/agreement", name: "journey.agree", .support, .write,
      show: { visit, looker, sight, faults in
        try sight.require(.write, .journey)
        return try AgreementPage(looker, sight, faults: faults).reply(visit)
      },
      perform: { visit, transaction, sight in
        try sight.require(.write, .journey)
        let journey = try Journey.needed(of: sight.resident, transaction)
        try visit.mustHaveSeen(journey.version, in: Journey.table.name, journey.id.description)
        try journey.agree(SupportAgreement(visit.form), by: sight.viewer.account.retyped(), transaction)
        return .go(to: "/residents/\(sight.resident)/journey?done=agreement.kept")
      })
  }
}
