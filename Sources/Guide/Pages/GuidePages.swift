internal import Kernel
internal import Site

/// Who are you? One link a role.
struct GuideListPage {
  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("guide.title"), width: .letter) { html in
      html.heading(t("guide.title"), t("guide.lead"))
      html.card(nil) { html in
        html(.ul, .class("lines")) { html in
          for guide in Guide.allCases {
            html(.li) { html in
              html(.div) { html in
                html(.p) { html in html.link(t("guide.role.\(guide.rawValue)"), to: "/help/\(guide.rawValue)") }
                html(.p, .class("small soft"), text: t("guide.lead.\(guide.rawValue)"))
              }
            }
          }
        }
      }
      GuidePage.stuck(t, &html)
    }
  }
}

/// What one does with Geland in this work: questions with short answers, and a picture of where it begins.
struct GuidePage {
  let guide: Guide

  init(_ guide: Guide) { self.guide = guide }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let role = guide.rawValue
    let title = t("guide.titleFor", ["role": t("guide.role.\(role)")])
    return visit.page(title, width: .letter) { html in
      html.heading(title, t("guide.lead.\(role)"))
      html.card(nil) { html in
        for number in 1...guide.questions {
          html(.h2, text: t("guide.\(role).q\(number)"))
          html(.p, text: t("guide.\(role).a\(number)"))
        }
      }
      if let picture = guide.picture {
        html.card(t("guide.picture")) { html in
          html(
            .img, .class("screen"), .src(picture.path), .width(360), .height(640),
            .alt(t("guide.pictureOf", ["role": t("guide.role.\(role)")])))
          html(.p, .class("small soft"), text: t("guide.madeUp"))
        }
      }
      Self.stuck(t, &html)
      html(.p) { html in html.link(t("guide.others"), to: "/help?all=1") }
    }
  }

  static func stuck(_ t: Texts, _ html: inout HTML) {
    html.card(t("guide.stuck")) { html in
      html(.p, text: t("guide.stuckLead"))
      html.link(t("layout.contact"), to: "/contact", class: "button")
    }
  }
}

/// What was done so that everybody can use Geland, what was not tried, and where to tell: the parts of the Dutch model
/// statement (Besluit digitale toegankelijkheid overheid).
struct AccessibilityPage {
  /// Parts with how many lines each has.
  private static let parts: [(name: String, lines: Int)] = [
    ("about", 2), ("status", 2), ("tested", 4), ("notYet", 4), ("tell", 2), ("better", 1),
  ]

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("accessibility.title"), width: .letter) { html in
      html.heading(t("accessibility.title"), t("accessibility.lead"))
      for (part, lines) in Self.parts {
        html.card(t("accessibility.\(part)")) { html in
          if lines > 2 {
            html(.ul, .class("reasons")) { html in
              for line in 1...lines { html(.li, text: t("accessibility.\(part).\(line)")) }
            }
          } else {
            for line in 1...lines { html(.p, text: t("accessibility.\(part).\(line)")) }
          }
          if part == "tell" { html.link(t("layout.contact"), to: "/contact", class: "button") }
        }
      }
      html(.p, .class("small soft"), text: t("accessibility.on"))
    }
  }
}
