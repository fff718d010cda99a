internal import Kernel
internal import Site

/// The resident's own scores of the last weeks as a line, the last words said at one, and the same in a table.
struct OwnVoice {
  /// Oldest first.
  private let checkIns: [CheckIn]

  /// - Parameter recent: newest first, at least one.
  init(_ recent: [CheckIn]) { checkIns = recent.reversed() }

  func show(_ t: Texts, _ html: inout HTML) {
    if checkIns.count > 1 { draw(t, &html) } else { only(t, &html) }
    if let said = checkIns.last(where: { $0.sentence != nil }), let sentence = said.sentence {
      html(.blockquote, text: sentence)
      html(.p, .class("small soft"), text: t.moment(said.at))
    }
    html(.details) { html in
      html(.summary, text: t("chart.table"))
      html(.table) { html in
        html(.thead) { html in
          html(.tr) { html in
            html(.th, .scope("col"), text: t("voice.day"))
            html(.th, .scope("col"), text: t("voice.score"))
          }
        }
        html(.tbody) { html in
          for checkIn in checkIns.reversed() {
            html(.tr) { html in
              html(.td, text: t.date(day(checkIn)))
              html(.td, text: "\(checkIn.score) · \(t("checkIn.score.\(checkIn.score)"))")
            }
          }
        }
      }
    }
  }

  private func only(_ t: Texts, _ html: inout HTML) {
    guard let checkIn = checkIns.first else { return }
    html(.p) { html in
      html(.b, text: t("checkIn.score.\(checkIn.score)"))
      html(.span, .class("small soft"), text: " " + t.moment(checkIn.at))
    }
  }

  private func draw(_ t: Texts, _ html: inout HTML) {
    let points = places()
    let label = t("voice.label", ["scores": checkIns.map { String($0.score) }.joined(separator: ", ")])
    html(.svg, .viewBox("0 0 420 118"), .class("voice"), .role("img"), .aria(.label, label)) { html in
      for score in [1, 3, 5] {
        html(.path, .d("M30 \(height(score))h380"), .class("ground"))
        html(.svgText, .svg("x", "12"), .svg("y", String(height(score) + 5)), text: String(score))
      }
      html(
        .path, .d(points.enumerated().map { "\($0 == 0 ? "M" : "L")\($1.x) \($1.y)" }.joined()), .class("line"))
      for (place, point) in points.enumerated() {
        let isLast = place == points.count - 1
        html(
          .circle, .svg("cx", String(point.x)), .svg("cy", String(point.y)), .svg("r", isLast ? "7" : "4"),
          .class(isLast ? "last" : "point"))
      }
      for (checkIn, x, anchor) in [(checkIns.first, "30", "start"), (checkIns.last, "410", "end")] {
        if let checkIn {
          let parts = day(checkIn).parts
          html(
            .svgText, .svg("x", x), .svg("y", "114"), .svg("text-anchor", anchor),
            text: "\(parts.day) \(t.shortMonth(parts.month))")
        }
      }
    }
  }

  private func places() -> [(x: Int, y: Int)] {
    guard let first = checkIns.first?.at, let last = checkIns.last?.at else { return [] }
    let whole = max(1, last.milliseconds - first.milliseconds)
    return checkIns.map { (34 + Int(368 * ($0.at.milliseconds - first.milliseconds) / whole), height($0.score)) }
  }

  private func height(_ score: Int) -> Int { 12 + (5 - score) * 20 }

  private func day(_ checkIn: CheckIn) -> LocalDate { RegionTime.amsterdam.date(of: checkIn.at) }
}
