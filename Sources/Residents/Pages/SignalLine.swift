internal import Kernel
internal import Site
internal import Store
internal import Trust

/// One signal as a list shows it: what, whose, until when, whom to call, what to do, and how to settle it.
struct SignalLine {
  let signal: Signal
  let ownerName: String
  /// nil when the viewer may not read the sentence.
  let words: String?
  let person: String?
  let maySettle: Bool
  /// Whom one can call about it now: the resident for who has it, else who has it.
  let call: (name: String, number: String)?
  let isMine: Bool
  private let mayLog: Bool
  private let seesPlan: Bool
  /// It stands in a list of many, not on the file itself.
  let isInList: Bool

  /// - Parameters:
  ///   - resident: whose telephone number may be shown.
  ///   - person: the resident by name, when the line says whose signal it is.
  init(
    _ signal: Signal, owner: Account?, resident: Resident?, person: String? = nil, _ viewer: Viewer, _ sight: Sight
  ) {
    self.signal = signal
    ownerName = owner?.name ?? ""
    words = sight.show(.signalText, signal.words)
    self.person = person
    isMine = signal.owner == viewer.account.retyped()
    maySettle = Signal.mayBeSettled(by: sight) || isMine
    mayLog = sight.allows(.write, .contacts)
    seesPlan = sight.allows(.read, .plan)
    isInList = person != nil
    if isMine {
      call = sight.show(.contact, resident?.phone).map { (resident?.firstName ?? "", $0) }
    } else {
      call = owner?.phone.map { (owner?.name ?? "", $0) }
    }
  }

  static func open(of resident: ResidentID, _ looker: Looker, _ sight: Sight) throws -> [SignalLine] {
    guard sight.allows(.read, .signal) else { return [] }
    let signals = try looker.reader.all(
      Signal.self, "where resident = \(resident) and settled_at is null order by due_at")
    if !signals.isEmpty { _ = sight.shows(.signal) }
    let owners = try Account.names(signals.map(\.owner), looker.reader)
    let person = try signals.isEmpty ? nil : looker.reader.find(Resident.self, resident.retyped())
    return signals.map { SignalLine($0, owner: owners[$0.owner], resident: person, looker.viewer, sight) }
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
      html(
        .p, .class("small soft"),
        text: isMine
          ? t("signal.mine") : t("signal.owner.\(signal.level.rawValue)", ["name": ownerName]))
      if call != nil || act != nil {
        html(.div, .class("row wrap")) { html in
          if let call {
            html.link(
              t("signal.call", ["name": call.name, "number": call.number]), to: "tel:\(dialled(call.number))",
              class: "button")
          }
          if let act {
            html(.a, .class("button"), .href(act.path)) { html in
              html.text(t(act.label))
              html(.span, .class("visually-hidden"), text: ": " + which(t))
            }
          }
        }
      }
      if maySettle { settleForm(visit, &html) }
    }
  }

  /// What mostly ends it, one press away; nil when settling it says all.
  private var act: (label: String, path: String)? {
    guard maySettle else { return nil }
    let file = "/residents/\(signal.resident)"
    return switch signal.kind {
    case .silence, .concern, .checkIn, .setback, .warningAmber, .warningRed:
      mayLog ? ("signal.act.contact", "\(file)/contacts/new") : nil
    case .stepOverdue: seesPlan ? ("signal.act.plan", "\(file)/plan") : nil
    case .guardPassed: ("signal.act.facts", "\(file)/facts")
    case .handoverWaiting, .handoverExpired, .handoverRefused, .returned: ("signal.act.handover", "\(file)/handovers")
    }
  }

  /// Which one it is, for who hears a list of equal buttons.
  private func which(_ t: Texts) -> String {
    [t("signal.kind.\(signal.kind.rawValue)"), person].compactMap(\.self).joined(separator: ", ")
  }

  private func settleForm(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let action = "/residents/\(signal.resident)/signals/\(signal.id)/settle"
    html(.details, isMine || visit.isAgain(action) ? .open : nil) { html in
      html(.summary) { html in
        html.text(t("signal.settle"))
        html(.span, .class("visually-hidden"), text: ": " + which(t))
      }
      visit.form(
        &html, to: action, submit: t("signal.settle"), class: "stack tight",
        fields: [
          Field("done", t("signal.whatWasDone"), .report(rows: 2), isRequired: true).within(signal.id.description)
        ]
      ) { html in
        if isInList { html(.input, .type("hidden"), .name("from"), .value("signals")) }
      }
    }
  }
}

/// What was settled lately, and by whom; settled by mistake is open again with one press.
struct SettledSignals {
  private let lines: [(signal: Signal, done: String?, by: String, person: String?, mayReopen: Bool)]

  /// - Parameter people: the residents in a list of many; on one's own file nobody needs to be named.
  init(_ signals: [Signal], _ sights: [ResidentID: Sight], people: [ResidentID: Resident] = [:], _ looker: Looker)
    throws
  {
    let names = try Account.names(signals.compactMap(\.settledBy), looker.reader)
    let me: ID<Account> = looker.viewer.account.retyped()
    lines = signals.compactMap { signal in
      guard let sight = sights[signal.resident], sight.shows(.signal) else { return nil }
      return (
        signal, sight.show(.signalText, signal.done), signal.settledBy.flatMap { names[$0]?.name } ?? "",
        people[signal.resident].map { sight.name(of: $0) },
        sight.allows(.write, .signal) || signal.settledBy == me
      )
    }
  }

  static func of(_ resident: ResidentID, _ looker: Looker, _ sight: Sight) throws -> SettledSignals {
    let since = looker.reader.now.adding(.days(-90))
    let signals =
      sight.allows(.read, .signal)
      ? try looker.reader.all(
        Signal.self, "where resident = \(resident) and settled_at > \(since) order by settled_at desc, id limit 30")
      : []
    return try SettledSignals(signals, [resident: sight], looker)
  }

  func show(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    guard !lines.isEmpty else { return }
    html(.details, .class("card")) { html in
      html(.summary, text: t("signal.settled", count: lines.count))
      html(.ul, .class("lines")) { html in
        for line in lines {
          html(.li) { html in
            html(.div) { html in
              html(.p) { html in
                if let person = line.person {
                  html.link(person, to: "/residents/\(line.signal.resident)")
                  html.text(" · ")
                }
                html.text(t("signal.kind.\(line.signal.kind.rawValue)"))
              }
              if let done = line.done { html(.p, text: done) }
              html(
                .p, .class("small soft"),
                text: t(
                  "signal.settledBy", ["name": line.by, "date": line.signal.settledAt.map(t.moment) ?? ""]))
            }
            if line.mayReopen {
              visit.button(
                &html, to: "/residents/\(line.signal.resident)/signals/\(line.signal.id)/reopen", t("signal.reopen"),
                class: "button quiet")
            }
          }
        }
      }
    }
  }
}
