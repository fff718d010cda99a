internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The first page of a file: what asks for attention, how somebody is landing, what comes next.
struct OverviewPage {
  private let head: FileHead
  private let signals: [SignalLine]
  private let profile: [LandingProfile.Part]
  private let voice: OwnVoice?
  /// The contacts of a year, for who may read them all.
  private let year: [Contact]?
  private let steps: [Step]
  private let mayRaise: Bool
  private let settled: SettledSignals
  private let told: WhatCameOfIt
  /// For who stands near and does not work here: whom to call now.
  private let help: HelpCard?
  private let now: HowItIsNow?
  private let seesFacts: Bool

  init(_ looker: Looker, _ sight: Sight) throws {
    let reader = looker.reader
    head = try FileHead(looker, sight)
    signals = try SignalLine.open(of: sight.resident, looker, sight)
    profile = try head.journey.map { try LandingProfile.seen($0, reader, sight) } ?? []
    let checkIns = sight.allows(.read, .plan) ? try CheckIn.recent(sight.resident, reader) : []
    voice = checkIns.isEmpty ? nil : sight.show(.plan, OwnVoice(checkIns))
    // Whoever sees the last ten contacts sees no year of them.
    let seesYear = sight.allows(.read, .contacts) && !sight.reads(.contacts, onlyAs: .deskWorker)
    year = seesYear ? sight.show(.contacts, try Contact.year(of: sight.resident, reader)) : nil
    let today = RegionTime.amsterdam.date(of: reader.now)
    steps = try Step.open(of: sight.resident, reader).filter {
      ($0.dueOn ?? today) <= today.adding(days: 14) && sight.sees($0.id, .plan)
    }
    mayRaise = sight.allows(.add, .signal) && !sight.isOwn
    settled = try SettledSignals.of(sight.resident, looker, sight)
    told = try WhatCameOfIt(looker, sight)
    help =
      sight.isOwn || sight.hasAny(CirclePage.informalRoles)
      ? try HelpCard(Journey.open(of: sight.resident, reader), reader) : nil
    now = try HowItIsNow(head, checkIns.first, looker, sight)
    seesFacts = sight.allows(.read, .readiness)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .overview) { html in
      help?.show(visit, &html)
      now?.show(visit, &html)
      if !signals.isEmpty {
        html.card(t("signal.open"), class: signals.contains { $0.colour == .alarm } ? "urgent" : "") { html in
          for signal in signals { signal.show(visit, &html) }
        }
      }
      if let moment = FileMoment.overview(head.journey, signals.map(\.signal.kind), on: visit.today) {
        visit.advice(at: moment, &html)
      }
      html(.div, .class("grid")) { html in
        html(.div, .class("stack")) { html in
          landing(t, &html)
          if head.tabs.contains(.plan) { coming(visit, &html) }
        }
        html(.div, .class("stack")) { html in
          if let voice {
            html.card(head.isOwn ? t("voice.own") : t("voice.title", ["name": head.name])) { html in
              voice.show(t, &html)
            }
          }
          if let year {
            html.card(t("contact.year")) { html in
              ContactStrip(year, today: visit.today, movedOn: head.journey?.movedOn).show(t, &html)
              html.link(t("contact.all"), to: head.path(.contacts))
            }
          }
        }
      }
      told.show(visit, &html)
      if mayRaise { concern(visit, &html) }
      settled.show(visit, &html)
    }
  }

  private func landing(_ t: Texts, _ html: inout HTML) {
    guard !profile.isEmpty else { return }
    html.card(t("landing.title")) { html in
      LandingHouse(profile).show(t, &html)
      if seesFacts { html.link(t("fact.title"), to: "/residents/\(head.resident)/facts", class: "button") }
    }
  }

  private func coming(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("step.soon")) { html in
      if steps.isEmpty { html.empty(t("step.noneSoon")) }
      html(.ul, .class("soon")) { html in
        for step in steps {
          html(.li) { html in
            let isLate = step.dueOn.map { $0 < visit.today } ?? false
            html(
              .span, .class(isLate ? "small late" : "small soft"),
              text: step.dueOn.map { t.relative($0, today: visit.today) } ?? t("step.noDay"))
            html(.span, text: step.words)
          }
        }
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
