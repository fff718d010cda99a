internal import Foundation
public import Kernel
internal import Knowledge
internal import Residents
internal import Store
internal import Trust

/// The demo: a small region with made-up people, marked as such in the database.
public enum DemoRegion {
  static let mailDomain = "demo.geland.example"

  /// Makes a region of any size in a file that does not exist yet: the stories of the demo and so many lives more.
  /// Deterministic for a seed and a moment; ends today, so that there is something to do.
  /// - Parameter progress: told how many lives there are after each part.
  public static func make(
    path: String, lives: Int, years: Int = 2, clock: any Clock = SystemClock(), seed: UInt64 = 1,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws {
    let now = clock.now
    let database = try await House.openDatabase(
      House.Plan(path: path, clock: ManualClock(now), chance: .seeded(seed)), isBulk: lives > 2000)
    let jobs = Dictionary(uniqueKeysWithValues: ResidentSlice.jobs.map { ($0.kind, $0) })
    // A worker carries about fourteen people, and a resident has known a shelter's worker and a provider's.
    let workersEach = max(3, lives / (14 * 4))
    let region = try await database.batch { batch in
      try fill(batch, jobs, now: now, days: max(1000, years * 365 + 30), workersEach: workersEach)
    }
    // A commit for so many lives: enough to write what they share once, few enough to tell how far it is.
    let partSize = 400
    // What only pages look by; a life's own verbs look by resident.
    if lives > 2000 {
      try await database.setAside(indexes: [
        "contact_by", "relation_account", "relation_team", "relation_organisation", "handover_to", "handover_from",
      ])
    }
    var made = 0
    while made < lives {
      let part = made..<min(made + partSize, lives)
      try await database.batch { batch in
        let all = SeedLives(batch: batch, region: region, jobs: jobs, end: now, years: years)
        for number in part { try all.live(number, seed: seed) }
      }
      made = part.upperBound
      progress(made)
    }
    try await database.settle()
  }

  /// The organisations, their people, and the stories.
  private static func fill(
    _ batch: Batch, _ jobs: [String: JobHandler], now: Instant, days: Int, workersEach: Int
  ) throws -> SeedRegion {
    let start = now.adding(.days(-days))
    let region = try SeedRegion.make(batch, at: start, workersEach: workersEach, mailDomain: mailDomain)
    let stories = LifeStories(batch: batch, region: region, jobs: jobs, end: now)
    try team(batch, stories, at: start)
    let residents = try stories.tellAll()
    try sister(batch, of: residents["daan"], at: now)
    let adviser = try learning(batch, region, at: now)
    try mark(batch, region, residents, adviser, at: now)
    return region
  }

  /// One team of two employers with one work list.
  private static func team(_ batch: Batch, _ stories: LifeStories, at moment: Instant) throws {
    try batch.perform(Act("seed.team"), at: moment) { transaction in
      let team = try transaction.put(Team(id: transaction.freshID(), name: "Gebiedsteam Lekstroom"))
      for member in [stories.sanne, stories.ravi, stories.region.providers[4].workers[0]] {
        try TeamMembership.join(team.id, member, transaction)
      }
    }
  }

  /// Daan's sister may see what she can do, and tell when it goes less well.
  private static func sister(_ batch: Batch, of daan: ResidentID?, at moment: Instant) throws {
    guard let daan else { return }
    try batch.perform(Act("seed.relative"), at: moment) { transaction in
      let account = try transaction.put(
        Account(
          id: transaction.freshID(), name: "Marlies Visser", email: "marlies@\(mailDomain)", organisation: nil,
          role: .relative, resident: daan))
      try Relation.open(daan, for: .person(account.id), role: .relative, ground: .consent, transaction)
      if var member = try transaction.first(CircleMember.self, "where resident = \(daan) and role = 'relative'") {
        member.account = account.id
        try transaction.put(member)
      }
    }
  }

  /// A policy adviser, and what the region learned.
  private static func learning(_ batch: Batch, _ region: SeedRegion, at moment: Instant) throws -> ID<Account> {
    try batch.perform(Act("seed.learning"), at: moment) { transaction in
      let adviser = try transaction.put(
        Account(
          id: transaction.freshID(), name: "Jonna Wind", email: "beleid@\(mailDomain)",
          organisation: region.place("Utrecht").access, role: .policyAdviser)
      ).id
      let leader = region.people["thuishaven.leiding"] ?? adviser
      try DemoLearning.fill(
        DemoLearning.People(
          careProvider: region.providers[0].organisation, welfare: region.welfare, leader: leader,
          coordinator: region.people["nieuwegein.a"] ?? adviser, adviser: adviser), transaction)
      return adviser
    }
  }

  /// Marks the region as a demo and names one person per role.
  private static func mark(
    _ batch: Batch, _ region: SeedRegion, _ residents: [String: ResidentID], _ adviser: ID<Account>,
    at moment: Instant
  ) throws {
    try batch.perform(Act("seed.mark"), at: moment) { transaction in
      try RegionMark.set("demo", "yes", transaction)
      try DemoNumbers.give(transaction)
      let administrator = try transaction.put(
        Account(
          id: transaction.freshID(), name: "Bea Heer", email: "beheer@\(mailDomain)", organisation: nil,
          role: .systemAdministrator))
      func account(_ email: String) throws -> ID<Account>? {
        try Account.with(email: "\(email)@\(mailDomain)", transaction)?.id
      }
      let people = [
        try account("noor"), region.people["thuishaven.1"], region.people["nieuwegein.a"],
        region.people["opvangdebrug.1"],
        region.people["thuishaven.2"], region.people["thuishaven.leiding"], try account("marlies"), adviser,
        administrator.id,
      ]
      for (place, person) in people.compactMap({ $0 }).enumerated() {
        try transaction.technical("insert into demo_person (place, account) values (\(place), \(person))")
      }
    }
  }
}
