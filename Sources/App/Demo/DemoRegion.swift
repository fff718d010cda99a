internal import Foundation
public import Kernel
internal import Residents
public import Store
internal import Trust

/// The demo: a small region with made-up people, marked as such in the database.
public enum DemoRegion {
  static let mailDomain = "demo.geland.example"

  /// Fills an empty region.
  public static func fill(_ database: Database, jobs: [JobHandler], now: Instant) async throws {
    let handlers = Dictionary(uniqueKeysWithValues: jobs.map { ($0.kind, $0) })
    try await database.batch { batch in
      let start = now.adding(.days(-1000))
      let region = try SeedRegion.make(batch, at: start, workersEach: 3, mailDomain: mailDomain)
      let stories = LifeStories(batch: batch, region: region, jobs: handlers, end: now)
      try team(batch, stories, at: start)
      let residents = try stories.tellAll()
      try sister(batch, of: residents["daan"], at: now)
      try mark(batch, region, residents, at: now)
    }
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
      try Relation.open(daan, account: account.id, role: .relative, ground: .consent, transaction)
      if var member = try transaction.first(CircleMember.self, "where resident = \(daan) and role = 'relative'") {
        member.account = account.id
        try transaction.put(member)
      }
    }
  }

  /// Marks the region as a demo and names one person per role.
  private static func mark(
    _ batch: Batch, _ region: SeedRegion, _ residents: [String: ResidentID], at moment: Instant
  ) throws {
    try batch.perform(Act("seed.mark"), at: moment) { transaction in
      try RegionMark.set("demo", "yes", transaction)
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
        region.people["thuishaven.2"], region.people["thuishaven.leiding"], try account("marlies"), administrator.id,
      ]
      for (place, person) in people.compactMap({ $0 }).enumerated() {
        try transaction.technical("insert into demo_person (place, account) values (\(place), \(person))")
      }
    }
  }
}
