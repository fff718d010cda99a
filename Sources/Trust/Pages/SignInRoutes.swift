public import Kernel
internal import Site
public import Store

extension TrustSlice {
  var signInRoutes: [Route] {
    [
      Route(.get, "/sign-in", name: "sign-in.form", policy: .anyone) { visit in
        try await SignInPage(demoPeople: isDemo ? DemoPerson.all(database) : [], faults: []).reply(visit)
      },
      Route(.post, "/sign-in", name: "sign-in", policy: .anyone) { try await signIn($0) },
      Route(.post, "/sign-in/demo", name: "sign-in.demo", policy: .anyone) { try await demoSignIn($0) },
      Route(.post, "/sign-out", name: "sign-out", policy: .signedIn) { try await signOut($0) },
      Route(.post, "/language", name: "language", policy: .anyone) { try await chooseLanguage($0) },
    ]
  }

  private func signIn(_ visit: Visit) async throws -> Reply {
    let email = visit.form["email"] ?? ""
    let subject = "account:" + database.blinded(Account.normalised(email))
    let isBlocked = try await database.read { try Tries.isBlocked(subject, $0) }
    let account =
      isBlocked ? nil : try await credentials.check(email: email, password: visit.form.values["password"]?.first ?? "")
    guard let account else {
      if !isBlocked {
        try await database.write(visit.act("sign-in.failed")) { try Tries.failed(subject, $0) }
      }
      try await note("sign-in.failed", nil, visit)
      // One answer for unknown, wrong, blocked and disabled (security requirement 6).
      let people = isDemo ? try await DemoPerson.all(database) : []
      return SignInPage(demoPeople: people, faults: [Problem.Fault(field: "email", "signIn.wrong")]).reply(visit)
    }
    return try await begin(account, visit, settling: subject)
  }

  private func demoSignIn(_ visit: Visit) async throws -> Reply {
    guard isDemo, let account: ID<Account> = visit.form.id("account"),
      try await DemoPerson.all(database).contains(where: { $0.account == account })
    else { throw Problem.notFound }
    return try await begin(account, visit, settling: nil)
  }

  /// A new session with a new token; the audit line is there before the cookie leaves.
  func begin(_ account: ID<Account>, _ visit: Visit, settling subject: String?) async throws -> Reply {
    try await note("sign-in", account, visit)
    let token = try await database.write(visit.act("sign-in")) { transaction in
      if let subject { try Tries.succeeded(subject, transaction) }
      return try Sessions.begin(for: account, transaction)
    }
    var reply = Reply.go(to: "/")
    reply.session = .begin(token: token)
    return reply
  }

  private func signOut(_ visit: Visit) async throws -> Reply {
    let viewer = try visit.signedIn()
    try await note("sign-out", viewer.account.retyped(), visit)
    try await database.write(visit.act("sign-out")) { transaction in
      try transaction.technical("delete from session where account = \(viewer.account)")
    }
    var reply = Reply.go(to: "/sign-in")
    reply.session = .end
    return reply
  }

  private func chooseLanguage(_ visit: Visit) async throws -> Reply {
    guard let language = Language(rawValue: visit.form["language"] ?? "") else { throw Problem.notFound }
    var reply = Reply.back(visit)
    if let viewer = visit.viewer {
      try await database.write(visit.act("account.language")) { transaction in
        var account = try transaction.get(Account.self, viewer.account.retyped())
        account.language = language
        try transaction.put(account)
      }
    } else {
      reply.headers.append(("set-cookie", "geland-language=\(language.rawValue); Path=/; HttpOnly; SameSite=Lax"))
    }
    return reply
  }

  func note(_ event: String, _ account: ID<Account>?, _ visit: Visit) async throws {
    try await trail.keep(
      [
        AuditRecord(
          id: database.chance.id(at: visit.now), at: visit.now, event: event, account: account?.retyped(),
          organisation: nil, role: nil, resident: nil, object: event, fields: "", request: visit.requestID)
      ], visit)
  }
}

/// Somebody whose part one can play in the demo.
struct DemoPerson: Sendable {
  let account: ID<Account>
  let name: String
  let role: Role
  let organisation: String?

  /// One person per role, as the demo region marked them.
  static func all(_ database: Database) async throws -> [DemoPerson] {
    try await database.read { reader in
      try reader.rows("select account from demo_person order by place").compactMap { row in
        guard let id: ID<Account> = row.id("account"), let account = try reader.find(Account.self, id) else {
          return nil
        }
        let organisation = try account.organisation.flatMap { try reader.find(Organisation.self, $0) }
        return DemoPerson(account: id, name: account.name, role: account.role, organisation: organisation?.name)
      }
    }
  }
}

extension TrustSlice {
  /// Only in the demo, after its clock was turned: nobody has been away that long.
  public static func carrySessions(over span: Span, _ transaction: Transaction) throws {
    try transaction.technical(
      """
      update session set created_at = created_at + \(Int(span.milliseconds)), seen_at = seen_at + \(Int(span.milliseconds))
      """)
  }
}
