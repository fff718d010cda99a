internal import Kernel
internal import Site

/// Every element with the scores of each group: drawn on a line from 1 to 5, and as numbers.
struct SelfScanTable {
  let result: SelfScanResult
  let earlier: SelfScanResult?

  func write(_ t: Texts, _ html: inout HTML) {
    html(.table, .class("cards-when-narrow scores")) { html in
      html(.thead) { html in
        html(.tr) { html in
          html(.th, .scope("col"), text: t("selfScan.column.element"))
          html(.td, .class("plot"))
          for party in SelfScan.Group.allCases { html(.th, .scope("col"), text: t("selfScan.party.\(party.rawValue)")) }
          html(.th, .scope("col"), text: t("selfScan.column.all"))
          if earlier != nil { html(.th, .scope("col"), text: t("selfScan.column.before")) }
        }
      }
      html(.tbody) { html in
        for (place, line) in result.lines.enumerated() { row(line, place, t, &html) }
      }
    }
  }

  private func row(_ line: SelfScanResult.Line, _ place: Int, _ t: Texts, _ html: inout HTML) {
    html(.tr) { html in
      html(.th, .scope("row")) { html in
        html.text(t("selfScan.element.\(line.element.rawValue)"))
        if line.differs { html.tag(t("selfScan.differs"), "mind") }
      }
      html(.td, .class("plot")) { html in plot(line, &html) }
      for party in SelfScan.Group.allCases {
        html(.td, .data("data-label", t("selfScan.party.\(party.rawValue)")), text: score(line.groups[party], t))
      }
      html(.td, .data("data-label", t("selfScan.column.all")), text: score(line.all, t))
      if let earlier {
        html(.td, .data("data-label", t("selfScan.column.before")), text: score(earlier.lines[place].all, t))
      }
    }
  }

  private func score(_ score: SelfScanResult.Score?, _ t: Texts) -> String {
    score.map { t.decimal($0.mean) } ?? "–"
  }

  /// 1 stands at 10, 5 at 170.
  private func plot(_ line: SelfScanResult.Line, _ html: inout HTML) {
    html(.svg, .viewBox("0 0 180 24"), .class("score-line"), .aria(.hidden, "true")) { html in
      html(.path, .d("M10 12H170"), .class("ground"))
      for step in 0...4 { html(.path, .d("M\(10 + 40 * step) 8v8"), .class("ground")) }
      for party in SelfScan.Group.allCases {
        guard let mean = line.groups[party]?.mean else { continue }
        let x = String(Int(10 + (mean - 1) * 40))
        html(
          .svgText, .svg("x", x), .svg("y", "17"), .svg("text-anchor", "middle"), .class("party \(party.rawValue)"),
          text: party.shape)
      }
    }
  }
}
