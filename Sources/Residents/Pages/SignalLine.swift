internal import Kernel
internal import Site
internal import Store
internal import Trust

/// One signal as a list shows it: what, whose, until when, and how to settle it.
struct SignalLine {
  let signal: Signal
  let ownerName: String
  /// nil when the viewer may not read the sentence.
  let words: String?
  let person: String?
  let maySettle: Bool

  static func open(of resident: ResidentID, _ looker: Looker, _ sight: Sight) throws -> [SignalLine] {
    guard sight.allows(.read, .signal) else { return [] }
    let signals = try looker.reader.all(
      Signal.self, "where resident = \(resident) and settled_at is null order by due_at")
    if !signals.isEmpty { _ = sight.shows(.signal) }
    let owners = try Account.names(signals.map(\.owner), looker.reader)
    return signals.map { signal in
      SignalLine(
        signal: signal, ownerName: owners[signal.owner]?.name ?? "",
        words: sight.show(.signalText, signal.words), person: nil,
        maySettle: sight.allows(.write, .signal) || signal.owner == looker.viewer.account.retyped())
    }
  }

  var colour: StateColour { signal.colour == .red ? .alarm : .mind }

  func show(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.article, .class("signal")) { html in
      html(.div, .class("row wrap")) { html in
        html.state(colour, t("signal.kind.\(signal.kind.rawValue)"))
        if let person { html.link(person, to: "/residents/\(signal.resident)") }
        if signal.dueAt < visit.now {
          html.tag(t("signal.overdueSince", ["date": t.moment(signal.dueAt)]), "alarm")
        } else {
          html(.span, .class("soft small"), text: t("signal.due", ["date": t.moment(signal.dueAt)]))
        }
      }
      if let words { html(.blockquote, text: words) }
      html(.p, .class("small soft"), text: t("signal.owner.\(signal.level.rawValue)", ["name": ownerName]))
      if maySettle { settleForm(visit, &html) }
    }
  }

  private func settleForm(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let id = "done-\(signal.id)"
    html(.form, .method("post"), .action("/residents/\(signal.resident)/signals/\(signal.id)/settle"), .class("settle"))
    { html in
      visit.formKeys(&html)
      html(.label, .for(id), text: t("signal.whatWasDone"))
      html(.div, .class("row")) { html in
        html(.input, .type("text"), .id(id), .name("done"), .required, .maxLength(400), .autocomplete("off"))
        html(.button, .class("button"), text: t("signal.settle"))
      }
    }
  }
}
