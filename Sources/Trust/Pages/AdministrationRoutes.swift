public import Kernel
internal import Site
public import Store

/// Organisations, people and teams. Here is no resident, not even by name.
extension TrustSlice {
  static let administrators = RoutePolicy.roles([.systemAdministrator])

  var administrationRoutes: [Route] { organisationRoutes + peopleRoutes + personRoutes + teamRoutes }

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
            account.disabledAt == nil, Charge(looker.viewer).covers(account.organisation)
          else { throw Problem.invalid("email", "admin.noSuchPerson") }
          switch try TeamMembership.ask(visit.id("team"), account, by: looker.viewer, duties, transaction) {
          case .joined: return .go(to: "/admin/teams?done=team.joined")
          case .asked: return .go(to: "/approvals?done=approval.asked")
          }
        },
        trail.verb(
          "/admin/memberships/{membership}/end", name: "admin.teams.leave", policy: Self.administrators
        ) { visit, transaction, looker in
          let membership = try transaction.get(TeamMembership.self, visit.id("membership"))
          _ = try Account.staff(membership.account, for: looker.viewer, transaction)
          try membership.end(duties, transaction)
          return .go(to: "/admin/teams?done=team.left")
        },
      ]
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
