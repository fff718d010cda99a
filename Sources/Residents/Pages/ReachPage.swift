internal import Kernel
public import Site
public import Store

/// Contact: whom to reach about help, and about Geland itself; for everyone, without signing in. Only numbers that the
/// region entered stand here.
public struct ReachPage {
  private let numbers: [HelpNumber]

  public init(_ reader: Reader) throws { numbers = try HelpNumber.inForce(reader) }

  public func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let about = numbers.filter { $0.kind == .geland }
    return visit.page(t("layout.contact"), width: .letter) { html in
      html.heading(t("layout.contact"), t("reach.lead"))
      html.card(t("reach.help")) { html in
        html(.p, text: t("reach.helpLead"))
        list(numbers.filter { $0.kind != .geland }, t, &html)
      }
      html.card(t("reach.geland")) { html in
        html(.p, text: t(about.isEmpty ? "reach.gelandNobody" : "reach.gelandLead"))
        list(about, t, &html)
      }
      html.card(t("reach.wrong")) { html in
        html(.p, text: t("reach.wrongLead"))
        html.link(t("layout.accessibility"), to: "/accessibility")
      }
    }
  }

  private func list(_ numbers: [HelpNumber], _ t: Texts, _ html: inout HTML) {
    guard !numbers.isEmpty else { return }
    html(.ul, .class("people calls")) { html in
      for number in numbers {
        let name = number.name ?? t("help.kind.\(number.kind.rawValue)")
        html(.li) { html in
          html(.div) { html in
            html(.p) { html in html(.b, text: name) }
            html(.p, .class("small soft"), text: number.isAlways ? t("help.always") : NumberHours(number).text(t))
          }
          html(.a, .class("button"), .href("tel:\(dialled(number.number))")) { html in
            html.text(t("help.call", ["number": number.number]))
            html(.span, .class("visually-hidden"), text: " " + name)
          }
        }
      }
    }
  }
}
