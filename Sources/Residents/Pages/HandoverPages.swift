internal import Kernel
internal import Site
internal import Store
internal import Trust

/// A resident's handovers: the open one with its form, earlier ones, and asking for a new one.
struct HandoversPage {
  private let head: FileHead
  private let handovers: [HandoverView]
  private let mayOffer: Bool

  init(_ looker: Looker, _ sight: Sight) throws {
    head = try FileHead(looker, sight)
    let found = try looker.reader.all(
      Handover.self, "where resident = \(sight.resident) order by offered_at desc")
    handovers = try HandoverView.views(found, looker, sight, person: nil)
    mayOffer = sight.may(.write, .journey) && !sight.isOwn && head.journey != nil
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .handovers) { html in
      if mayOffer {
        html(.p, .class("no-print")) { html in
          html.link(t("handover.offer"), to: "/residents/\(head.resident)/handovers/new", class: "button main")
        }
      }
      if handovers.isEmpty { html.card(nil) { html in html.empty(t("handover.none")) } }
      for view in handovers { view.show(visit, &html) }
    }
  }
}

/// One handover as sender, receiver and circle see it: each part by its own category.
struct HandoverView {
  let handover: Handover
  let from: String
  let to: String
  let person: String?
  let parts: [(key: String, words: String)]
  private let isReceiver: Bool
  private let isSender: Bool

  static func views(
    _ handovers: [Handover], _ looker: Looker, _ sight: Sight, person: String?
  ) throws -> [HandoverView] {
    let people = try Account.names(handovers.flatMap { [$0.fromWorker, $0.toWorker] }, looker.reader)
    let organisations = try Organisation.names(
      handovers.flatMap { [$0.fromOrganisation, $0.toOrganisation] }, looker.reader)
    return handovers.map { handover in
      HandoverView(handover, people, organisations, sight, person)
    }
  }

  private init(
    _ handover: Handover, _ people: [ID<Account>: Account], _ organisations: [ID<Organisation>: Organisation],
    _ sight: Sight, _ person: String?
  ) {
    self.handover = handover
    self.person = person
    func side(_ account: ID<Account>, _ organisation: ID<Organisation>) -> String {
      [people[account]?.name, organisations[organisation]?.name].compactMap { $0 }.joined(separator: ", ")
    }
    from = side(handover.fromWorker, handover.fromOrganisation)
    to = side(handover.toWorker, handover.toOrganisation)
    let viewer: ID<Account> = sight.viewer.account.retyped()
    isReceiver = viewer == handover.toWorker
    isSender = viewer == handover.fromWorker || sight.hasAny([.supportWorker, .coordinator])
    // The form is made, with the resident, for its receiver: they read all of it to be able to answer.
    let isParty = isReceiver || viewer == handover.fromWorker || sight.isOwn
    parts = [
      ("agreements", handover.agreements, Category.support), ("finances", handover.finances, .money),
      ("warning", handover.warning, .warning), ("network", handover.network, .network),
      ("activities", handover.activities, .activities), ("openMatters", handover.openMatters, .signalText),
      ("answer", handover.answer, .journey),
    ].compactMap { key, words, category in
      guard let words, isParty || sight.may(.read, category) else { return nil }
      return (key, words)
    }
  }

  func show(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.article, .class("card handover")) { html in
      html(.div, .class("row between wrap")) { html in
        html(.h2, text: person.map { t("handover.of", ["name": $0]) } ?? t("handover.title"))
        html.state(colour, t("handover.state.\(handover.state.rawValue)"))
      }
      html(.p) { html in
        html.text(t("handover.fromTo", ["from": from, "to": to]))
        if let area = handover.area.flatMap(Municipality.with(code:)) {
          html.tag(t("handover.forArea", ["area": area.name]))
        }
      }
      if handover.state == .offered {
        html(
          .p, .class("small soft"),
          text: t("handover.waits", ["date": t.date(RegionTime.amsterdam.date(of: handover.expiresAt)), "from": from]))
      }
      if let talk = handover.talkOn { html(.p, .class("small"), text: t("handover.talk", ["date": t.date(talk)])) }
      if let along = handover.alongUntil {
        html(.p, .class("small"), text: t("handover.along", ["from": from, "date": t.date(along)]))
      }
      html(.dl) { html in
        for (key, words) in parts {
          html(.dt, text: t("handover.part.\(key)"))
          html(.dd, .class("lines-kept"), text: words)
        }
      }
      if handover.state == .offered { answer(visit, &html) }
      html(.p, .class("no-print")) { html in
        html(.button, .class("button quiet"), .type("button"), .data("data-print"), text: t("plan.print"))
      }
    }
  }

  private var colour: StateColour {
    switch handover.state {
    case .accepted, .provisional: .good
    case .offered, .withdrawn: .mind
    case .refused, .expired: .alarm
    }
  }

  private func answer(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let path = "/residents/\(handover.resident)/handovers/\(handover.id)"
    if isReceiver {
      html(.form, .method("post"), .action(path), .class("stack tight no-print")) { html in
        visit.formKeys(&html)
        let id = "answer-\(handover.id)"
        html(.label, .for(id), text: t("handover.answer"))
        html(.textarea, .id(id), .name("answer"), .rows(2), .maxLength(2000), text: "")
        html(.p, .class("actions")) { html in
          html(.button, .class("button main"), .name("verdict"), .value("accept"), text: t("handover.accept"))
          html(.button, .class("button"), .name("verdict"), .value("refuse"), text: t("handover.refuse"))
        }
        html(.p, .class("small soft"), text: t("handover.refuseHint"))
      }
    } else if isSender {
      visit.button(&html, to: path + "/withdraw", t("handover.withdraw"), class: "button quiet")
    }
  }
}

