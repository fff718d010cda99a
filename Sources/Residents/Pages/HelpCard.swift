internal import Kernel
internal import Site
internal import Store
internal import Trust

/// *Wie bel ik nu?*: on Mijn thuis, the early-warning plan and a relative's page, at every hour, with numbers to press.
struct HelpCard {
  let call: WhoToCall

  init(_ journey: Journey?, _ reader: Reader) throws {
    var known = WhoToCall.Known()
    known.region = try HelpNumber.inForce(reader).filter { $0.kind != .geland }
    let today = RegionTime.amsterdam.date(of: reader.now)
    if let journey, let first = try Accountability.now(journey.id, reader) {
      let standIn = try first.standIn ?? Absence.standIn(for: first.worker, on: today, reader)
      let people = try Account.names([first.worker, standIn].compactMap(\.self), reader)
      let away = try Absence.accounts(Set(people.keys), on: today, reader)
      known.worker = people[first.worker].map { ($0.name, $0.phone, away.contains($0.id)) }
      known.standIn = standIn.flatMap { people[$0] }.map { ($0.name, $0.phone, away.contains($0.id)) }
      known.organisation = try reader.find(Organisation.self, first.organisation).map { ($0.name, $0.phone) }
    }
    let (hour, minute) = RegionTime.amsterdam.time(of: reader.now)
    call = WhoToCall(known, on: today, minute: hour * 60 + minute)
  }

  /// Whom to call now; the rest when it is opened.
  /// - Parameter isForPaper: only shown when the page is printed.
  func show(_ visit: Visit, _ html: inout HTML, isForPaper: Bool = false) {
    let t = visit.texts
    html.card(t("help.title"), class: isForPaper ? "help-card print-only" : "help-card") { html in
      let now = call.lines.filter { $0.isNow && $0.who != .region(.emergency) }
      html(.ul, .class("people calls")) { html in
        for line in now.prefix(2) { Self.row(line, t, &html) }
        for line in call.lines where line.who == .region(.emergency) { Self.row(line, t, &html) }
      }
      let rest = call.lines.filter { line in !now.prefix(2).contains(line) && line.who != .region(.emergency) }
      if !rest.isEmpty {
        html(.details) { html in
          html(.summary, text: t("help.more"))
          html(.ul, .class("people calls")) { html in
            for line in rest { Self.row(line, t, &html) }
          }
        }
      }
    }
  }

  private static func row(_ line: WhoToCall.Line, _ t: Texts, _ html: inout HTML) {
    html(.li) { html in
      html(.div) { html in
        html(.p) { html in html(.b, text: name(line, t)) }
        html(
          .p, .class("small soft"),
          text: [line.number == name(line, t) ? nil : line.number, role(line, t), hours(line, t)]
            .compactMap(\.self).joined(separator: " · "))
      }
      // A short button stays beside its name on a phone; the number is there to dial from another one.
      html(.a, .class("button"), .href("tel:\(dialled(line.number))")) { html in
        html.text(t("circle.call"))
        html(.span, .class("visually-hidden"), text: " " + name(line, t))
      }
    }
  }

  private static func name(_ line: WhoToCall.Line, _ t: Texts) -> String {
    if case .region(let kind) = line.who { return line.name.isEmpty ? t("help.kind.\(kind.rawValue)") : line.name }
    return line.name
  }

  private static func role(_ line: WhoToCall.Line, _ t: Texts) -> String? {
    switch line.who {
    case .worker: t("help.worker")
    case .standIn: t("help.standIn")
    case .organisation: t("help.organisation")
    case .region(let kind): line.name.isEmpty ? t("help.for.\(kind.rawValue)") : nil
    }
  }

  private static func hours(_ line: WhoToCall.Line, _ t: Texts) -> String? {
    if case .region = line.who {
      return line.hours.map { NumberHours($0).text(t) } ?? t("help.always")
    }
    return line.isNow ? nil : t("help.officeHours")
  }
}

/// The hours of a number in words.
struct NumberHours {
  private let number: HelpNumber

  init(_ number: HelpNumber) { self.number = number }

  func text(_ t: Texts) -> String {
    let days = t("help.days.\(number.days.rawValue)")
    if number.fromMinute == number.untilMinute { return days }
    return "\(days), \(clock(number.fromMinute, t))–\(clock(number.untilMinute, t))"
  }

  private func clock(_ minutes: Int, _ t: Texts) -> String {
    let minute = minutes % 60
    return "\(minutes / 60).\(minute < 10 ? "0" : "")\(minute)"
  }
}

/// A number as a telephone dials it.
func dialled(_ number: String) -> String { number.filter { $0.isASCII && ($0.isNumber || $0 == "+") } }
