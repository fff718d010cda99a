internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Where somebody is, what is needed for the next phase, who was first when, and what happened.
struct JourneyPage {
  private let head: FileHead
  private let journey: Journey?
  private let next: Phase?
  private let unmet: [UnmetGuard]
  /// How many more conditions do not hold that this reader may not know.
  private let unmetElsewhere: Int
  private let periods: [(period: Accountability, organisation: String, worker: String)]
  private let events: [(event: JourneyEvent, by: String)]
  private let mayAdvance: Bool
  private let mayPass: Bool
  private let mayReturn: Bool
  private let mayShowSharing: Bool
  private let seesHours: Bool
  /// Days between contacts now.
  private let rhythm: Int
  private let faults: [Problem.Fault]

  init(_ looker: Looker, _ sight: Sight, faults: [Problem.Fault]) throws {
    self.faults = faults
    let reader = looker.reader
    head = try FileHead(looker, sight)
    journey = head.journey
    next = journey.flatMap { Guards.next($0.kind, isHomeFirst: $0.isHomeFirst, from: $0.phase) }
    if let journey, let next {
      let standing = try JourneyStanding.gather(journey, reader)
      let all = Guards.unmet(to: next, standing, on: RegionTime.amsterdam.date(of: reader.now), try .inForce(reader))
      unmet = all.filter { sight.shows($0.category) }
      unmetElsewhere = all.count - unmet.count
    } else {
      (unmet, unmetElsewhere) = ([], 0)
    }
    let all = try reader.all(Accountability.self, "where resident = \(sight.resident) order by from_at desc")
    let happened = try reader.all(JourneyEvent.self, "where resident = \(sight.resident) order by at desc, id desc")
    let people = try Account.names(all.map(\.worker) + happened.compactMap(\.by), reader)
    let organisations = try Organisation.names(all.map(\.organisation), reader)
    periods = all.map { ($0, organisations[$0.organisation]?.name ?? "", people[$0.worker]?.name ?? "") }
    events = happened.filter { $0.kind != .firstChanged }.map { ($0, $0.by.flatMap { people[$0]?.name } ?? "") }
    mayAdvance = sight.allows(.write, .journey) && !sight.isOwn
    mayPass = sight.has(.coordinator)
    mayShowSharing = unmet.contains(.sharingSeen) && sight.allows(.write, .sharing)
    seesHours = (journey?.hoursMax ?? journey?.hoursMin) != nil && sight.shows(.support)
    rhythm =
      try journey.map {
        Rhythm.days($0, on: RegionTime.amsterdam.date(of: reader.now), try .inForce(reader))
      } ?? 0
    let access = journey?.access
    let isWithProvider = all.first.map { $0.organisation != access } ?? false
    mayReturn = isWithProvider && sight.hasAny([.supportWorker, .standInActive, .teamLeader])
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .journey) { html in
      if !faults.isEmpty { refusal(visit, &html) }
      if let journey {
        html.card(t("journey.kind.\(journey.kind.rawValue)")) { html in
          PhaseLine(journey).show(t, &html)
          if journey.isHomeFirst { html(.p, .class("small soft"), text: t("journey.homeFirst")) }
          if journey.isOpenDoor { html(.p, .class("small soft"), text: t("journey.openDoor")) }
          html(.p, .class("small soft"), text: agreed(journey, visit))
          if let next { nextPhase(next, visit, &html) }
        }
      } else {
        html.card(nil) { html in html.empty(t("journey.hasEnded")) }
      }
      if let moment = journey.flatMap({ FileMoment.journey($0.phase) }) { visit.advice(at: moment, &html) }
      html.card(t("journey.whoWasFirst")) { html in
        html(.ol, .class("lines")) { html in
          for (period, organisation, worker) in periods { row(period, organisation, worker, visit, &html) }
        }
      }
      html.card(t("journey.happened")) { html in
        html(.ol, .class("lines")) { html in
          for (event, by) in events { row(event, by, visit, &html) }
        }
      }
      if mayAdvance && journey != nil { moreVerbs(visit, &html) }
    }
  }

  /// How often there is contact and, for who may see it, how many hours.
  private func agreed(_ journey: Journey, _ visit: Visit) -> String {
    let t = visit.texts
    let contact = t(journey.contactEveryDays == nil ? "agreement.ofRegion" : "agreement.ofOwn", count: rhythm)
    guard seesHours, let hours = journey.hoursMax ?? journey.hoursMin else { return contact }
    let low = journey.hoursMin ?? hours
    return contact + " · "
      + t("agreement.hours", count: hours, ["hours": low == hours ? "\(hours)" : "\(low)–\(hours)"])
  }

  private func refusal(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.div, .class("faults"), .role("alert")) { html in
      html(.h2, text: t("journey.notYet"))
      html(.ul) { html in
        for fault in faults { html(.li, text: t(fault.text, fault.values)) }
      }
    }
  }

  private func nextPhase(_ next: Phase, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.h3, text: t("journey.next", ["phase": t("phase.\(next.rawValue)")]))
    if unmet.isEmpty && unmetElsewhere == 0 {
      html(.p) { html in html.state(.good, t("journey.allThere")) }
    } else {
      html(.p, .class("small soft"), text: t("journey.stillNeeded"))
      html(.ul, .class("reasons")) { html in
        for one in unmet { html(.li, text: t("guard.\(one.rawValue)")) }
        if unmetElsewhere > 0 { html(.li, text: t("guard.elsewhere", count: unmetElsewhere)) }
      }
    }
    if mayShowSharing {
      html(.p, .class("small soft"), text: t("sharing.together"))
      html(.p, .class("actions")) { html in
        html.link(t("sharing.lookTogether"), to: "/residents/\(head.resident)/sharing", class: "button")
        visit.button(&html, to: "/residents/\(head.resident)/sharing/seen", t("sharing.sawTogether"))
      }
    }
    // A button that can only fail is not there; the reasons are.
    guard mayAdvance, unmet.isEmpty && unmetElsewhere == 0 || mayPass && Guards.neverPassed.isDisjoint(with: unmet)
    else { return }
    html(.form, .method("post"), .action("/residents/\(head.resident)/journey"), .class("stack tight")) { html in
      visit.formKeys(&html)
      if !unmet.isEmpty && mayPass {
        html(.label, .for("reason"), text: t("journey.passReason"))
        html(.textarea, .id("reason"), .name("reason"), .rows(2), .maxLength(1000), text: "")
      }
      html(.p, .class("actions")) { html in
        html(
          .button, .class(unmet.isEmpty ? "button main" : "button"),
          text: t("journey.go", ["phase": t("phase.\(next.rawValue)")]))
      }
    }
  }

  private func row(
    _ period: Accountability, _ organisation: String, _ worker: String, _ visit: Visit, _ html: inout HTML
  ) {
    let t = visit.texts
    html(.li) { html in
      html(.div) { html in
        html(.p) { html in
          html(.b, text: organisation)
          html.text(" · \(worker)")
        }
        let from = t.date(RegionTime.amsterdam.date(of: period.fromAt))
        let until = period.untilAt.map { t.date(RegionTime.amsterdam.date(of: $0)) } ?? t("journey.now")
        html(.p, .class("small soft"), text: "\(from) – \(until) · \(t("first.reason.\(period.reason.rawValue)"))")
      }
    }
  }

  private func row(_ event: JourneyEvent, _ by: String, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.li) { html in
      html(.div) { html in
        html(.p, text: Self.told(event, t))
        if let words = event.words { html(.blockquote, text: words) }
        html(
          .p, .class("small soft"),
          text: [t.date(RegionTime.amsterdam.date(of: event.at)), by].filter { !$0.isEmpty }.joined(separator: " · "))
      }
    }
  }

  /// What happened, in a line.
  static func told(_ event: JourneyEvent, _ t: Texts) -> String {
    let parts = (event.detail ?? "").split(separator: " ").map(String.init)
    switch event.kind {
    case .phase where parts.count == 2:
      return t("event.phase", ["from": t("phase.\(parts[0])"), "to": t("phase.\(parts[1])")])
    case .guardPassed where !parts.isEmpty:
      let names = parts.dropFirst().map { t("guard.\($0)") }.joined(separator: "; ")
      return t("event.guardPassed", ["phase": t("phase.\(parts[0])"), "what": names])
    case .agreed:
      return event.detail.flatMap(Int.init).map { t("event.agreed", count: $0) } ?? t("event.agreedRegion")
    case .ended: return t("event.ended", ["how": t("ending.\(event.detail ?? "")")])
    default: return t("event.\(event.kind.rawValue)")
    }
  }

  private func moreVerbs(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("journey.more")) { html in
      html(.p) { html in html.link(t("agreement.change"), to: "/residents/\(head.resident)/agreement") }
      disclosure(t("setback.title"), t("setback.lead"), to: "setback", t("setback.submit"), visit, &html)
      if mayReturn {
        disclosure(t("return.title"), t("return.lead"), to: "return", t("return.submit"), visit, &html)
      }
      ending(visit, &html)
    }
  }

  private func disclosure(
    _ title: String, _ lead: String, to path: String, _ submit: String, _ visit: Visit, _ html: inout HTML
  ) {
    let action = "/residents/\(head.resident)/\(path)"
    html(.details, visit.isAgain(action) ? .open : nil) { html in
      html(.summary, text: title)
      html(.p, .class("soft small"), text: lead)
      visit.form(
        &html, to: action, submit: submit, class: "stack tight",
        fields: [
          Field("words", visit.texts("form.inWords"), .report(rows: 3), isRequired: true).within(path)
        ])
    }
  }

  /// Nothing is chosen beforehand, why is asked, and it must be said that it is meant.
  private func ending(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let action = "/residents/\(head.resident)/end"
    html(.details, visit.isAgain(action) ? .open : nil) { html in
      html(.summary, text: t("ending.title"))
      html(.p, .class("soft small"), text: t("ending.lead"))
      visit.form(
        &html, to: action, submit: t("ending.submit"), class: "stack tight",
        fields: [
          Field(
            "ending", t("ending.how"),
            .choice(
              [Field.Option("", t("form.choose"))]
                + [Journey.Ending.movedAway, .ownWish, .otherHelp, .died, .continued].map {
                  Field.Option($0.rawValue, t("ending.\($0.rawValue)"))
                }), isRequired: true),
          Field("words", t("ending.words"), .report(rows: 2), isRequired: true).within("end"),
          Field("sure", t("ending.sure"), .check),
        ])
    }
  }
}

