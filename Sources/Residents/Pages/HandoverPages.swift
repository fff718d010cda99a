internal import Kernel
internal import Site
internal import Store
internal import Trust

/// A resident's handovers: the open one with its form, earlier ones, and asking for a new one.
struct HandoversPage {
  private let head: FileHead
  private let handovers: [HandoverView]
  private let mayOffer: Bool

  /// - Parameter looks: when people first looked at the handovers, as far as the trail was asked.
  init(_ looker: Looker, _ sight: Sight, looks: [Trail.Look] = []) throws {
    head = try FileHead(looker, sight)
    let found = try looker.reader.all(
      Handover.self, "where resident = \(sight.resident) order by offered_at desc")
    handovers = try HandoverView.views(found, looker, sight, person: nil, looks: looks)
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

/// What the receiver says.
private enum Verdict: String { case accept, refuse }

extension ResidentSlice {
  private var handoversHost: Trail.Host {
    Trail.Host("handovers", .journey) { visit, looker, sight in try HandoversPage(looker, sight).reply(visit) }
  }

  /// Where a handover can be read; who opened one of these has seen it.
  private static let handoverPages: Set<String> = ["handovers", "handovers.mine", "api.handovers"]
  /// How long ago somebody may have looked: longer than any handover waits.
  private static let seenDays = 120

  var handoverRoutes: [Route] { answerRoutes + questionRoutes }

  private var questionRoutes: [Route] {
    [
      trail.residentVerb(
        "/residents/{resident}/handovers/{handover}/questions", name: "handover.ask", .journey, .read,
        on: handoversHost
      ) { visit, transaction, sight in
        let handover = try transaction.get(Handover.self, visit.id("handover"), of: sight.resident)
        let words = try visit.sent { $0.text("words", atMost: 2000) }
        try handover.ask(words, by: sight.viewer.account.retyped(), transaction)
        return .go(to: "/residents/\(sight.resident)/handovers?done=handover.asked#handover-\(handover.id)")
      },
      trail.residentVerb(
        "/residents/{resident}/handovers/{handover}/questions/{question}", name: "handover.explain", .journey, .write,
        on: handoversHost
      ) { visit, transaction, sight in
        let question = try transaction.get(HandoverQuestion.self, visit.id("question"), of: sight.resident)
        let words = try visit.sent { $0.text("words", atMost: 2000) }
        try question.answer(words, by: sight.viewer.account.retyped(), transaction)
        return .go(
          to: "/residents/\(sight.resident)/handovers?done=handover.explained#handover-\(question.handover)")
      },
    ]
  }

  private var answerRoutes: [Route] {
    [
      trail.residentPage(
        "/residents/{resident}/handovers", name: "handovers", .journey,
        knowing: { visit in
          try await trail.looks(
            at: visit.id("resident"), on: Self.handoverPages, from: visit.now.adding(.days(-Self.seenDays)),
            until: visit.now)
        }
      ) { visit, looker, sight, looks in
        try HandoversPage(looker, sight, looks: looks).reply(visit)
      },
      trail.residentVerb(
        "/residents/{resident}/handovers/{handover}", name: "handover.answer", .journey, .read, on: handoversHost
      ) { visit, transaction, sight in
        let handover = try transaction.get(Handover.self, visit.id("handover"), of: sight.resident)
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
        let handover = try transaction.get(Handover.self, visit.id("handover"), of: sight.resident)
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
