internal import Foundation
internal import GRDB
public import Kernel

/// One line about who saw what. Holds no names and no contents.
public struct AuditRecord: Sendable, Codable, Equatable {
  public let id: ID<Anything>
  public let at: Instant
  /// What happened: `read`, `list`, `search`, `refused`, `sign-in` …
  public let event: String
  public let account: ID<Anything>?
  public let organisation: ID<Anything>?
  public let role: String?
  public let resident: ResidentID?
  /// The page or resource, by the name of its route.
  public let object: String
  /// Names of the categories or fields, separated by spaces.
  public let fields: String
  public let request: String?
  /// The relation through which it was seen.
  public let relation: ID<Anything>?

  public init(
    id: ID<Anything>, at: Instant, event: String, account: ID<Anything>?, organisation: ID<Anything>?, role: String?,
    resident: ResidentID?, object: String, fields: String, request: String?, relation: ID<Anything>? = nil
  ) {
    self.id = id
    self.at = at
    self.event = event
    self.account = account
    self.organisation = organisation
    self.role = role
    self.resident = resident
    self.object = object
    self.fields = fields
    self.request = request
    self.relation = relation
  }
}

/// Lines about one resident that say the same, taken together: one person, one page, one day.
public struct AuditGroup: Sendable, Equatable {
  public let event: String
  public let account: ID<Anything>?
  public let organisation: ID<Anything>?
  public let role: String?
  public let object: String
  public let fields: String
  public let count: Int
  public let firstAt: Instant
  public let lastAt: Instant
}

/// The trail of reads: its own file for each year beside the region, appended in groups that share one flush.
/// A read is answered only after its line is durable.
public final class AuditLog: Sendable {
  private let path: @Sendable (Int) -> String
  private let files = Guarded<[Int: AuditFile]>([:])

  /// - Parameter base: the region's path; the year's file is `<base>.audit-2026`.
  public init(besides base: String) {
    path = { year in "\(base).audit-\(year)" }
  }

  /// Returns when the records are on disk.
  public func append(_ records: [AuditRecord]) async throws {
    for (year, group) in Dictionary(grouping: records, by: { RegionTime.amsterdam.date(of: $0.at).year }) {
      try await file(year).append(group)
    }
  }

  /// Lines about one resident in a period, newest first.
  public func lines(about resident: ResidentID, from: Instant, until: Instant, limit: Int) async throws -> [AuditRecord]
  {
    var lines: [AuditRecord] = []
    for year in years(from, until) where lines.count < limit {
      lines += try await file(year).lines(about: resident, from: from, until: until, limit: limit - lines.count)
    }
    return lines
  }

  /// What was seen of one resident in a period, taken together, latest first. Refusals are left out: nothing was seen.
  public func groups(about resident: ResidentID, from: Instant, until: Instant) async throws -> [AuditGroup] {
    var groups: [AuditGroup] = []
    for year in years(from, until) {
      groups += try await file(year).groups(about: resident, from: from, until: until)
    }
    return groups.sorted { $0.lastAt > $1.lastAt }
  }

  /// The last moment before another at which something of a resident was seen; nil when there is none since `from`.
  public func last(about resident: ResidentID, from: Instant, before: Instant) async throws -> Instant? {
    for year in years(from, before) {
      if let last = try await file(year).last(about: resident, from: from, before: before) { return last }
    }
    return nil
  }

  /// Everyone who saw something of a resident in a period.
  public func lookers(about resident: ResidentID, from: Instant, until: Instant) async throws -> Set<ID<Anything>> {
    var accounts: Set<ID<Anything>> = []
    for year in years(from, until) {
      accounts.formUnion(try await file(year).lookers(about: resident, from: from, until: until))
    }
    return accounts
  }

  /// Lines of what nobody's file was shown for, newest first: sign-ins, refusals, searches without hits.
  public func lines(by account: ID<Anything>, from: Instant, until: Instant, limit: Int) async throws -> [AuditRecord] {
    var lines: [AuditRecord] = []
    for year in years(from, until) where lines.count < limit {
      lines += try await file(year).lines(by: account, from: from, until: until, limit: limit - lines.count)
    }
    return lines
  }

  /// The years of a period that have a file, latest first.
  private func years(_ from: Instant, _ until: Instant) -> [Int] {
    let (first, last) = (RegionTime.amsterdam.date(of: from).year, RegionTime.amsterdam.date(of: until).year)
    guard first <= last else { return [] }
    return (first...last).reversed().filter { FileManager.default.fileExists(atPath: path($0)) }
  }

  /// Can a line be kept now? Tried by writing one that says so.
  /// - Throws: when it can't.
  public func probe(at now: Instant) async throws {
    try await file(RegionTime.amsterdam.date(of: now).year).probe()
  }

  /// How many lines a year holds.
  public func count(year: Int) async throws -> Int {
    guard FileManager.default.fileExists(atPath: path(year)) else { return 0 }
    return try await file(year).count()
  }

