internal import Kernel
internal import Site

struct SignInPage {
  let demoPeople: [DemoPerson]
  let faults: [Problem.Fault]

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("signIn.title"), width: .letter, status: faults.isEmpty ? 200 : 422) { html in
      html.heading(t("signIn.title"), t("signIn.lead"))
      if let reason = Self.reason(visit) { html(.p, .class("notice mind"), .role("status"), text: t(reason)) }
      if !demoPeople.isEmpty { demo(visit, &html) }
      html.card(t("signIn.withPassword")) { html in
        visit.form(
          &html, to: "/sign-in", submit: t("signIn.submit"), faults: faults,
          fields: [
            Field("email", t("signIn.email"), .login, isRequired: true),
            Field("password", t("signIn.password"), .password, isRequired: true),
          ]
        ) { visit.backField(&$0) }
      }
      html(.p) { html in html.link(t("signIn.haveLetter"), to: "/welcome") }
    }
  }

  /// Why one is asked to sign in, when that is not plain.
  private static func reason(_ visit: Visit) -> String? {
    switch visit.query["why"] {
    case "sent": "signIn.whySent"
    case "idle": "signIn.whyIdle"
    case "latest": "signIn.whyLatest"
    default: visit.back == nil ? nil : "signIn.whyNeeded"
    }
  }

  private func demo(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("demo.title")) { html in
      html(.p, .class("soft"), text: t("demo.lead"))
      html(.ul, .class("people")) { html in
        for person in demoPeople {
          html(.li) { html in
            html.face(person.name)
            html(.div) { html in
              html(.p, text: person.name)
              let role = t("role.\(person.role.rawValue)")
              html(.p, .class("small soft"), text: person.organisation.map { "\(role) · \($0)" } ?? role)
            }
            visit.button(
              &html, to: "/sign-in/demo", t("demo.enter"),
              hidden: ["account": person.account.description, "back": visit.back ?? ""])
          }
        }
      }
    }
  }
}
