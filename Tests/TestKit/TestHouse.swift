public import App
public import Foundation
public import Kernel
internal import Residents
public import Site
public import Store
public import Trust

/// A house in a temporary folder, with a clock set by hand and the same chance every time.
public final class TestHouse: Sendable {
  /// Thursday 5 March 2026, 10.00 in Utrecht.
  public static let start = RegionTime.amsterdam.instant(
    LocalDate(year: 2026, month: 3, day: 5) ?? LocalDate(dayNumber: 0), hour: 10)

  public let folder: URL
  public let clock: ManualClock
  public let house: House

  public var database: Database { house.database }
  public var path: String { folder.appending(path: "region.sqlite").path }

  public init(seed: UInt64 = 1, at moment: Instant = TestHouse.start, demo: Bool = false, lives: Int = 0) async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "geland-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    clock = ManualClock(moment)
    let plan = House.Plan(
      path: folder.appending(path: "region.sqlite").path, clock: clock, chance: .seeded(seed), cost: .cheap)
    if demo { try await DemoRegion.make(path: plan.path, lives: lives, clock: clock, seed: seed) }
    house = try await House(plan)
    if demo { try await house.directory.load(house.database) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Changes something as somebody.
  @discardableResult
  public func act<Value: Sendable>(
    _ verb: String = "test", by account: ID<Account>? = nil, _ body: @Sendable @escaping (Transaction) throws -> Value
  ) async throws -> Value {
    try await database.write(Act(verb, account: account?.retyped()), body)
  }

  public func read<Value: Sendable>(_ body: @Sendable @escaping (Reader) throws -> Value) async throws -> Value {
    try await database.read(body)
  }

  /// A browser in which somebody is signed in.
  public func browser(of account: ID<Account>, language: Language? = nil) async throws -> Browser {
    let token = Token.make(.system())
    let now = clock.now
    try await database.write(Act("test.sign-in")) { transaction in
      try transaction.technical(
        """
        insert into session (token_hash, account, created_at, seen_at)
        values (\(Token.hash(token)), \(account), \(now), \(now))
        """)
      if let language {
        var changed = try transaction.get(Account.self, account)
        changed.language = language
        try transaction.put(changed)
      }
    }
    return Browser(site: house.site, token: token)
  }

  /// Somebody of the demo region, by the front part of their address.
  public func demoAccount(_ name: String) async throws -> ID<Account> {
    try await read { reader in
      guard let account = try Account.with(email: "\(name)@demo.geland.example", reader) else { throw Problem.notFound }
      return account.id
    }
  }

  /// A resident of the demo region, by first name.
  public func demoResident(_ firstName: String) async throws -> ResidentID {
    try await read { reader in
      guard let found = try reader.all(Resident.self, "").first(where: { $0.firstName == firstName }) else {
        throw Problem.notFound
      }
      return found.key
    }
  }
}

/// A browser without a screen: keeps its cookie, sends forms with the keys of the page it came from.
public actor Browser {
  private let site: WebSite
  private var token: String?

  public init(site: WebSite, token: String? = nil) {
    self.site = site
    self.token = token
  }

  @discardableResult
  public func get(_ address: String) async -> Outgoing {
    let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
    return await send(Incoming("GET", parts[0], query: parts.count > 1 ? parts[1] : ""))
  }

  /// Opens a page, fills its form keys in and sends the fields.
  @discardableResult
  public func post(
    _ path: String, _ fields: [String: String], from page: String? = nil, once: String? = nil
  ) async -> Outgoing {
    let shown = await get(page ?? "/account")
    var all = fields
    all["form-token"] = Self.hidden("form-token", in: shown.text) ?? ""
    all["once"] = once ?? Self.hidden("once", in: shown.text) ?? ""
    return await send(form: path, all)
  }

  /// Sends exactly these fields.
  @discardableResult
  public func send(form path: String, _ fields: [String: String], headers: [String: String] = [:]) async -> Outgoing {
    let body = fields.map { "\(Self.encode($0.key))=\(Self.encode($0.value))" }.joined(separator: "&")
    var all = ["content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"]
    all.merge(headers) { $1 }
    let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
    return await send(
      Incoming(
        "POST", parts.first ?? "/", query: parts.count > 1 ? parts[1] : "", headers: all, body: Array(body.utf8)))
  }

  public func send(_ incoming: Incoming) async -> Outgoing {
    var incoming = incoming
    if let token { incoming.headers["cookie"] = "geland=\(token)" }
    let answer = await site.respond(to: incoming)
    for (name, value) in answer.headers where name == "set-cookie" && value.hasPrefix("geland=") {
      token = String(value.dropFirst("geland=".count).prefix { $0 != ";" })
    }
    return answer
  }

  public static func hidden(_ name: String, in html: String) -> String? {
    guard let place = html.range(of: "name=\"\(name)\" value=\"") else { return nil }
    return String(html[place.upperBound...].prefix { $0 != "\"" })
  }

  private static func encode(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}
