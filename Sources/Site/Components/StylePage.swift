internal import Kernel

/// The living page of the house style: every colour, letter and component with its examples, as the pages use them.
/// Only in a demo region, at `/style`.
public enum StylePage {
  public static let route = Route(.get, "/style", name: "style", policy: .anyone) { visit in page(visit) }

  private static func page(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("style.title")) { html in
      html.heading(t("style.title"), t("style.lead")) { html in
        html.link(t("style.action"), to: "/style", class: "button")
      }
      html(.div, .class("columns")) { html in
        html(.div, .class("stack")) { html in
          letters(t, &html)
          states(t, &html)
          people(t, &html)
          table(t, &html)
        }
        html(.div, .class("stack")) { html in
          buttons(visit, &html)
          notices(t, &html)
          drawings(t, &html)
        }
      }
      html.card(t("style.form")) { html in form(visit, &html) }
    }
  }

  private static func letters(_ t: Texts, _ html: inout HTML) {
    html.card(t("style.letters")) { html in
      html(.h3, text: t("style.heading"))
      html(.p, text: t("style.paragraph"))
      html(.p, .class("soft"), text: t("style.soft"))
      html(.p, .class("small soft"), text: t("style.small"))
      html(.blockquote, text: t("style.quote"))
      html.link(t("style.link"), to: "/style")
    }
  }

  private static func states(_ t: Texts, _ html: inout HTML) {
    html.card(t("style.states")) { html in
      html(.p, .class("soft small"), text: t("style.statesLead"))
      html(.p, .class("row wrap")) { html in
        for colour in StateColour.allCases { html.state(colour, t("style.state.\(colour.rawValue)")) }
      }
      html(.p, .class("row wrap")) { html in
        html.tag(t("style.tag"))
        html.tag(t("style.tag"), "teal")
      }
    }
  }

  private static func people(_ t: Texts, _ html: inout HTML) {
    html.card(t("style.people")) { html in
      html(.ul, .class("people")) { html in
        for name in ["Noor Hendriks", "Daan Visser"] {
          html(.li) { html in
            html.face(name)
            html(.div) { html in
              html(.p) { html in html.link(name, to: "/style") }
              html(.p, .class("small soft"), text: t("style.small"))
            }
            html.state(.mind, t("style.state.mind"))
          }
        }
      }
      html.empty(t("style.empty"))
    }
  }

  private static func table(_ t: Texts, _ html: inout HTML) {
    html.card(t("style.table")) { html in
      html(.table, .class("cards-when-narrow")) { html in
        html(.thead) { html in
          html(.tr) { html in
            html(.th, .scope("col"), text: t("style.column.first"))
            html(.th, .scope("col"), text: t("style.column.second"))
          }
        }
        html(.tbody) { html in
          for number in [12, 3] {
            html(.tr) { html in
              html(.th, .scope("row"), text: t("style.row"))
              html(.td, .data("data-label", t("style.column.second")), text: String(number))
            }
          }
        }
      }
    }
  }

  private static func buttons(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("style.buttons")) { html in
      html(.p, .class("actions")) { html in
        html(.button, .class("button main"), .type("button"), text: t("style.button.main"))
        html(.button, .class("button"), .type("button"), text: t("style.button.other"))
        html(.button, .class("button quiet"), .type("button"), text: t("style.button.quiet"))
      }
      html(.details) { html in
        html(.summary, text: t("style.more"))
        html(.p, text: t("style.paragraph"))
      }
    }
  }

  private static func notices(_ t: Texts, _ html: inout HTML) {
    html.card(t("style.notices")) { html in
      html(.p, .class("notice"), text: t("style.notice"))
      html(.p, .class("notice mind"), text: t("style.noticeMind"))
    }
  }

  private static func drawings(_ t: Texts, _ html: inout HTML) {
    html.card(t("style.drawings")) { html in
      html(.p, .class("row wrap")) { html in
        for score in 1...5 { Icon.mood(score, &html) }
      }
      html(.p, .class("row wrap")) { html in
        for drawing in [Icon.mark, Icon.search, Icon.check, Icon.phone, Icon.lock] { html.raw(drawing) }
      }
    }
  }

  private static func form(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let options = [Field.Option("one", t("style.column.first")), Field.Option("two", t("style.column.second"))]
    let fields = [
      Field("text", t("style.field.text"), hint: t("style.field.hint"), value: "Noor", isRequired: true),
      Field("wrong", t("style.field.wrong"), .date, isRequired: true),
      Field("choice", t("style.field.choice"), .choice(options), value: "two"),
      Field("radio", t("style.field.radio"), .radio(options), value: "one"),
      Field("area", t("style.field.area"), .area(rows: 3)),
    ]
    let faults = [Problem.Fault(field: "wrong", "form.dateNeeded")]
    visit.errorSummary(&html, faults, fields)
    for field in fields { visit.field(&html, field, faults) }
  }
}
