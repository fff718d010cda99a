internal import Kernel
internal import Site
internal import Store

/// *Tweede persoon*: what waits for somebody else's agreement, and the answer.
extension TrustSlice {
  static let deciders = RoutePolicy.roles(Array(SecondPerson.weighty).sorted { $0.rawValue < $1.rawValue })

  var approvalRoutes: [Route] {
    let duties = duties
    return [
      trail.page("/approvals", name: "approvals", policy: Self.deciders) { visit, looker in
        try ApprovalsPage(looker).reply(visit)
      },
      trail.asksAgain(
        trail.verb("/approvals/{approval}", name: "approval.decide", policy: Self.deciders) {
          visit, transaction, looker in
          let decision: Approval.Decision? = try visit.sent { $0.choice("decision") }
          guard let decision else { throw Problem.invalid("decision", "form.chooseThis") }
          try Approval.decide(visit.id("approval"), decision, looker, duties, transaction)
          return .go(to: "/approvals?done=approval.\(decision.rawValue)")
        }),
    ]
  }
}

extension Approval {
  /// The answer of somebody who may give it, by a page or by the API.
  @discardableResult
  static func decide(
    _ id: ID<Approval>, _ decision: Decision, _ looker: Looker, _ duties: any Duties, _ transaction: Transaction
  ) throws -> Approval {
    let approval = try transaction.get(Approval.self, id)
    guard try approval.mayDecide(looker) else { throw Problem.notFound }
    try approval.decide(decision, by: looker.viewer.account.retyped(), duties, transaction)
    return approval
  }

  /// May the viewer answer this?
  func mayDecide(_ looker: Looker) throws -> Bool {
    let viewer = looker.viewer
    let leads = try resident.map {
      try looker.sights(of: [$0])[$0]?.hasAny([.teamLeader, .coordinator]) ?? false
    }
    return SecondPerson.mayDecide(
      self, as: viewer.account.retyped(), role: viewer.role, organisation: viewer.organisation?.retyped(),
      concerned: try concerned(looker.reader), leadsFor: leads ?? false)
  }
}

struct ApprovalsPage {
  struct Item {
    let approval: Approval
    /// Whom it is about.
    let name: String
    let detail: String?
    let team: String?
    let askedBy: String
    /// Into what it goes, for a merge.
    let into: String?
  }

  private let toDecide: [Item]
  private let mine: [Item]

  init(_ looker: Looker) throws {
    let all = try Approval.waiting(looker.reader)
    let me: ID<Account> = looker.viewer.account.retyped()
    toDecide = try Self.items(all.filter { try $0.mayDecide(looker) }, looker)
    mine = try Self.items(all.filter { $0.askedBy == me }, looker)
  }

  static func items(_ approvals: [Approval], _ looker: Looker) throws -> [Item] {
    let reader = looker.reader
    let accounts = try Account.names(
      approvals.flatMap { [$0.account, $0.askedBy, $0.intoAccount].compactMap(\.self) }, reader)
    let organisations = try Organisation.names(
      approvals.flatMap { [$0.organisation, $0.intoOrganisation].compactMap(\.self) }
        + accounts.values.compactMap(\.organisation), reader)
    return try approvals.map { approval in
      let account = approval.account.flatMap { accounts[$0] }
      // Whoever belongs to a resident's circle is named to who may know the resident.
      if let resident = approval.resident { _ = try looker.sight(of: resident).shows(.identity) }
      let organisation = approval.organisation ?? account?.organisation
      return Item(
        approval: approval, name: approval.name ?? account?.name ?? "",
        detail: organisation.flatMap { organisations[$0]?.name },
        team: try approval.team.flatMap { try reader.find(Team.self, $0)?.name },
        askedBy: accounts[approval.askedBy]?.name ?? "",
        into: approval.intoAccount.flatMap { accounts[$0].map { "\($0.name) (\($0.login ?? ""))" } }
          ?? approval.intoOrganisation.flatMap { organisations[$0]?.name })
    }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("approval.title"), width: .letter) { html in
      html.heading(t("approval.title"), t("approval.lead"))
      html.card(t("approval.forYou")) { html in
        if toDecide.isEmpty { html.empty(t("approval.nothing")) }
        html(.ul, .class("lines")) { html in
          for item in toDecide { row(item, mayDecide: true, visit, &html) }
        }
      }
      if !mine.isEmpty {
        html.card(t("approval.yours")) { html in
          html(.ul, .class("lines")) { html in
            for item in mine { row(item, mayDecide: false, visit, &html) }
          }
        }
      }
    }
  }

  private func row(_ item: Item, mayDecide: Bool, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.li) { html in
      html(.div) { html in
        html(.p) { html in html(.b, text: Self.what(item, t)) }
        html(.p, .class("small soft"), text: t("approval.why.\(item.approval.kind.rawValue)"))
        let until = RegionTime.amsterdam.date(of: item.approval.askedAt.adding(Approval.validity))
        html(
          .p, .class("small soft"),
          text: t("approval.asked", ["name": item.askedBy, "date": t.date(until)]))
      }
      if mayDecide {
        let path = "/approvals/\(item.approval.id)"
        html(.div, .class("actions")) { html in
          visit.button(&html, to: path, t("approval.agree"), class: "button main", hidden: ["decision": "agreed"])
          visit.button(&html, to: path, t("approval.refuse"), class: "button quiet", hidden: ["decision": "refused"])
        }
      }
    }
  }

  /// What is asked, in one sentence.
  private static func what(_ item: Item, _ t: Texts) -> String {
    let values = [
      "name": item.name, "team": item.team ?? "", "organisation": item.detail ?? "", "into": item.into ?? "",
      "role": item.approval.role.map { t("role.\($0.rawValue)") } ?? "",
    ]
    return t("approval.what.\(item.approval.kind.rawValue)", values)
  }
}
