public import Kernel
public import Site
public import Store
public import Trust

/// One resident's way home: file, circle, journey, plan, contacts, handover, signals.
public struct ResidentSlice: Slice {
  let trail: Trail
  let directory: NameDirectory
  let shelf = ImportShelf()

  public init(trail: Trail, directory: NameDirectory) {
    self.trail = trail
    self.directory = directory
  }

  public static let migrations = ResidentMigrations.all
  public var migrations: [Migration] { Self.migrations }

  public var routes: [Route] {
    homeRoutes + workerRoutes + fileRoutes + detailsRoutes + journeyRoutes + agreementRoutes + contactRoutes
      + circleRoutes
      + accessRoutes + invitationRoutes + planRoutes
      + warningRoutes + itemSharingRoutes
      + handoverRoutes + coordinatorRoutes + signalRoutes + searchRoutes + registerRoutes + importRoutes + rulesRoutes
      + numberRoutes
      + fileAPI + changeAPI + planAPI + listAPI + regionAPI
  }

  public static let jobs: [JobHandler] = [
    .of(Journey.self, Journey.silenceJob) { try $0.raiseSilence($1) },
    .of(Signal.self, Signal.job) { try $0.escalate($1) },
    .of(Handover.self, Handover.expiryJob) { try $0.expire($1) },
    .of(Handover.self, Handover.reminderJob) { try $0.remind($1) },
    .of(Step.self, Step.job) { try $0.raiseOverdue($1) },
    .of(Resident.self, Resident.keepAgainJob) { try $0.keepAgain($1) },
  ]
  public var jobs: [JobHandler] { Self.jobs }

  public static let texts: [(Language, [UInt8])] = [
    (.dutch, PackageResources.nl_json), (.english, PackageResources.en_json),
  ]
  public var texts: [(Language, [UInt8])] { Self.texts }

  /// Every stored record type of this slice, for replay and checks.
  public static let tables: [Table] = [
    Household.table, Resident.table, ExternalID.table, Journey.table, JourneyEvent.table, Accountability.table,
    CircleMember.table, Fact.table, MergeCandidate.table, Handover.table, HandoverQuestion.table, Signal.table,
    Goal.table, Step.table,
    CheckIn.table, OwnStory.table, Contact.table, EarlyWarningPlan.table, WarningState.table, Setting.table,
    HelpNumber.table,
  ]
}

/// A record about one resident.
protocol OfResident: Record {
  var resident: ResidentID { get }
}

extension Journey: OfResident {}
extension Signal: OfResident {}
extension Handover: OfResident {}
extension HandoverQuestion: OfResident {}
extension Step: OfResident {}
extension Goal: OfResident {}

extension JobHandler {
  /// Does something with the record a job is about, if it is still there.
  static func of<R: OfResident>(
    _ type: R.Type, _ kind: String, run: @escaping @Sendable (R, Transaction) throws -> Void
  ) -> JobHandler {
    JobHandler(kind) { transaction, job in
      guard let id = ID<R>(job.subject), let record = try transaction.find(type, id) else { return }
      try run(record, transaction)
    }
  }
}
