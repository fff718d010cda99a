internal import Kernel
internal import Store
internal import Trust

/// Who can act on a signal now: somebody with an open account who is there today.
struct SignalOwner {
  private let journey: Journey
  private let first: Accountability
  private let reader: Reader
  private let today: LocalDate
  private let leaving: ID<Account>?

  /// - Parameter leaving: who is about to leave, and gets nothing any more.
  init(_ journey: Journey, _ first: Accountability, leaving: ID<Account>? = nil, _ reader: Reader) {
    self.leaving = leaving
    self.journey = journey
    self.first = first
    self.reader = reader
    today = RegionTime.amsterdam.date(of: reader.now)
  }

  /// The first of these levels at which somebody is there, and else of all levels. When nobody is there at all, whoever
  /// comes nearest has it: a signal is never without an owner.
  /// - Parameter butRather: who had it and did not act; another is asked when there is one.
  func whoever(
    among levels: [Signal.Level], butRather had: ID<Account>? = nil
  ) throws -> (ID<Account>, Signal.Level) {
    func active(_ level: Signal.Level) throws -> [ID<Account>] {
      try people(at: level).filter { try $0 != leaving && Account.isActive($0, reader) }
    }
    for isAgain in [false, true] {
      for level in levels {
        if let one = try active(level).first(where: { try ($0 != had || isAgain) && isThere($0) }) {
          return (one, level)
        }
      }
    }
    for level in Signal.Level.allCases {
      if let one = try active(level).first(where: { try isThere($0) }) { return (one, level) }
    }
    for level in levels + Signal.Level.allCases {
      if let one = try active(level).first(where: { $0 != had }) { return (one, level) }
    }
    return (first.worker, .owner)
  }

  private func people(at level: Signal.Level) throws -> [ID<Account>] {
    switch level {
    case .owner: [first.worker]
    case .standIn: try [first.standIn, Absence.standIn(for: first.worker, on: today, reader)].compactMap(\.self)
    case .coordinator: try AccessTeam.coordinators(of: journey, reader)
    case .manager: try AccessTeam.managers(of: journey.access, reader)
    }
  }

  private func isThere(_ account: ID<Account>) throws -> Bool {
    try Absence.accounts([account], on: today, reader).isEmpty
  }
}

extension Absence {
  /// Who was chosen to take over while somebody is away today.
  static func standIn(for account: ID<Account>, on day: LocalDate, _ reader: Reader) throws -> ID<Account>? {
    try reader.row(
      """
      select stand_in from absence where account = \(account) and stand_in is not null and from_on <= \(day)
      and (until_on is null or until_on >= \(day)) and (ended_at is null or ended_at > \(reader.now))
      order by from_on desc, id desc limit 1
      """)?.id("stand_in")
  }
}
