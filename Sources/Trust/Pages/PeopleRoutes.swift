public import Kernel
public import Site
public import Store

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
    let duties = duties
    return trail.form(
      "/admin/people", name: "admin.people", policy: Self.administrators,
      show: { visit, looker, faults in
        try PeoplePage(looker.reader, visit, arrivals: ArrivalsCard(looker), faults: faults).reply(visit)
      },
      perform: { visit, transaction, looker in
        switch try Account.add(visit.form, by: looker.viewer, transaction) {
        case .made(let account): return .go(to: "/admin/people/\(account.id)?done=account.added")
        case .asked: return .go(to: "/approvals?done=approval.asked")
        }
      }) + [
        trail.page("/admin/people/{account}", name: "admin.person", policy: Self.administrators) { visit, looker in
          try PersonPage(visit.id("account"), looker.reader, duties).reply(visit)
        },
        trail.verb("/admin/people/{account}/letter", name: "invitation.make", policy: Self.administrators) {
          visit, transaction, looker in
          let account = try Account.staff(visit.id("account"), transaction)
          guard account.disabledAt == nil, account.login != nil else { throw Problem.refused("admin.cannotInvite") }
          return try LetterPage.make(
            for: account, by: looker.viewer, back: "/admin/people", asked: "/approvals", visit, transaction)
        },
        trail.verb("/admin/people/{account}/close", name: "account.close", policy: Self.administrators) {
          visit, transaction, looker in
          let account = try Account.staff(visit.id("account"), transaction)
          try account.leave(by: looker.viewer, isForced: visit.form.isOn("force"), duties, transaction)
          return .go(to: "/admin/people/\(account.id)?done=account.closed")
        },
      ]
  }
}

extension Account {
  /// Somebody who works here. Accounts of residents and of those around them are not the administrator's: a letter for
  /// one of them would open a file.
  static func staff(_ id: ID<Account>, _ reader: Reader) throws -> Account {
    let account = try reader.get(Account.self, id)
    guard account.resident == nil else { throw Problem.notFound }
    return account
  }

  /// What became of adding somebody.
  enum Added {
    case made(Account)
    /// A second person must agree first.
    case asked(Approval)
  }

  /// Adds somebody from a form. An account that sees or decides for many waits for a second person.
  static func add(_ form: Fields, by viewer: Viewer, _ transaction: Transaction) throws -> Added {
    var reader = FormReader(form)
    let name = reader.text("name", atMost: 200)
    let email = reader.text("email", atMost: 200)
    let chosen: Role? = reader.choice("role", among: TrustSlice.staffRoles)
    let organisation: ID<Organisation>? = reader.maybeID("organisation")
    if let chosen, chosen != .systemAdministrator, form["organisation"] == nil {
      reader.add("organisation", "form.chooseThis")
    }
    if !email.isEmpty && !email.contains("@") { reader.add("email", "form.notAnAddress") }
    // The list of people who work here is the administrator's; that an address is a resident's is not.
    if let other = try Account.with(email: email, transaction), other.resident == nil {
      reader.add("email", "admin.emailThere")
    }
    if let organisation, try !Organisation.isThere(organisation, transaction) {
      reader.add("organisation", "form.notAChoice")
    }
    try reader.check()
    guard let role = chosen else { throw Problem.invalid("role", "form.chooseThis") }
    if try SecondPerson.weighty.contains(role) && Approval.isNeeded(transaction) {
      return .asked(
        try Approval.ask(
          .account(name: name, email: email, role: role, organisation: organisation), by: viewer.account.retyped(),
          transaction))
    }
    return .made(
      try make(
        name: name, email: email, role: role, organisation: organisation, mayRegister: form.isOn("mayRegister"),
        transaction))
  }

  /// Makes an account for somebody who works here. An address that is taken elsewhere is kept as a wish, which the
  /// letter's receiver settles: nobody learns from this answer whether it is known.
  @discardableResult
  public static func make(
    name: String, email: String, role: Role, organisation: ID<Organisation>?, mayRegister: Bool = false,
    _ transaction: Transaction
  ) throws -> Account {
    var account = Account(
      id: transaction.freshID(), name: name, email: nil, organisation: organisation, role: role,
      mayRegister: mayRegister)
    try account.wish(for: email, transaction)
    return try transaction.put(account)
  }

