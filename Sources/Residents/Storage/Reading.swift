public import Kernel
public import Store
internal import Trust

/// Plain look-ups for verbs and jobs, inside their transaction. Pages don't come here: they read through a `Sight`.
extension Journey {
  /// The open journey; at most one (the database holds it).
  public static func open(of resident: ResidentID, _ reader: Reader) throws -> Journey? {
    try reader.first(Journey.self, "where resident = \(resident) and ended_on is null")
  }

  /// - Throws: `Problem.refused` when the journey has ended.
  static func needed(of resident: ResidentID, _ reader: Reader) throws -> Journey {
    guard let journey = try open(of: resident, reader) else { throw Problem.refused("journey.hasEnded") }
    return journey
  }
}

extension Reader {
  /// A record about this resident.
  /// - Throws: `Problem.notFound` also when it is about somebody else.
  func get<R: OfResident>(_ type: R.Type, _ id: ID<R>, of resident: ResidentID) throws -> R {
    let record = try get(type, id)
    guard record.resident == resident else { throw Problem.notFound }
    return record
  }
}

extension Accountability {
  /// Who is first now.
  public static func now(_ journey: ID<Journey>, _ reader: Reader) throws -> Accountability? {
    try reader.first(Accountability.self, "where journey = \(journey) and until_at is null")
  }
}

extension RegionRules {
  /// The region's numbers on the day of the snapshot.
  public static func inForce(_ reader: Reader) throws -> RegionRules {
    try reader.once(RegionRules.self) { try RegionRules(settings(reader)) }
  }

  private static func settings(_ reader: Reader) throws -> [Name: Int] {
    let today = RegionTime.amsterdam.date(of: reader.now)
    var values: [Name: Int] = [:]
    for row in try reader.rows("select name, value from setting where from_on <= \(today) order by from_on") {
      guard let name = row.text("name").flatMap(Name.init(rawValue:)), let value = row.integer("value") else {
        continue
      }
      values[name] = value
    }
    return values
  }
}

extension Contact {
  /// The last day somebody was really reached.
  static func lastReached(_ resident: ResidentID, _ reader: Reader) throws -> LocalDate? {
    try lastReachedAt(resident, reader).map(RegionTime.amsterdam.date(of:))
  }

  static func lastReachedAt(_ resident: ResidentID, _ reader: Reader) throws -> Instant? {
    try reader.row("select max(at) as last from contact where resident = \(resident) and is_reached = 1")?
      .instant("last")
  }
}

extension Resident {
  /// When somebody was born; nil when that is not known, or can't be read.
  static func bornOn(_ resident: ResidentID, _ reader: Reader) throws -> LocalDate? {
    try reader.find(Resident.self, resident.retyped())?.birthDate
  }
}

extension Fact {
  /// What is known now of one kind.
  static func current(_ kind: Kind, of resident: ResidentID, _ reader: Reader) throws -> Fact? {
    try reader.first(Fact.self, "where resident = \(resident) and kind = \(kind) and until_on is null")
  }

  /// What is known now, by kind.
  static func current(_ resident: ResidentID, _ reader: Reader) throws -> [Kind: Fact] {
    Dictionary(
      try reader.all(Fact.self, "where resident = \(resident) and until_on is null").map { ($0.kind, $0) },
      uniquingKeysWith: { first, _ in first })
  }
}

