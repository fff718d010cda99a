internal import Kernel
internal import Site
internal import Store
internal import Trust

extension ResidentSlice {
  var overviewHost: Trail.Host {
    Trail.Host("resident.overview", .identity) { visit, looker, sight in try OverviewPage(looker, sight).reply(visit) }
  }

  /// The file's own pages and the small verbs on them.
  var fileRoutes: [Route] {
    [
      trail.residentPage("/residents/{resident}", name: "resident.overview", .identity) { visit, looker, sight in
        try OverviewPage(looker, sight).reply(visit)
      },
      trail.residentVerb("/residents/{resident}/concern", name: "signal.concern", .signal, .add, on: overviewHost) {
        visit, transaction, sight in
        var form = FormReader(visit.form)
        let words = form.text("words", missing: "concern.wordsNeeded")
        try form.check()
        let journey = try Journey.needed(of: sight.resident, transaction)
        try Signal.raise(
          .concern, .amber, journey, cause: "concern:\(visit.requestID)", words: words,
          by: sight.viewer.account.retyped(), transaction)
        return .go(to: "/residents/\(sight.resident)?done=concern.told")
      },
      trail.residentVerb(
        "/residents/{resident}/signals/{signal}/settle", name: "signal.settle", .signal, .read, on: overviewHost
      ) { visit, transaction, sight in
        var form = FormReader(visit.form)
        let done = form.text("done", atMost: 1000, missing: "signal.doneNeeded")
        try form.check()
        let signal = try Signal.settled(visit.id("signal"), done, sight, transaction)
        return .go(
          to: visit.form["from"] == "signals"
            ? "/signals?done=signal.settled" : "/residents/\(signal.resident)?done=signal.settled")
      },
      trail.residentVerb(
        "/residents/{resident}/signals/{signal}/reopen", name: "signal.reopen", .signal, .read, on: overviewHost
      ) { visit, transaction, sight in
        try Signal.reopened(visit.id("signal"), sight, transaction)
        return .go(to: "/residents/\(sight.resident)?done=signal.reopened")
      },
    ] + factRoutes
  }

  private var factHost: Trail.Host {
    Trail.Host("fact.report.form", .readiness) { visit, looker, sight in try FactsPage(looker, sight).reply(visit) }
  }

  private var factRoutes: [Route] {
    [
      trail.residentPage("/residents/{resident}/facts", name: "fact.report.form", .readiness) { visit, looker, sight in
        try FactsPage(looker, sight).reply(visit)
      },
      trail.residentVerb(
        "/residents/{resident}/facts/{kind}", name: "fact.report", .readiness, .read, on: factHost
      ) { visit, transaction, sight in
        guard let kind = Fact.Kind(rawValue: visit.places["kind"] ?? "") else { throw Problem.notFound }
        try sight.require(.read, kind.category)
        try sight.require(.write, kind.writtenAs)
        try FactForm(kind, visit.form).store(sight, transaction)
        return .go(to: "/residents/\(sight.resident)/facts?done=fact.reported")
      },
    ]
  }
}

/// What was sent about one fact.
private struct FactForm {
  private let kind: Fact.Kind
  private let standing: Fact.Standing
  private let words: String?
  private let address: String?

  init(_ kind: Fact.Kind, _ fields: Fields) throws {
    var form = FormReader(fields)
    let chosen: Fact.Standing? = form.choice("standing")
    if kind == .moveDate {
      let day = chosen == .yes ? form.neededDate("date") : form.date("date")
      words = day?.description
    } else {
      words = form.maybe("words", atMost: 400)
    }
    address = kind == .keys ? form.maybe("address", atMost: 400) : nil
    try form.check()
    guard let chosen else { throw Problem(.invalid) }
    (self.kind, standing) = (kind, chosen)
  }