  /// Leaves the region's work. Whoever is still first for residents hands that on before, or by force to the
  /// stand-in or the access team.
  func leave(
    by viewer: Viewer, isForced: Bool, _ duties: any Duties, _ transaction: Transaction
  ) throws {
    guard id != viewer.account.retyped() else { throw Problem.refused("admin.notYourself") }
    let open = try duties.count(of: id, transaction)
    if open > 0 {
      guard isForced else { throw Problem.refused("admin.hasDuties", ["n": String(open)]) }
      try duties.handOn(from: id, transaction)
    }
    try close(transaction)
  }

  /// Nobody signs in with it any more, from the next request on.
  func close(_ transaction: Transaction) throws {
    var closed = self
    closed.disabledAt = transaction.now
    try transaction.put(closed)
    try Sessions.endAll(of: id, transaction)
    try transaction.technical("delete from invitation where account = \(id)")
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

  init(_ reader: Reader, _ visit: Visit, arrivals: ArrivalsCard, faults: [Problem.Fault]) throws {
    self.faults = faults
    self.arrivals = arrivals
    organisations = try Organisation.current(reader)
    names = Dictionary(uniqueKeysWithValues: organisations.map { ($0.id, $0.name) })
    let chosen: ID<Organisation>? = visit.query.id("organisation")
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
          if let next { html.link(t("list.next"), to: "/admin/people?after=\(next)", class: "button") }
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
        let role = t("role.\(person.role.rawValue)")
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
        Field("mayRegister", t("admin.mayRegister"), .check, hint: t("admin.mayRegisterHint")),
      ])
  }
}

struct PersonPage {
  private let account: Account
  private let organisation: Organisation?
  private let duties: Int

  init(_ id: ID<Account>, _ reader: Reader, _ duties: any Duties) throws {
    account = try Account.staff(id, reader)
    organisation = try account.organisation.flatMap { try reader.find(Organisation.self, $0) }
    self.duties = account.disabledAt == nil ? try duties.count(of: id, reader) : 0
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let role = t("role.\(account.role.rawValue)")
    return visit.page(account.name, width: .letter) { html in
      html.heading(account.name, [role, organisation?.name].compactMap { $0 }.joined(separator: " · "))
      if account.disabledAt != nil {
        html(.p, .class("notice"), text: t("admin.isClosed"))
      } else {
        html.card(t("admin.letterTitle")) { html in
          html(.p, .class("soft"), text: t("admin.letterLead"))
          visit.button(&html, to: "/admin/people/\(account.id)/letter", t("admin.makeLetter"), class: "button main")
        }
        html.card(t("admin.closeTitle")) { html in
          html(.p, .class("soft"), text: duties == 0 ? t("admin.closeLead") : t("admin.closeDuties", count: duties))
          visit.button(
            &html, to: "/admin/people/\(account.id)/close", duties == 0 ? t("admin.close") : t("admin.closeForce"),
            hidden: duties == 0 ? [:] : ["force": "on"])
        }
      }
      html(.p) { html in html.link(t("admin.backToPeople"), to: "/admin/people") }
    }
  }
}

/// The printed letter with which somebody comes in the first time.
public struct LetterPage {
  private let account: Account
  private let code: String
  private let until: Instant
  private let back: String

  /// Makes a fresh code, ends every earlier one, and shows the letter this once. For an account in use a second person
  /// must have agreed; else that is asked, and told on the page `asked`.
  public static func make(
    for account: Account, by viewer: Viewer, back: String, asked: String, _ visit: Visit, _ transaction: Transaction
  ) throws -> Reply {
    guard let code = try Letter.make(for: account, by: viewer.account.retyped(), transaction) else {
      return .go(to: asked + "?done=approval.askedLetter")
    }
    let until = transaction.now.adding(InvitationCode.validity)
    return LetterPage(account: account, code: code, until: until, back: back).reply(visit)
  }

  private func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("letter.title"), width: .letter) { html in
      html(.article, .class("card letter")) { html in
        html(.h1, text: t("letter.title"))
        html(.p, text: t("letter.dear", ["name": account.name]))
        html(.p, text: t("letter.body"))
        html(.ol, .class("numbered")) { html in
          html(.li, text: t("letter.step1"))
          html(.li, text: t("letter.step2"))
          html(.li, text: t("letter.step3"))
          if let login = account.login { html(.li, text: t("letter.step4", ["login": login])) }
        }
        html(.p, .class("code"), text: code)
        html(.p, .class("soft"), text: t("letter.until", ["date": t.date(RegionTime.amsterdam.date(of: until))]))
      }
      html(.p, .class("no-print")) { html in
        html(.button, .class("button main"), .type("button"), .data("data-print"), text: t("letter.print"))
        html.link(t("letter.back"), to: back, class: "button quiet")
      }
      html(.p, .class("small soft no-print"), text: t("letter.once"))
    }
  }
}
