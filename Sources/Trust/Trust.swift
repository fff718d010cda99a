public import Kernel
public import Site
public import Store

/// Who you are and what you may see: accounts, sign-in, relations, consent, the trail.
public struct TrustSlice: Slice {
  public let database: Database
  public let trail: Trail
  let audit: AuditLog
  let credentials: Credentials
  let isDemo: Bool
  let sessions: Sessions
  let duties: any Duties

  /// - Parameter isDemo: offers one-click sign-in; only for a region that is marked as a demo.
  public init(
    database: Database, audit: AuditLog, cost: PasswordCost = .standard, limits: SessionLimits = .standard,
    isDemo: Bool = false, duties: any Duties = NoDuties(), goneOnIn: @escaping Trail.GoneOnIn = { _, _ in nil }
  ) {
    self.database = database
    self.audit = audit
    trail = Trail(database: database, log: audit, goneOnIn: goneOnIn)
    credentials = Credentials(database: database, cost: cost)
    sessions = Sessions(database: database, limits: limits, trail: trail)
    self.isDemo = isDemo
    self.duties = duties
  }

  public var doorkeeper: any Doorkeeper { sessions }

  public static let migrations = TrustMigrations.all
  public var migrations: [Migration] { Self.migrations }
  public var jobs: [JobHandler] { Absence.jobs(duties) }

  public var routes: [Route] {
    signInRoutes + codeRoutes + welcomeRoutes + accountRoutes + factorRoutes + sharingRoutes + administrationRoutes
      + mergeRoutes + approvalRoutes + absenceRoutes
      + apiRoutes
  }

  public static let texts: [(Language, [UInt8])] = [
    (.dutch, PackageResources.nl_json), (.english, PackageResources.en_json),
  ]
  public var texts: [(Language, [UInt8])] { Self.texts }

  /// Every stored record type of this slice, for replay and checks.
  public static let tables: [Table] = [
    Organisation.table, Team.table, Account.table, TeamMembership.table, Absence.table, Relation.table, Consent.table,
    Approval.table, Letter.table, SecondFactor.table, AccountEvent.table,
  ]
}
