internal import Site

/// The landing profile drawn as a house of six rooms, with the facts of each room beside it.
struct LandingHouse {
  private let parts: [LandingProfile.Part]

  init(_ parts: [LandingProfile.Part]) { self.parts = parts }

  func show(_ t: Texts, _ html: inout HTML) {
    draw(t, &html)
    html(.ul, .class("rooms")) { html in
      for part in parts {
        html(.li) { html in
          html(.p) { html in
            html(.b, text: name(part, t) + " ")
            html.state(part.colour, words(part, t))
          }
          html(
            .p, .class("small soft"),
            text: part.facts.map { t("landing.fact.\($0.key)", $0.values) }.joined(separator: " "))
        }
      }
    }
  }

  private func draw(_ t: Texts, _ html: inout HTML) {
    let label = parts.map { "\(name($0, t)): \(words($0, t))" }.joined(separator: ", ")
    html(
      .svg, .viewBox("0 0 334 \(90 + 62 * ((parts.count + 2) / 3))"), .class("house"), .role("img"),
      .aria(.label, "\(t("landing.title")). \(label)")
    ) { html in
      html(.path, .d("M8 84 167 10 326 84"), .class("roof"))
      for (place, part) in parts.enumerated() {
        room(part, x: 8 + 108 * (place % 3), y: 90 + 62 * (place / 3), t, &html)
      }
    }
  }

  private func room(_ part: LandingProfile.Part, x: Int, y: Int, _ t: Texts, _ html: inout HTML) {
    html(.g, .class("room \(part.colour.rawValue)")) { html in
      html(
        .rect, .svg("x", String(x)), .svg("y", String(y)), .svg("width", "102"), .svg("height", "56"),
        .svg("rx", "10"))
      html(.svgText, .svg("x", String(x + 51)), .svg("y", String(y + 24)), .class("name"), text: name(part, t))
      html(
        .svgText, .svg("x", String(x + 51)), .svg("y", String(y + 43)), .class("how"),
        text: "\(part.colour.shape) \(words(part, t))")
    }
  }

  private func name(_ part: LandingProfile.Part, _ t: Texts) -> String { t("landing.\(part.dimension.rawValue)") }

  private func words(_ part: LandingProfile.Part, _ t: Texts) -> String { t("landing.colour.\(part.colour.rawValue)") }
}
