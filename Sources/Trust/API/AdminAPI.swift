internal import Kernel
internal import Site
internal import Store

/// People and teams by API: the administrator's verbs. A letter is printed and handed over, so there is no call for it.
extension TrustSlice {
  static let account = Shape<Account>(
    "Account",
    [
      .id("id") { $0.id }, .text("name") { $0.name }, .text(maybe: "email") { $0.email }, .choice("role") { $0.role },
      .text(maybe: "label") { $0.label }, .text(maybe: "phone") { $0.phone },
      .id(maybe: "organisation") { $0.organisation }, .flag("mayRegister") { $0.mayRegister },
      .instant(maybe: "closedAt") { $0.disabledAt }, .id(maybe: "mergedInto") { $0.mergedInto },
      .integer("version") { $0.version },
    ])

  private static let membership = Shape<TeamMembership>(
    "TeamMembership",
    [.id("id") { $0.id }, .id("account") { $0.account }, .instant("fromAt") { $0.fromAt }])

  private static let team = Shape<(team: Team, members: [TeamMembership])>(
    "Team",
    [.id("id") { $0.team.id }, .text("name") { $0.team.name }, .list("members", membership) { $0.members }])

  private static let absence = Shape<Absence>(
    "Absence",
    [.id("id") { $0.id }, .date("from") { $0.fromOn }, .date(maybe: "until") { $0.untilOn }])

  var adminAPI: [Route] { accountsAPI + teamsAPI + absenceAPI }

  private var accountsAPI: [Route] {
    let duties = duties
    return [
      trail.apiList(
        "/accounts", name: "accounts", policy: Self.administrators,
        Operation(
          "People who work with Geland, in the order of their ids.", tag: "administration",
          answer: .items("AccountList", Self.account.schema), isPaged: true,
          query: [Schema.Property("organisation", .id, isRequired: false)])
      ) { visit, looker in
        let chosen: ID<Organisation>? = Charge(looker.viewer).organisation ?? visit.query.id("organisation")
        let condition: SQL = chosen.map { "and organisation = \($0)" } ?? ""
        let found = try looker.reader.all(
          Account.self,
          """
          where resident is null and id > \(visit.query["after"] ?? "") \(part: condition)
          order by id limit \(visit.limit + 1)
          """)
        return .page(found, visit, "/accounts") { (json: Self.account.json($0), key: $0.id.description) }
      },
      trail.apiMake(
        "/accounts", name: "account.add", policy: Self.administrators,
        Operation(
          "Add somebody. They can sign in once they have used their letter. A coordinator, team leader, privacy officer "
            + "or administrator waits for a second person: then the answer is 202 with the id of the approval.",
          tag: "administration",
          input: Input(
            "NewAccount",
            [
              Schema.Property("name", .text, isRequired: true), Schema.Property("email", .text, isRequired: true),
              Schema.Property("role", .enumeration(Self.staffRoles.map(\.rawValue)), isRequired: true),
              Schema.Property("organisation", .id, isRequired: false),
              Schema.Property("mayRegister", .boolean, isRequired: false),
              Schema.Property("label", .text, isRequired: false), Schema.Property("phone", .text, isRequired: false),
            ]), answer: .made, status: 201
        ).waiting()
      ) { visit, transaction, looker in
        switch try Account.add(visit.form.withTruths(["mayRegister"]), by: looker.viewer, transaction) {
        case .made(let account): return .made(account.id, status: 201)
        case .asked(let approval): return .made(approval.id, status: 202)
        }
      },
      trail.apiMake(
        "/accounts/{account}/closure", name: "account.close", policy: Self.administrators,
        Operation(
          "Close an account. Somebody who is first for residents hands on first; force hands on to the stand-in or the "
            + "access team.", tag: "administration",
          input: Input("Closure", [Schema.Property("force", .boolean, isRequired: false)]), answer: .made)
      ) { visit, transaction, looker in
        let account = try Account.staff(visit.id("account"), for: looker.viewer, transaction)
        try account.leave(
          by: looker.viewer, isForced: visit.form.flag("force") ?? false, duties, transaction)
        return .made(account.id)
      },
    ]
  }