  private func file(_ year: Int) throws -> AuditFile {
    try files.with { open in
      if let file = open[year] { return file }
      let file = try AuditFile(path: path(year))
      open[year] = file
      return file
    }
  }
}

private final class AuditFile: Sendable {
  private let pool: DatabasePool
  private let line: WriteLine

  init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.maximumReaderCount = 2
    pool = try DatabasePool(path: path, configuration: configuration)
    try pool.writeWithoutTransaction { database in
      try database.execute(sql: "pragma synchronous = full")
      guard try Int.fetchOne(database, sql: "pragma synchronous") == 2 else { throw StoreError.notDurable }
      try database.execute(sql: Self.schema)
      let names = try database.columns(in: "audit").map(\.name)
      if !names.contains("relation") { try database.execute(sql: "alter table audit add column relation text") }
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    line = WriteLine(pool: pool)
  }

  private static let schema = """
    create table if not exists audit (
      position integer primary key, id text not null unique, at bigint not null, event text not null, account text,
      organisation text, role text, resident text, object text not null, fields text not null, request text,
      relation text
    );
    create index if not exists audit_resident on audit (resident, at);
    create index if not exists audit_account on audit (account, at);
    create table if not exists probe (name text not null primary key, count integer not null);
    create trigger if not exists audit_unchanging before update on audit
      begin select raise(abort, 'the trail is never changed'); end;
    create trigger if not exists audit_undeleted before delete on audit
      begin select raise(abort, 'the trail is never deleted'); end;
    """

  func append(_ records: [AuditRecord]) async throws {
    try await line.write { connection in
      for record in records {
        _ = try connection.run(
          """
          insert into audit (id, at, event, account, organisation, role, resident, object, fields, request, relation)
          values (\(record.id), \(record.at), \(record.event), \(record.account), \(record.organisation),
          \(record.role), \(record.resident), \(record.object), \(record.fields), \(record.request),
          \(record.relation))
          """)
      }
    }
  }

  func lines(about resident: ResidentID, from: Instant, until: Instant, limit: Int) async throws -> [AuditRecord] {
    try await rows(
      """
      select * from audit where resident = \(resident) and at >= \(from) and at < \(until)
      order by at desc, position desc limit \(limit)
      """
    ).compactMap(Self.record)
  }

  func lines(by account: ID<Anything>, from: Instant, until: Instant, limit: Int) async throws -> [AuditRecord] {
    try await rows(
      """
      select * from audit where account = \(account) and at >= \(from) and at < \(until)
      order by at desc, position desc limit \(limit)
      """
    ).compactMap(Self.record)
  }

  func groups(about resident: ResidentID, from: Instant, until: Instant) async throws -> [AuditGroup] {
    try await rows(
      """
      select event, account, organisation, role, object, fields, count(*) as count, min(at) as first, max(at) as last
      from audit where resident = \(resident) and at >= \(from) and at < \(until) and event <> 'refused'
      group by event, account, organisation, role, object, fields
      """
    ).compactMap(Self.group)
  }

  func last(about resident: ResidentID, from: Instant, before: Instant) async throws -> Instant? {
    try await rows(
      """
      select max(at) as last from audit
      where resident = \(resident) and at >= \(from) and at < \(before) and event <> 'refused'
      """
    ).first?.instant("last")
  }

  func lookers(about resident: ResidentID, from: Instant, until: Instant) async throws -> [ID<Anything>] {
    try await rows(
      """
      select distinct account from audit
      where resident = \(resident) and at >= \(from) and at < \(until) and event <> 'refused'
      """
    ).compactMap { $0.id("account") }
  }

  private func rows(_ sql: SQL) async throws -> [Row] {
    try await pool.read { try SQLiteConnection(database: $0).query(sql) }
  }

  private static func group(_ row: Row) -> AuditGroup? {
    guard let event = row.text("event"), let first = row.instant("first"), let last = row.instant("last") else {
      return nil
    }
    return AuditGroup(
      event: event, account: row.id("account"), organisation: row.id("organisation"), role: row.text("role"),
      object: row.text("object") ?? "", fields: row.text("fields") ?? "", count: row.integer("count") ?? 0,
      firstAt: first, lastAt: last)
  }

  func probe() async throws {
    guard await line.isWorking else { throw StoreError.writingStopped }
    try await line.write { connection in
      _ = try connection.run(
        """
        insert into probe (name, count) values (\("probe"), 1)
        on conflict (name) do update set count = probe.count + 1
        """)
    }
  }

  func count() async throws -> Int {
    try await pool.read { try Int.fetchOne($0, sql: "select count(*) from audit") ?? 0 }
  }

  private static func record(_ row: Row) -> AuditRecord? {
    guard let id = row.id("id", of: Anything.self), let at = row.instant("at"), let event = row.text("event") else {
      return nil
    }
    return AuditRecord(
      id: id, at: at, event: event, account: row.id("account"), organisation: row.id("organisation"),
      role: row.text("role"), resident: row.id("resident"), object: row.text("object") ?? "",
      fields: row.text("fields") ?? "", request: row.text("request"), relation: row.id("relation"))
  }
}
