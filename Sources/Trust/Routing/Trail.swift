public import Kernel
public import Site
public import Store

/// Opens the routes of all slices on the one road: sight, then work, then trail, then answer.
public struct Trail: Sendable {
  let database: Database
  let log: AuditLog
  private let goneOnIn: GoneOnIn

  /// In which file somebody's goes on, when it became one with another; nil when it stands by itself.
  public typealias GoneOnIn = @Sendable (ResidentID, Reader) throws -> ResidentID?

  public init(database: Database, log: AuditLog, goneOnIn: @escaping GoneOnIn = { _, _ in nil }) {
    self.database = database
    self.log = log
    self.goneOnIn = goneOnIn
  }

  /// Leads from the address of a file that became one with another to the file that stays, for who sees that one.
  func leadOn(_ visit: Visit, from resident: ResidentID, _ looker: Looker) throws -> Reply? {
    guard visit.method == .get, let next = try goneOnIn(resident, looker.reader),
      try !looker.sights(of: [next]).isEmpty
    else { return nil }
    return .go(to: visit.path.replacing(resident.description, with: next.description))
  }

  /// Runs a body that only reads, writes down whose data it showed, and then hands out its answer. When nobody's were
  /// shown, that is written down too.
  public func look<Value: Sendable>(
    _ visit: Visit, as name: String, event: String = "read",
    _ body: @Sendable @escaping (Looker) throws -> Value
  ) async throws -> Value {
    let viewer = try visit.signedIn()
    let (value, shown) = try await database.read { reader in
      let looker = Looker(viewer: viewer, reader: reader)
      let value = try body(looker)
      return (value, looker.records(visit, event: event, name: name))
    }
    try await keep(shown.isEmpty ? [record(event, visit, name)] : shown, visit)
    return value
  }

  /// Runs a body that changes things, exactly once for each form sent. What it changes stands in the journal, in the same
  /// transaction; what it shows, or that nothing changed, is written down before the answer leaves.
  func changing(
    _ visit: Visit, as name: String, _ body: @Sendable @escaping (Transaction, Looker, Once) throws -> Reply
  ) async throws -> Reply {
    let viewer = try visit.signedIn()
    let once = Once(visit)
    let done = try await database.write(visit.act(name)) { transaction in
      let looker = Looker(viewer: viewer, reader: transaction)
      let reply = try body(transaction, looker, once)
      return Done(
        reply: reply, shown: looker.records(visit, event: "read", name: name), isJournaled: transaction.isJournaled)
    }
    if done.isJournaled { visit.line.write() }
    let lines = done.shown.isEmpty && !done.isJournaled ? [record("change", visit, name)] : done.shown
    do { try await keep(lines, visit) } catch {
      // The change stands, with its line in the journal; only what was to be shown can't be.
      throw done.isJournaled ? Problem(.kept) : error
    }
    return done.reply
  }

  private struct Done: Sendable {
    let reply: Reply
    let shown: [AuditRecord]
    let isJournaled: Bool
  }

  /// Runs many changes at once, all or nothing; the journal says about whom each was.
  public func changeMany<Value: Sendable>(
    _ act: Act, role: String?, _ body: @Sendable @escaping (Batch) throws -> (value: Value, about: [ResidentID])
  ) async throws -> Value {
    try await database.batch { try body($0).value }
  }

  /// Writes down that people's data leave in bulk, before they do; also when there was nobody.
  public func keepExport(
    _ about: [ResidentID], by account: ID<Anything>?, agreedBy: ID<Anything>? = nil, as name: String
  ) async throws {
    let now = database.clock.now
    let residents: [ResidentID?] = about.isEmpty ? [nil] : about
    try await keep(
      residents.map { resident in
        AuditRecord(
          id: database.chance.id(at: now), at: now, event: "export", account: account, organisation: nil, role: nil,
          resident: resident, object: agreedBy.map { "\(name) agreed:\($0)" } ?? name,
          fields: resident == nil ? "" : "identity contact", request: nil)
      })
  }

  /// Keeps lines; the answer they are about leaves only afterwards.
  /// - Throws: `Problem.unavailable` when they can't be kept.
  func keep(_ records: [AuditRecord], _ visit: Visit? = nil) async throws {
    guard !records.isEmpty else { return }
    do {
      try await log.append(records)
    } catch {
      throw Problem(.unavailable)
    }
    visit?.line.write()
  }

  /// How many others looked in somebody's file in a period.
  public func lookers(
    of resident: ResidentID, from: Instant, until: Instant, except: ID<Anything>
  ) async throws -> Int {
    try await log.lookers(about: resident, from: from, until: until.adding(.minutes(1))).subtracting([except]).count
  }

  /// Somebody looked at a page of a resident's file.
  public struct Look: Sendable, Equatable {
    public let account: ID<Anything>
    public let at: Instant
  }

  /// Who looked at some pages of a resident's file in a period, each time.
  public func looks(
    at resident: ResidentID, on pages: Set<String>, from: Instant, until: Instant
  ) async throws -> [Look] {
    try await log.lines(about: resident, from: from, until: until.adding(.seconds(1)), limit: Self.looksMost)
      .filter { pages.contains($0.object) && $0.event != "refused" }
      .compactMap { line in line.account.map { Look(account: $0, at: line.at) } }
  }

  private static let looksMost = 5000

  /// Writes down that somebody asked for what is not theirs, without saying whose it was.
  func refused(_ visit: Visit, _ name: String) async throws {
    try await keep(
      [record("refused", visit, name, about: visit.places["resident"].flatMap { ResidentID($0) })], visit)
  }

  /// A line about a request in which nobody's data were shown.
  func record(_ event: String, _ visit: Visit, _ name: String, about resident: ResidentID? = nil) -> AuditRecord {
    AuditRecord(
      id: database.chance.id(at: visit.now), at: visit.now, event: event, account: visit.viewer?.account,
      organisation: visit.viewer?.organisation, role: visit.viewer?.role.rawValue, resident: resident, object: name,
      fields: "", request: visit.requestID)
  }
}

extension Looker {
  /// One line for each resident of whom something was shown and each relation through which it was.
  func records(_ visit: Visit, event: String, name: String) -> [AuditRecord] {
    seen.values.flatMap { sight in
      sight.grants.map { subject, categories in
        AuditRecord(
          id: reader.freshID(), at: reader.now, event: event, account: viewer.account,
          organisation: subject.organisation?.retyped() ?? viewer.organisation, role: subject.role.rawValue,
          resident: sight.resident, object: name,
          fields: categories.map(\.rawValue).sorted().joined(separator: " "), request: visit.requestID,
          relation: subject.relation?.retyped())
      }
    }
  }
}

extension Sight {
  /// What was shown, by as few relations as it takes: mostly one.
  var grants: [(subject: Subject, categories: Set<Category>)] {
    var rest = Set(shown.keys)
    var grants: [(Subject, Set<Category>)] = []
    while !rest.isEmpty {
      let best = subjects.map { subject in (subject, rest.filter { isGranted($0, by: subject) }) }
        .max { $0.1.count < $1.1.count }
      guard let best, !best.1.isEmpty else { break }
      grants.append(best)
      rest.subtract(best.1)
    }
    return grants
  }
}
