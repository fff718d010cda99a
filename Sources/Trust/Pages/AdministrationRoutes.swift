public import Kernel
internal import Site
public import Store

/// Organisations, people and teams. Here is no resident, not even by name.
extension TrustSlice {
  static let administrators = RoutePolicy.roles([.systemAdministrator])

  var administrationRoutes: [Route] { organisationRoutes + peopleRoutes + teamRoutes }

  private var organisationRoutes: [Route] {
    trail.form(
      "/admin/organisations", name: "admin.organisations", policy: Self.administrators,
      show: { visit, looker, faults in
        try OrganisationsPage(organisations: Organisation.current(looker.reader), faults: faults).reply(visit)
      },
      perform: { visit, transaction, _ in
        try Organisation.add(visit.form, transaction)
        return .go(to: "/admin/organisations?done=organisation.added")
      })
  }

  private var teamRoutes: [Route] {
    let duties = duties
    let host: Trail.ListPage = { visit, looker in try TeamsPage(looker.reader, faults: []).reply(visit) }
    return trail.form(
      "/admin/teams", name: "admin.teams", policy: Self.administrators,
      show: { visit, looker, faults in try TeamsPage(looker.reader, faults: faults).reply(visit) },
      perform: { visit, transaction, _ in
        let name = try visit.sent { $0.text("name", atMost: 200) }
        try transaction.put(Team(id: transaction.freshID(), name: name))
        return .go(to: "/admin/teams?done=team.added")
      }) + [
        trail.verb("/admin/teams/{team}/members", name: "admin.teams.join", policy: Self.administrators, on: host) {
          visit, transaction, looker in
          let email = try visit.sent { $0.text("email", atMost: 200) }
          guard let account = try Account.with(email: email, transaction), account.resident == nil,
            account.disabledAt == nil
          else { throw Problem.invalid("email", "admin.noSuchPerson") }
          switch try TeamMembership.ask(visit.id("team"), account, by: looker.viewer, duties, transaction) {
          case .joined: return .go(to: "/admin/teams?done=team.joined")
          case .asked: return .go(to: "/approvals?done=approval.asked")
          }
        },
        trail.verb(
          "/admin/memberships/{membership}/end", name: "admin.teams.leave", policy: Self.administrators
        ) { visit, transaction, _ in
          try transaction.get(TeamMembership.self, visit.id("membership")).end(duties, transaction)
          return .go(to: "/admin/teams?done=team.left")
        },
      ]
  }
}

extension Organisation {
  /// Adds a partner, as a form or a call describes it. A municipality is one of the region's, once.
  @discardableResult
  static func add(_ form: Fields, _ transaction: Transaction) throws -> Organisation {
    var reader = FormReader(form)
    let name = reader.text("name", atMost: 200)
    let kind: Kind? = reader.choice("kind")
    let municipality: Municipality? = reader.maybeChoice("municipality")
    if kind == .municipality {
      if form["municipality"] == nil { reader.add("municipality", "admin.municipalityNeeded") }
    } else if kind != nil && municipality != nil {
      reader.add("municipality", "admin.municipalityOnly")
    }
    if let municipality, try isThere(municipality, transaction) {
      reader.add("municipality", "admin.municipalityThere")
    }
    try reader.check()
    guard let kind else { throw Problem.invalid("kind", "form.chooseThis") }
    return try add(name, kind, of: municipality, transaction)
  }

  /// Adds a partner that is known to be right.
  @discardableResult
  public static func add(
    _ name: String, _ kind: Kind, of municipality: Municipality? = nil, _ transaction: Transaction
  ) throws -> Organisation {
    try transaction.put(
      Organisation(id: transaction.freshID(), name: name, kind: kind, municipality: municipality?.code))
  }

  private static func isThere(_ municipality: Municipality, _ reader: Reader) throws -> Bool {
    try reader.count(
      "select count(*) from organisation where municipality = \(municipality.code) and ended_on is null") > 0
  }
}

extension TeamMembership {
  /// The teams somebody is in now.
  public static func teams(of account: ID<Account>, _ reader: Reader) throws -> [ID<Team>] {
    try reader.rows(
      """
      select team from team_membership where account = \(account) and from_at <= \(reader.now)
      and (until_at is null or until_at > \(reader.now)) order by team
      """
    ).compactMap { $0.id("team") }
  }

  /// Everyone who is in one of these teams now, with an open account.
  public static func mates(in teams: [ID<Team>], _ reader: Reader) throws -> [Account] {
    guard !teams.isEmpty else { return [] }
    return try reader.all(
      Account.self,
      """
      where disabled_at is null and id in (select account from team_membership where team in (\(list: teams))
        and from_at <= \(reader.now) and (until_at is null or until_at > \(reader.now))) order by id
      """)
  }

  /// Asks a second person to let somebody join: they will see everyone the team shares. In a region without residents
  /// it is done at once.
  static func ask(
    _ team: ID<Team>, _ account: Account, by viewer: Viewer, _ duties: any Duties, _ transaction: Transaction
  ) throws -> Joining {
    let team = try transaction.get(Team.self, team)
    guard RelationTable.standard.teamRoles.contains(account.role) else { throw Problem.refused("team.careOnly") }
    if try Approval.isNeeded(transaction) {
      return .asked(
        try Approval.ask(.joinTeam(team.id, account.id), by: viewer.account.retyped(), transaction))
    }
    let membership = try join(team.id, account.id, transaction)
    try duties.teamsChanged(of: account.id, transaction)
    return .joined(membership)
  }

