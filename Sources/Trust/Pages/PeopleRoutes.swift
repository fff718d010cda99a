public import Kernel
internal import Site
internal import Store

/// People who may sign in: adding them, printing their letter, closing their account.
extension TrustSlice {
  /// Roles somebody can be given by the administrator: everyone who works in the region. What somebody is to a resident
  /// comes from relations.
  public static let staffRoles: [Role] = [
    .supportWorker, .teamLeader, .coordinator, .clinician, .deskWorker, .peerWorker, .communityWorker, .jobCoach,
    .workCoach, .housingOfficer, .incomeConsultant, .debtCounsellor, .budgetManager, .financialAdministrator,
    .policyAdviser, .privacyOfficer, .systemAdministrator,
  ]

  var peopleRoutes: [Route] {
    let adding = trail.form(
      "/admin/people", name: "admin.people", policy: Self.administrators,
      show: { visit, looker, faults in try PeoplePage(looker, visit, faults: faults).reply(visit) },
      perform: { visit, transaction, looker in
        switch try Account.add(visit.form, by: looker.viewer, transaction) {
        case .made(let account): return .go(to: "/admin/people/\(account.id)?done=account.added")
        case .asked: return .go(to: "/approvals?done=approval.asked")
        }
      })
    return trail.asksAgain(adding)
  }
}

struct PeoplePage {
  private static let pageSize = 50

  private let people: [Account]
  private let organisations: [Organisation]
  private let names: [ID<Organisation>: String]
  private let chosen: ID<Organisation>?
  private let next: ID<Account>?
  private let faults: [Problem.Fault]
  private let arrivals: ArrivalsCard

  init(_ looker: Looker, _ visit: Visit, faults: [Problem.Fault]) throws {
    self.faults = faults
    arrivals = try ArrivalsCard(looker)
    let charge = Charge(looker.viewer)
    let reader = looker.reader
    let all = try Organisation.current(reader)
    organisations = all.filter { charge.covers($0.id) }
    names = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.name) })
    // Whoever looks after one organisation sees its people only.
    let chosen: ID<Organisation>? = try charge.organisation ?? visit.asked { $0.maybeID("organisation") }
    self.chosen = chosen
    let after = visit.query["after"] ?? ""
    let condition: SQL = chosen.map { "and organisation = \($0)" } ?? ""
    let count = try reader.count("select count(*) from account where resident is null \(part: condition)")
    let found =
      count > Self.sortable
      ? try reader.all(
        Account.self,
        "where resident is null and id > \(after) \(part: condition) order by id limit \(Self.pageSize + 1)")
      : try Self.byName(reader, condition, after: ID(after))
    people = Array(found.prefix(Self.pageSize))
    next = found.count > Self.pageSize ? people.last?.id : nil
  }

  /// Names are sealed, so they are opened to be put in order; beyond this many they stand as they came.
  private static let sortable = 1000

  private static func byName(_ reader: Reader, _ condition: SQL, after: ID<Account>?) throws -> [Account] {
    let found: [Account] = try reader.all(Account.self, "where resident is null \(part: condition)")
    let all = found.sorted { one, other in
      let (left, right) = (one.name.lowercased(), other.name.lowercased())
      return left == right ? one.id < other.id : left < right
    }
    let start = all.firstIndex { $0.id == after }.map { $0 + 1 } ?? 0
    return Array(all[start...].prefix(pageSize + 1))
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("admin.people")) { html in
      html.heading(t("admin.people"), t("admin.peopleLead"))
      arrivals.show(t, &html)
      html(.div, .class("columns")) { html in
        html.card(nil) { html in
          filter(visit, &html)
          html(.ul, .class("people")) { html in
            for person in people { row(person, t, &html) }
          }
          if let next {
            html.link(
              t("list.next"), to: "/admin/people?" + visit.query.without("done").with("after", "\(next)").encoded,
              class: "button")
          }
        }
        html.card(t("admin.addPerson")) { html in addForm(visit, &html) }
      }
    }
  }

  private func filter(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.form, .method("get"), .action("/admin/people"), .class("row wrap")) { html in
      html(.label, .for("filter-organisation"), text: t("admin.organisation"))
      html(.select, .id("filter-organisation"), .name("organisation")) { html in
        html(.option, .value(""), text: t("list.all"))
        for organisation in organisations {
          html(
            .option, .value(organisation.id.description), organisation.id == chosen ? .selected : nil,
            text: organisation.name)
        }
      }
      html(.button, .class("button"), text: t("list.show"))
    }
  }

  private func row(_ person: Account, _ t: Texts, _ html: inout HTML) {
    html(.li) { html in
      html.face(person.name)
      html(.div) { html in
        html(.p) { html in html.link(person.name, to: "/admin/people/\(person.id)") }
        let role = person.label ?? t("role.\(person.role.rawValue)")
        html(
          .p, .class("small soft"),
          text: [role, person.organisation.flatMap { names[$0] }].compactMap { $0 }.joined(separator: " · "))
      }
      if person.disabledAt != nil { html.tag(t("admin.closed")) }
    }
  }

  private func addForm(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    visit.form(
      &html, to: "/admin/people", submit: t("admin.add"), faults: faults,
      fields: [
        Field("name", t("admin.name"), isRequired: true),
        Field("email", t("admin.email"), .email, isRequired: true),
        Field(
          "role", t("admin.role"),
          .choice(
            [Field.Option("", t("form.choose"))]
              + TrustSlice.staffRoles.map { Field.Option($0.rawValue, t("role.\($0.rawValue)")) }),
          isRequired: true),
        Field(
          "organisation", t("admin.organisation"),
          .choice([Field.Option("", t("form.none"))] + organisations.map { Field.Option($0.id.description, $0.name) })),
        Field("label", t("admin.label"), hint: t("admin.labelHint")),
        Field("phone", t("admin.phone"), .telephone),
        Field("mayRegister", t("admin.mayRegister"), .check, hint: t("admin.mayRegisterHint")),
      ])
  }
}
