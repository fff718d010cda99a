internal import Kernel
internal import Site
internal import Store

/// One person who works here: what is known of them, their letters, leaving.
extension TrustSlice {
  var personRoutes: [Route] {
    let duties = duties
    let path = "/admin/people/{account}"
    let one = trail.form(
      path, name: "admin.person", policy: Self.administrators,
      show: { visit, looker, faults in
        try PersonPage(visit.id("account"), looker, duties, faults: faults).reply(visit)
      },
      perform: { visit, transaction, looker in
        let account = try Account.staff(visit.id("account"), for: looker.viewer, transaction)
        guard account.disabledAt == nil else { throw Problem.notFound }
        try visit.mustHaveSeen(account.version, in: "account", account.id.description)
        switch try account.change(visit.form, by: looker.viewer, duties, transaction) {
        case .kept: return .go(to: "/admin/people/\(account.id)?done=account.changed")
        case .asked: return .go(to: "/approvals?done=approval.asked")
        }
      })
    return trail.asksAgain(one) + [
      letterRoute("letter", name: "invitation.make", .password), letterRoute("factor", name: "factor.letter", .factor),
      trail.verb(path + "/close", name: "account.close", policy: Self.administrators) { visit, transaction, looker in
        let account = try Account.staff(visit.id("account"), for: looker.viewer, transaction)
        try account.leave(by: looker.viewer, isForced: visit.form.isOn("force"), duties, transaction)
        return .go(to: "/admin/people/\(account.id)?done=account.closed")
      },
    ]
  }

  /// A letter for somebody who works here: to come in, or to set up a new second factor.
  private func letterRoute(_ verb: String, name: String, _ opens: Letter.Opens) -> Route {
    trail.asksAgain(
      trail.verb("/admin/people/{account}/\(verb)", name: name, policy: Self.administrators) {
        visit, transaction, looker in
        let account = try Account.staff(visit.id("account"), for: looker.viewer, transaction)
        guard account.disabledAt == nil, account.login != nil else { throw Problem.refused("admin.cannotInvite") }
        if opens == .factor, try !SecondFactor.hasOne(account.id, transaction) {
          throw Problem.refused("admin.noFactor")
        }
        return try LetterPage.make(
          for: account, by: looker.viewer, back: "/admin/people/\(account.id)", asked: "/approvals", opens: opens,
          visit, transaction)
      })
  }
}

struct PersonPage {
  private let account: Account
  private let organisation: Organisation?
  private let organisations: [Organisation]
  private let duties: Int
  private let hasFactor: Bool
  private let isOneself: Bool
  private let faults: [Problem.Fault]

  init(_ id: ID<Account>, _ looker: Looker, _ duties: any Duties, faults: [Problem.Fault]) throws {
    let reader = looker.reader
    account = try Account.staff(id, for: looker.viewer, reader)
    organisation = try account.organisation.flatMap { try reader.find(Organisation.self, $0) }
    let charge = Charge(looker.viewer)
    organisations = try Organisation.current(reader).filter { charge.covers($0.id) }
    self.duties = account.disabledAt == nil ? try duties.count(of: id, reader) : 0
    hasFactor = try SecondFactor.hasOne(id, reader)
    isOneself = id == looker.viewer.account.retyped()
    self.faults = faults
  }

  func reply(_ visit: Visit) -> Reply {
    // The other account of the same person is where to be.
    if let other = account.mergedInto { return .go(to: "/admin/people/\(other)") }
    let t = visit.texts
    let role = account.label ?? t("role.\(account.role.rawValue)")
    return visit.page(account.name, width: .letter) { html in
      html.heading(account.name, [role, organisation?.name].compactMap { $0 }.joined(separator: " · "))
      if account.disabledAt != nil {
        html(.p, .class("notice"), text: t("admin.isClosed"))
      } else {
        html.card(t("admin.personTitle")) { html in
          visit.form(
            &html, to: "/admin/people/\(account.id)", submit: t("form.save"), faults: faults, fields: fields(t),
            version: account.version)
        }
        letters(visit, &html)
        if !isOneself {
          html.card(t("merge.accountTitle")) { html in
            html(.p, .class("soft"), text: t("merge.accountLead"))
            html.link(t("merge.open"), to: "/admin/people/\(account.id)/merge", class: "button")
          }
          leaving(visit, &html)
        }
      }
      html(.p) { html in html.link(t("admin.backToPeople"), to: "/admin/people") }
    }
  }

  private func fields(_ t: Texts) -> [Field] {
    let roles = TrustSlice.staffRoles + (TrustSlice.staffRoles.contains(account.role) ? [] : [account.role])
    // An organisation that ended is still whose somebody is.
    let places =
      organisations
      + (organisation.map { place in
        organisations.contains { $0.id == place.id } ? [] : [place]
      } ?? [])
    var fields = [
      Field("name", t("admin.name"), value: account.name, isRequired: true),
      Field("email", t("admin.email"), .email, value: account.login, isRequired: account.login != nil),
      Field("phone", t("admin.phone"), .telephone, value: account.phone),
      Field(
        "role", t("admin.role"), .choice(roles.map { Field.Option($0.rawValue, t("role.\($0.rawValue)")) }),
        hint: t("admin.roleHint"), value: account.role.rawValue, isRequired: true),
      Field("label", t("admin.label"), hint: t("admin.labelHint"), value: account.label),
      Field(
        "organisation", t("admin.organisation"),
        .choice([Field.Option("", t("form.none"))] + places.map { Field.Option($0.id.description, $0.name) }),
        value: account.organisation?.description),
      Field(
        "mayRegister", t("admin.mayRegister"), .check, hint: t("admin.mayRegisterHint"),
        value: account.mayRegister ? "on" : nil),
    ]
    if duties > 0 {
      fields.append(Field("handOn", t("admin.handOn", count: duties), .check, hint: t("admin.handOnHint")))
    }
    return fields
  }

  private func letters(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("admin.letterTitle")) { html in
      html(.p, .class("soft"), text: t("admin.letterLead"))
      visit.button(&html, to: "/admin/people/\(account.id)/letter", t("admin.makeLetter"), class: "button main")
    }
    guard hasFactor else { return }
    html.card(t("admin.factorTitle")) { html in
      html(.p, .class("soft"), text: t("admin.factorLead"))
      visit.button(&html, to: "/admin/people/\(account.id)/factor", t("admin.makeFactorLetter"))
    }
  }

  private func leaving(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("admin.closeTitle")) { html in
      html(.p, .class("soft"), text: duties == 0 ? t("admin.closeLead") : t("admin.closeDuties", count: duties))
      visit.button(
        &html, to: "/admin/people/\(account.id)/close", duties == 0 ? t("admin.close") : t("admin.closeForce"),
        hidden: duties == 0 ? [:] : ["force": "on"])
    }
  }
}