/// The form for asking: first which organisation, then who and what.
struct OfferPage {
  private let head: FileHead
  private let organisations: [Organisation]
  private let chosen: Organisation?
  private let receivers: [Account]
  private let warning: EarlyWarningPlan?
  private let faults: [Problem.Fault]

  init(_ visit: Visit, _ looker: Looker, _ sight: Sight, faults: [Problem.Fault]) throws {
    self.faults = faults
    let reader = looker.reader
    head = try FileHead(looker, sight)
    let own: ID<Organisation>? = looker.viewer.organisation?.retyped()
    organisations = try Organisation.current(reader).filter { organisation in
      organisation.id != own
        && [.careProvider, .mentalHealthProvider, .welfare, .peerOrganisation, .addictionCare].contains(
          organisation.kind)
    }
    let id: ID<Organisation>? = visit.query.id("organisation") ?? visit.form.id("organisation")
    let chosen = organisations.first { $0.id == id }
    self.chosen = chosen
    receivers =
      try chosen.map {
        try reader.all(
          Account.self,
          "where organisation = \($0.id) and disabled_at is null and role in ('supportWorker', 'teamLeader', 'clinician') limit 300"
        )
      } ?? []
    warning = sight.may(.read, .warning) ? try EarlyWarningPlan.of(sight.resident, reader) : nil
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .handovers) { html in
      html.card(t("handover.offer")) { html in
        html(.p, .class("soft"), text: t("handover.offerLead"))
        chooseOrganisation(visit, &html)
        if let chosen { form(chosen, visit, &html) }
      }
    }
  }

  private func chooseOrganisation(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.form, .method("get"), .action("/residents/\(head.resident)/handovers/new"), .class("row wrap")) { html in
      html(.label, .for("organisation"), text: t("handover.toOrganisation"))
      html(.select, .id("organisation"), .name("organisation")) { html in
        for organisation in organisations {
          html(
            .option, .value(organisation.id.description), organisation.id == chosen?.id ? .selected : nil,
            text: organisation.name)
        }
      }
      html(.button, .class(chosen == nil ? "button main" : "button"), text: t("handover.choose"))
    }
  }

  private func form(_ chosen: Organisation, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    var fields = [
      Field(
        "toWorker", t("handover.toWorker"), .choice(receivers.map { Field.Option($0.id.description, $0.name) }),
        isRequired: true),
      Field(
        "agreements", t("handover.part.agreements"), .area(rows: 4), hint: t("handover.agreementsHint"),
        isRequired: true),
      Field("finances", t("handover.part.finances"), .area(rows: 2)),
      Field(
        "warning", t("handover.part.warning"), .area(rows: 2),
        value: warning.map { [$0.amberSigns, $0.amberWorker].compactMap { $0 }.joined(separator: "\n") }),
      Field("network", t("handover.part.network"), .area(rows: 2)),
      Field("activities", t("handover.part.activities"), .area(rows: 2)),
      Field("openMatters", t("handover.part.openMatters"), .area(rows: 2)),
      Field("talkOn", t("handover.talkOn"), .date, hint: t("handover.talkHint")),
      Field("alongUntil", t("handover.alongUntil"), .date, hint: t("handover.alongHint")),
    ]
    if head.journey?.phase == .ready {
      fields.append(
        Field(
          "area", t("handover.area"),
          .choice([Field.Option("", t("handover.areaNow"))] + Municipality.all.map { Field.Option($0.code, $0.name) }),
          hint: t("handover.areaHint")))
    }
    visit.form(
      &html, to: "/residents/\(head.resident)/handovers/new", submit: t("handover.submit"), faults: faults,
      fields: fields, draft: true
    ) { html in
      html(.input, .type("hidden"), .name("organisation"), .value(chosen.id.description))
    }
  }
}

