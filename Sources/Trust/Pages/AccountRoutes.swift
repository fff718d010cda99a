internal import Kernel
internal import Site
internal import Store

/// One's own account: who I am here, being away, signing out.
extension TrustSlice {
  var accountRoutes: [Route] {
    let host: Trail.ListPage = { visit, looker in try showAccount(visit, looker) }
    return [
      trail.page("/account", name: "account", policy: .signedIn, show: host),
      trail.verb("/account/tokens", name: "account.token", policy: .signedIn, on: host) { visit, transaction, looker in
        let (label, term): (String, ApiTokens.Term?) = try visit.sent { form in
          (form.text("label", atMost: 100, missing: "token.labelNeeded"), form.choice("days"))
        }
        guard let term else { throw Problem.invalid("days", "form.chooseThis") }
        let token = try ApiTokens.make(
          for: looker.viewer.account.retyped(), label: label, days: term.days, mayOnlyRead: visit.form.isOn("onlyRead"),
          transaction)
        return showToken(token, label, visit)
      },
      trail.verb("/account/tokens/end", name: "account.token.end", policy: .signedIn) { visit, transaction, looker in
        try ApiTokens.end(visit.form["label"] ?? "", of: looker.viewer.account.retyped(), transaction)
        return .go(to: "/account?done=token.ended")
      },
    ]
  }

  private func showAccount(_ visit: Visit, _ looker: Looker) throws -> Reply {
    let t = visit.texts
    let account = try looker.reader.get(Account.self, looker.viewer.account.retyped())
    let organisation = try account.organisation.flatMap { try looker.reader.find(Organisation.self, $0) }
    let absences = try looker.reader.all(
      Absence.self,
      "where account = \(account.id) and (until_on is null or until_on >= \(visit.today)) order by from_on")
    let tokens = try ApiTokens.list(of: account.id, looker.reader)
    let letters = try Letter.recent(for: [account.id], looker.reader)
    let makers = try Account.names(letters.flatMap { [$0.madeBy, $0.agreedBy].compactMap(\.self) }, looker.reader)
    return visit.page(t("account.title"), width: .letter) { html in
      html.heading(
        account.name,
        [t("role.\(account.role.rawValue)"), organisation?.name].compactMap { $0 }.joined(separator: " · "))
      if account.resident == nil {
        html.card(t("absence.title")) { html in
          html(.p, .class("soft"), text: absences.isEmpty ? t("absence.lead") : t("absence.isAway"))
          html.link(t("absence.open"), to: "/absence", class: "button")
        }
      }
      if account.role != .resident && account.role != .relative { tokenCard(tokens, visit, &html) }
      if !letters.isEmpty {
        html.card(t("account.letters")) { html in
          html(.ul, .class("lines")) { html in
            for letter in letters {
              let values = [
                "date": t.date(RegionTime.amsterdam.date(of: letter.madeAt)), "by": makers[letter.madeBy]?.name ?? "",
                "agreed": letter.agreedBy.flatMap { makers[$0]?.name } ?? "",
              ]
              html(.li, text: t(letter.agreedBy == nil ? "account.letter" : "account.letterAgreed", values))
            }
          }
        }
      }
      html.card(t("account.signOutTitle")) { html in
        html(.div, .class("actions")) { html in
          visit.button(&html, to: "/sign-out", t("account.signOut"), class: "button main")
          visit.button(
            &html, to: "/sign-out", t("account.signOutEverywhere"), class: "button quiet", hidden: ["everywhere": "on"])
        }
      }
    }
  }

  private func tokenCard(_ tokens: [ApiTokens.Listed], _ visit: Visit, _ html: inout HTML) {
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
            value: ApiTokens.Term.month.rawValue,
            isRequired: true),
          Field("onlyRead", t("token.onlyRead"), .check, hint: t("token.onlyReadHint")),
        ])
    }
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
