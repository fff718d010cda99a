internal import Kernel
internal import Store

/// Whether the house can do its work: keep a change and a line of the trail. It is tried, not guessed, and at most every
/// few seconds, however often somebody asks.
actor Readiness {
  private static let every = Span.seconds(5)

  private let database: Database
  private let audit: AuditLog
  private let clock: any Clock
  private var asked: (at: Instant, isReady: Bool)?
  private var trying: Task<Bool, Never>?

  init(database: Database, audit: AuditLog, clock: any Clock = SystemClock()) {
    self.database = database
    self.audit = audit
    self.clock = clock
  }

  func isReady() async -> Bool {
    if let asked, clock.now < asked.at.adding(Self.every) { return asked.isReady }
    if let trying { return await trying.value }
    let (database, audit) = (database, audit)
    let task = Task {
      do {
        try await database.probe()
        try await audit.probe(at: database.clock.now)
        return true
      } catch {
        return false
      }
    }
    trying = task
    let isReady = await task.value
    trying = nil
    asked = (clock.now, isReady)
    return isReady
  }
}
