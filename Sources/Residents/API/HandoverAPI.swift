internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Handovers by API: the same verbs as the pages.
extension ResidentSlice {
  var handoverAPI: [Route] {
    [
      trail.apiRead(
        "/residents/{resident}/handovers", name: "handovers", .journey,
        Operation(
          "Handovers, newest first; each part by what you may see.", tag: "handovers",
          answer: .items("HandoverList", Shapes.handover.schema))
      ) { _, looker, sight in
        let found = try looker.reader.all(
          Handover.self, "where resident = \(sight.resident) order by offered_at desc, id desc limit 100")
        let views = try HandoverView.views(found, looker, sight, person: nil)
        let items = views.map { view in
          Shapes.handover.json(
            (view.handover, Dictionary(uniqueKeysWithValues: view.parts.map { ($0.key, $0.words) }), view.questions))
        }
        return .json(.of(["items": .array(items)]))
      },
      trail.apiChange(
        .post, "/residents/{resident}/handovers", name: "handover.offer", .journey, .write,
        Operation(
          "Ask another organisation to take over.", tag: "handovers",
          input: Input(
            "HandoverOffer",
            [
              Schema.Property("toWorker", .id, isRequired: true), Schema.Property("area", .text, isRequired: false),
              Schema.Property("agreements", .text, isRequired: true),
            ]
              + ["finances", "warning", "network", "activities", "openMatters"].map {
                Schema.Property($0, .text, isRequired: false)
              } + [
                Schema.Property("talkOn", .date, isRequired: false),
                Schema.Property("alongUntil", .date, isRequired: false),
              ]), answer: .made, status: 201)
      ) { visit, transaction, sight in
        let journey = try Journey.needed(of: sight.resident, transaction)
        let handover = try Handover.offer(
          HandoverForm(visit.form), journey, by: sight.viewer.account.retyped(), transaction)
        return .made(handover.id, status: 201)
      },
      trail.apiChange(
        .post, "/residents/{resident}/handovers/{handover}/answer", name: "handover.answer", .journey, .read,
        Operation(
          "Accept or refuse; only the receiver.", tag: "handovers",
          input: Input(
            "HandoverAnswer",
            [
              Schema.Property("verdict", .enumeration(["accept", "refuse"]), isRequired: true),
              Schema.Property("answer", .text, isRequired: false),
            ]), answer: .made)
      ) { visit, transaction, sight in
        let handover = try transaction.get(Handover.self, visit.id("handover"))
        guard handover.resident == sight.resident else { throw Problem.notFound }
        let account: ID<Account> = sight.viewer.account.retyped()
        if visit.form["verdict"] == "accept" {
          try handover.accept(answer: visit.form["answer"], by: account, transaction)
        } else {
          try handover.refuse(answer: visit.form["answer"], by: account, transaction)
        }
        return .made(handover.id)
      },
      trail.apiChange(
        .post, "/residents/{resident}/handovers/{handover}/withdrawal", name: "handover.withdraw", .journey, .write,
        Operation("Take the question back.", tag: "handovers", input: .nothing, answer: .made)
      ) { visit, transaction, sight in
        let handover = try transaction.get(Handover.self, visit.id("handover"), of: sight.resident)
        try handover.withdraw(transaction)
        return .made(handover.id)
      },
      trail.apiChange(
        .post, "/residents/{resident}/handovers/{handover}/questions", name: "handover.ask", .journey, .read,
        Operation(
          "Ask something before answering; only the receiver.", tag: "handovers",
          input: Input("HandoverQuestion", [Schema.Property("words", .text, isRequired: true)]), answer: .made,
          status: 201)
      ) { visit, transaction, sight in
        let handover = try transaction.get(Handover.self, visit.id("handover"), of: sight.resident)
        let question = try handover.ask(
          visit.form["words"] ?? "", by: sight.viewer.account.retyped(), transaction)
        return .made(question.id, status: 201)
      },
      trail.apiChange(
        .post, "/residents/{resident}/handovers/{handover}/questions/{question}/answer", name: "handover.explain",
        .journey, .write,
        Operation(
          "Say what the receiver asked.", tag: "handovers",
          input: Input("HandoverExplanation", [Schema.Property("words", .text, isRequired: true)]),
          answer: .made)
      ) { visit, transaction, sight in
        let question = try transaction.get(HandoverQuestion.self, visit.id("question"), of: sight.resident)
        return .made(
          try question.answer(visit.form["words"] ?? "", by: sight.viewer.account.retyped(), transaction).id)
      },
    ]
  }
}

extension HandoverForm {
  /// As it was sent, by a page or by the API.
  init(_ fields: Fields) throws {
    var form = FormReader(fields)
    let receiver: ID<Account>? = form.maybeID("toWorker")
    if fields["toWorker"] == nil { form.add("toWorker", "handover.receiverNeeded") }
    let area = form.maybe("area")
    if let area, Municipality.with(code: area) == nil { form.add("area", "form.notAChoice") }
    let (talkOn, alongUntil) = (form.date("talkOn"), form.date("alongUntil"))
    let parts = ["finances", "warning", "network", "activities", "openMatters"].map { form.maybe($0) }
    let agreements = form.maybe("agreements") ?? ""
    try form.check()
    guard let receiver else { throw Problem(.invalid) }
    self.init(
      toWorker: receiver, area: area, agreements: agreements, finances: parts[0], warning: parts[1],
      network: parts[2], activities: parts[3], openMatters: parts[4], talkOn: talkOn, alongUntil: alongUntil)
  }
}
