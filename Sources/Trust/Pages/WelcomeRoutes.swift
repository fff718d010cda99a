public import Kernel
internal import Site
public import Store

/// The printed letter: a code that works once, with which one chooses a password.
extension TrustSlice {
  var welcomeRoutes: [Route] {
    [
      Route(.get, "/welcome", name: "welcome.form", policy: .anyone) { welcome($0, []) },
      Route(.post, "/welcome", name: "welcome", policy: .anyone) { try await accept($0) },
    ]
  }

  private func welcome(_ visit: Visit, _ faults: [Problem.Fault]) -> Reply {
    let t = visit.texts
    return visit.page(t("welcome.title"), width: .letter, status: faults.isEmpty ? 200 : 422) { html in
      html.heading(t("welcome.title"), t("welcome.lead"))
      html.card(nil) { html in
        visit.form(
          &html, to: "/welcome", submit: t("welcome.submit"), faults: faults,
          fields: [
            Field("code", t("welcome.code"), .text, hint: t("welcome.codeHint"), isRequired: true)
          ]
            // Only who has the letter hears that a login is somebody else's.
            + (faults.contains { $0.field == "login" }
              ? [Field("login", t("welcome.login"), .text, hint: t("welcome.loginHint"), isRequired: true)] : [])
            + [
              Field(
                "password", t("welcome.password"), .newPassword,
                hint: t("welcome.passwordHint", ["n": String(PasswordRule.minimumLength)]), isRequired: true)
            ])
      }
    }
  }

  private func accept(_ visit: Visit) async throws -> Reply {
    let password = visit.form.values["password"]?.first ?? ""
    if let fault = PasswordRule.fault(in: password) { return welcome(visit, [fault]) }
    let code = InvitationCode.hash(visit.form["code"] ?? "")
    // 99 bits can't be guessed: no limit is needed, and none may shut others out. Looked up before the costly hash.
    let isKnown = try await database.read { reader in
      try reader.count(
        """
        select count(*) from invitation where code_hash = \(code) and expires_at > \(reader.now) and opens = 'password'
        """) > 0
    }
    guard isKnown else { return welcome(visit, [Problem.Fault(field: "code", "welcome.wrongCode")]) }
    let hash = try await credentials.hash(password, lane: visit.lane)
    let login = visit.form["login"]
    let used = try await database.write(visit.act("invitation.accept")) { transaction in
      try Letter.use(code, hash, login: login, transaction)
    }
    switch used {
    case .unknown: return welcome(visit, [Problem.Fault(field: "code", "welcome.wrongCode")])
    case .loginTaken: return welcome(visit, [Problem.Fault(field: "login", "welcome.loginTaken")])
    case .opened(let account): return try await begin(account, visit, settling: nil)
    }
  }
}

extension Letter {
  /// What became of a code that was typed.
  enum Use: Sendable {
    case opened(ID<Account>)
    /// The login it was made for is somebody else's: another is to be chosen.
    case loginTaken
    case unknown
  }

  /// A code dies after so many tries at a login: it is no way to find out who is known here.
  private static let triesMost = 10

  /// Opens the account: sets its password, and settles what one signs in with.
  static func use(
    _ code: String, _ hash: PasswordHash, login: String?, _ transaction: Transaction
  ) throws -> Use {
    let row = try transaction.row(
      """
      select account from invitation where code_hash = \(code) and expires_at > \(transaction.now)
      and tries < \(triesMost) and opens = 'password'
      """)
    guard let id: ID<Account> = row?.id("account"), var account = try transaction.find(Account.self, id) else {
      return .unknown
    }
    if account.email == nil, let wish = login ?? account.wantedEmail {
      try account.wish(for: wish, transaction)
      if account.email == nil {
        try transaction.technical("update invitation set tries = tries + 1 where code_hash = \(code)")
        return .loginTaken
      }
      try transaction.put(account)
    }
    try transaction.technical("delete from invitation where account = \(id) and opens = 'password'")
    let wasInUse = try Account.isInUse(id, transaction)
    try Credentials.store(hash, for: id, transaction)
    try Sessions.endAll(of: id, transaction)
    if wasInUse { try AccountEvent.note(.password, account, transaction) }
    // Whoever works here gives their code all the same. In a resident's circle the letter, to which a second person
    // agreed and which is handed over, is also the way back for who lost their telephone.
    if account.resident != nil, try SecondFactor.hasOne(id, transaction) {
      try SecondFactor.reset(account, by: nil, transaction)
    }
    return .opened(id)
  }
}

/// Five groups of four signs that nobody reads wrongly (no 0/O, 1/I/L): 99 bits.
enum InvitationCode {
  private static let letters = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")

  static let validity = Span.days(14)

  static func make(_ bytes: [UInt8]) -> String {
    let signs = bytes.prefix(20).map { letters[Int($0) % letters.count] }
    return stride(from: 0, to: 20, by: 4).map { String(signs[$0..<$0 + 4]) }.joined(separator: "-")
  }

  static func hash(_ typed: String) -> String {
    Token.hash("letter:" + typed.uppercased().filter { $0.isLetter || $0.isNumber })
  }
}

extension Account {
  /// Makes a fresh code and ends every earlier one of its kind. The code itself is only in the letter.
  public static func invite(
    _ account: ID<Account>, opens: Letter.Opens = .password, _ transaction: Transaction
  ) throws -> String {
    let code = InvitationCode.make(transaction.randomBytes(20))
    try transaction.technical(
      "delete from invitation where account = \(account) and opens = \(opens.rawValue)")
    try transaction.technical(
      """
      insert into invitation (code_hash, account, expires_at, opens)
      values (\(InvitationCode.hash(code)), \(account), \(transaction.now.adding(InvitationCode.validity)),
      \(opens.rawValue))
      """)
    return code
  }
}
