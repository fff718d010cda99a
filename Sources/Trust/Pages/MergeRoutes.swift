internal import Kernel
internal import Site
internal import Store

/// *Samenvoegen*: first what goes along, then a second person's agreement.
extension TrustSlice {
  var mergeRoutes: [Route] {
    [
      mergeForm("/admin/people/{account}/merge", name: "account.merge", of: Account.self, place: "account"),
      mergeForm(
        "/admin/organisations/{organisation}/merge", name: "organisation.merge", of: Organisation.self,
        place: "organisation"),
    ].flatMap(\.self)
  }

  /// The same question for two accounts and for two organisations.
  private func mergeForm<R: Mergeable>(_ path: String, name: String, of: R.Type, place: String) -> [Route] {
    let duties = duties
    return trail.asksAgain(
      trail.form(
        path, name: name, policy: Self.administrators,
        show: { visit, looker, faults in
          try MergePage<R>(visit.id(place), visit, looker, duties, faults: faults).reply(visit)
        },
        perform: { visit, transaction, looker in
          let one = try R.chargeOf(visit.id(place), looker)
          let other: ID<R>? = try visit.sent { $0.id("into") }
          guard let other, try R.candidates(for: one, looker).contains(where: { $0.id == other }) else {
            throw Problem.invalid("into", "form.notAChoice")
          }
          let isDone = try R.askMerge(
            of: one.id, into: other, by: looker.viewer.account.retyped(), duties, transaction)
          return .go(to: isDone ? "\(R.list)/\(other)?done=merge.done" : "/approvals?done=approval.asked")
        }))
  }
}

/// What can go into another of its kind.
protocol Mergeable: Record {
  var name: String { get }
  /// Where all of them are listed.
  static var list: String { get }
  /// One that this administrator looks after.
  static func chargeOf(_ id: ID<Self>, _ looker: Looker) throws -> Self
  /// Into which it might go.
  static func candidates(for one: Self, _ looker: Looker) throws -> [Self]
  /// What goes along, in words.
  static func told(
    of one: Self, into other: Self, _ looker: Looker, _ duties: any Duties, _ t: Texts
  ) throws -> [String]
  static func askMerge(
    of id: ID<Self>, into other: ID<Self>, by viewer: ID<Account>, _ duties: any Duties, _ transaction: Transaction
  ) throws -> Bool
}

extension Account: Mergeable {
  static var list: String { "/admin/people" }

  static func chargeOf(_ id: ID<Account>, _ looker: Looker) throws -> Account {
    try staff(id, for: looker.viewer, looker.reader)
  }

  static func candidates(for one: Account, _ looker: Looker) throws -> [Account] {
    try looker.reader.all(
      Account.self,
      """
      where organisation = \(one.organisation) and id <> \(one.id) and id <> \(looker.viewer.account)
      and disabled_at is null and resident is null limit 1000
      """
    ).sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  static func told(
    of one: Account, into other: Account, _ looker: Looker, _ duties: any Duties, _ t: Texts
  ) throws -> [String] {
    let plan = try merge(of: one.id, into: other.id, by: looker.viewer.account.retyped(), duties, looker.reader)
    return [
      t("merge.residents", count: plan.residents), t("merge.duties", count: plan.duties),
      t("merge.teams", count: plan.teams), t("merge.accountCloses", ["name": plan.from.login ?? plan.from.name]),
      t("merge.signsInWith", ["name": plan.into.login ?? plan.into.name]),
    ]
  }
}

extension Organisation: Mergeable {
  static var list: String { "/admin/organisations" }

  static func chargeOf(_ id: ID<Organisation>, _ looker: Looker) throws -> Organisation {
    guard Charge(looker.viewer).organisation == nil else { throw Problem.notFound }
    return try looker.reader.get(Organisation.self, id)
  }

  static func candidates(for one: Organisation, _ looker: Looker) throws -> [Organisation] {
    try current(looker.reader).filter { $0.id != one.id && $0.kind == one.kind && one.kind != .municipality }
  }

  static func told(
    of one: Organisation, into other: Organisation, _ looker: Looker, _ duties: any Duties, _ t: Texts
  ) throws -> [String] {
    let plan = try merge(of: one.id, into: other.id, looker.reader)
    return [
      t("merge.people", count: plan.people), t("merge.residents", count: plan.residents),
      t("merge.organisationEnds", ["name": plan.from.name]),
    ]
  }
}

struct MergePage<R: Mergeable> {
  private let one: R
  private let others: [R]
  /// Chosen to go into, with what goes along.
  private let chosen: (other: R, told: [String])?
  private let faults: [Problem.Fault]

  init(
    _ id: ID<R>, _ visit: Visit, _ looker: Looker, _ duties: any Duties, faults: [Problem.Fault]
  ) throws {
    let one = try R.chargeOf(id, looker)
    let others = try R.candidates(for: one, looker)
    self.one = one
    self.others = others
    let wanted: ID<R>? = visit.query.id("into") ?? visit.form.id("into")
    let other = wanted.flatMap { wanted in others.first { $0.id == wanted } }
    chosen = try other.map { ($0, try R.told(of: one, into: $0, looker, duties, visit.texts)) }
    self.faults = faults
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let path = "\(R.list)/\(one.id)"
    return visit.page(t("merge.heading"), width: .letter) { html in
      html.heading(t("merge.heading"), one.name)
      if !faults.isEmpty && chosen == nil { visit.errorSummary(&html, faults) }
      html.card(t("merge.into")) { html in
        if others.isEmpty { html.empty(t("merge.nobody")) } else { choice(path, visit, &html) }
      }
      if let chosen {
        html.card(t("merge.whatGoes", ["one": one.name, "other": chosen.other.name])) { html in
          html(.ul, .class("lines")) { html in for line in chosen.told { html(.li, text: line) } }
          html(.p, .class("soft"), text: t("merge.second"))
          visit.form(&html, to: path + "/merge", submit: t("merge.submit"), faults: faults) { html in
            html(.input, .type("hidden"), .name("into"), .value(chosen.other.id.description))
          }
        }
      }
      html(.p) { html in html.link(t("letter.back"), to: path) }
    }
  }

  private func choice(_ path: String, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.form, .method("get"), .action(path + "/merge"), .class("row wrap")) { html in
      html(.label, .for("field-into"), text: t("merge.which"))
      html(.select, .id("field-into"), .name("into")) { html in
        html(.option, .value(""), text: t("form.choose"))
        for other in others {
          html(
            .option, .value(other.id.description), other.id == chosen?.other.id ? .selected : nil, text: other.name)
        }
      }
      html(.button, .class("button"), text: t("merge.preview"))
    }
  }
}
