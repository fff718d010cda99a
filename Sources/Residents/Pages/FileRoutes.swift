internal import Kernel
internal import Site
internal import Store
internal import Trust

extension ResidentSlice {
  /// The file's own pages and the small verbs on them.
  var fileRoutes: [Route] {
    [
      trail.residentPage("/residents/{resident}", name: "resident.overview", .identity) { visit, looker, sight in
        try OverviewPage(looker, sight).reply(visit)
      },
      trail.residentVerb("/residents/{resident}/concern", name: "signal.concern", .signal, .add) {
        visit, transaction, sight in
        guard let words = visit.form["words"] else { throw Problem.refused("concern.wordsNeeded") }
        let journey = try Journey.needed(of: sight.resident, transaction)
        try Signal.raise(
          .concern, .amber, journey, cause: "concern:\(visit.requestID)", words: words, transaction)
        return .go(to: "/residents/\(sight.resident)?done=concern.told")
      },
      trail.residentVerb(
        "/residents/{resident}/signals/{signal}/settle", name: "signal.settle", .signal, .read
      ) { visit, transaction, sight in
        let signal = try transaction.get(Signal.self, visit.id("signal"))
        let account: ID<Account> = sight.viewer.account.retyped()
        guard signal.resident == sight.resident, sight.allows(.write, .signal) || signal.owner == account else {
          throw Problem.notFound
        }
        try signal.settle(visit.form["done"], by: account, transaction)
        return .go(to: (visit.form["back"] ?? "/residents/\(sight.resident)") + "?done=signal.settled")
      },
    ] + factRoutes
  }

  private var factRoutes: [Route] {
    trail.residentForm(
      "/residents/{resident}/facts", name: "fact.report", .readiness, .read,
      show: { visit, looker, sight, faults in try FactsPage(looker, sight, faults: faults).reply(visit) },
      perform: { visit, transaction, sight in
        guard let kind = Fact.Kind(rawValue: visit.form["kind"] ?? "") else {
          throw Problem.invalid("kind", "form.needed")
        }
        guard let standing = Fact.Standing(rawValue: visit.form["standing"] ?? "") else {
          throw Problem.invalid("standing", "form.needed")
        }
        try sight.require(.read, kind.category)
        try sight.require(.write, kind.writtenAs)
        let words = kind == .moveDate ? visit.form["date"] : visit.form["words"]
        try Fact.report(
          kind, standing, words: words, sight.resident, by: sight.viewer.account.retyped(), transaction)
        return .go(to: "/residents/\(sight.resident)/facts?done=fact.reported")
      })
  }
}

/// What is known, and what still has to be found out; each fact with since when and by whom.
struct FactsPage {
  private let head: FileHead
  private let facts: [Fact.Kind: Fact]
  private let names: [ID<Account>: Account]
  private let kinds: [Fact.Kind]
  private let writable: Set<Fact.Kind>
  private let faults: [Problem.Fault]

  init(_ looker: Looker, _ sight: Sight, faults: [Problem.Fault]) throws {
    head = try FileHead(looker, sight)
    let all = try Fact.current(sight.resident, looker.reader)
    kinds = Fact.Kind.allCases.filter { sight.shows($0.category) }
    writable = Set(kinds.filter { sight.allows(.write, $0.writtenAs) })
    facts = all.filter { sight.allows(.read, $0.key.category) }
    names = try Account.names(facts.values.compactMap(\.by), looker.reader)
    self.faults = faults
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .overview) { html in
      html.card(t("fact.title")) { html in
        if !writable.isEmpty { html(.p, .class("soft"), text: t("fact.lead")) }
        if !faults.isEmpty { visit.errorSummary(&html, faults) }
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
        html(.details) { html in
          html(.summary, text: t("fact.change"))
          form(kind, visit, &html)
        }
      }
    }
  }

  private func form(_ kind: Fact.Kind, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.form, .method("post"), .action("/residents/\(head.resident)/facts"), .class("stack tight")) { html in
      visit.formKeys(&html)
      html(.input, .type("hidden"), .name("kind"), .value(kind.rawValue))
      html(.fieldset, .class("row wrap")) { html in
        html(.legend, .class("visually-hidden"), text: t("fact.kind.\(kind.rawValue)"))
        for standing in Fact.Standing.allCases {
          let id = "\(kind.rawValue)-\(standing.rawValue)"
          html(.span, .class("option")) { html in
            html(
              .input, .type("radio"), .id(id), .name("standing"), .value(standing.rawValue),
              (facts[kind]?.standing ?? .yes) == standing ? .checked : nil)
            html(.label, .for(id), text: t("fact.standing.\(standing.rawValue)"))
          }
        }
      }
      let id = "\(kind.rawValue)-words"
      if kind == .moveDate {
        html(.label, .for(id), text: t("fact.date"))
        html(.input, .type("date"), .id(id), .name("date"), .value(facts[kind]?.words ?? ""))
      } else {
        html(.label, .for(id), text: t("fact.words"))
        html(
          .input, .type("text"), .id(id), .name("words"), .maxLength(400), .value(facts[kind]?.words ?? ""),
          .autocomplete("off"))
      }
      html(.button, .class("button"), text: t("form.save"))
    }
  }
}
