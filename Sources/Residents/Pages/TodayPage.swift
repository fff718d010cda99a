internal import Kernel
internal import Site
internal import Store
internal import Trust

/// *Vandaag*: who needs me now?
struct TodayPage {
  private let people: [Caseload.Person]
  private let handovers: [(person: String, handover: Handover, from: String)]
  /// What a receiver asks before answering, of whom the viewer is first for.
  private let questions: [(person: String, question: HandoverQuestion)]
  private let strips: [ResidentID: [Contact]]
  private let hoursMin: Hours
  private let invitations: CircleInvitations

  init(_ looker: Looker) throws {
    invitations = try CircleInvitations(looker)
    let reader = looker.reader
    let today = RegionTime.amsterdam.date(of: reader.now)
    people = try Caseload(looker).people.sorted {
      TodayNeed.comesFirst($0.need(reader.now, today), $1.need(reader.now, today))
    }
    let named = Dictionary(people.map { ($0.resident, $0) }, uniquingKeysWith: { one, _ in one })
    let waiting = try reader.all(
      Handover.self, "where to_worker = \(looker.viewer.account) and state = 'offered' order by expires_at")
    let sights = try looker.sights(of: waiting.map(\.resident))
    let senders = try Organisation.names(waiting.map(\.fromOrganisation), reader)
    let asked = sights.isEmpty ? [] : try reader.all(Resident.self, "where id in (\(list: Array(sights.keys)))")
    let persons = Dictionary(uniqueKeysWithValues: asked.map { ($0.key, $0) })
    handovers = waiting.compactMap { handover in
      guard let sight = sights[handover.resident], sight.shows(.journey), let person = persons[handover.resident] else {
        return nil
      }
      return (sight.name(of: person), handover, senders[handover.fromOrganisation]?.name ?? "")
    }
    questions = try HandoverQuestion.waiting(for: looker.viewer.account.retyped(), reader).compactMap { question in
      guard let person = named[question.resident], person.sight.shows(.journey) else { return nil }
      _ = person.sight.shows(.identity)
      return (person.name, question)
    }
    hoursMin = people.compactMap { $0.sight.show(.support, $0.journey.hoursMin) }.reduce(Hours(0), +)
    let urgent = people.filter {
      $0.need(reader.now, today).colour == .alarm && $0.sight.allows(.read, .contacts)
    }.prefix(5).map(\.resident)
    let year =
      urgent.isEmpty
      ? []
      : try reader.all(
        Contact.self,
        "where resident in (\(list: Array(urgent))) and at > \(reader.now.adding(.days(-364))) order by at")
    strips = Dictionary(grouping: year.filter { $0.resident != nil }) { $0.resident ?? ResidentID(high: 0, low: 0) }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let asking = people.filter { $0.need(visit.now, visit.today).colour != .good }
    let calm = people.filter { $0.need(visit.now, visit.today).colour == .good }
    return visit.page(t("today.title")) { html in
      html.heading(
        t("today.question"),
        t(
          "today.lead",
          [
            "date": t.weekdayAndDate(visit.today), "people": t("today.people", count: people.count),
            "asking": t("today.asking", count: asking.count),
          ])
      ) { html in
        if visit.viewer?.teams.isEmpty == false { html.link(t("team.open"), to: "/team", class: "button") }
        if visit.viewer?.mayRegister == true {
          html.link(t("register.title"), to: "/residents/new", class: "button quiet")
        }
      }
      waiting(visit, &html)
      html(.div, .class("with-aside")) { html in
        html(.div) { html in
          html(.div, .class("card list")) { html in
            if asking.isEmpty { html.empty(t("today.nobodyAsks")) }
            for person in asking { row(person, visit, &html) }
          }
          if !calm.isEmpty {
            html(.details, .class("card list calm"), asking.isEmpty ? .open : nil) { html in
              html(.summary, text: t("today.calm", count: calm.count))
              for person in calm { row(person, visit, &html) }
            }
          }
        }
        html(.aside, .class("stack")) { html in aside(visit, &html) }
      }
    }
  }

  private func row(_ person: Caseload.Person, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let need = person.need(visit.now, visit.today)
    html(.article, .class("person")) { html in
      html(.span, .class("shape state \(need.colour.rawValue)")) { html in
        html(.span, .aria(.hidden, "true"), text: need.colour.shape)
        html(.span, .class("visually-hidden"), text: t("landing.colour.\(need.colour.rawValue)"))
      }
      html(.div) { html in
        html(.h2, .class("name")) { html in html.link(person.name, to: "/residents/\(person.resident)") }
        _ = person.sight.shows(.identity)
        html(.p, .class("row wrap")) { html in
          if person.sight.shows(.journey) { html.tag(PhaseLine.words(person.journey, visit)) }
          if person.role == .standInActive { html.tag(t("today.standingIn"), "teal") }
          if person.signals.contains(where: { $0.dueAt < visit.now }) { html.tag(t("today.overdue"), "alarm") }
        }
        for reason in reasons(person, visit) { html(.p, text: reason) }
        for step in person.sight.show(.plan, person.rewardsDue.isEmpty ? nil : person.rewardsDue) ?? [] {
          reward(of: step, visit, &html)
        }
      }
      html(.div, .class("do")) { html in
        if let phone = person.sight.show(.contact, person.phone) {
          html(.a, .class("button quiet"), .href("tel:\(dialled(phone))")) { html in
            html.text(t("circle.call"))
            html(.span, .class("visually-hidden"), text: " \(person.name), \(phone)")
          }
        }
        html(
          .a, .class(need.colour == .good ? "button quiet" : "button main"),
          .href("/residents/\(person.resident)/contacts/new")
        ) { html in
          html.text(t("contact.logShort"))
          html(.span, .class("visually-hidden"), text: " " + t("contact.logWith", ["name": person.name]))
        }
      }
      if let contacts = strips[person.resident], person.sight.shows(.contacts) {
        html(.div, .class("strip-place")) { html in
          ContactStrip(contacts, today: visit.today, movedOn: person.journey.movedOn).draw(t, &html)
          html(.a, .class("small"), .href("/residents/\(person.resident)/contacts")) { html in
            html.text(t("contact.all"))
            html(.span, .class("visually-hidden"), text: " " + person.name)
          }
        }
      }
    }
  }

