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
    mayOffer = sight.allows(.write, .journey) && !sight.isOwn && head.journey != nil
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .handovers) { html in
      if !visit.faults.isEmpty && !handovers.contains(where: { $0.isAsked(in: visit) }) {
        visit.errorSummary(&html, visit.faults)
      }
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
    // The form is made, with the resident, for its receiver: they read all of it to be able to answer. Once answered,
    // each part follows the choice of now.
    let isAddressee = isReceiver && handover.state == .offered
    parts = [
      ("agreements", handover.agreements, Category.support), ("finances", handover.finances, .money),
      ("warning", handover.warning, .warning), ("network", handover.network, .network),
      ("activities", handover.activities, .activities), ("openMatters", handover.openMatters, .signalText),
      ("answer", handover.answer, .journey),
    ].compactMap { key, words, category in
      guard let words, isAddressee ? sight.showsAsAddressee(category) : sight.shows(category) else { return nil }
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

  private var path: String { "/residents/\(handover.resident)/handovers/\(handover.id)" }

  /// Its form was just sent and is shown again, with what is wrong.
  func isAsked(in visit: Visit) -> Bool { isReceiver && handover.state == .offered && visit.isAgain(path) }

  private func answer(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    if isReceiver {
      visit.form(
        &html, to: path, submit: nil, class: "stack tight no-print",
        fields: [Field("answer", t("handover.answer"), .report(rows: 2)).within(handover.id.description)]
      ) { html in
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

/// What the receiver says.
private enum Verdict: String { case accept, refuse }

extension ResidentSlice {
  private var handoversHost: Trail.Host {
    Trail.Host("handovers", .journey) { visit, looker, sight in try HandoversPage(looker, sight).reply(visit) }
  }

  var handoverRoutes: [Route] {
    [
      trail.residentPage("/residents/{resident}/handovers", name: "handovers", .journey) { visit, looker, sight in
        try HandoversPage(looker, sight).reply(visit)
      },
      trail.residentVerb(
        "/residents/{resident}/handovers/{handover}", name: "handover.answer", .journey, .read, on: handoversHost
      ) { visit, transaction, sight in
        let handover = try transaction.get(Handover.self, visit.id("handover"))
        guard handover.resident == sight.resident else { throw Problem.notFound }
        let account: ID<Account> = sight.viewer.account.retyped()
        let (verdict, answer) = try visit.sent { ($0.choice("verdict") as Verdict?, $0.maybe("answer", atMost: 2000)) }
        switch verdict {
        case .accept:
          try handover.accept(answer: answer, by: account, transaction)
          return .go(to: "/residents/\(sight.resident)/handovers?done=handover.accepted")
        case .refuse:
          try handover.refuse(answer: answer, by: account, transaction)
          return .go(to: "/handovers?done=handover.refused")
        case nil: throw Problem(.invalid)
        }
      },
      trail.residentVerb(
        "/residents/{resident}/handovers/{handover}/withdraw", name: "handover.withdraw", .journey, .write,
        on: handoversHost
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
          try Handover.offer(HandoverForm(visit.form), journey, by: sight.viewer.account.retyped(), transaction)
          return .go(to: "/residents/\(sight.resident)/handovers?done=handover.offered")
        })
  }

  static let workers: [Role] = [.supportWorker, .teamLeader, .clinician, .peerWorker, .communityWorker]
}
