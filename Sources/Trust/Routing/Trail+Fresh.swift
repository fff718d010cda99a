internal import Kernel
public import Site
internal import Store

/// What gives sight in bulk asks for a code again (security requirement 8), on the spot: what was typed stays.
extension Trail {
  /// A route that is taken only by who gave the code of their second factor a moment ago. Somebody without one (a resident,
  /// or everybody in the demo) was asked nothing when signing in, and is asked nothing here; nor is a program.
  public func asksAgain(_ route: Route) -> Route {
    precondition(route.method == .post && !route.takesFiles, "\(route.name): a form without files asks again")
    let handle = route.handle
    return route.handled { visit in
      guard let reply = try await asking(visit) else { return try await handle(visit.withoutCode) }
      return reply
    }
  }

  /// Of a page with its form only the form asks.
  public func asksAgain(_ routes: [Route]) -> [Route] { routes.map { $0.method == .post ? asksAgain($0) : $0 } }

  /// The page that asks, or nil when there is nothing to ask.
  private func asking(_ visit: Visit) async throws -> Reply? {
    let account: ID<Account> = try visit.signedIn().account.retyped()
    let isAsked = try await database.read { reader in
      guard try SecondFactor.hasOne(account, reader) else { return false }
      let row = try reader.row("select factor_at from session where token_hash = \(visit.sessionKey)")
      return !FactorRule.isFresh(row?.instant("factor_at"), at: reader.now)
    }
    guard isAsked else { return nil }
    guard visit.form.values[CodeAgainPage.code] != nil else {
      try await keep([record("asked", visit, "factor.again")], visit)
      return CodeAgainPage(fault: nil).reply(visit)
    }
    let typed = visit.form[CodeAgainPage.code] ?? ""
    let answer = try await database.write(visit.act("factor.again")) { transaction in
      let person = try transaction.get(Account.self, account)
      let device = try KnownDevices.name(visit.device, of: account, transaction)
      let answer = try SecondFactor.check(typed, of: person, device: device, transaction)
      if answer == .right {
        try transaction.technical(
          "update session set factor_at = \(transaction.now) where token_hash = \(visit.sessionKey)")
      }
      return answer
    }
    if answer == .right { return nil }
    try await keep([record("refused", visit, "factor.again")], visit)
    return CodeAgainPage(fault: CodePage.fault(answer, typed)).reply(visit)
  }
}

extension Visit {
  /// As the route would have got it without the question in between.
  fileprivate var withoutCode: Visit {
    var visit = self
    visit.form = form.without(CodeAgainPage.code)
    return visit
  }
}

/// *Nog even je code*: everything that was filled in goes along, and is done when the code is right.
struct CodeAgainPage {
  static let code = "factor-code"

  let fault: Problem.Fault?

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let faults = fault.map { [Problem.Fault(field: Self.code, $0.text)] } ?? []
    var asking = visit
    // The fault is the code's; what else was typed was not looked at yet.
    asking.faults = []
    return asking.page(t("factor.againTitle"), width: .letter, status: faults.isEmpty ? 200 : 422) { html in
      html.heading(t("factor.againTitle"), t("factor.againLead"))
      html.card(nil) { html in
        asking.form(
          &html, to: visit.path, submit: t("factor.againSubmit"), faults: faults,
          fields: [Field(Self.code, t("factor.code"), .code, hint: t("factor.codeOrRecovery"), isRequired: true)]
        ) { html in
          for (name, values) in visit.form.values.sorted(by: { $0.key < $1.key }) where !Self.own.contains(name) {
            for value in values { html(.input, .type("hidden"), .name(name), .value(value)) }
          }
        }
      }
      html(.p) { html in html.link(t("letter.back"), to: asking.standsAt) }
    }
  }

  /// What every form carries anew.
  private static let own: Set<String> = ["form-token", "once", "at", code]
}