  private var teamsAPI: [Route] {
    let duties = duties
    return [
      trail.apiList(
        "/teams", name: "teams", policy: Self.administrators,
        Operation(
          "Teams of several employers, with who is in them.", tag: "administration",
          answer: .items("TeamList", Self.team.schema))
      ) { _, looker in
        let memberships = try looker.reader.all(TeamMembership.self, "where until_at is null order by id")
        let items = try looker.reader.all(Team.self, "where ended_on is null order by name").map { team in
          Self.team.json((team, memberships.filter { $0.team == team.id }))
        }
        return .json(.of(["items": .array(items)]))
      },
      trail.apiMake(
        "/teams", name: "team.add", policy: Self.administrators,
        Operation(
          "Add a team.", tag: "administration",
          input: Input("NewTeam", [Schema.Property("name", .text, isRequired: true)]), answer: .made, status: 201)
      ) { visit, transaction, _ in
        let team = try transaction.put(Team(id: transaction.freshID(), name: visit.form["name"] ?? ""))
        return .made(team.id, status: 201)
      },
      trail.apiMake(
        "/teams/{team}/members", name: "team.join", policy: Self.administrators,
        Operation(
          "Ask to let somebody with a care role join a team: they will see whom it shares. A second person agrees; then the "
            + "answer is 202 with the id of the approval.", tag: "administration",
          input: Input("NewMember", [Schema.Property("account", .id, isRequired: true)]), answer: .made, status: 201
        ).waiting()
      ) { visit, transaction, looker in
        guard let id: ID<Account> = visit.form.id("account") else { throw Problem.notFound }
        let account = try Account.staff(id, for: looker.viewer, transaction)
        guard account.disabledAt == nil else { throw Problem.notFound }
        switch try TeamMembership.ask(visit.id("team"), account, by: looker.viewer, duties, transaction) {
        case .joined(let membership): return .made(membership.id, status: 201)
        case .asked(let approval): return .made(approval.id, status: 202)
        }
      },
      trail.apiMake(
        "/team-memberships/{membership}/ending", name: "team.leave", policy: Self.administrators,
        Operation("Somebody leaves a team.", tag: "administration", input: .nothing, answer: .made)
      ) { visit, transaction, looker in
        let membership = try transaction.get(TeamMembership.self, visit.id("membership"))
        _ = try Account.staff(membership.account, for: looker.viewer, transaction)
        try membership.end(duties, transaction)
        return .made(membership.id)
      },
    ]
  }

  private var absenceAPI: [Route] {
    let duties = duties
    return [
      trail.apiList(
        "/absences", name: "absences", policy: .signedIn,
        Operation(
          "When you are away, now and later.", tag: "absence", answer: .items("AbsenceList", Self.absence.schema))
      ) { visit, looker in
        let found = try looker.reader.all(
          Absence.self,
          """
          where account = \(looker.viewer.account) and (until_on is null or until_on >= \(visit.today))
          and ended_at is null order by from_on, id
          """)
        return .json(.of(["items": .array(found.map(Self.absence.json))]))
      },
      trail.apiMake(
        "/absences", name: "absence.record", policy: .signedIn,
        Operation(
          "Say that you, or a colleague, are away; who stands in sees what the other sees until they are back.",
          tag: "absence",
          input: Input(
            "NewAbsence",
            [
              Schema.Property("from", .date, isRequired: true), Schema.Property("until", .date, isRequired: false),
              Schema.Property("account", .id, isRequired: false), Schema.Property("standIn", .id, isRequired: false),
            ]), answer: .made, status: 201)
      ) { visit, transaction, looker in
        .made(try Absence.report(visit.form, looker.viewer, duties, transaction).id, status: 201)
      },
      trail.apiMake(
        "/absences/{absence}/ending", name: "absence.end", policy: .signedIn,
        Operation("You are back.", tag: "absence", input: .nothing, answer: .made)
      ) { visit, transaction, looker in
        .made(try Absence.end(visit.id("absence"), looker.viewer, duties, transaction).id)
      },
    ]
  }
}
