internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Whoever said that it goes badly hears who knows of it, when to expect something, and what came of it; also somebody
/// who sees nothing else of the file.
struct WhatCameOfIt {
  private struct Line {
    let signal: Signal
    let owner: String
    let settledBy: String
    /// What was done, for who may read it.
    let done: String?
  }

  private let lines: [Line]
  private let lateness: Lateness

  /// For the resident every warning of the plan; for others what they told themselves.
  init(_ looker: Looker, _ sight: Sight) throws {
    let reader = looker.reader
    lateness = try Lateness(reader)
    let since = reader.now.adding(.days(-21))
    let signals = try reader.all(
      Signal.self,
      """
      where resident = \(sight.resident) and (settled_at is null or settled_at > \(since))
      and (by = \(looker.viewer.account) or (kind in ('warningAmber', 'warningRed') and \(sight.isOwn ? 1 : 0) = 1))
      order by raised_at desc, id desc limit 5
      """)
    guard !signals.isEmpty, sight.showsAsAddressee(.signal) else {
      lines = []
      return
    }
    let names = try Account.names(signals.flatMap { [$0.owner, $0.settledBy].compactMap(\.self) }, reader)
    lines = signals.map { signal in
      Line(
        signal: signal, owner: names[signal.owner]?.name ?? "",
        settledBy: signal.settledBy.flatMap { names[$0]?.name } ?? "", done: sight.show(.signalText, signal.done))
    }
  }

  func show(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    guard !lines.isEmpty else { return }
    html.card(t("told.title")) { html in
      html(.ul, .class("lines")) { html in
        for line in lines {
          html(.li) { html in
            html(.div) { html in
              html(.p) { html in
                html(.b, text: t("signal.kind.\(line.signal.kind.rawValue)"))
                html(.span, .class("soft small"), text: " " + t.moment(line.signal.raisedAt))
              }
              if let settled = line.signal.settledAt {
                html(.p, text: t("told.settled", ["name": line.settledBy, "date": t.moment(settled)]))
                if let done = line.done { html(.p, .class("lines-kept"), text: done) }
              } else {
                // A promise that was not kept is said, not replaced by another one.
                let key = lateness.isLate(line.signal) ? "told.openLate" : "told.open"
                html(.p, text: t(key, ["name": line.owner, "date": t.moment(line.signal.dueAt)]))
              }
            }
          }
        }
      }
    }
  }
}
