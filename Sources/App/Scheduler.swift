internal import Kernel
internal import Logging
public import ServiceLifecycle
public import Store

/// Does what is due, in the order it was due, each exactly once: also after a restart or a week of being switched
/// off. A job that fails is tried again later, and stays visible.
public struct Scheduler: Service {
  private static let batch = 100
  private static let longestSleep = Duration.seconds(15)

  private static let sweepEvery = Span.minutes(30)

  let database: Database
  private let handlers: [String: JobHandler]
  private let sweep: @Sendable (Transaction) throws -> Void
  private let sweptAt = Guarded(Instant(milliseconds: 0))
  private let log = Logger(label: "geland.scheduler")

  /// - Parameter sweep: clears technical rows that have served, now and then.
  public init(
    database: Database, handlers: [JobHandler], sweep: @escaping @Sendable (Transaction) throws -> Void = { _ in }
  ) {
    self.database = database
    self.sweep = sweep
    self.handlers = Dictionary(uniqueKeysWithValues: handlers.map { ($0.kind, $0) })
  }

  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await runDue()
          try await sweepSometimes()
        } catch {
          log.error("scheduler", metadata: ["cause": "\(error.code)"])
        }
        try? await Task.sleep(for: await pause())
      }
    }
  }

  /// Everything that is due by the region's clock; returns how many jobs were done.
  @discardableResult
  public func runDue() async throws -> Int {
    var done = 0
    let known = Array(handlers.keys)
    while true {
      // What another version of Geland planned, this one leaves for it.
      let due = try await database.read { try $0.jobsDue(known, limit: Self.batch) }
      if due.isEmpty { return done }
      for job in due where try await run(job) { done += 1 }
    }
  }

  private func sweepSometimes() async throws {
    let now = database.clock.now
    guard sweptAt.value.adding(Self.sweepEvery) <= now else { return }
    sweptAt.with { $0 = now }
    let sweep = sweep
    try await database.write(Act("sweep")) { try sweep($0) }
  }

  private func run(_ job: Job) async throws -> Bool {
    do {
      return try await database.write(Act("job.\(job.kind)")) { transaction in
        guard try transaction.claim(job) else { return false }
        try handlers[job.kind]?.run(transaction, job)
        return true
      }
    } catch {
      try await postpone(job, error)
      return false
    }
  }

  /// Tries again after 1, 2, 4 … minutes, at most a day.
  private func postpone(_ job: Job, _ error: any Error) async throws {
    log.error("job failed", metadata: ["kind": "\(job.kind)", "cause": "\(error.code)"])
    try await database.write(Act("job.postpone")) { transaction in
      let row = try transaction.row("select attempts from job where kind = \(job.kind) and subject = \(job.subject)")
      let attempts = row?.integer("attempts") ?? 0
      let later = transaction.now.adding(.minutes(1 << min(attempts, 10)))
      try transaction.technical(
        """
        update job set attempts = \(attempts + 1), due_at = \(later), failure = \(error.code)
        where kind = \(job.kind) and subject = \(job.subject)
        """)
    }
  }

  private func pause() async -> Duration {
    let next = try? await database.read { try $0.nextJobDue() }
    guard let next else { return Self.longestSleep }
    let wait = Duration.milliseconds(max(200, next.since(database.clock.now).milliseconds))
    return min(wait, Self.longestSleep)
  }
}
