internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// Sight is opened and ended by one rule (domain §7). Whatever people do, attackers among them, nobody sees somebody
/// whom an independent reading of the journal does not explain. That reading knows no relations: only who was first,
/// who was asked, who is in the circle, who owns what.
@Suite struct SightHistoryTests {
  private static let steps = 10_000

  @Test(arguments: [UInt64(21)]) func nobodySeesWithoutAReason(_ seed: UInt64) async throws {
    let house = try await TestHouse(seed: seed)
    let tally = try await house.database.batch { batch in
      let history = try RandomHistory(batch, seed: seed, at: TestHouse.start)
      try history.letAttackersIn()
      var reasons = Reasons()
      var tally = (seen: 0, unexplained: [String](), attackersSeeing: 0)
      for number in 1...Self.steps {
        try history.step()
        guard number % 250 == 0 else { continue }
        try batch.look(at: history.moment) { reader in
          try reasons.read(reader)
          for account in reasons.accounts.values where account.isOpen {
            let sights = try Looker(viewer: account.viewer, reader: reader).sights(of: history.residents)
            for (resident, sight) in sights where !sight.subjects.isEmpty {
              tally.seen += 1
              if history.attackers.contains(account.id) { tally.attackersSeeing += 1 }
              if try !reasons.explain(account, resident, at: history.moment) {
                let roles = sight.subjects.map(\.role.rawValue).sorted().joined(separator: " ")
                tally.unexplained.append(
                  try
                    "\(account.role) sees as \(roles) after \(number) steps: \(Self.why(account.id, resident, reader))")
              }
            }
          }
        }
      }
      return (tally.seen, tally.unexplained, tally.attackersSeeing, history.attacks)
    }
    #expect(tally.1.isEmpty, "\(tally.1.prefix(5))")
    #expect(tally.2 == 0)
    // Much must have been seen, and much tried, or nothing was tested.
    #expect(tally.0 > 2_000)
    #expect(tally.3 > 1_500)
  }
}

extension SightHistoryTests {
  /// For whoever looks for the cause: the relations, and who was first when.
  fileprivate static func why(_ account: ID<Account>, _ resident: ResidentID, _ reader: Reader) throws -> String {
    let relations = try Relation.openOnes(of: resident, reader).filter { $0.account == account || $0.account == nil }
    let periods = try reader.all(Accountability.self, "where resident = \(resident) order by from_at")
    let handovers = try reader.all(Handover.self, "where resident = \(resident) order by offered_at")
    return "\(account) at \(reader.now)\n"
      + relations.map { "  \($0.role) \($0.ground) \($0.fromAt) \(String(describing: $0.untilAt))\n" }.joined()
      + periods.suffix(4).map { "  first \($0.worker) \($0.organisation) \($0.reason) \($0.fromAt)\n" }.joined()
      + handovers.suffix(4).map {
        "  \($0.fromWorker) to \($0.toWorker) \($0.state) \(String(describing: $0.decidedAt)) \(String(describing: $0.alongUntil))\n"
      }.joined()
  }
}

/// What the journal says, read by its own JSON and not through the store.
private struct Reasons {
  struct Person {
    let id: ID<Account>
    let role: Role
    let organisation: ID<Organisation>?
    let circleOf: String?
    let isOpen: Bool
    var teams: [String] = []

    var viewer: Viewer {
      Viewer(
        account: id.retyped(), organisation: organisation?.retyped(), role: role,
        teams: teams.compactMap { ID<Anything>($0) }, language: .dutch, name: "", mayRegister: false,
        resident: role == .resident ? circleOf.flatMap { ResidentID($0) } : nil)
    }
  }

  private var position = 0
  private var tables: [String: [String: [String: Any]]] = [:]
  private(set) var accounts: [String: Person] = [:]

  mutating func read(_ reader: Reader) throws {
    for row in try reader.rows("select position, changes from journal where position > \(position) order by position") {
      position = row.integer("position") ?? position
      let changes = try JSONSerialization.jsonObject(with: Data((row.text("changes") ?? "[]").utf8))
      for change in changes as? [[String: Any]] ?? [] {
        guard let table = change["table"] as? String, let id = change["row"] as? String,
          let values = change["values"] as? [String: Any]
        else { continue }
        tables[table, default: [:]][id, default: ["id": id]].merge(values) { $1 }
      }
    }
    accounts = [:]
    for (id, row) in tables["account"] ?? [:] {
      guard let key = ID<Account>(id), let role = Role(rawValue: row["role"] as? String ?? "") else { continue }
      accounts[id] = Person(
        id: key, role: role, organisation: (row["organisation"] as? String).flatMap { ID<Organisation>($0) },
        circleOf: row["resident"] as? String, isOpen: Self.isNull(row["disabled_at"]))
    }
    for row in rows("team_membership") where Self.isNull(row["until_at"]) {
      guard let account = row["account"] as? String, let team = row["team"] as? String else { continue }
      accounts[account]?.teams.append(team)
    }
  }

