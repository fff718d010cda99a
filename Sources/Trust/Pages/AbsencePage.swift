internal import Kernel
internal import Site
internal import Store

/// *Er even niet zijn*: one's own absence, a colleague's, or that of a whole team, with who stands in.
struct AbsencePage {
  private struct Line {
    let absence: Absence
    let name: String
    let standIn: String?
    let reportedBy: String?
  }

  private let lines: [Line]
  private let people: [Account]
  private let teams: [Team]
  private let me: ID<Account>
  private let isLeader: Bool
  /// Residents without a stand-in of their own, for oneself.
  private let uncovered: Int

  init(_ looker: Looker, _ duties: any Duties) throws {
    let reader = looker.reader
    me = looker.viewer.account.retyped()
    isLeader = looker.viewer.role == .teamLeader
    people = try Self.people(looker)
    let absences = try Absence.coming(for: people.map(\.id), reader)
    let names = try Account.names(
      absences.flatMap { [$0.account, $0.standIn, $0.reportedBy].compactMap(\.self) }, reader)
    lines = absences.map { absence in
      Line(
        absence: absence, name: names[absence.account]?.name ?? "",
        standIn: absence.standIn.flatMap { names[$0]?.name },
        reportedBy: absence.reportedBy == absence.account ? nil : names[absence.reportedBy]?.name)
    }
    teams =
      isLeader && !looker.viewer.teams.isEmpty
      ? try reader.all(Team.self, "where id in (\(list: looker.viewer.teams)) and ended_on is null order by name") : []
    uncovered = try duties.withoutStandIn(me, reader)
  }

  /// Colleagues and team mates, oneself first, by name.
  static func people(_ looker: Looker) throws -> [Account] {
    let viewer = looker.viewer
    let own = try looker.reader.all(
      Account.self,
      "where disabled_at is null and resident is null and (organisation = \(viewer.organisation) or id = \(viewer.account)) limit 500"
    )
    let mates = try TeamMembership.mates(in: viewer.teams.map { $0.retyped() }, looker.reader)
    let all = Dictionary((own + mates).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return all.values.sorted {
      ($0.id == viewer.account.retyped() ? 0 : 1, $0.name) < ($1.id == viewer.account.retyped() ? 0 : 1, $1.name)
    }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("absence.title"), width: .letter) { html in
      html.heading(t("absence.title"), t("absence.lead"))
      if !lines.isEmpty { html.card(t("absence.now")) { html in list(visit, &html) } }
      html.card(t("absence.report")) { html in
        if uncovered > 0 { html(.p, .class("notice mind"), text: t("absence.uncovered", count: uncovered)) }
        form(visit, &html)
      }
      if !teams.isEmpty { html.card(t("absence.team")) { html in teamForm(visit, &html) } }
    }
  }

  private func list(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.ul, .class("lines")) { html in
      for line in lines {
        html(.li) { html in
          html(.div) { html in
            html(.p) { html in
              html(.b, text: line.name)
              html.text(" · " + period(line.absence, t))
            }
            let standIn = line.standIn.map { t("absence.standsIn", ["name": $0]) } ?? t("absence.ownStandIns")
            let by = line.reportedBy.map { t("absence.reportedBy", ["name": $0]) }
            html(.p, .class("small soft"), text: [standIn, by].compactMap(\.self).joined(separator: " · "))
          }
          visit.button(
            &html, to: "/absence/\(line.absence.id)/end",
            t(line.absence.account == me ? "absence.back" : "absence.isBack", ["name": line.name]))
        }
      }
    }
  }

  private func period(_ absence: Absence, _ t: Texts) -> String {
    guard let until = absence.untilOn else { return t("absence.openPeriod", ["from": t.date(absence.fromOn)]) }
    return t("absence.period", ["from": t.date(absence.fromOn), "until": t.date(until)])
  }

  private func days(_ visit: Visit, _ part: String) -> [Field] {
    let t = visit.texts
    return [
      Field("from", t("absence.from"), .date, value: visit.today.description, isRequired: true).within(part),
      Field("until", t("absence.until"), .date, hint: t("absence.untilHint")).within(part),
      Field("standIn", t("absence.standIn"), .choice(standIns(t)), hint: t("absence.standInHint")).within(part),
    ]
  }

  private func standIns(_ t: Texts) -> [Field.Option] {
    let care = people.filter { RelationTable.standard.teamRoles.contains($0.role) && $0.role != .peerWorker }
    return [Field.Option("", t("absence.ownStandIns"))] + care.map { Field.Option($0.id.description, $0.name) }
  }

  private func form(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let who = Field(
      "account", t("absence.who"),
      .choice(people.map { Field.Option($0.id.description, $0.id == me ? t("absence.me") : $0.name) }),
      value: me.description, isRequired: true)
    visit.form(&html, to: "/absence", submit: t("absence.submit"), fields: [who] + days(visit, "one"))
  }

  private func teamForm(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.p, .class("soft"), text: t("absence.teamLead"))
    let which = Field(
      "team", t("absence.whichTeam"),
      .choice([Field.Option("", t("form.choose"))] + teams.map { Field.Option($0.id.description, $0.name) }),
      isRequired: true)
    visit.form(&html, to: "/absence/team", submit: t("absence.teamSubmit"), fields: [which] + days(visit, "team"))
  }
}

