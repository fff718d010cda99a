internal import Kernel
internal import Site
internal import Store
internal import Trust

/// *Mijn thuis*: how am I doing, what is next, who helps?
struct HomePage {
  private let resident: ResidentID
  private let name: String
  private let address: String?
  private let journey: Journey?
  private let rhythm: Int
  private let checkIn: CheckIn?
  private let steps: [Step]
  private let companions: Companions
  private let givers: RewardGivers
  private let people: [(name: String, detail: String, phone: String?, isFirst: Bool)]
  private let hasWarningPlan: Bool
  private let saysLanded: Bool
  private let missing: [UnmetGuard]
  private let seenSharing: Bool
  private let lookedThisWeek: Int
  private let sight: Sight
  private let chosen: ChosenForYou
  private let help: HelpCard
  private let told: WhatCameOfIt
  /// Days since somebody was last reached, when that is longer than agreed.
  private let silentDays: Int?

  init(_ looker: Looker, _ sight: Sight, _ t: Texts, lookedThisWeek: Int) throws {
    let reader = looker.reader
    let today = RegionTime.amsterdam.date(of: reader.now)
    let person = try reader.get(Resident.self, sight.resident.retyped())
    resident = sight.resident
    self.sight = sight
    chosen = try ChosenForYou(sight, reader)
    name = sight.show(.identity, person.firstName) ?? ""
    // Shown with how long one lives there.
    address = person.address
    seenSharing = person.sharingSeenOn != nil
    self.lookedThisWeek = lookedThisWeek
    let journey = sight.shows(.journey) ? try Journey.open(of: sight.resident, reader) : nil
    self.journey = journey
    help = try HelpCard(journey, reader)
    told = try WhatCameOfIt(looker, sight)
    let last = try Contact.lastReached(sight.resident, reader)
    let isSilent = try journey.map { try !$0.isOpenDoor && $0.isSilent(reader) } ?? false
    silentDays = isSilent ? last.map { today.days(since: $0) } : nil
    rhythm = try journey.map { Rhythm.days($0, on: today, try .inForce(reader)) } ?? 0
    checkIn =
      sight.shows(.plan)
      ? try reader.first(CheckIn.self, "where resident = \(sight.resident) order by at desc limit 1") : nil
    let members =
      sight.shows(.network)
      ? try reader.all(CircleMember.self, "where resident = \(sight.resident) and until_on is null order by from_on")
      : []
    steps = try reader.all(
      Step.self,
      """
      where resident = \(sight.resident) and \(part: Step.isWanted)
      and (done_on is null or done_on >= \(today.adding(days: -3)) or reward is not null and reward_given_on is null)
      order by case when due_on is null then '9999' else due_on end, id limit 6
      """)
    companions = try Companions(sight, reader)
    givers = try RewardGivers(steps, journey, reader)
    let first = try journey.flatMap { try Accountability.now($0.id, reader) }
    let worker = try first.flatMap { try reader.find(Account.self, $0.worker) }
    let organisation = try first.flatMap { try reader.find(Organisation.self, $0.organisation) }
    var around: [(String, String, String?, Bool)] = []
    if let worker {
      around.append(
        (
          worker.name,
          [t("role.\(worker.role.rawValue)"), organisation?.name].compactMap { $0 }.joined(separator: " · "),
          worker.phone ?? organisation?.phone, true
        ))
    }
    people =
      around
      + members.map {
        (
          $0.name, [t("role.\($0.role.rawValue)"), $0.words].compactMap { $0 }.joined(separator: " · "), $0.phone, false
        )
      }
    hasWarningPlan = try EarlyWarningPlan.of(sight.resident, reader) != nil
    let standing = try journey.map { try JourneyStanding.gather($0, reader) }
    saysLanded = standing?.saysLanded ?? false
    missing = standing.map { Guards.unmet(to: .landed, $0, on: today, RegionRules()) } ?? []
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("home.title"), width: .letter) { html in
      html.heading(t("home.hello", ["name": name]), lead(visit)) { html in
        html.link(t("help.tell"), to: "/residents/\(resident)/warning#how-now", class: "button")
      }
      if let journey { way(journey, visit, &html) }
      help.show(visit, &html)
      told.show(visit, &html)
      if !seenSharing { sharingFirst(visit, &html) }
      chosen.show(visit, &html)
      mood(visit, &html)
      nextSteps(visit, &html)
      circle(t, &html)
      if let phase = journey?.phase, phase == .settled || phase == .landed { visit.advice(at: .landed, &html) }
      links(visit, &html)
    }
  }

  private func lead(_ visit: Visit) -> String? {
    guard let moved = journey?.movedOn, let address = sight.show(.contact, address) else { return nil }
    let weeks = visit.today.days(since: moved) / 7
    return visit.texts("home.livesFor", ["weeks": visit.texts("home.weeks", count: weeks), "address": address])
  }

  private func way(_ journey: Journey, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("home.way"), class: "way-card") { html in
      PhaseLine(journey).show(t, &html)
      html(.p) { html in
        html(.b, text: t("home.phase.\(journey.phase.rawValue)"))
        html.text(" ")
        html(.span, .class("soft"), text: journey.isOpenDoor ? t("home.openDoor") : t("home.rhythm", count: rhythm))
      }
      if let silentDays { html(.p, .class("notice mind"), text: t("home.silent", count: silentDays)) }
      if journey.phase == .settled || journey.phase == .landing && journey.movedOn != nil {
        landed(journey, visit, &html)
      }
    }
  }

  private func landed(_ journey: Journey, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    if saysLanded {
      html(.p, .class("notice good"), text: t("landed.said"))
      let rest = missing.filter { $0 != .residentSaysLanded }
      if journey.phase == .settled && !rest.isEmpty {
        html(.p, .class("small soft"), text: t("landed.stillNeeded"))
        html(.ul, .class("reasons")) { html in
          for one in rest { html(.li, text: t("guard.\(one.rawValue)")) }
        }
      }
    } else {
      html(.details) { html in
        html(.summary, text: t("landed.title"))
        html(.p, .class("soft small"), text: t("landed.lead"))
        visit.form(
          &html, to: "/home/landed", submit: t("landed.say"), class: "stack tight",
          fields: [Field("words", t("landed.words"), .area(rows: 2))])
      }
    }
  }

  private func sharingFirst(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("home.sharingFirst")) { html in
      html(.p, text: t("home.sharingLead"))
      html(.p, .class("actions")) { html in
        html.link(t("sharing.title"), to: "/residents/\(resident)/sharing", class: "button")
        visit.button(&html, to: "/residents/\(resident)/sharing/seen", t("home.sharingSeen"), class: "button main")
      }
    }
  }

  private func mood(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let isToday = checkIn.map { RegionTime.amsterdam.date(of: $0.at) == visit.today } ?? false
    html.card(t("checkIn.title")) { html in
      html(.form, .method("post"), .action("/home/check-in"), .class("stack tight")) { html in
        visit.formKeys(&html)
        // A face sends it at once: what one wants to add goes before.
        html(.details) { html in
          html(.summary, text: t("checkIn.more"))
          html(.label, .for("sentence"), text: t("checkIn.sentence"))
          html(.textarea, .id("sentence"), .name("sentence"), .rows(2), .maxLength(1000), text: "")
        }
        html(.div, .class("moods"), .role("group"), .aria(.label, t("checkIn.title"))) { html in
          for score in 1...5 {
            let isChosen = isToday && checkIn?.score == score
            html(
              .button, .name("score"), .value(String(score)), .class(isChosen ? "on" : ""),
              .aria(.pressed, isChosen ? "true" : "false")
            ) { html in
              Icon.mood(score, &html)
              html.text(t("checkIn.score.\(score)"))
            }
          }
        }
      }
    }
  }

  private func nextSteps(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("home.steps")) { html in
      if steps.isEmpty { html.empty(t("home.noSteps")) }
      html(.ul, .class("steps")) { html in
        for step in steps {
          StepLine(
            step: step, resident: resident, companion: companions.name(of: step), mayTick: true,
            giver: givers.name(of: step)
          ).show(visit, &html)
        }
      }
      html.link(t("home.plan"), to: "/residents/\(resident)/plan", class: "button")
    }
  }

  private func circle(_ t: Texts, _ html: inout HTML) {
    html.card(t("home.people")) { html in
      html(.ul, .class("people")) { html in
        for (name, detail, phone, isFirst) in people {
          html(.li) { html in
            html.face(name)
            html(.div) { html in
              html(.p) { html in
                html.text(name)
                if isFirst { html.tag(t("home.firstToCall"), "teal") }
              }
              html(.p, .class("small soft"), text: detail)
            }
            if let phone {
              html(.a, .class("button"), .href("tel:\(dialled(phone))")) { html in
                html.text(t("circle.call"))
                html(.span, .class("visually-hidden"), text: " \(name), \(phone)")
              }
            }
          }
        }
      }
      html.link(t("home.circle"), to: "/residents/\(resident)/circle", class: "button quiet")
    }
  }

  private func links(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("home.warning")) { html in
      html(.p, .class("soft"), text: t(hasWarningPlan ? "home.warningThere" : "home.warningNone"))
      html.link(t("home.warningOpen"), to: "/residents/\(resident)/warning", class: "button")
    }
    html.card(t("home.mine")) { html in
      html(
        .p, .class("soft"), text: lookedThisWeek == 0 ? t("home.lookedNone") : t("home.looked", count: lookedThisWeek))
      html(.p, .class("row wrap")) { html in
        html.link(t("trail.title"), to: "/residents/\(resident)/trail", class: "button quiet")
        html.link(t("sharing.title"), to: "/residents/\(resident)/sharing", class: "button quiet")
        html.link(t("home.wholeFile"), to: "/residents/\(resident)", class: "button quiet")
        html.link(t("details.title"), to: "/residents/\(resident)/details", class: "button quiet")
      }
      if let journey {
        html(.details) { html in
          html(.summary, text: t("openDoor.title"))
          html(.p, .class("soft small"), text: t("openDoor.lead"))
          visit.button(
            &html, to: "/residents/\(resident)/open-door", t(journey.isOpenDoor ? "openDoor.close" : "openDoor.open"),
            hidden: journey.isOpenDoor ? [:] : ["open": "on"])
        }
      }
    }
  }
}

