internal import Kernel
internal import Site
internal import Store
internal import Trust

/// One handover as sender, receiver and circle see it: each part by its own category.
struct HandoverView {
  let handover: Handover
  let from: String
  let to: String
  let person: String?
  let parts: [(key: String, words: String)]
  private let isReceiver: Bool
  private let isSender: Bool
  let questions: [HandoverQuestion]
  private let life: HandoverLife
  private let people: [ID<Account>: Account]

  static func views(
    _ handovers: [Handover], _ looker: Looker, _ sight: Sight, person: String?, looks: [Trail.Look] = []
  ) throws -> [HandoverView] {
    // Of a file that became one with this one, by what is seen of this one.
    let residents = Set(handovers.map(\.resident))
    let sights = Dictionary(uniqueKeysWithValues: residents.map { ($0, sight) })
    let persons = Dictionary(uniqueKeysWithValues: residents.compactMap { one in person.map { (one, $0) } })
    return try views(handovers, looker, sights, persons, looks)
  }

  /// Of several residents, in as many questions as of one.
  static func views(
    _ handovers: [Handover], _ looker: Looker, _ sights: [ResidentID: Sight], _ persons: [ResidentID: String],
    _ looks: [Trail.Look] = []
  ) throws -> [HandoverView] {
    let reader = looker.reader
    let questions = try HandoverQuestion.about(handovers, reader)
    let people = try Account.names(
      handovers.flatMap { [$0.fromWorker, $0.toWorker] } + handovers.compactMap(\.decidedBy)
        + questions.compactMap(\.answeredBy), reader)
    let organisations = try Organisation.names(
      handovers.flatMap { [$0.fromOrganisation, $0.toOrganisation] }, reader)
    return handovers.compactMap { handover in
      guard let sight = sights[handover.resident] else { return nil }
      return HandoverView(
        handover, people, organisations, sight, persons[handover.resident],
        questions.filter { $0.handover == handover.id }, looks)
    }
  }

  private init(
    _ handover: Handover, _ people: [ID<Account>: Account], _ organisations: [ID<Organisation>: Organisation],
    _ sight: Sight, _ person: String?, _ questions: [HandoverQuestion], _ looks: [Trail.Look]
  ) {
    self.handover = handover
    self.person = person
    self.people = people
    self.questions = questions
    let seen = looks.filter { $0.account == handover.toWorker.retyped() && $0.at >= handover.offeredAt }.map(\.at).min()
    life = HandoverLife(handover, questions: questions, seenAt: seen)
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
    html(.article, .class("card handover"), .id("handover-\(handover.id)")) { html in
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
        answer(visit, &html)
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
      story(t, &html)
      if handover.state == .offered { talk(visit, &html) }
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

  /// Everything that happened to it, in order.
  private func story(_ t: Texts, _ html: inout HTML) {
    html(.h3, text: t("handover.life"))
    html(.ol, .class("lines")) { html in
      for moment in life.moments {
        html(.li) { html in
          html(.div) { html in
            let name = moment.by.flatMap { people[$0]?.name }
            html(
              .p, .class("small"),
              text: [t("handover.life.\(moment.kind.rawValue)"), name, t.moment(moment.at)].compactMap { $0 }
                .joined(separator: " · "))
            if let words = moment.words { html(.blockquote, text: words) }
          }
        }
      }
    }
  }

  /// What the receiver wants to know first, and what the sender says to it.
  private func talk(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    if isReceiver {
      let action = path + "/questions"
      html(.details, .class("no-print"), visit.isAgain(action) ? .open : nil) { html in
        html(.summary, text: t("handover.ask"))
        visit.form(
          &html, to: action, submit: t("handover.askSubmit"), class: "stack tight",
          fields: [
            Field("words", t("handover.question"), .report(rows: 2), isRequired: true)
              .within("ask-\(handover.id)")
          ])
      }
    } else if isSender {
      for question in questions where question.answer == nil {
        visit.form(
          &html, to: "\(path)/questions/\(question.id)", submit: t("handover.explainSubmit"),
          class: "stack tight no-print",
          fields: [
            Field("words", t("handover.explain", ["question": question.words]), .report(rows: 2), isRequired: true)
              .within(question.id.description)
          ])
      }
    }
  }

  private var path: String { "/residents/\(handover.resident)/handovers/\(handover.id)" }

  /// Its form was just sent and is shown again, with what is wrong.
  func isAsked(in visit: Visit) -> Bool {
    guard handover.state == .offered else { return false }
    let forms =
      isReceiver
      ? [path, path + "/questions"]
      : isSender ? questions.filter { $0.answer == nil }.map { "\(path)/questions/\($0.id)" } : []
    return forms.contains(where: visit.isAgain)
  }

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
