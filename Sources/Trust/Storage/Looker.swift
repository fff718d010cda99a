public import Kernel
public import Site
public import Store

/// A viewer's eyes on one snapshot. Whatever passes through here is written to the trail before the answer leaves.
public final class Looker {
  public let viewer: Viewer
  public let reader: Reader
  /// Everyone whose data was shown.
  public private(set) var seen: [ResidentID: Sight] = [:]

  init(viewer: Viewer, reader: Reader) {
    self.viewer = viewer
    self.reader = reader
  }

  /// The viewer's sight on a resident.
  /// - Throws: `Problem.notFound` when the viewer is nothing to this person, or there is no such person.
  public func sight(of resident: ResidentID) throws -> Sight {
    guard let sight = try sights(of: [resident])[resident] else { throw Problem.notFound }
    return sight
  }

  /// The viewer's sight on each of these residents who are not out of sight.
  public func sights(of residents: [ResidentID]) throws -> [ResidentID: Sight] {
    guard !residents.isEmpty else { return [:] }
    return try sights(
      through: reader.all(
        Relation.self,
        "where resident in (\(list: residents)) and \(part: Self.inForce(viewer, reader.now))"))
  }

  /// Which of these residents the viewer sees at all, in the given order and at most so many. Those they see
  /// themselves or through a team are never many; those of an office are asked part by part, until there are enough.
  public func seen(among residents: [ResidentID], atMost most: Int) throws -> [ResidentID] {
    let now: SQL = "from_at <= \(reader.now) and (until_at is null or until_at > \(reader.now))"
    let own = try ids("account = \(viewer.account) and \(part: now)")
      .union(viewer.teams.isEmpty ? [] : ids("team in (\(list: viewer.teams)) and \(part: now)"))
    let office: SQL =
      "organisation = \(viewer.organisation) and role = \(viewer.role) and account is null and team is null"
    let small = try reader.rows("select resident from relation where \(part: office) limit \(Self.smallOffice)")
    let isSmall = small.count < Self.smallOffice
    let ofSmall = try isSmall ? ids("\(part: office) and \(part: now)") : []
    var found: [ResidentID] = []
    for start in stride(from: 0, to: residents.count, by: Self.part) where found.count < most {
      let part = residents[start..<min(start + Self.part, residents.count)]
      let ofOffice =
        try isSmall ? ofSmall : ids("resident in (\(list: Array(part))) and \(part: office) and \(part: now)")
      found += part.filter { own.contains($0) || ofOffice.contains($0) }
    }
    return Array(found.prefix(most))
  }

  private static let part = 250
  private static let smallOffice = 500

  private func ids(_ condition: SQL) throws -> Set<ResidentID> {
    Set(
      try reader.rows("select resident from relation where \(part: condition)")
        .compactMap { $0.id("resident", of: ResidentMark.self) })
  }

  /// The viewer's sight on everyone they know by name themselves: not through a team or an office.
  public func ownSights() throws -> [ResidentID: Sight] {
    try sights(
      through: reader.all(
        Relation.self,
        """
        where account = \(viewer.account) and from_at <= \(reader.now)
        and (until_at is null or until_at > \(reader.now))
        """))
  }

  /// The viewer's sight on everyone their teams share.
  public func teamSights() throws -> [ResidentID: Sight] {
    guard !viewer.teams.isEmpty else { return [:] }
    let shared = try reader.rows(
      """
      select distinct resident from relation where team in (\(list: viewer.teams)) and from_at <= \(reader.now)
      and (until_at is null or until_at > \(reader.now)) limit 500
      """)
    return try sights(of: shared.compactMap { $0.id("resident") })
  }

  private func sights(through found: [Relation]) throws -> [ResidentID: Sight] {
    // Whoever's own role is never anything to one resident sees nobody, whatever relation they hold.
    let relations = RelationTable.standard.seesNobody(viewer.role) ? [] : found.filter { !$0.seesNobody }
    guard !relations.isEmpty else { return [:] }
    let today = RegionTime.amsterdam.date(of: reader.now)
    let absent = try Absence.accounts(Set(relations.compactMap(\.standsInFor)), on: today, reader)
    let consents = Dictionary(
      grouping: try reader.all(
        Consent.self,
        """
        where resident in (\(list: Array(Set(relations.map(\.resident))))) and from_at <= \(reader.now)
        and (until_at is null or until_at > \(reader.now))
        """), by: \.resident)
    var sights: [ResidentID: Sight] = [:]
    for (resident, own) in Dictionary(grouping: relations, by: \.resident) {
      let sight = Sight(
        resident: resident, viewer: viewer, subjects: own.map { $0.subject(viewer, absent: absent) },
        consents: consents[resident] ?? [], now: reader.now)
      sights[resident] = sight
      seen[resident] = sight
    }
    return sights
  }

  /// Who these residents are is put before the viewer by their office, without any relation: as where a coordinator
  /// decides whether two registrations are one person. It opens nothing; the trail says that it was shown.
  public func showIdentity(of residents: some Sequence<ResidentID>) {
    for resident in residents where seen[resident] == nil {
      let office = Subject(
        account: viewer.account.retyped(), organisation: viewer.organisation?.retyped(), role: viewer.role,
        ground: .task, fromAt: reader.now, untilAt: nil)
      let sight = Sight(resident: resident, viewer: viewer, subjects: [office], consents: [], now: reader.now)
      _ = sight.shows(.identity)
      seen[resident] = sight
    }
  }

  /// SQL that holds for a relation through which the viewer sees now.
  public static func inForce(_ viewer: Viewer, _ now: Instant) -> SQL {
    """
    (relation.account = \(viewer.account)
      or relation.team in (\(list: viewer.teams))
      or (relation.organisation = \(viewer.organisation) and relation.role = \(viewer.role)
        and relation.account is null and relation.team is null))
    and relation.from_at <= \(now) and (relation.until_at is null or relation.until_at > \(now))
    """
  }
}

extension Relation {
  fileprivate var seesNobody: Bool { RelationTable.standard.seesNobody(role) }

  /// What the viewer is through this relation: a stand-in sees fully while the other is absent.
  func subject(_ viewer: Viewer, absent: Set<ID<Account>>) -> Subject {
    let isActive = role == .standIn && standsInFor.map(absent.contains) ?? false
    return Subject(
      account: viewer.account.retyped(), organisation: organisation ?? viewer.organisation?.retyped(), relation: id,
      role: isActive ? .standInActive : role, ground: ground, fromAt: fromAt, untilAt: untilAt)
  }
}

extension Absence {
  /// Which of these people are absent on a day.
  public static func accounts(_ among: Set<ID<Account>>, on day: LocalDate, _ reader: Reader) throws -> Set<ID<Account>>
  {
    guard !among.isEmpty else { return [] }
    return Set(
      try reader.rows(
        """
        select account from absence where account in (\(list: Array(among))) and from_on <= \(day)
        and (until_on is null or until_on >= \(day)) and (ended_at is null or ended_at > \(reader.now))
        """
      ).compactMap { $0.id("account") })
  }
}