  /// What became of letting somebody join.
  enum Joining {
    case joined(TeamMembership)
    /// A second person must agree first.
    case asked(Approval)
  }

  /// Joins, unless already in it; only care roles join.
  @discardableResult
  public static func join(
    _ team: ID<Team>, _ account: ID<Account>, _ transaction: Transaction
  ) throws -> TeamMembership {
    guard let account = try transaction.find(Account.self, account), account.disabledAt == nil,
      RelationTable.standard.teamRoles.contains(account.role)
    else { throw Problem.refused("team.careOnly") }
    if let present = try transaction.first(
      TeamMembership.self, "where team = \(team) and account = \(account.id) and until_at is null")
    {
      return present
    }
    return try transaction.put(
      TeamMembership(id: transaction.freshID(), team: team, account: account.id, fromAt: transaction.now))
  }

  /// Leaves the team; what was seen through it is seen no more.
  func end(_ duties: any Duties, _ transaction: Transaction) throws {
    guard untilAt == nil else { return }
    var ended = self
    ended.untilAt = transaction.now
    try transaction.put(ended)
    try duties.teamsChanged(of: account, transaction)
  }
}

struct OrganisationsPage {
  let organisations: [Organisation]
  let faults: [Problem.Fault]

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("admin.organisations")) { html in
      html.heading(t("admin.organisations"), t("admin.organisationsLead", count: organisations.count))
      html(.div, .class("columns")) { html in
        html.card(nil) { html in
          html(.ul, .class("lines")) { html in
            for organisation in organisations {
              html(.li) { html in
                html(.b, text: organisation.name)
                html(.span, .class("soft small"), text: t("organisation.kind.\(organisation.kind.rawValue)"))
              }
            }
          }
        }
        html.card(t("admin.addOrganisation")) { html in
          visit.form(
            &html, to: "/admin/organisations", submit: t("admin.add"), faults: faults,
            fields: [
              Field("name", t("admin.name"), isRequired: true),
              Field(
                "kind", t("admin.kind"),
                .choice(
                  [Field.Option("", t("form.choose"))]
                    + Organisation.Kind.allCases.map {
                      Field.Option($0.rawValue, t("organisation.kind.\($0.rawValue)"))
                    }),
                isRequired: true),
              Field(
                "municipality", t("admin.municipality"),
                .choice([Field.Option("", t("form.none"))] + Municipality.all.map { Field.Option($0.code, $0.name) }),
                hint: t("admin.municipalityHint")),
            ])
        }
      }
    }
  }
}

struct TeamsPage {
  private struct Member {
    let membership: ID<TeamMembership>
    let name: String
    let organisation: String
  }

  private let teams: [(team: Team, members: [Member])]
  private let faults: [Problem.Fault]

  init(_ reader: Reader, faults: [Problem.Fault]) throws {
    self.faults = faults
    let memberships = try reader.all(TeamMembership.self, "where until_at is null")
    let accounts = try Account.names(memberships.map(\.account), reader)
    let organisations = try Organisation.names(accounts.values.compactMap(\.organisation), reader)
    teams = try reader.all(Team.self, "where ended_on is null order by name").map { team in
      let members = memberships.filter { $0.team == team.id }.map { membership in
        let account = accounts[membership.account]
        return Member(
          membership: membership.id, name: account?.name ?? "",
          organisation: account?.organisation.flatMap { organisations[$0]?.name } ?? "")
      }
      return (team, members.sorted { $0.name < $1.name })
    }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("admin.teams")) { html in
      html.heading(t("admin.teams"), t("admin.teamsLead"))
      html(.div, .class("columns")) { html in
        html(.div, .class("stack")) { html in
          if teams.isEmpty { html.empty(t("admin.noTeams")) }
          for (team, members) in teams { card(team, members, visit, &html) }
        }
        html.card(t("admin.addTeam")) { html in
          visit.form(
            &html, to: "/admin/teams", submit: t("admin.add"), faults: faults,
            fields: [Field("name", t("admin.name"), isRequired: true)])
        }
      }
    }
  }

  private func card(_ team: Team, _ members: [Member], _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(team.name) { html in
      if members.isEmpty { html.empty(t("admin.noMembers")) }
      html(.ul, .class("people")) { html in
        for member in members {
          html(.li) { html in
            html.face(member.name)
            html(.div) { html in
              html(.p, text: member.name)
              html(.p, .class("small soft"), text: member.organisation)
            }
            visit.button(
              &html, to: "/admin/memberships/\(member.membership)/end", t("admin.leaveTeam"), class: "button quiet")
          }
        }
      }
      let email = Field("email", t("admin.joinByEmail"), .email, isRequired: true).within("\(team.id)")
      visit.form(
        &html, to: "/admin/teams/\(team.id)/members", submit: t("admin.join"), class: "stack tight", fields: [email])
    }
  }
}