extension ResidentSlice {
  var homeRoutes: [Route] {
    let policy = RoutePolicy.roles([.resident])
    return [
      Route(.get, "/home", name: "home", policy: policy) { visit in try await home(visit) },
      trail.verb("/home/check-in", name: "checkIn.give", policy: policy) { visit, transaction, looker in
        let sight = try own(looker)
        var form = FormReader(visit.form)
        let score = form.neededNumber("score", in: 1...5)
        let sentence = form.maybe("sentence", atMost: 1000)
        try form.check()
        guard let score else { throw Problem(.invalid) }
        try CheckIn.give(score, sentence: sentence, sight.resident, transaction)
        return .go(to: "/home?done=checkIn.given")
      },
      trail.verb("/home/landed", name: "journey.sayLanded", policy: policy) { visit, transaction, looker in
        let sight = try own(looker)
        let journey = try Journey.needed(of: sight.resident, transaction)
        try journey.sayLanded(words: visit.form["words"], by: looker.viewer.account.retyped(), transaction)
        return .go(to: "/home?done=landed.said")
      },
      trail.residentVerb("/residents/{resident}/sharing/seen", name: "sharing.seen", .sharing, .write) {
        visit, transaction, sight in
        try Resident.sawSharing(sight.resident, transaction)
        return .go(
          to: (sight.isOwn
            ? "/home?done=sharing.seen" : "/residents/\(sight.resident)/journey?done=sharing.seenTogether"))
      },
    ]
  }

  private func home(_ visit: Visit) async throws -> Reply {
    guard let resident = try visit.signedIn().resident else { throw Problem.notFound }
    let week = try await trail.lookers(
      of: resident, from: visit.now.adding(.days(-7)), until: visit.now, except: visit.signedIn().account)
    return try await trail.look(visit, as: "home") { looker in
      try HomePage(looker, looker.sight(of: resident), visit.texts, lookedThisWeek: week).reply(visit)
    }
  }

  private func own(_ looker: Looker) throws -> Sight {
    guard let resident = looker.viewer.resident else { throw Problem.notFound }
    let sight = try looker.sight(of: resident)
    guard sight.isOwn else { throw Problem.notFound }
    return sight
  }
}