  func store(_ sight: Sight, _ transaction: Transaction) throws {
    try Fact.report(
      kind, standing, words: words, sight.resident, by: sight.viewer.account.retyped(), transaction)
    // With the keys comes the new address: else everybody goes to the old one.
    if let address, sight.allows(.write, .contact) {
      let person = try transaction.get(Resident.self, sight.resident.retyped())
      try Resident.correct(
        Details(contact: .init(phone: person.phone, email: person.email, address: address)), of: sight.resident,
        transaction)
    }
  }
}

/// What is known, and what still has to be found out; each fact with since when and by whom.
struct FactsPage {
  private let head: FileHead
  private let facts: [Fact.Kind: Fact]
  private let names: [ID<Account>: Account]
  private let kinds: [Fact.Kind]
  private let writable: Set<Fact.Kind>
  private let address: String?
  private let mayWriteAddress: Bool

  init(_ looker: Looker, _ sight: Sight) throws {
    head = try FileHead(looker, sight)
    mayWriteAddress = sight.allows(.write, .contact)
    address = head.contact?.address
    let all = try Fact.current(sight.resident, looker.reader)
    kinds = Fact.Kind.allCases.filter { sight.shows($0.category) }
    writable = Set(kinds.filter { sight.allows(.write, $0.writtenAs) })
    facts = all.filter { sight.allows(.read, $0.key.category) }
    names = try Account.names(facts.values.compactMap(\.by), looker.reader)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .overview, title: t("fact.title")) { html in
      html.card(t("fact.title")) { html in
        if !writable.isEmpty { html(.p, .class("soft"), text: t("fact.lead")) }
        html(.ul, .class("lines facts")) { html in
          for kind in kinds { row(kind, visit, &html) }
        }
      }
      html(.p) { html in html.link(t("file.back"), to: head.path(.overview)) }
    }
  }

  private func row(_ kind: Fact.Kind, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.li) { html in
      html(.div) { html in
        html(.b, text: t("fact.kind.\(kind.rawValue)"))
        if let fact = facts[kind] {
          let words = kind == .moveDate ? fact.words.flatMap { LocalDate($0) }.map(t.date) : fact.words
          html(
            .p, .class("small"),
            text: [t("fact.standing.\(fact.standing.rawValue)"), words].compactMap { $0 }.joined(separator: " · "))
          let who = fact.by.flatMap { names[$0]?.name } ?? ""
          html(
            .p, .class("small soft"),
            text: t("fact.by", ["name": who, "date": t.shortDate(fact.sinceOn, today: visit.today)]))
        } else {
          html(.p, .class("small soft"), text: t("fact.unknown"))
        }
      }
      if writable.contains(kind) {
        html(.details, visit.isAgain(path(kind)) ? .open : nil) { html in
          html(.summary) { html in
            html.text(t("fact.change"))
            html(.span, .class("visually-hidden"), text: " " + t("fact.kind.\(kind.rawValue)"))
          }
          form(kind, visit, &html)
        }
      }
    }
  }

  private func path(_ kind: Fact.Kind) -> String { "/residents/\(head.resident)/facts/\(kind.rawValue)" }

  /// Nothing is chosen beforehand: what nobody knows yet is not "yes".
  private func form(_ kind: Fact.Kind, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let fact = facts[kind]
    let part = kind.rawValue
    let standings = Fact.Standing.allCases.map { Field.Option($0.rawValue, t("fact.standing.\($0.rawValue)")) }
    var fields = [
      Field("standing", t("fact.how"), .radio(standings), value: fact?.standing.rawValue, isRequired: true)
        .within(part)
    ]
    if kind == .keys && mayWriteAddress {
      fields.append(
        Field("address", t("fact.newAddress"), hint: t("fact.newAddressHint"), value: address).within(part))
    }
    fields.append(
      kind == .moveDate
        ? Field("date", t("fact.date"), .date, value: fact?.words).within(part)
        : Field("words", t("fact.words"), value: fact?.words).within(part))
    visit.form(&html, to: path(kind), submit: t("form.save"), class: "stack tight", fields: fields)
  }
}