  private func rows(_ table: String) -> [[String: Any]] { (tables[table] ?? [:]).values.map(\.self) }

  private static func isNull(_ value: Any?) -> Bool { value == nil || value is NSNull }

  private static func moment(_ value: Any?) -> Int64? { (value as? NSNumber)?.int64Value }

  /// Why may this person see this resident now?
  func explain(_ person: Person, _ resident: ResidentID, at now: Instant) throws -> Bool {
    let id = resident.description
    let me = person.id.description
    if person.role == .resident { return person.circleOf == id }
    func about(_ table: String) -> [[String: Any]] { rows(table).filter { $0["resident"] as? String == id } }
    // In the circle, by name.
    if about("circle_member").contains(where: { $0["account"] as? String == me && Self.isNull($0["until_on"]) }) {
      return true
    }
    guard let journey = about("journey").first(where: { Self.isNull($0["ended_on"]) }),
      let journeyID = journey["id"] as? String, let access = journey["access"] as? String,
      let first = about("accountability").first(where: {
        $0["journey"] as? String == journeyID && Self.isNull($0["until_at"])
      }), let organisation = first["organisation"] as? String, let worker = first["worker"] as? String
    else { return false }
    if worker == me || first["stand_in"] as? String == me { return true }
    let own = person.organisation?.description
    if person.role == .coordinator && own == access { return true }
    if person.role == .teamLeader && own == organisation { return true }
    if !Set(accounts[worker]?.teams ?? []).isDisjoint(with: person.teams) { return true }
    // Asked to take over, or carrying along for a while after it.
    let handovers = about("handover").filter { $0["journey"] as? String == journeyID }
    let asked = ["offered", "provisional"]
    if handovers.contains(where: { $0["to_worker"] as? String == me && asked.contains($0["state"] as? String ?? "") }) {
      return true
    }
    let today = RegionTime.amsterdam.date(of: now)
    let isAlong = handovers.contains { handover in
      // Who asked, or who was first when it passed: the worker may have changed since it was asked.
      let receiver = handover["to_worker"] as? String
      let passed = about("accountability").filter { $0["worker"] as? String == receiver }.compactMap {
        Self.moment($0["from_at"])
      }
      let wasFirst = about("accountability").contains { period in
        period["worker"] as? String == me && Self.moment(period["until_at"]).map(passed.contains) ?? false
      }
      guard handover["from_worker"] as? String == me || wasFirst, handover["state"] as? String == "accepted",
        let until = (handover["along_until"] as? String).flatMap({ LocalDate($0) }),
        let decided = Self.moment(handover["decided_at"])
      else { return false }
      // Six weeks at most after responsibility passed; for a wished area that is when it became final.
      let since = Self.moment(first["from_at"]) ?? decided
      let last = RegionTime.amsterdam.date(of: Instant(milliseconds: max(decided, since))).adding(days: 42)
      return today <= min(until, last)
    }
    if isAlong { return true }
    // Owning a signal of theirs.
    if about("signal").contains(where: { $0["owner"] as? String == me && Self.isNull($0["settled_at"]) }) {
      return true
    }
    // Two registrations were one person: who worked with the other sees who it is, until somebody else takes over.
    let since = Self.moment(first["from_at"]) ?? 0
    return rows("merge_candidate").contains { candidate in
      guard candidate["known"] as? String == id, candidate["decision"] as? String == "merged",
        let decided = Self.moment(candidate["decided_at"])
      else { return false }
      // Responsibility passed: to another organisation, as a change of worker within one ends nobody else's sight.
      let periods = about("accountability").sorted {
        (Self.moment($0["from_at"]) ?? 0, Self.moment($0["until_at"]) ?? .max)
          < (Self.moment($1["from_at"]) ?? 0, Self.moment($1["until_at"]) ?? .max)
      }
      let passedSince = zip(periods, periods.dropFirst()).contains { before, after in
        guard let from = Self.moment(after["from_at"]), from > decided else { return false }
        let next = after["organisation"] as? String
        return next != own && next != before["organisation"] as? String
      }
      let worked = rows("accountability").contains {
        $0["resident"] as? String == candidate["added"] as? String && $0["worker"] as? String == me
          && (Self.moment($0["until_at"]) ?? .max) >= decided
      }
      return worked && !passedSince && since >= 0
    }
  }
}