extension ResidentSlice {
  private var journeyHost: Trail.Host {
    Trail.Host("journey", .journey) { visit, looker, sight in
      try JourneyPage(looker, sight, faults: []).reply(visit)
    }
  }

  var journeyRoutes: [Route] {
    trail.residentForm(
      "/residents/{resident}/journey", name: "journey.advance", .journey, .read,
      show: { visit, looker, sight, faults in try JourneyPage(looker, sight, faults: faults).reply(visit) },
      perform: { visit, transaction, sight in
        try sight.require(.write, .journey)
        let journey = try Journey.needed(of: sight.resident, transaction)
        let after = try journey.advance(
          reason: visit.form["reason"], mayPass: sight.has(.coordinator), by: sight.viewer.account.retyped(),
          transaction)
        return .go(to: "/residents/\(sight.resident)/journey?done=journey.\(after.phase.rawValue)")
      }) + [
        trail.residentVerb("/residents/{resident}/setback", name: "journey.setback", .journey, .write, on: journeyHost)
        {
          visit, transaction, sight in
          var form = FormReader(visit.form)
          let words = form.text("words")
          try form.check()
          try Journey.needed(of: sight.resident, transaction).setback(
            words, by: sight.viewer.account.retyped(), transaction)
          return .go(to: "/residents/\(sight.resident)/journey?done=setback.noted")
        },
        trail.residentVerb("/residents/{resident}/return", name: "journey.return", .journey, .write, on: journeyHost) {
          visit, transaction, sight in
          var form = FormReader(visit.form)
          let words = form.text("words")
          try form.check()
          let journey = try Journey.needed(of: sight.resident, transaction)
          guard sight.hasAny([.supportWorker, .standInActive, .teamLeader]) else { throw Problem.notFound }
          try Accountability.returnToAccess(journey, words: words, transaction)
          return .go(to: "/?done=return.done")
        },
        trail.residentVerb("/residents/{resident}/end", name: "journey.end", .journey, .write, on: journeyHost) {
          visit, transaction, sight in
          var form = FormReader(visit.form)
          let ending: Journey.Ending? = form.choice("ending", among: Journey.Ending.allCases.filter { $0 != .merged })
          let words = form.text("words")
          if !visit.form.isOn("sure") { form.add("sure", "ending.saySure") }
          try form.check()
          guard let ending else { throw Problem(.invalid) }
          let next = try Journey.needed(of: sight.resident, transaction).end(
            ending, words: words, by: sight.viewer.account.retyped(), transaction)
          return .go(
            to: "/residents/\(sight.resident)/journey?done=" + (next == nil ? "journey.ended" : "journey.continued"))
        },
        trail.residentVerb("/residents/{resident}/open-door", name: "journey.openDoor", .sharing, .write) {
          visit, transaction, sight in
          // The resident's own choice; a worker may record it in their presence.
          try Journey.needed(of: sight.resident, transaction).setOpenDoor(
            visit.form.isOn("open"), by: sight.viewer.account.retyped(), transaction)
          return .go(to: (sight.isOwn ? "/home" : "/residents/\(sight.resident)/journey") + "?done=openDoor.chosen")
        },
      ]
  }
}
