public import Kernel

/// Something to do at a due moment. One per kind and subject; planning it again moves it.
public struct Job: Sendable {
  public let kind: String
  public let subject: String
  public let dueAt: Instant
}

extension Transaction {
  /// Plans a job, or moves the one already planned for this subject.
  public func plan<Subject>(_ kind: String, _ subject: ID<Subject>, at due: Instant) throws {
    try technical(
      """
      insert into job (kind, subject, due_at) values (\(kind), \(subject), \(due))
      on conflict (kind, subject) do update set due_at = excluded.due_at, attempts = 0, failure = null
      """)
  }

  public func unplan<Subject>(_ kind: String, _ subject: ID<Subject>) throws {
    try technical("delete from job where kind = \(kind) and subject = \(subject)")
  }

  /// Takes a job that is due: true when it was still there at that moment. Together with its work in one
  /// transaction this makes each due moment happen exactly once.
  public func claim(_ job: Job) throws -> Bool {
    try technical(
      "delete from job where kind = \(job.kind) and subject = \(job.subject) and due_at = \(job.dueAt)") == 1
  }
}

extension Reader {
  /// Jobs of these kinds that are due, earliest first.
  public func jobsDue(_ kinds: [String], limit: Int) throws -> [Job] {
    try rows(
      """
      select kind, subject, due_at from job where due_at <= \(now) and kind in (\(list: kinds))
      order by due_at, kind, subject limit \(limit)
      """
    )
    .compactMap { row in
      guard let kind = row.text("kind"), let subject = row.text("subject"), let due = row.instant("due_at") else {
        return nil
      }
      return Job(kind: kind, subject: subject, dueAt: due)
    }
  }

  /// Jobs that failed and wait for another try, with how often and why.
  public func jobsFailed(limit: Int) throws -> [FailedJob] {
    try rows("select kind, attempts, failure, due_at from job where attempts > 0 order by attempts desc limit \(limit)")
      .compactMap { row in
        guard let kind = row.text("kind"), let due = row.instant("due_at") else { return nil }
        return FailedJob(
          kind: kind, attempts: row.integer("attempts") ?? 0, failure: row.text("failure") ?? "", dueAt: due)
      }
  }

  /// What should have been done before a moment and never was tried, by kind: how many, and since when.
  public func jobsWaiting(since moment: Instant) throws -> [(kind: String, count: Int, since: Instant)] {
    try rows(
      """
      select kind, count(*) as jobs, min(due_at) as since from job where attempts = 0 and due_at < \(moment)
      group by kind order by kind
      """
    ).compactMap { row in
      guard let kind = row.text("kind"), let since = row.instant("since") else { return nil }
      return (kind, row.integer("jobs") ?? 0, since)
    }
  }

  /// When the next job is due; nil when none is planned.
  public func nextJobDue() throws -> Instant? {
    try row("select min(due_at) as due from job")?.instant("due")
  }
}

extension Transaction {
  /// Tries everything that failed again at once.
  public func retryFailedJobs() throws { try technical("update job set due_at = \(now) where attempts > 0") }
}

/// Something that could not be done, and is tried again.
public struct FailedJob: Sendable {
  public let kind: String
  public let attempts: Int
  /// A code of what went wrong, without a content.
  public let failure: String
  public let dueAt: Instant
}

/// What is done when a job of a kind is due. Runs in the transaction that claims the job.
public struct JobHandler: Sendable {
  public let kind: String
  public let run: @Sendable (Transaction, Job) throws -> Void

  public init(_ kind: String, run: @escaping @Sendable (Transaction, Job) throws -> Void) {
    self.kind = kind
    self.run = run
  }
}
