internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Letters for the resident and for those around them who have no employer to make them an account.
struct AccessForm {
  let resident: ResidentID
  let residentName: String
  /// Relatives, neighbours and others who are not there for their job.
  let members: [CircleMember]

  func show(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.details, .class("card no-print")) { html in
      html(.summary, text: t("access.title"))
      html(.p, .class("soft small"), text: t("access.lead"))
      let people =
        [Field.Option("", t("access.theResident", ["name": residentName]))]
        + members.map { Field.Option($0.id.description, "\($0.name) · \(t("role.\($0.role.rawValue)"))") }
      visit.form(
        &html, to: "/residents/\(resident)/access", submit: t("access.submit"), class: "stack tight",
        fields: [
          Field("member", t("access.who"), .choice(people)),
          Field("login", t("access.login"), hint: t("access.loginHint"), isRequired: true),
        ])
    }
  }
}

extension ResidentSlice {
  var accessRoutes: [Route] {
    [
      trail.residentVerb("/residents/{resident}/access", name: "access.open", .sharing, .write) {
        visit, transaction, sight in
        guard let login = visit.form["login"] else { throw Problem.refused("access.loginNeeded") }
        let member: ID<CircleMember>? = visit.form.id("member")
        let account =
          try member.map { try Self.openAccess(for: $0, login, sight.resident, transaction) }
          ?? Self.openOwnAccess(login, sight.resident, transaction)
        return try LetterPage.make(for: account, back: "/residents/\(sight.resident)/circle", visit, transaction)
      }
    ]
  }

  /// The resident's own account; a new letter for one that is there.
  private static func openOwnAccess(
    _ login: String, _ resident: ResidentID, _ transaction: Transaction
  ) throws -> Account {
    let known = try transaction.first(
      Account.self, "where resident = \(resident) and role = 'resident' and disabled_at is null")
    let person = try transaction.get(Resident.self, resident.retyped())
    let account = try put(
      known,
      Account(
        id: transaction.freshID(), name: person.fullName, email: login, organisation: nil, role: .resident,
        resident: resident), login, transaction)
    try Relation.open(resident, account: account.id, role: .resident, ground: .own, transaction)
    return account
  }

  private static func openAccess(
    for id: ID<CircleMember>, _ login: String, _ resident: ResidentID, _ transaction: Transaction
  ) throws -> Account {
    var member = try transaction.get(CircleMember.self, id)
    guard member.resident == resident, member.untilOn == nil, CirclePage.informalRoles.contains(member.role) else {
      throw Problem.notFound
    }
    let known = try member.account.flatMap { try transaction.find(Account.self, $0) }
    let account = try put(
      known,
      Account(
        id: transaction.freshID(), name: member.name, email: login, organisation: nil, role: member.role,
        resident: resident), login, transaction)
    member.account = account.id
    try transaction.put(member)
    try Relation.open(resident, account: account.id, role: member.role, ground: .consent, transaction)
    return account
  }

  private static func put(
    _ known: Account?, _ fresh: Account, _ login: String, _ transaction: Transaction
  ) throws -> Account {
    if let other = try Account.with(email: login, transaction), other.id != known?.id {
      throw Problem.refused("access.loginTaken")
    }
    guard var account = known else { return try transaction.put(fresh) }
    // Somebody's account at work, or about somebody else, is not this file's to hand out.
    guard account.organisation == nil, account.resident == fresh.resident, account.disabledAt == nil else {
      throw Problem.refused("access.notHere")
    }
    account.email = login
    return try transaction.put(account)
  }
}
