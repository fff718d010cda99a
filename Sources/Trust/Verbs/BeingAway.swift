public import Kernel
internal import Site
public import Store

extension Absence {
  static let beginJob = "absence.begin"
  static let endJob = "absence.end"

  /// Says that somebody is away. What waits for them goes to who stands in, from the first day on.
  @discardableResult
  public static func record(
    _ account: ID<Account>, from: LocalDate, until: LocalDate?, standIn: ID<Account>? = nil,
    by reporter: ID<Account>? = nil, _ duties: any Duties = NoDuties(), _ transaction: Transaction
  ) throws -> Absence {
    let absence = try transaction.put(
      Absence(
        id: transaction.freshID(), account: account, fromOn: from, untilOn: until,
        standIn: standIn == account ? nil : standIn, reportedBy: reporter ?? account))
    let today = RegionTime.amsterdam.date(of: transaction.now)
    if from > today {
      try transaction.plan(beginJob, absence.id, at: RegionTime.amsterdam.instant(from, hour: 0, minute: 5))
    } else {
      try duties.absenceBegan(absence, transaction)
    }
    if let until {
      let back = RegionTime.amsterdam.instant(until.adding(days: 1), hour: 0, minute: 5)
      try transaction.plan(endJob, absence.id, at: back)
    }
    return absence
  }

  /// Back again, from this moment on.
  func end(_ duties: any Duties, _ transaction: Transaction) throws {
    guard endedAt == nil else { return }
    var ended = self
    ended.endedAt = transaction.now
    try transaction.put(ended)
    try transaction.unplan(Self.beginJob, id)
    try transaction.unplan(Self.endJob, id)
    try duties.absenceEnded(ended, transaction)
  }

  /// Those that are now or still to come, soonest first.
  static func coming(for accounts: [ID<Account>], _ reader: Reader) throws -> [Absence] {
    guard !accounts.isEmpty else { return [] }
    let today = RegionTime.amsterdam.date(of: reader.now)
    return try reader.all(
      Absence.self,
      """
      where account in (\(list: accounts)) and (until_on is null or until_on >= \(today)) and ended_at is null
      order by from_on, id
      """)
  }

  /// Whom somebody may report: themselves, a colleague of the same organisation, a team mate of any employer.
  static func mayReport(_ account: Account, _ viewer: Viewer, _ reader: Reader) throws -> Bool {
    guard account.resident == nil, account.disabledAt == nil, viewer.resident == nil else { return false }
    if account.id == viewer.account.retyped() { return true }
    if account.organisation != nil && account.organisation == viewer.organisation?.retyped() { return true }
    let teams = try TeamMembership.teams(of: account.id, reader)
    return teams.contains { viewer.teams.contains($0.retyped()) }
  }
}

extension Absence {
  /// An absence begins and ends when its day comes, also when nobody looks.
  public static func jobs(_ duties: any Duties) -> [JobHandler] {
    [
      JobHandler(beginJob) { transaction, job in
        guard let id = ID<Absence>(job.subject), let absence = try transaction.find(Absence.self, id),
          absence.endedAt == nil
        else { return }
        try duties.absenceBegan(absence, transaction)
      },
      JobHandler(endJob) { transaction, job in
        guard let id = ID<Absence>(job.subject), let absence = try transaction.find(Absence.self, id) else { return }
        try absence.end(duties, transaction)
      },
    ]
  }
}