extension ResidentSlice {
  var handoverRoutes: [Route] {
    [
      trail.residentPage("/residents/{resident}/handovers", name: "handovers", .journey) { visit, looker, sight in
        try HandoversPage(looker, sight).reply(visit)
      },
      trail.residentVerb("/residents/{resident}/handovers/{handover}", name: "handover.answer", .journey, .read) {
        visit, transaction, sight in
        let handover = try transaction.get(Handover.self, visit.id("handover"))
        guard handover.resident == sight.resident else { throw Problem.notFound }
        let account: ID<Account> = sight.viewer.account.retyped()
        if visit.form["verdict"] == "accept" {
          try handover.accept(answer: visit.form["answer"], by: account, transaction)
          return .go(to: "/residents/\(sight.resident)/handovers?done=handover.accepted")
        }
        try handover.refuse(answer: visit.form["answer"], by: account, transaction)
        return .go(to: "/handovers?done=handover.refused")
      },
      trail.residentVerb(
        "/residents/{resident}/handovers/{handover}/withdraw", name: "handover.withdraw", .journey, .write
      ) { visit, transaction, sight in
        let handover = try transaction.get(Handover.self, visit.id("handover"))
        guard handover.resident == sight.resident else { throw Problem.notFound }
        try handover.withdraw(transaction)
        return .go(to: "/residents/\(sight.resident)/handovers?done=handover.withdrawn")
      },
      trail.page("/handovers", name: "handovers.mine", policy: .roles(Self.workers + [.coordinator])) { visit, looker in
        try MyHandoversPage(looker).reply(visit)
      },
    ]
      + trail.residentForm(
        "/residents/{resident}/handovers/new", name: "handover.offer", .journey, .write,
        show: { visit, looker, sight, faults in try OfferPage(visit, looker, sight, faults: faults).reply(visit) },
        perform: { visit, transaction, sight in
          let journey = try Journey.needed(of: sight.resident, transaction)
          guard let receiver: ID<Account> = visit.form.id("toWorker") else {
            throw Problem.invalid("toWorker", "handover.receiverNeeded")
          }
          let form = visit.form
          try Handover.offer(
            HandoverForm(form, to: receiver),
            journey, by: sight.viewer.account.retyped(), transaction)
          return .go(to: "/residents/\(sight.resident)/handovers?done=handover.offered")
        })
  }

  static let workers: [Role] = [.supportWorker, .teamLeader, .clinician, .peerWorker, .communityWorker]
}

/// What waits for my answer, and what I wait for.
struct MyHandoversPage {
  private let forMe: [HandoverView]
  private let mine: [HandoverView]

  init(_ looker: Looker) throws {
    let reader = looker.reader
    let account = looker.viewer.account
    let found = try reader.all(
      Handover.self,
      """
      where (to_worker = \(account) or from_worker = \(account))
      and (state in ('offered', 'provisional') or decided_at > \(reader.now.adding(.days(-30)))) order by offered_at desc
      """)
    let sights = try looker.sights(of: found.map(\.resident))
    let residents = try sights.isEmpty ? [] : reader.all(Resident.self, "where id in (\(list: Array(sights.keys)))")
    let people = Dictionary(uniqueKeysWithValues: residents.map { ($0.key, $0) })
    let views = try found.flatMap { handover -> [HandoverView] in
      guard let sight = sights[handover.resident], sight.may(.read, .journey), let person = people[handover.resident]
      else { return [] }
      return try HandoverView.views([handover], looker, sight, person: sight.name(of: person))
    }
    forMe = views.filter { $0.handover.toWorker == account.retyped() }
    mine = views.filter { $0.handover.toWorker != account.retyped() }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("handover.mine"), width: .letter) { html in
      html.heading(t("handover.mine"), t("handover.mineLead"))
      if forMe.isEmpty && mine.isEmpty { html.empty(t("handover.nothingWaits")) }
      for view in forMe { view.show(visit, &html) }
      if !mine.isEmpty {
        html(.h2, text: t("handover.iWaitFor"))
        for view in mine { view.show(visit, &html) }
      }
    }
  }
}
