internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Letters for the resident and for those around them who have no employer to make them an account.
struct AccessForm {
  let resident: ResidentID
  let residentName: String
  /// Relatives, neighbours and others who are not there for their job.
  let members: [CircleMember]

  func show(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.details, .class("card no-print"), visit.isAgain("/residents/\(resident)/access") ? .open : nil) { html in
      html(.summary, text: t("access.title"))
      html(.p, .class("soft small"), text: t("access.lead"))
      let people =
        [Field.Option("", t("access.theResident", ["name": residentName]))]
        + members.map { Field.Option($0.id.description, "\($0.name) · \(t("role.\($0.role.rawValue)"))") }
      visit.form(
        &html, to: "/residents/\(resident)/access", submit: t("access.submit"), class: "stack tight",
        fields: [
          Field("member", t("access.who"), .choice(people)),
          Field("login", t("access.login"), hint: t("access.loginHint"), isRequired: true),
        ])
    }
  }
}

extension ResidentSlice {
  var accessRoutes: [Route] {
    [
      trail.residentVerb("/residents/{resident}/access", name: "access.open", .sharing, .write, on: circleHost) {
        visit, transaction, sight in
        var form = FormReader(visit.form)
        let login = form.text("login", atMost: 200, missing: "access.loginNeeded")
        let member: ID<CircleMember>? = form.maybeID("member")
        try form.check()
        let account =
          try member.map { try CircleMember.openAccess(for: $0, login, sight.resident, transaction) }
          ?? Resident.openAccess(login, sight.resident, transaction)
        let circle = "/residents/\(sight.resident)/circle"
        _ = sight.shows(.identity)
        return try LetterPage.make(for: account, by: sight.viewer, back: circle, asked: circle, visit, transaction)
      }
    ]
  }
}
