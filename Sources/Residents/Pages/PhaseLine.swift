internal import Kernel
internal import Site

/// The way home as a drawn line: where one came from, where one is, where it goes.
struct PhaseLine {
  private let phases: [Phase]
  private let here: Int

  init(_ journey: Journey) {
    phases = Guards.path(journey.kind, isHomeFirst: journey.isHomeFirst).filter { $0 != .outreach && $0 != .pilotLight }
    here = phases.firstIndex(of: journey.phase) ?? (journey.phase == .outreach ? 0 : phases.count - 1)
  }

  func show(_ t: Texts, _ html: inout HTML) {
    let label = t(
      "phaseLine.label",
      ["n": String(here + 1), "of": String(phases.count), "phase": t("phase.\(phases[here].rawValue)")])
    html(.svg, .viewBox("0 0 480 112"), .class("phase-line"), .role("img"), .aria(.label, label)) { html in
      html(.path, .d(curve(to: 1)), .class("way"))
      html(.path, .d(curve(to: share(here))), .class("walked"))
      for place in phases.indices where place != here && place != phases.count - 1 {
        let (x, y) = point(share(place))
        html(
          .circle, .svg("cx", text(x)), .svg("cy", text(y)), .svg("r", "6"), .class(place < here ? "been" : "coming"))
      }
      let (x, y) = point(share(here))
      html(.circle, .svg("cx", text(x)), .svg("cy", text(y)), .svg("r", "11"), .class("here"))
      html(.g, .svg("transform", "translate(448 50)"), .class("house")) { html in
        html(.path, .d("M0 16 16 3l16 13M5 13v17h22V13"))
      }
      let anchor = here < 2 ? "start" : here > phases.count - 3 ? "end" : "middle"
      html(
        .svgText, .svg("x", text(here < 2 ? max(8, x - 8) : min(x, 440))), .svg("y", text(y - 22)),
        .svg("text-anchor", anchor), text: t("phase.\(phases[here].rawValue)"))
    }
  }

  /// A phase in words; of landing, in which week.
  static func words(_ journey: Journey, _ visit: Visit) -> String {
    let t = visit.texts
    let phase = t("phase.\(journey.phase.rawValue)")
    guard journey.phase == .landing else { return phase }
    let weeks = visit.today.days(since: journey.phaseSince) / 7
    return "\(phase), \(t("today.week", ["n": String(weeks + 1)]))"
  }

  private func share(_ place: Int) -> Double { Double(place) / Double(max(1, phases.count - 1)) }

  /// A gently falling way that rises again to the house.
  private func point(_ share: Double) -> (Double, Double) {
    let x = 20 + share * 420
    let y = 34 + 44 * (3 * share * share - 2 * share * share * share) + 10 * share
    return (x, y)
  }

  private func curve(to end: Double) -> String {
    let steps = max(1, Int(end * 32))
    return (0...steps).map { step in
      let (x, y) = point(end * Double(step) / Double(steps))
      return (step == 0 ? "M" : "L") + text(x) + " " + text(y)
    }.joined()
  }

  private func text(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
