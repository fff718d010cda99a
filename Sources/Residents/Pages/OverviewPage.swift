internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The first page of a file: what asks for attention, how somebody is landing, what comes next.
struct OverviewPage {
  private let head: FileHead
  private let signals: [SignalLine]
  private let profile: [LandingProfile.Part]
  private let mood: [Int]
  private let steps: [Step]
  private let mayRaise: Bool
  private let settled: SettledSignals
  private let told: WhatCameOfIt
  /// For who stands near and does not work here: whom to call now.
  private let help: HelpCard?
  private let warning: WarningState?
  private let lowCheckIn: CheckIn?
  private let seesFacts: Bool

  init(_ looker: Looker, _ sight: Sight) throws {
    head = try FileHead(looker, sight)
    signals = try SignalLine.open(of: sight.resident, looker, sight)
    mood = sight.allows(.read, .plan) ? try CheckIn.recent(sight.resident, looker.reader).map(\.score) : []
    profile = try head.journey.map { try LandingProfile.seen($0, looker.reader, sight) } ?? []
    let today = RegionTime.amsterdam.date(of: looker.reader.now)
    steps = try Step.open(of: sight.resident, looker.reader).filter {
      ($0.dueOn ?? today) <= today.adding(days: 14) && sight.sees($0.id, .plan)
    }
    mayRaise = sight.allows(.add, .signal) && !sight.isOwn
    settled = try SettledSignals.of(sight.resident, looker, sight)
    told = try WhatCameOfIt(looker, sight)
    help =
      sight.isOwn || sight.hasAny(CirclePage.informalRoles)
      ? try HelpCard(Journey.open(of: sight.resident, looker.reader), looker.reader) : nil
    let colour =
      sight.allows(.read, .warning) ? try WarningState.latest(sight.resident, looker.reader) : nil
    warning = colour.flatMap { $0.colour == .green ? nil : sight.show(.warning, $0) }
    let rules = try RegionRules.inForce(looker.reader)
    let latest =
      sight.allows(.read, .plan) && !sight.isOwn
      ? try CheckIn.recent(sight.resident, looker.reader).first : nil
    lowCheckIn = latest.flatMap { CheckInRule.isLow($0.score, rules) ? sight.show(.plan, $0) : nil }
    seesFacts = sight.allows(.read, .readiness)
    if !mood.isEmpty && !profile.isEmpty { _ = sight.shows(.plan) }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .overview) { html in
      help?.show(visit, &html)
      if warning != nil || lowCheckIn != nil { now(visit, &html) }
      if !signals.isEmpty {
        html.card(t("signal.open")) { html in
          for signal in signals { signal.show(visit, &html) }
        }
      }
      if let moment = FileMoment.overview(head.journey, signals.map(\.signal.kind), on: visit.today) {
        visit.advice(at: moment, &html)
      }
      if !profile.isEmpty {
        html.card(t("landing.title")) { html in
          LandingView(profile).show(visit, &html)
          if !mood.isEmpty {
            html(
              .p, .class("small soft"),
              text: t("landing.ownView", ["scores": mood.reversed().map(String.init).joined(separator: ", ")]))
          }
          if seesFacts { html.link(t("fact.title"), to: "/residents/\(head.resident)/facts", class: "button") }
        }
      }
      if head.tabs.contains(.plan) {
        html.card(t("step.soon")) { html in
          if steps.isEmpty { html.empty(t("step.noneSoon")) }
          html(.ul, .class("lines")) { html in
            for step in steps {
              html(.li) { html in
                html(.span, text: step.words)
                if let due = step.dueOn {
                  html(
                    .span, .class(due < visit.today ? "state mind" : "soft small"),
                    text: t.relative(due, today: visit.today))
                }
              }
            }
          }
        }
      }
      told.show(visit, &html)
      if mayRaise { concern(visit, &html) }
      settled.show(visit, &html)
    }
  }

  /// How it is now by the resident's own word: the colour of the plan until the plan says otherwise, and a low
  /// check-in with what was said at it.
  private func now(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("file.now")) { html in
      if let warning {
        html(.p) { html in
          html.state(warning.colour == .red ? .alarm : .mind, t("warning.\(warning.colour.rawValue)"))
          html(.span, .class("soft small"), text: " " + t("warning.since", ["date": t.moment(warning.at)]))
        }
        html.link(t("home.warning"), to: head.path(.warning), class: "button")
      }
      if let lowCheckIn {
        html(.p) { html in
          html.state(.mind, t("checkIn.gave", ["score": t("checkIn.score.\(lowCheckIn.score)")]))
          html(.span, .class("soft small"), text: " " + t.moment(lowCheckIn.at))
        }
        if let sentence = lowCheckIn.sentence { html(.blockquote, text: sentence) }
      }
    }
  }

  private func concern(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("concern.title")) { html in
      html(.p, .class("soft"), text: t("concern.lead"))
      visit.form(
        &html, to: "/residents/\(head.resident)/concern", submit: t("concern.submit"),
        fields: [Field("words", t("concern.words"), .report(rows: 3), isRequired: true)])
    }
  }
}