extension TrustSlice {
  /// Everybody who works here; a resident, or somebody around one, is never away.
  private static let workers = RoutePolicy.roles(staffRoles)

  var absenceRoutes: [Route] {
    let duties = duties
    let host: Trail.ListPage = { visit, looker in try AbsencePage(looker, duties).reply(visit) }
    return [
      trail.page("/absence", name: "absence", policy: Self.workers, show: host),
      trail.verb("/absence", name: "absence.record", policy: Self.workers, on: host) { visit, transaction, looker in
        try Absence.report(visit.form, looker.viewer, duties, transaction)
        return .go(to: "/absence?done=absence.recorded")
      },
      trail.verb("/absence/team", name: "absence.team", policy: .roles([.teamLeader]), on: host) {
        visit, transaction, looker in
        try Absence.reportTeam(visit.form, looker.viewer, duties, transaction)
        return .go(to: "/absence?done=absence.recorded")
      },
      trail.verb("/absence/{absence}/end", name: "absence.end", policy: Self.workers) { visit, transaction, looker in
        try Absence.end(visit.id("absence"), looker.viewer, duties, transaction)
        return .go(to: "/absence?done=absence.ended")
      },
    ]
  }
}

extension Absence {
  private struct Days {
    let from: LocalDate
    let until: LocalDate?
    let standIn: ID<Account>?
  }

  /// Days and stand-in, as a page or the API sent them.
  private static func days(_ reader: inout FormReader, _ viewer: Viewer, _ transaction: Transaction) throws -> Days? {
    let today = RegionTime.amsterdam.date(of: transaction.now)
    let range = today.adding(days: -31)...today.adding(days: 3 * 366)
    let from = reader.neededDate("from", in: range)
    let until = reader.date("until", in: range)
    if let from, let until, until < from { reader.add("until", "form.endBeforeStart") }
    let standIn: ID<Account>? = reader.maybeID("standIn")
    if let standIn {
      let account = try transaction.find(Account.self, standIn)
      let mayStand = try account.map { try mayReport($0, viewer, transaction) } ?? false
      if !mayStand { reader.add("standIn", "form.notAChoice") }
    }
    return from.map { Days(from: $0, until: until, standIn: standIn) }
  }

  /// Somebody is away: oneself, or a colleague.
  @discardableResult
  static func report(
    _ form: Fields, _ viewer: Viewer, _ duties: any Duties, _ transaction: Transaction
  ) throws -> Absence {
    // Nobody stands in for a resident, or for somebody around one.
    let own = try transaction.get(Account.self, viewer.account.retyped())
    guard own.resident == nil else { throw Problem.notFound }
    var reader = FormReader(form)
    let asked: ID<Account> = reader.maybeID("account") ?? own.id
    let days = try days(&reader, viewer, transaction)
    try reader.check()
    guard let account = try transaction.find(Account.self, asked), try mayReport(account, viewer, transaction),
      let days
    else { throw Problem.invalid("account", "form.notAChoice") }
    return try record(
      account.id, from: days.from, until: days.until, standIn: days.standIn, by: own.id, duties, transaction)
  }

  /// A whole team is away: everybody in it who is not already.
  static func reportTeam(
    _ form: Fields, _ viewer: Viewer, _ duties: any Duties, _ transaction: Transaction
  ) throws {
    var reader = FormReader(form)
    let team: ID<Team>? = reader.id("team")
    let days = try days(&reader, viewer, transaction)
    if let team, !viewer.teams.contains(team.retyped()) { reader.add("team", "form.notAChoice") }
    let mates = try team.map { try TeamMembership.mates(in: [$0], transaction) } ?? []
    if let standIn = days?.standIn, mates.contains(where: { $0.id == standIn }) {
      reader.add("standIn", "absence.standInIsAway")
    }
    try reader.check()
    guard let days else { return }
    let today = RegionTime.amsterdam.date(of: transaction.now)
    let away = try accounts(Set(mates.map(\.id)), on: max(today, days.from), transaction)
    for mate in mates where !away.contains(mate.id) {
      try record(
        mate.id, from: days.from, until: days.until, standIn: days.standIn, by: viewer.account.retyped(), duties,
        transaction)
    }
  }

  /// Back again: said by oneself, or by who may report it.
  @discardableResult
  static func end(
    _ id: ID<Absence>, _ viewer: Viewer, _ duties: any Duties, _ transaction: Transaction
  ) throws -> Absence {
    let absence = try transaction.get(Absence.self, id)
    guard let account = try transaction.find(Account.self, absence.account),
      try mayReport(account, viewer, transaction)
    else { throw Problem.notFound }
    try absence.end(duties, transaction)
    return absence
  }
}
