public import Kernel
public import Site
public import Store

/// Opens the routes of all slices on the one road: sight, then work, then trail, then answer.
public struct Trail: Sendable {
  let database: Database
  let log: AuditLog

  public init(database: Database, log: AuditLog) {
    self.database = database
    self.log = log
  }

  /// Runs a body that only reads, writes down whose data it showed, and then hands out its answer.
  public func look<Value: Sendable>(
    _ visit: Visit, as name: String, event: String = "read",
    _ body: @Sendable @escaping (Looker) throws -> Value
  ) async throws -> Value {
    let viewer = try visit.signedIn()
    let (value, records) = try await database.read { reader in
      let looker = Looker(viewer: viewer, reader: reader)
      let value = try body(looker)
      return (value, looker.records(visit, event: event, name: name))
    }
    try await keep(records)
    return value
  }

  /// Runs a body that changes things, exactly once for each form sent.
  public func change(
    _ visit: Visit, as name: String, _ body: @Sendable @escaping (Transaction, Looker) throws -> Reply
  ) async throws -> Reply {
    let viewer = try visit.signedIn()
    let once = Once(visit)
    let (reply, records) = try await database.write(visit.act(name)) { transaction in
      if let earlier = try once.earlier(transaction) { return (earlier, [AuditRecord]()) }
      let looker = Looker(viewer: viewer, reader: transaction)
      if visit.inputProblem != nil, visit.places["resident"] == nil, let problem = visit.inputProblem { throw problem }
      let reply = try body(transaction, looker)
      try once.remember(reply, transaction)
      return (reply, looker.records(visit, event: "change", name: name))
    }
    try await keep(records)
    return reply
  }

  /// Runs many changes at once, all or nothing, and writes down about whom they were.
  /// - Returns: what the body made of it; the residents it gives besides are put in the trail.
  public func changeMany<Value: Sendable>(
    _ act: Act, role: String?, _ body: @Sendable @escaping (Batch) throws -> (value: Value, about: [ResidentID])
  ) async throws -> Value {
    let (value, about) = try await database.batch { batch in
      let (value, about) = try body(batch)
      return (value, about)
    }
    for start in stride(from: 0, to: about.count, by: 500) {
      try await keepBulk("change", Array(about[start..<min(start + 500, about.count)]), act, role: role)
    }
    return value
  }

  /// Writes down that people's data leave in bulk, before they do.
  public func keepExport(_ about: [ResidentID], by account: ID<Anything>?, as name: String) async throws {
    try await keepBulk("read", about, Act(name, account: account), role: nil)
  }

  private func keepBulk(_ event: String, _ about: [ResidentID], _ act: Act, role: String?) async throws {
    let now = database.clock.now
    try await keep(
      about.map { resident in
        AuditRecord(
          id: database.chance.id(at: now), at: now, event: event, account: act.account,
          organisation: act.organisation, role: role, resident: resident, object: act.verb, fields: "identity contact",
          request: act.request)
      })
  }

  func keep(_ records: [AuditRecord]) async throws {
    guard !records.isEmpty else { return }
    do {
      try await log.append(records)
    } catch {
      // No answer without its line in the trail.
      throw Problem(.unavailable)
    }
  }

  /// How many others looked in somebody's file in a period.
  public func lookers(
    of resident: ResidentID, from: Instant, until: Instant, except: ID<Anything>
  ) async throws -> Int {
    let lines = try await log.lines(about: resident, from: from, until: until.adding(.minutes(1)), limit: 1000)
    return Set(lines.filter { $0.event != "refused" }.compactMap(\.account)).subtracting([except]).count
  }

  /// Writes down that somebody asked for what is not theirs, without saying whose it was.
  func refused(_ visit: Visit, _ name: String) async throws {
    guard let viewer = visit.viewer else { return }
    try await keep([
      AuditRecord(
        id: database.chance.id(at: visit.now), at: visit.now, event: "refused", account: viewer.account,
        organisation: viewer.organisation, role: viewer.role.rawValue,
        resident: visit.places["resident"].flatMap { ResidentID($0) }, object: name, fields: "",
        request: visit.requestID)
    ])
  }
}

extension Looker {
  func records(_ visit: Visit, event: String, name: String) -> [AuditRecord] {
    seen.values.filter { !$0.used.isEmpty }.map { sight in
      AuditRecord(
        id: reader.freshID(), at: reader.now, event: event, account: viewer.account, organisation: viewer.organisation,
        role: (sight.subjects.first?.role ?? viewer.role).rawValue, resident: sight.resident, object: name,
        fields: sight.used.map(\.rawValue).sorted().joined(separator: " "), request: visit.requestID)
    }
  }
}

/// Remembers for a day what a form or a call with an `Idempotency-Key` led to, so that sending it again changes nothing.
/// Only a place or an id is kept, never what was sent or shown.
struct Once {
  private let account: String
  private let key: String?
  private let request: String

  init(_ visit: Visit) {
    account = visit.viewer?.account.description ?? ""
    let header = visit.path.hasPrefix("/api/") ? visit.headers["idempotency-key"].map { String($0.prefix(200)) } : nil
    // The same page filled in otherwise, after going back to it, is something new.
    key = header.map { visit.path + "|" + $0 } ?? visit.form["once"].map { "\(visit.path)|\($0)|\(visit.digest)" }
    request = header == nil ? "form" : Token.hash(visit.path + String(decoding: visit.body, as: UTF8.self))
  }

  /// - Throws: `Problem.invalid` when the key was used for another request.
  func earlier(_ reader: Reader) throws -> Reply? {
    guard let key else { return nil }
    let found = try reader.row(
      "select request_hash, result from idempotency where account = \(account) and key = \(key)")
    guard let found, let result = found.text("result") else { return nil }
    guard found.text("request_hash") == request else { throw Problem.invalid("Idempotency-Key", "api.keyUsed") }
    let parts = result.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let status = Int(parts[0]) else { return .go(to: result) }
    var reply = Reply(status: status, body: .data(Array(parts[2].utf8), type: "application/json"))
    if !parts[1].isEmpty { reply.headers.append(("location", parts[1])) }
    return reply
  }

  func remember(_ reply: Reply, _ transaction: Transaction) throws {
    guard let key, let result = kept(reply) else { return }
    try transaction.technical("delete from idempotency where at < \(transaction.now.adding(.days(-1)))")
    try transaction.technical(
      """
      insert into idempotency (account, key, request_hash, result, at)
      values (\(account), \(key), \(request), \(result), \(transaction.now))
      """)
  }

  private func kept(_ reply: Reply) -> String? {
    let place = reply.headers.first { $0.name == "location" }?.value
    guard request != "form" else { return place }
    guard case .data(let bytes, _) = reply.body else { return nil }
    return "\(reply.status)\n\(place ?? "")\n\(String(decoding: bytes, as: UTF8.self))"
  }
}
