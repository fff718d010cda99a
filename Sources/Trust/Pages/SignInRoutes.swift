public import Kernel
internal import Site
public import Store

extension TrustSlice {
  var signInRoutes: [Route] {
    [
      Route(.get, "/sign-in", name: "sign-in.form", policy: .anyone) { visit in
        try await SignInPage(demoPeople: isDemo ? DemoPerson.all(database) : [], faults: []).reply(visit)
      },
      // Asked by a page on which somebody is busy: being asked is enough to stay signed in.
      Route(.get, "/session", name: "session.stay", policy: .signedIn) { _ in Reply(status: 204, body: .empty) },
      Route(.post, "/sign-in", name: "sign-in", policy: .anyone) { try await signIn($0) },
      Route(.post, "/sign-in/demo", name: "sign-in.demo", policy: .anyone) { try await demoSignIn($0) },
      Route(.post, "/sign-out", name: "sign-out", policy: .signedIn) { try await signOut($0) },
      Route(.post, "/language", name: "language", policy: .anyone) { try await chooseLanguage($0) },
    ]
  }

  private func signIn(_ visit: Visit) async throws -> Reply {
    let email = visit.form["email"] ?? ""
    let blind = database.blinded(Account.normalised(email))
    let device = try await database.read { try KnownDevices.name(visit.device, of: blind, $0) }
    let subjects = Self.subjects(blind, device: device, visit)
    let (isChecked, count) = try await database.write(visit.act("sign-in.try")) { transaction in
      let own = try Tries.take(subjects.own, free: Tries.freeOfAccount, transaction)
      guard let address = subjects.address else { return (own.0 == .allowed, own.count) }
      let shared = try Tries.take(address, free: Tries.freeOfAddress, transaction)
      return (own.0 == .allowed && shared.0 == .allowed, max(own.count, shared.count))
    }
    let account = try await credentials.check(
      email: email, password: visit.form.values["password"]?.first ?? "", isChecked: isChecked,
      lane: device ?? visit.lane)
    guard let account else {
      if Tries.isTold(count) { try await noteFailed(blind, count, visit) }
      // One answer for unknown, wrong, blocked and disabled (security requirement 6).
      let people = isDemo ? try await DemoPerson.all(database) : []
      return SignInPage(demoPeople: people, faults: [Problem.Fault(field: "email", "signIn.wrong")]).reply(visit)
    }
    return try await begin(account, visit, settling: subjects)
  }

  /// What a try counts for: the account from this device or address; and the address, unless the device is known.
  struct TrySubjects: Sendable {
    let own: String
    let address: String?
  }

  private static func subjects(_ blind: String, device: String?, _ visit: Visit) -> TrySubjects {
    if let device { return TrySubjects(own: "account:\(blind):device:\(device)", address: nil) }
    return TrySubjects(own: "account:\(blind):\(visit.lane)", address: visit.lane)
  }

  private func noteFailed(_ blind: String, _ count: Int, _ visit: Visit) async throws {
    let account = try await database.read {
      try $0.row("select id from account where email_blind = \(blind)")?.id("id", of: Account.self)
    }
    try await trail.keep(
      [
        AuditRecord(
          id: database.chance.id(at: visit.now), at: visit.now, event: "sign-in.failed", account: account?.retyped(),
          organisation: nil, role: nil, resident: nil, object: "sign-in", fields: "tries:\(count)",
          request: visit.requestID)
      ], visit)
  }

  private func demoSignIn(_ visit: Visit) async throws -> Reply {
    guard isDemo, let account: ID<Account> = visit.form.id("account"),
      try await DemoPerson.all(database).contains(where: { $0.account == account })
    else { throw Problem.notFound }
    // One click is all it takes here: the people are made up.
    return try await enter(account, visit, factorAt: nil)
  }

  /// The password was right: what else is asked of this person, if anything.
  func begin(_ account: ID<Account>, _ visit: Visit, settling subjects: TrySubjects?) async throws -> Reply {
    let (stage, token) = try await database.write(visit.act("sign-in.password")) { transaction in
      if let subjects {
        try Tries.succeeded(subjects.own, transaction)
        if let address = subjects.address { try Tries.giveBack(address, transaction) }
      }
      try transaction.technical("delete from session where token_hash = \(visit.sessionKey)")
      let person = try transaction.get(Account.self, account)
      let stage = SignInStage.after(
        password: person.role, isEmployed: person.organisation != nil,
        hasFactor: try SecondFactor.hasOne(account, transaction))
      if stage == .setup { try SecondFactor.begin(for: person, transaction) }
      let token: String? =
        stage == .full ? nil : try Sessions.begin(for: account, stage: stage, transaction)
      return (stage, token)
    }
    guard let token else { return try await enter(account, visit, factorAt: nil) }
    try await note("sign-in.password", account, visit)
    var reply = Reply.go(to: (stage == .code ? "/sign-in/code" : "/sign-in/factor") + visit.backQuery)
    reply.session = .begin(token: token, device: nil)
    return reply
  }

  /// A new session with a new token, which ends the one this browser had; the audit line is there before the cookie
  /// leaves.
  func enter(_ account: ID<Account>, _ visit: Visit, factorAt: Instant?, reply: Reply? = nil) async throws
    -> Reply
  {
    try await note("sign-in", account, visit)
    let browser = UserAgent.words(visit.headers["user-agent"])
    let (token, device) = try await database.write(visit.act("sign-in")) { transaction in
      try transaction.technical("delete from session where token_hash = \(visit.sessionKey)")
      return (
        try Sessions.begin(for: account, factorAt: factorAt, browser: browser, transaction),
        try KnownDevices.remember(visit.device, of: account, transaction)
      )
    }
    var reply = reply ?? .back(visit)
    reply.session = .begin(token: token, device: device)
    return reply
  }

  private func signOut(_ visit: Visit) async throws -> Reply {
    let viewer = try visit.signedIn()
    try await note("sign-out", viewer.account.retyped(), visit)
    // Here, or wherever else one is still signed in too.
    let everywhere = visit.form.isOn("everywhere")
    try await database.write(visit.act("sign-out")) { transaction in
      if everywhere {
        try Sessions.endAll(of: viewer.account.retyped(), transaction)
      } else {
        try transaction.technical("delete from session where token_hash = \(visit.sessionKey)")
      }
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

extension Visit {
  /// Where one was before one had to sign in anew, to come back to; goes along with every step.
  var back: String? { Reply.place(form["back"] ?? query["back"]) }

  var backQuery: String { back.map { "?" + Fields(["back": [$0]]).encoded } ?? "" }

  func backField(_ html: inout HTML) {
    if let back { html(.input, .type("hidden"), .name("back"), .value(back)) }
  }

  /// The device's own cookie, when somebody signed in on it before.
  var device: String? { cookies["__Host-geland-device"] ?? cookies["geland-device"] }

  /// Whose tries and places in line this request takes: its address; all that have none share one.
  var lane: String { "address:" + (address.map(Self.network) ?? "unknown") }

  /// An IPv6 household has as many addresses as it likes: its network counts.
  private static func network(_ address: String) -> String {
    let groups = address.split(separator: ":", omittingEmptySubsequences: false)
    return groups.count > 4 ? groups.prefix(4).joined(separator: ":") : address
  }
}

extension TrustSlice {
  /// Only in the demo, before its clock is turned: nobody has been away that long.
  public static func carrySessions(over span: Span, _ transaction: Transaction) throws {
    try transaction.technical(
      """
      update session set created_at = created_at + \(Int(span.milliseconds)), seen_at = seen_at + \(Int(span.milliseconds))
      """)
  }
}