/// The landing profile as six rows with their reasons.
struct LandingView {
  let parts: [LandingProfile.Part]

  init(_ parts: [LandingProfile.Part]) { self.parts = parts }

  func show(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.ul, .class("profile")) { html in
      for part in parts {
        html(.li) { html in
          html(.details) { html in
            html(.summary) { html in
              html.state(part.colour, t("landing.colour.\(part.colour.rawValue)"))
              html(.span, text: t("landing.\(part.dimension.rawValue)"))
            }
            html(.ul, .class("reasons")) { html in
              for fact in part.facts { html(.li, text: t("landing.fact.\(fact.key)", fact.values)) }
            }
          }
        }
      }
    }
  }
}

extension LandingProfile {
  /// The parts this viewer may know, each from what its own category says.
  static func seen(_ journey: Journey, _ reader: Reader, _ sight: Sight) throws -> [Part] {
    var known = Known()
    let today = RegionTime.amsterdam.date(of: reader.now)
    let facts = try Fact.current(journey.resident, reader).filter { sight.allows(.read, $0.key.category) }
    known.facts = facts.mapValues(\.standing)
    known.isHandoverOpen =
      try reader.count("select count(*) from handover where journey = \(journey.id) and state = 'offered'") > 0
    known.daysSilent = try Contact.lastReached(journey.resident, reader).map { today.days(since: $0) }
    known.rhythmDays = Rhythm.days(journey, on: today, try .inForce(reader))
    known.informalPeople = try reader.count(
      """
      select count(*) from circle_member where resident = \(journey.resident)
      and role in ('relative', 'goodNeighbour', 'peerWorker', 'hostTenant') and (until_on is null or until_on > \(today))
      """)
    known.checkIns = try CheckIn.recent(journey.resident, reader).map(\.score)
    return LandingProfile(known).parts.filter { part in
      guard part.dimension.categories.allSatisfy({ sight.allows(.read, $0) }) else { return false }
      let told = facts.keys.filter { kind in part.facts.contains { $0.key.hasPrefix(kind.rawValue + ".") } }
      for category in part.dimension.categories + told.map(\.category) { _ = sight.shows(category) }
      return true
    }
  }
}

extension LandingProfile.Dimension {
  /// What one must be allowed to read to see it.
  var categories: [Category] {
    switch self {
    case .home: [.housing]
    case .money: [.money]
    case .day: [.activities]
    case .people: [.network]
    case .support: [.support, .contacts]
    case .voice: [.plan]
    }
  }
}

extension CheckIn {
  /// Those of the last six weeks, newest first.
  static func recent(_ resident: ResidentID, _ reader: Reader) throws -> [CheckIn] {
    try reader.all(
      CheckIn.self,
      "where resident = \(resident) and at > \(reader.now.adding(.days(-42))) order by at desc limit 12")
  }
}

extension Step {
  /// Neither the step nor its goal was dropped.
  static let isWanted: SQL =
    "dropped_on is null and exists (select 1 from goal where goal.id = step.goal and goal.ended_on is null)"

  static func open(of resident: ResidentID, _ reader: Reader) throws -> [Step] {
    try reader.all(
      Step.self,
      """
      where resident = \(resident) and done_on is null and \(part: isWanted)
      order by case when due_on is null then '9999' else due_on end, id
      """)
  }
}