extension JourneyStanding {
  /// Gathers what the guards ask.
  static func gather(_ journey: Journey, _ reader: Reader) throws -> JourneyStanding {
    let resident = journey.resident
    let today = RegionTime.amsterdam.date(of: reader.now)
    let rules = try RegionRules.inForce(reader)
    let facts = try Fact.current(resident, reader)
    var standing = JourneyStanding()
    standing.kind = journey.kind
    standing.isHomeFirst = journey.isHomeFirst
    standing.phase = journey.phase
    let person = try reader.find(Resident.self, resident.retyped())
    standing.isIdentified = person.map { !$0.lastName.isEmpty && $0.birthDate != nil } ?? false
    standing.hasResponsibleWorker =
      try reader.count(
        """
        select count(*) from relation where resident = \(resident) and role = 'supportWorker'
        and organisation <> \(journey.access) and (until_at is null or until_at > \(reader.now))
        """) > 0
    standing.hasSeenSharing =
      try reader.count("select count(*) from resident where id = \(resident) and sharing_seen_on is not null") > 0
    standing.hasWarningPlan =
      try reader.count("select count(*) from early_warning_plan where resident = \(resident)") > 0
    standing.facts = facts.mapValues(\.standing)
    standing.moveDate = facts[.moveDate]?.words.flatMap { LocalDate($0) }
    standing.openHandovers = try reader.count(
      "select count(*) from handover where journey = \(journey.id) and state = 'offered'")
    standing.movedOn = journey.movedOn
    standing.openRedSignals = try reader.count(
      "select count(*) from signal where resident = \(resident) and settled_at is null and colour = 'red'")
    let last = try Contact.lastReached(resident, reader)
    standing.isContactAsAgreed =
      Rhythm.silenceDue(journey, lastReached: last, on: today, rules).map { reader.now < $0 } ?? true
    standing.saysLanded =
      try reader.count(
        "select count(*) from journey_event where journey = \(journey.id) and kind = 'landedByResident'") > 0
    return standing
  }
}

/// People of the access team.
enum AccessTeam {
  /// The municipality's organisation, by CBS code.
  static func of(_ municipality: String, _ reader: Reader) throws -> Organisation? {
    try reader.first(Organisation.self, "where municipality = \(municipality) and ended_on is null")
  }

  /// A named coordinator: this one if it is theirs, else one of the team who is there.
  static func coordinator(
    of organisation: ID<Organisation>, preferring preferred: ID<Account>?, _ reader: Reader
  ) throws -> ID<Account>? {
    let team = try reader.rows(
      """
      select id from account where organisation = \(organisation) and role = 'coordinator' and disabled_at is null
      order by id
      """
    ).compactMap { $0.id("id", of: Account.self) }
    if let preferred, team.contains(preferred) { return preferred }
    let today = RegionTime.amsterdam.date(of: reader.now)
    let absent = try Absence.accounts(Set(team), on: today, reader)
    return team.first { !absent.contains($0) } ?? team.first
  }

  /// The coordinators of a journey's municipality: who carried it there last comes first.
  static func coordinators(of journey: Journey, _ reader: Reader) throws -> [ID<Account>] {
    let own = try reader.rows(
      """
      select worker from accountability where journey = \(journey.id) and organisation = \(journey.access)
      order by from_at desc
      """
    ).compactMap { $0.id("worker", of: Account.self) }
    let team = try reader.rows(
      """
      select id from account where organisation = \(journey.access) and role = 'coordinator' and disabled_at is null
      order by id
      """
    ).compactMap { $0.id("id", of: Account.self) }
    let named = own.first(where: team.contains)
    return [named].compactMap(\.self) + team.filter { $0 != named }
  }

  /// The municipality's managers: its team leaders.
  static func managers(of organisation: ID<Organisation>, _ reader: Reader) throws -> [ID<Account>] {
    try reader.rows(
      """
      select id from account where organisation = \(organisation) and role = 'teamLeader' and disabled_at is null
      order by id
      """
    ).compactMap { $0.id("id") }
  }
}

extension Account {
  /// For whom somebody works; nil for a resident or relative. Read without opening the account's sealed fields.
  static func employer(_ id: ID<Account>, _ reader: Reader) throws -> ID<Organisation>? {
    guard let row = try reader.row("select organisation from account where id = \(id)") else { throw Problem.notFound }
    return row.id("organisation")
  }

  /// May this person be given work: there is such an account, and it is not closed.
  static func isActive(_ id: ID<Account>, _ reader: Reader) throws -> Bool {
    try reader.count("select count(*) from account where id = \(id) and disabled_at is null") == 1
  }
}
