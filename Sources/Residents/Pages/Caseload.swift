internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The people a worker carries, with what each asks today: read in a handful of queries, however many there are.
struct Caseload {
  struct Person {
    let resident: ResidentID
    let name: String
    let journey: Journey
    let role: Role
    let signals: [Signal]
    let silentDays: Int?
    let rhythmDays: Int
    let stepsLate: [Step]
    let stepsSoon: [Step]
    let moveDate: LocalDate?
    let phone: String?
    let checkIn: CheckIn?
    let isMoodLow: Bool
    /// Rewards that became due and are the viewer's to give.
    let rewardsDue: [Step]
    let warning: WarningState?
    /// Through which all this is known; what of it is shown is written down where it is shown.
    let sight: Sight

    func need(_ now: Instant, _ today: LocalDate) -> TodayNeed {
      TodayNeed(
        signals: signals, now: now, silentDays: silentDays, rhythmDays: rhythmDays, stepsLate: stepsLate.count,
        daysToMove: moveDate.map { $0.days(since: today) }, warning: warning?.colour, isMoodLow: isMoodLow,
        rewardsDue: rewardsDue.count)
    }

    /// A colour tells of everything that made it so.
    func showNeed() {
      if !signals.isEmpty { _ = sight.shows(.signal) }
      if silentDays.map({ $0 > rhythmDays }) ?? false { _ = sight.shows(.contacts) }
      if !stepsLate.isEmpty || !rewardsDue.isEmpty { _ = sight.shows(.plan) }
      if moveDate != nil { _ = sight.shows(.housing) }
      if isMoodLow { _ = sight.shows(.plan) }
      if warning != nil { _ = sight.shows(.warning) }
    }
  }

  let people: [Person]

  /// Everyone the viewer is responsible for now: as worker, or standing in for somebody who is away.
  init(_ looker: Looker) throws {
    let sights = try looker.ownSights().filter {
      $0.value.hasAny([.supportWorker, .standInActive, .clinician, .peerWorker, .communityWorker])
    }
    try self.init(looker, sights)
  }

  init(_ looker: Looker, _ sights: [ResidentID: Sight]) throws {
    let reader = looker.reader
    let ids = Array(sights.keys)
    guard !ids.isEmpty else {
      people = []
      return
    }
    let today = RegionTime.amsterdam.date(of: reader.now)
    let rules = try RegionRules.inForce(reader)
    let residents = try Self.byResident(reader.all(Resident.self, "where id in (\(list: ids))")) { $0.key }
    let journeys = try reader.all(Journey.self, "where ended_on is null and resident in (\(list: ids))")
    let signals = try Self.grouped(
      reader.all(Signal.self, "where settled_at is null and resident in (\(list: ids)) order by due_at")
    ) { $0.resident }
    let steps = try Self.grouped(
      reader.all(
        Step.self,
        """
        where resident in (\(list: ids)) and done_on is null and \(part: Step.isWanted)
        and due_on <= \(today.adding(days: 7)) order by due_on
        """)
    ) { $0.resident }
    let rewards = try Rewards(ids, looker)
    let last = try Self.lastContacts(ids, reader)
    let checkIns = try Self.checkIns(ids, reader)
    let warnings = try Self.warnings(ids, reader)
    let moveDates = try Self.moveDates(journeys, reader)
    people = journeys.compactMap { journey in
      guard let sight = sights[journey.resident], sight.allows(.read, .identity),
        let resident = residents[journey.resident]
      else {
        return nil
      }
      let own = sight.allows(.read, .plan) ? steps[journey.resident] ?? [] : []
      let checkIn = sight.allows(.read, .plan) ? checkIns[journey.resident] : nil
      return Person(
        resident: journey.resident, name: sight.name(of: resident), journey: journey,
        role: sight.subjects.first?.role ?? .teamMember,
        signals: sight.allows(.read, .signal) ? signals[journey.resident] ?? [] : [],
        silentDays: sight.allows(.read, .contacts) ? last[journey.resident].map { today.days(since: $0) } : nil,
        rhythmDays: Rhythm.days(journey, on: today, rules), stepsLate: own.filter { ($0.dueOn ?? today) < today },
        stepsSoon: own.filter { ($0.dueOn ?? today) >= today },
        moveDate: sight.allows(.read, .housing) ? moveDates[journey.resident] : nil,
        phone: sight.allows(.read, .contact) ? resident.phone : nil, checkIn: checkIn,
        isMoodLow: checkIn.map {
          CheckInRule.isLow($0.score, rules) && today.days(since: RegionTime.amsterdam.date(of: $0.at)) <= 7
        } ?? false, rewardsDue: sight.allows(.read, .plan) ? rewards.mine(of: journey.resident, sight) : [],
        warning: sight.allows(.read, .warning) ? warnings[journey.resident] : nil,
        sight: sight)
    }
  }

  private static func byResident<Value>(_ values: [Value], _ key: (Value) -> ResidentID) -> [ResidentID: Value] {
    Dictionary(values.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func grouped<Value>(_ values: [Value], _ key: (Value) -> ResidentID) -> [ResidentID: [Value]] {
    Dictionary(grouping: values, by: key)
  }

  private static func lastContacts(_ ids: [ResidentID], _ reader: Reader) throws -> [ResidentID: LocalDate] {
    let rows = try reader.rows(
      """
      select resident, max(at) as last from contact where is_reached = 1 and resident in (\(list: ids)) group by resident
      """)
    return Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in
        guard let id: ResidentID = row.id("resident"), let last = row.instant("last") else { return nil }
        return (id, RegionTime.amsterdam.date(of: last))
      })
  }

  private static func checkIns(_ ids: [ResidentID], _ reader: Reader) throws -> [ResidentID: CheckIn] {
    let recent = try reader.all(
      CheckIn.self,
      """
      where resident in (\(list: ids)) and at > \(reader.now.adding(.days(-21)))
      and at = (select max(newer.at) from check_in newer where newer.resident = check_in.resident)
      """)
    return Dictionary(recent.map { ($0.resident, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The plan's colour now, where it is not green.
  private static func warnings(_ ids: [ResidentID], _ reader: Reader) throws -> [ResidentID: WarningState] {
    let latest = try reader.all(
      WarningState.self,
      """
      where resident in (\(list: ids)) and not exists (
        select 1 from warning_state newer where newer.resident = warning_state.resident
        and (newer.at > warning_state.at or newer.at = warning_state.at and newer.id > warning_state.id))
      """)
    return Dictionary(
      latest.filter { $0.colour != .green }.map { ($0.resident, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func moveDates(_ journeys: [Journey], _ reader: Reader) throws -> [ResidentID: LocalDate] {
    let moving = journeys.filter { $0.phase == .moving || $0.phase == .matched }.map(\.resident)
    guard !moving.isEmpty else { return [:] }
    let facts = try reader.all(
      Fact.self, "where kind = 'moveDate' and until_on is null and resident in (\(list: moving))")
    return Dictionary(
      facts.compactMap { fact in fact.words.flatMap { LocalDate($0) }.map { (fact.resident, $0) } },
      uniquingKeysWith: { first, _ in first })
  }
}
