public import Kernel
internal import Site
internal import Store

/// How long a sign-in lasts (security requirement 12).
public struct SessionLimits: Sendable {
  public let idleStaff: Span
  public let idleResident: Span
  public let absolute: Span

  public static let standard = SessionLimits(idleStaff: .minutes(30), idleResident: .hours(2), absolute: .hours(12))

  func idle(_ role: Role) -> Span { role == .resident ? idleResident : idleStaff }
}

/// Server-side sessions. The cookie holds a random token; here is only its hash.
struct Sessions: Doorkeeper {
  let database: Database
  let limits: SessionLimits
  let trail: Trail

  func note(_ event: String, _ visit: Visit, _ name: String) async throws {
    try await trail.keep([trail.record(event, visit, name)], visit)
  }

  func viewer(session token: String, now: Instant) async throws -> Viewer? {
    let hash = Token.hash(token)
    let limits = limits
    let found: (viewer: Viewer?, seen: Instant)? = try await database.read { reader in
      guard let row = try reader.row("select * from session where token_hash = \(hash) and stage = 'full'"),
        let account: ID<Account> = row.id("account"), let created = row.instant("created_at"),
        let seen = row.instant("seen_at")
      else { return nil }
      guard now < created.adding(limits.absolute), var viewer = try Self.viewer(account, reader),
        now < seen.adding(limits.idle(viewer.role))
      else { return (nil, seen) }
      viewer.session = SessionEnd(idle: limits.idle(viewer.role), latest: created.adding(limits.absolute))
      return (viewer, seen)
    }
    guard let found else { return nil }
    guard let viewer = found.viewer else {
      // Over is over, also when the clock is set back.
      try await database.write(Act("session.over")) { transaction in
        try transaction.technical("delete from session where token_hash = \(hash)")
      }
      return nil
    }
    // Written at most once a minute: every page would otherwise wait for a flush of its own.
    if now.since(found.seen) > .minutes(1) {
      // Somebody else may be writing for long (an import): reading goes on, and this is tried again with the next page.
      _ = try? await database.write(Act("session.seen")) { transaction in
        try transaction.technical("update session set seen_at = \(now) where token_hash = \(hash)")
      }
    }
    return viewer
  }

  func viewer(bearer token: String, now: Instant) async throws -> Viewer? {
    let hash = Token.hash(token)
    return try await database.read { reader in
      guard
        let row = try reader.row("select account, expires_at, may_only_read from api_token where token_hash = \(hash)"),
        let account: ID<Account> = row.id("account"), row.instant("expires_at").map({ now < $0 }) ?? true
      else { return nil }
      return try Self.viewer(account, mayOnlyRead: row.integer("may_only_read") == 1, reader)
    }
  }

  static func viewer(_ id: ID<Account>, mayOnlyRead: Bool = false, _ reader: Reader) throws -> Viewer? {
    guard let account = try reader.find(Account.self, id), account.disabledAt == nil else { return nil }
    let teams = try reader.rows(
      """
      select team from team_membership where account = \(id) and from_at <= \(reader.now)
      and (until_at is null or until_at > \(reader.now))
      """)
    return Viewer(
      account: id.retyped(), organisation: account.organisation?.retyped(), role: account.role,
      teams: teams.compactMap { $0.id("team") }, language: account.language, name: account.name,
      mayRegister: account.mayRegister, resident: account.role == .resident ? account.resident : nil,
      mayOnlyRead: mayOnlyRead)
  }

  /// Begins a session in a transaction and gives its token.
  /// - Parameter stage: how far one came; only a full session opens anything.
  /// - Parameter factorAt: when a code was given for it.
  static func begin(
    for account: ID<Account>, stage: SignInStage = .full, factorAt: Instant? = nil, browser: String? = nil,
    _ transaction: Transaction
  ) throws -> String {
    let token = Token.make(bytes: transaction.randomBytes(32))
    try transaction.technical(
      """
      insert into session (token_hash, account, created_at, seen_at, stage, factor_at, browser)
      values (\(Token.hash(token)), \(account), \(transaction.now), \(transaction.now), \(stage.rawValue), \(factorAt),
      \(browser))
      """)
    return token
  }

  /// How long a right password waits for its code.
  static let halfwayMost = Span.minutes(15)

  /// Whose sign-in is halfway in this browser, and what is asked.
  static func halfway(_ key: String, _ reader: Reader) throws -> (account: Account, stage: SignInStage)? {
    let row = try reader.row(
      """
      select account, stage from session where token_hash = \(key) and stage <> 'full' and created_at <= \(reader.now)
      and created_at > \(Instant(milliseconds: reader.now.milliseconds - halfwayMost.milliseconds))
      """)
    guard let row, let id: ID<Account> = row.id("account"), let stage = row.text("stage").flatMap(SignInStage.init),
      let account = try reader.find(Account.self, id), account.disabledAt == nil
    else { return nil }
    return (account, stage)
  }

  /// A browser in which somebody is signed in.
  struct Place: Sendable {
    /// Names the session on its page; opens nothing.
    let name: String
    let browser: String?
    let since: Instant
    let seenAt: Instant
    let isHere: Bool
  }

  /// Where somebody is signed in now, this browser first.
  func places(of viewer: Viewer, key: String, _ reader: Reader) throws -> [Place] {
    let idle = limits.idle(viewer.role)
    return try reader.rows(
      "select * from session where account = \(viewer.account) and stage = 'full' order by seen_at desc"
    ).compactMap { row in
      guard let hash = row.text("token_hash"), let since = row.instant("created_at"),
        let seen = row.instant("seen_at"), reader.now < since.adding(limits.absolute), reader.now < seen.adding(idle)
      else { return nil }
      return Place(
        name: Self.name(hash), browser: row.text("browser"), since: since, seenAt: seen, isHere: hash == key)
    }.sorted { $0.isHere && !$1.isHere }
  }

  private static func name(_ hash: String) -> String { String(Token.hash("place:" + hash).prefix(16)) }

  /// Ends one of somebody's own sessions, or all but one.
  static func end(
    of account: ID<Account>, named name: String? = nil, except key: String? = nil, _ transaction: Transaction
  ) throws {
    let all = try transaction.rows("select token_hash from session where account = \(account)")
      .compactMap { $0.text("token_hash") }
    for hash in all where hash != key && (name == nil || Self.name(hash) == name) {
      try transaction.technical("delete from session where token_hash = \(hash)")
    }
  }

  static func endAll(of account: ID<Account>, _ transaction: Transaction) throws {
    try transaction.technical("delete from session where account = \(account)")
    try transaction.technical("delete from api_token where account = \(account)")
  }
}
