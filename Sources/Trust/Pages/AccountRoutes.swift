internal import Kernel
internal import Site
internal import Store

/// One's own account: who I am here, being away, signing out.
extension TrustSlice {
  var accountRoutes: [Route] {
    let host = accountPage
    return [
      trail.page("/account", name: "account", policy: .signedIn, show: host),
      trail.asksAgain(
        trail.verb("/account/tokens", name: "account.token", policy: .signedIn, on: host) {
          visit, transaction, looker in
          let (label, term): (String, ApiTokens.Term?) = try visit.sent { form in
            (form.text("label", atMost: 100, missing: "token.labelNeeded"), form.choice("days"))
          }
          guard let term else { throw Problem.invalid("days", "form.chooseThis") }
          let token = try ApiTokens.make(
            for: looker.viewer.account.retyped(), label: label, days: term.days,
            mayOnlyRead: visit.form.isOn("onlyRead"),
            transaction)
          return showToken(token, label, visit)
        }),
      trail.verb("/account/tokens/end", name: "account.token.end", policy: .signedIn) { visit, transaction, looker in
        try ApiTokens.end(visit.form["label"] ?? "", of: looker.viewer.account.retyped(), transaction)
        return .go(to: "/account?done=token.ended")
      },
      trail.verb("/account/sessions/end", name: "account.session.end", policy: .signedIn) {
        visit, transaction, looker in
        try Sessions.end(
          of: looker.viewer.account.retyped(), named: visit.form["session"] ?? "", except: visit.sessionKey,
          transaction)
        return .go(to: "/account?done=session.ended")
      },
      Route(.post, "/account/password", name: "account.password", policy: .signedIn) { try await changePassword($0) },
    ]
  }

  var accountPage: Trail.ListPage {
    { visit, looker in try AccountPage(looker, sessions, key: visit.sessionKey).reply(visit) }
  }

  /// Shows the account's page again with what is wrong.
  func onAccount(_ visit: Visit, _ faults: [Problem.Fault]) async throws -> Reply {
    try await trail.withFaults(visit) {
      throw Problem(.invalid, faults)
    } again: { visit in
      try await trail.look(visit, as: "account", event: "list") { try accountPage(visit, $0) }
    }
  }

  /// Is this the password of who is signed in? Tries count as those at the door.
  /// - Returns: nil when it is, else what is wrong.
  func fault(inCurrent visit: Visit) async throws -> Problem.Fault? {
    let account: ID<Account> = try visit.signedIn().account.retyped()
    let typed = visit.form.values["current"]?.first ?? ""
    if typed.isEmpty { return Problem.Fault(field: "current", "form.needed") }
    let subject = "password:\(account)"
    let (verdict, _) = try await database.write(visit.act("password.try")) {
      try Tries.take(subject, free: Tries.freeOfAccount, $0)
    }
    guard verdict == .allowed else { return Problem.Fault(field: "current", "factor.wait") }
    guard try await credentials.matches(typed, of: account, lane: visit.lane) else {
      try await note("password.failed", account, visit)
      return Problem.Fault(field: "current", "password.wrong")
    }
    try await database.write(visit.act("password.try")) { try Tries.succeeded(subject, $0) }
    return nil
  }

  /// Another password: everywhere else one is signed out.
  private func changePassword(_ visit: Visit) async throws -> Reply {
    let viewer = try visit.signedIn()
    let fresh = visit.form.values["password"]?.first ?? ""
    let missing = fresh.isEmpty ? Problem.Fault(field: "password", "form.needed") : PasswordRule.fault(in: fresh)
    let faults = [try await fault(inCurrent: visit), missing].compactMap(\.self)
    guard faults.isEmpty else { return try await onAccount(visit, faults) }
    let hash = try await credentials.hash(fresh, lane: visit.lane)
    try await database.write(visit.act("account.password")) { transaction in
      let account = try transaction.get(Account.self, viewer.account.retyped())
      try Credentials.store(hash, for: account.id, transaction)
      try Sessions.end(of: account.id, except: visit.sessionKey, transaction)
      try transaction.technical("delete from invitation where account = \(account.id)")
      try AccountEvent.note(.password, account, transaction)
    }
    try await note("password.changed", viewer.account.retyped(), visit)
    return .go(to: "/account?done=password.changed")
  }

  private func showToken(_ token: String, _ label: String, _ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("token.title"), width: .letter) { html in
      html.heading(t("token.title"), label)
      html.card(nil) { html in
        html(.p, .class("code lines-kept"), text: token)
        html(.p, .class("small soft"), text: t("token.once"))
        html.link(t("letter.back"), to: "/account", class: "button")
      }
    }
  }
}
