internal import Kernel
internal import Site
internal import Store
internal import Trust

/// How it is now by the resident's own word: the colour of the plan until the plan says otherwise, with what the plan
/// itself says to do then, and a low check-in with what was said at it.
struct HowItIsNow {
  private let head: FileHead
  private let warning: WarningState?
  /// What the plan says of this colour, for whom.
  private let next: [(who: String, words: String)]
  private let low: CheckIn?

  /// nil when nothing asks for anything.
  init?(_ head: FileHead, _ latest: CheckIn?, _ looker: Looker, _ sight: Sight) throws {
    self.head = head
    let reader = looker.reader
    let state = sight.allows(.read, .warning) ? try WarningState.latest(sight.resident, reader) : nil
    warning = state.flatMap { $0.colour == .green ? nil : sight.show(.warning, $0) }
    let plan = warning == nil ? nil : try EarlyWarningPlan.of(sight.resident, reader)
    let isRed = warning?.colour == .red
    let parts = [
      ("me", isRed ? plan?.redMe : plan?.amberMe), ("others", isRed ? plan?.redOthers : plan?.amberOthers),
      ("worker", isRed ? plan?.redWorker : plan?.amberWorker),
    ]
    next = parts.compactMap { who, words in words.map { (who, $0) } }
      .filter { sight.isOwn || $0.who != "me" }
    let rules = try RegionRules.inForce(reader)
    low = sight.isOwn ? nil : latest.flatMap { CheckInRule.isLow($0.score, rules) ? sight.show(.plan, $0) : nil }
    if warning == nil && low == nil { return nil }
  }

  func show(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("file.now"), class: warning?.colour == .red ? "urgent" : "") { html in
      if let warning {
        html(.p) { html in
          html.state(warning.colour == .red ? .alarm : .mind, t("warning.\(warning.colour.rawValue)"))
          html(.span, .class("soft small"), text: " " + t("warning.since", ["date": t.moment(warning.at)]))
        }
        if !next.isEmpty {
          html(.div, .class("next stack tight")) { html in
            for (who, words) in next {
              html(.p) { html in
                html(.b, text: t("warning.\(who)") + ": ")
                html(.span, .class("lines-kept"), text: words)
              }
            }
          }
        }
        html.link(t("file.tab.warning"), to: head.path(.warning), class: "button")
      }
      if let low {
        html(.p) { html in
          html.state(.mind, t("checkIn.gave", ["score": t("checkIn.score.\(low.score)")]))
          html(.span, .class("soft small"), text: " " + t.moment(low.at))
        }
        if let sentence = low.sentence { html(.blockquote, text: sentence) }
      }
    }
  }
}
