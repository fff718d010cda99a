internal import Guide
public import Kernel
internal import Knowledge
internal import Logging
public import Residents
public import Site
public import Store
public import Trust

/// Everything put together: database, trail, slices, site.
public struct House: Sendable {
  public let database: Database
  public let audit: AuditLog
  public let directory: NameDirectory
  public let trust: TrustSlice
  public let slices: [any Slice]
  let knowledge: KnowledgeSlice
  public let site: WebSite
  public let scheduler: Scheduler

  /// What a house is built with.
  public struct Plan: Sendable {
    /// Path of the SQLite file; key file and trail lie beside it.
    public var path: String
    public var clock: any Clock
    public var chance: Chance
    public var cost: PasswordCost
    public var isSecure: Bool
    public var origin: String?
    /// Where to report a weakness, for security.txt.
    public var securityContact: String?

    public init(
      path: String, clock: any Clock = SystemClock(), chance: Chance = .system(), cost: PasswordCost = .standard,
      isSecure: Bool = false, origin: String? = nil, securityContact: String? = nil
    ) {
      self.path = path
      self.clock = clock
      self.chance = chance
      self.cost = cost
      self.isSecure = isSecure
      self.origin = origin
      self.securityContact = securityContact
    }
  }

  public init(_ plan: Plan) async throws {
    database = try await Self.openDatabase(plan)
    audit = AuditLog(besides: plan.path)
    Self.tellAlarms(of: database)
    directory = NameDirectory()
    directory.follow(database)
    let isDemo = try await RegionMark.isDemo(database)
    trust = TrustSlice(
      database: database, audit: audit, cost: plan.cost, isDemo: isDemo, duties: ResidentDuties(),
      goneOnIn: { try MergedFiles.last(from: $0, $1) })
    let residents = ResidentSlice(trail: trust.trail, directory: directory)
    let knowledge = try await KnowledgeSlice(trail: trust.trail, database: database)
    self.knowledge = knowledge
    slices = [trust, residents, knowledge, GuideSlice()]
    scheduler = Scheduler(
      database: database, handlers: slices.flatMap(\.jobs), sweep: { try Sweeping.sweep(.standard, $0) })
    let front = FrontSlice(
      database: database, readiness: Readiness(database: database, audit: audit), scheduler: scheduler,
      clock: plan.clock, isDemo: isDemo, trust: trust,
      described: slices.flatMap(\.routes), securityContact: plan.securityContact)
    site = WebSite(
      table: RouteTable(slices.flatMap(\.routes) + front.routes),
      settings: SiteSettings(isSecure: plan.isSecure, isDemo: isDemo, origin: plan.origin),
      catalogue: try Self.catalogue(), clock: plan.clock, chance: plan.chance, doorkeeper: trust.doorkeeper,
      links: { FrontSlice.links($0, $1, isOpen: knowledge.isOpen) }, adviser: knowledge,
      wordList: KnowledgeSlice.wordList, assets: Guide.assets)
  }

  public static let migrations: [Migration] =
    TrustSlice.migrations + ResidentSlice.migrations + KnowledgeSlice.migrations + RegionMark.migrations

  static func openDatabase(_ plan: Plan, isBulk: Bool = false) async throws -> Database {
    let master = try MasterKey.atFile(plan.path + ".keys", of: plan.path, chance: plan.chance)
    return try await Database(
      sqlite: plan.path, master: master, clock: plan.clock, chance: plan.chance, migrations: migrations,
      tables: tables, isBulk: isBulk)
  }

  /// What is found damaged goes to the log at once: a place, never a content.
  private static func tellAlarms(of database: Database) {
    let log = Logger(label: "geland.store")
    database.alarms.listen { place in
      log.critical(
        "stored data can't be read",
        metadata: ["table": "\(place.table)", "row": "\(place.row)", "column": "\(place.column ?? "-")"])
    }
  }

  /// What is faster when it was done before the first visitor: opening all names, and putting what is known in order.
  public func warmUp() async throws {
    async let names: Void = directory.load(database)
    try knowledge.warmUp()
    try await names
  }

  /// All texts of all slices.
  public static func catalogue() throws -> Catalogue {
    var catalogue = Catalogue()
    for (language, json) in SiteTexts.all + TrustSlice.texts + ResidentSlice.texts + KnowledgeSlice.texts
      + GuideSlice.texts
    {
      try catalogue.add(language, json: json)
    }
    return catalogue
  }

  /// Every stored record type, for replay and checks.
  public static let tables: [Table] = TrustSlice.tables + ResidentSlice.tables + KnowledgeSlice.tables
}
