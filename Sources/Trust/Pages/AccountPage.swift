internal import Kernel
internal import Site
internal import Store

/// *Mijn account*: who I am here, what keeps it mine, where I am signed in, and what happened with it.
struct AccountPage {
  private let account: Account
  private let organisation: Organisation?
  private let isAway: Bool
  private let tokens: [ApiTokens.Listed]
  private let letters: [Letter]
  private let events: [AccountEvent]
  private let names: [ID<Account>: Account]
  private let places: [Sessions.Place]
  private let hasPassword: Bool
  private let hasFactor: Bool
  private let codesLeft: Int

  init(_ looker: Looker, _ sessions: Sessions, key: String) throws {
    let reader = looker.reader
    account = try reader.get(Account.self, looker.viewer.account.retyped())
    organisation = try account.organisation.flatMap { try reader.find(Organisation.self, $0) }
    isAway = try !Absence.coming(for: [account.id], reader).isEmpty
    tokens = try ApiTokens.list(of: account.id, reader)
    letters = try Letter.recent(for: [account.id], reader)
    events = try AccountEvent.recent(of: account.id, reader)
    names = try Account.names(
      letters.flatMap { [$0.madeBy, $0.agreedBy].compactMap(\.self) } + events.compactMap(\.by), reader)
    places = try sessions.places(of: looker.viewer, key: key, reader)
    hasPassword = try Account.isInUse(account.id, reader)
    hasFactor = try SecondFactor.hasOne(account.id, reader)
    codesLeft = try RecoveryCodes.left(of: account.id, reader)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("account.title"), width: .letter) { html in
      html.heading(
        account.name,
        [account.label ?? t("role.\(account.role.rawValue)"), organisation?.name].compactMap { $0 }
          .joined(separator: " · "))
      if account.resident == nil {
        html.card(t("absence.title")) { html in
          html(.p, .class("soft"), text: t(isAway ? "absence.isAway" : "absence.lead"))
          html.link(t("absence.open"), to: "/absence", class: "button")
        }
      }
      if hasPassword {
        factorCard(visit, &html)
        passwordCard(visit, &html)
      } else if visit.chrome.isDemo {
        html.card(t("factor.cardTitle")) { html in html(.p, text: t("factor.demo")) }
      }
      placesCard(visit, &html)
      if account.role != .resident && account.role != .relative { tokenCard(visit, &html) }
      historyCard(t, &html)
      html.card(t("account.signOutTitle")) { html in
        html(.div, .class("actions")) { html in
          visit.button(&html, to: "/sign-out", t("account.signOut"), class: "button main")
          visit.button(
            &html, to: "/sign-out", t("account.signOutEverywhere"), class: "button quiet", hidden: ["everywhere": "on"])
        }
      }
    }
  }

  private func factorCard(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("factor.cardTitle")) { html in
      guard hasFactor else {
        html(.p, .class("soft"), text: t("factor.none"))
        let action = "/account/factor"
        visit.form(
          &html, to: action, submit: t("factor.begin"), class: "stack tight",
          fields: [Field("current", t("password.current"), .password, isRequired: true).within("factor")])
        return
      }
      html(.p, .class("soft"), text: t("factor.has"))
      html(.p, text: t("recovery.left", count: codesLeft))
      html(.div, .class("actions")) { html in
        visit.button(&html, to: "/account/factor/new", t("factor.another"))
        visit.button(&html, to: "/account/factor/codes", t("recovery.make"))
      }
    }
  }

  private func passwordCard(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let action = "/account/password"
    html(.details, .class("card"), visit.faults(of: action).isEmpty ? nil : .open) { html in
      html(.summary, text: t("password.title"))
      html(.p, .class("soft"), text: t("password.lead"))
      visit.form(
        &html, to: action, submit: t("password.submit"), class: "stack tight",
        fields: [
          Field("current", t("password.current"), .password, isRequired: true),
          Field(
            "password", t("welcome.password"), .newPassword,
            hint: t("welcome.passwordHint", ["n": String(PasswordRule.minimumLength)]), isRequired: true),
        ])
    }
  }

  private func placesCard(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("session.title")) { html in
      html(.p, .class("soft"), text: t("session.lead"))
      html(.ul, .class("lines")) { html in
        for place in places {
          html(.li) { html in
            html(.div) { html in
              html(.p, text: place.browser ?? t("session.unknown"))
              html(
                .p, .class("small soft"),
                text: t("session.since", ["since": t.moment(place.since), "seen": t.moment(place.seenAt)]))
            }
            if place.isHere {
              html.tag(t("session.here"))
            } else {
              visit.button(
                &html, to: "/account/sessions/end", t("session.end"), class: "button quiet",
                hidden: ["session": place.name])
            }
          }
        }
      }
    }
  }

  private func tokenCard(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    // A mistake in it is seen at once.
    html(.details, .class("card"), visit.faults(of: "/account/tokens").isEmpty ? nil : .open) { html in
      html(.summary, text: t("token.title"))
      html(.p, .class("soft"), text: t("token.lead"))
      for token in tokens {
        html(.div, .class("row between")) { html in
          html(.div) { html in
            html(.p, text: token.label)
            let until = token.expiresAt.map { t("token.until", ["date": t.date(RegionTime.amsterdam.date(of: $0))]) }
            html(
              .p, .class("small soft"),
              text: [until, token.mayOnlyRead ? t("token.reads") : nil].compactMap(\.self).joined(separator: " · "))
          }
          visit.button(
            &html, to: "/account/tokens/end", t("token.end"), class: "button quiet", hidden: ["label": token.label])
        }
      }
      visit.form(
        &html, to: "/account/tokens", submit: t("token.make"), class: "stack tight",
        fields: [
          Field("label", t("token.label"), hint: t("token.labelHint"), isRequired: true),
          Field(
            "days", t("token.days"),
            .radio(ApiTokens.Term.allCases.map { Field.Option($0.rawValue, t("token.forDays", count: $0.days)) }),
            value: ApiTokens.Term.month.rawValue, isRequired: true),
          Field("onlyRead", t("token.onlyRead"), .check, hint: t("token.onlyReadHint")),
        ])
    }
  }

  /// Letters and changes, newest first.
  private func historyCard(_ t: Texts, _ html: inout HTML) {
    let told =
      letters.map { letter in
        let values = [
          "date": t.moment(letter.madeAt), "by": names[letter.madeBy]?.name ?? "",
          "agreed": letter.agreedBy.flatMap { names[$0]?.name } ?? "",
        ]
        return (letter.madeAt, t(letter.agreedBy == nil ? "account.letter" : "account.letterAgreed", values))
      }
      + events.map { event in
        let what = t("account.event.\(event.kind.rawValue)")
        let by = event.by.flatMap { names[$0]?.name }.map { t("account.eventBy", ["name": $0]) } ?? ""
        return (event.at, "\(t.moment(event.at)): \(what)\(by)")
      }
    guard !told.isEmpty else { return }
    html.card(t("account.history")) { html in
      html(.ul, .class("lines")) { html in
        for line in told.sorted(by: { $0.0 > $1.0 }) { html(.li, text: line.1) }
      }
    }
  }
}