  /// What was promised for a step that is done: theirs to give.
  private func reward(of step: Step, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.div, .class("row wrap")) { html in
      html(.span, text: t("today.reward", ["reward": step.reward ?? "", "step": step.words]))
      visit.button(
        &html, to: "/residents/\(step.resident)/steps/\(step.id)/reward", t("reward.give"), class: "button quiet",
        hidden: ["given": "yes"])
    }
  }

  private func reasons(_ person: Caseload.Person, _ visit: Visit) -> [String] {
    let t = visit.texts
    let sight = person.sight
    if !person.signals.isEmpty { _ = sight.shows(.signal) }
    var reasons = person.signals.map { signal -> String in
      let kind = t("signal.kind.\(signal.kind.rawValue)")
      guard let words = sight.show(.signalText, signal.words) else { return kind }
      return "\(kind): \(words.split(separator: "\n").joined(separator: " · "))"
    }
    let isToldBySignal = person.signals.contains { $0.kind == .warningRed || $0.kind == .warningAmber }
    if !isToldBySignal, let warning = sight.show(.warning, person.warning) {
      reasons.append(
        "\(t("warning.\(warning.colour.rawValue)")) \(t("warning.since", ["date": t.moment(warning.at)]))")
    }
    if let move = sight.show(.housing, person.moveDate) {
      let when = t.relative(move, today: visit.today)
      reasons.append(move < visit.today ? t("today.moved", ["when": when]) : t("today.moves", ["when": when]))
    }
    if let silent = person.silentDays, silent > person.rhythmDays, sight.shows(.contacts) {
      reasons.append(t("today.silent", ["days": String(silent), "rhythm": String(person.rhythmDays)]))
    }
    let late = person.signals.contains { $0.kind == .stepOverdue } ? [] : person.stepsLate
    reasons += (sight.show(.plan, late.isEmpty ? nil : late) ?? []).map {
      t("today.stepLate", ["step": $0.words])
    }
    if reasons.isEmpty, let step = sight.show(.plan, person.stepsSoon.first) {
      reasons.append(
        t("today.stepSoon", ["step": step.words, "when": step.dueOn.map { t.relative($0, today: visit.today) } ?? ""]))
    }
    if person.isMoodLow || reasons.isEmpty, let checkIn = sight.show(.plan, person.checkIn) {
      let gave = t("checkIn.gave", ["score": t("checkIn.score.\(checkIn.score)")])
      reasons.append(checkIn.sentence.map { "\(gave): \($0)" } ?? gave)
    }
    if reasons.isEmpty, let silent = sight.show(.contacts, person.silentDays) {
      reasons.append(t("file.lastContact", count: silent))
    }
    return reasons
  }

  /// What waits for my answer goes before everything: it has a last day.
  private func waiting(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    invitations.show(visit, &html)
    guard !handovers.isEmpty || !questions.isEmpty else { return }
    html.card(t("today.waitsForMe"), class: "waits") { html in
      html(.ul, .class("lines")) { html in
        for (person, handover, from) in handovers {
          html(.li) { html in
            html(.div) { html in
              html.link(t("today.answerHandover", ["name": person]), to: "/handovers#handover-\(handover.id)")
              let until = RegionTime.amsterdam.date(of: handover.expiresAt)
              html(
                .p, .class("small soft"),
                text: t("today.until", ["when": t.relative(until, today: visit.today), "from": from]))
            }
          }
        }
        for (person, question) in questions {
          html(.li) { html in
            html.link(
              t("today.answerQuestion", ["name": person]),
              to: "/residents/\(question.resident)/handovers#handover-\(question.handover)")
          }
        }
      }
    }
  }

  private func aside(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("today.room")) { html in
      html(.p, text: t("today.people", count: people.count))
      if hoursMin > 0 { html(.p, .class("soft small"), text: t("today.hours", ["n": t.hours(hoursMin)])) }
      html.link(t("hours.title"), to: "/hours", class: "button quiet")
    }
  }
}

extension ResidentSlice {
  var workerRoutes: [Route] {
    [
      trail.page("/today", name: "today", policy: .roles(Self.workers)) { visit, looker in
        try TodayPage(looker).reply(visit)
      },
      trail.page("/team", name: "team", policy: .roles(Self.workers)) { visit, looker in
        try TeamPage(looker).reply(visit)
      },
      trail.page("/people", name: "people", policy: .roles(Self.workers + Self.circleRoles)) { visit, looker in
        try PeopleOfMinePage(visit, looker).reply(visit)
      },
    ]
  }

  /// Roles that know residents one by one and have no list of work here yet.
  static let circleRoles: [Role] = [
    .relative, .hostTenant, .goodNeighbour, .jobCoach, .workCoach, .housingOfficer, .incomeConsultant, .debtCounsellor,
    .budgetManager, .financialAdministrator, .policeOfficer, .generalPractitioner, .deskWorker,
  ]
}
