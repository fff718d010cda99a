internal import Kernel
internal import Site
internal import Store
internal import TestKit

@testable import Residents
@testable import Trust

/// A resident whose file holds a different made-up word for each category, so that a page shows what it gives away.
struct MarkedFile {
  let house: TestHouse
  let resident: ResidentID
  let worker: ID<Account>
  let organisation: ID<Organisation>

  /// The word that stands in the file for a category. A file has no words for the others yet.
  static let marks: [Category: String] = [
    .identity: "Kenmerknaam", .contact: "Kenmerkstraat", .journey: "kenmerkleermoment", .readiness: "kenmerkinkomen",
    .plan: "kenmerkdoel", .housing: "kenmerkwoning", .money: "kenmerkgeld", .activities: "kenmerkdag",
    .network: "Kenmerkbuur", .warning: "kenmerkgoed", .health: "kenmerkpil", .signalText: "kenmerkzorg",
    .contacts: "kenmerkgesprek", .support: "kenmerkafspraak",
  ]

  /// Pages of the file that anybody might try.
  static let pages = ["", "/plan", "/circle", "/journey", "/contacts", "/warning", "/handovers", "/facts", "/sharing"]

  init(seed: UInt64 = 5) async throws {
    let house = try await TestHouse(seed: seed)
    self.house = house
    (resident, worker, organisation) = try await house.act { transaction in
      let access = try transaction.put(
        Organisation(id: transaction.freshID(), name: "Gemeente Utrecht", kind: .municipality, municipality: "0344"))
      let coordinator = try transaction.put(
        Account(
          id: transaction.freshID(), name: "Coördinator", email: nil, organisation: access.id, role: .coordinator))
      let provider = try transaction.put(
        Organisation(id: transaction.freshID(), name: "Thuishaven", kind: .careProvider))
      let worker = try transaction.put(
        Account(
          id: transaction.freshID(), name: "Begeleider", email: nil, organisation: provider.id, role: .supportWorker))
      let made = try Resident.register(
        Registration(
          firstName: "Voornaam", lastName: "Kenmerknaam", birthDate: LocalDate(year: 1980, month: 2, day: 3),
          phone: "06 12345678", address: "Kenmerkstraat 1", municipality: "0344"), by: coordinator.id,
        role: .coordinator, transaction)
      try Self.fill(made.resident.key, made.journey, worker.id, transaction)
      return (made.resident.key, worker.id, provider.id)
    }
  }

  private static func fill(
    _ resident: ResidentID, _ journey: Journey, _ worker: ID<Account>, _ transaction: Transaction
  ) throws {
    let handover = try Handover.offer(
      HandoverForm(toWorker: worker, agreements: "kenmerkafspraak"), journey, by: worker, transaction)
    try handover.accept(answer: nil, by: worker, transaction)
    try JourneyEvent.note(.setback, on: journey, words: "kenmerkleermoment", by: worker, transaction)
    for (kind, words) in [
      (Fact.Kind.income, "kenmerkinkomen"), (.home, "kenmerkwoning"), (.moneyInOrder, "kenmerkgeld"),
      (.dayActivity, "kenmerkdag"),
    ] { try Fact.report(kind, .yes, words: words, resident, by: worker, transaction) }
    try Goal.add("kenmerkdoel", .home, resident, transaction)
    try CircleMember.add(name: "Kenmerkbuur", role: .goodNeighbour, resident, transaction)
    try transaction.put(
      EarlyWarningPlan(
        id: transaction.freshID(), resident: resident, protects: nil, goodSigns: "kenmerkgoed", amberSigns: "minder",
        amberMe: nil, amberOthers: nil, amberWorker: nil, redSigns: "slecht", redMe: nil, redOthers: nil,
        redWorker: nil, contacts: nil, medication: "kenmerkpil", changedOn: journey.startedOn))
    try Signal.raise(.concern, .amber, journey, cause: "test", words: "kenmerkzorg", transaction)
    try Contact.log(
      Contact.Entry(at: transaction.now, channel: .visit, words: "kenmerkgesprek"), with: resident, by: worker,
      transaction)
  }

  /// Somebody who is something to the resident for a period.
  func somebody(
    _ role: Role, from: Instant? = nil, until: Instant? = nil, isRelated: Bool = true
  ) async throws -> ID<Account> {
    let resident = resident
    return try await house.act { transaction in
      let organisation = try transaction.put(
        Organisation(id: transaction.freshID(), name: "Elders", kind: .welfare)
      ).id
      // Who is there for no employer has an account because of this resident.
      let isOfCircle = [Role.resident, .relative, .goodNeighbour, .hostTenant].contains(role)
      let account = try transaction.put(
        Account(
          id: transaction.freshID(), name: "Iemand", email: nil, organisation: isOfCircle ? nil : organisation,
          role: role, resident: isOfCircle && isRelated ? resident : nil))
      guard isRelated else { return account.id }
      var relation = Relation(
        id: transaction.freshID(), resident: resident, account: account.id, team: nil,
        organisation: account.organisation,
        role: role, ground: .agreement, standsInFor: nil, fromAt: from ?? transaction.now)
      relation.untilAt = until
      try transaction.put(relation)
      return account.id
    }
  }

  /// Everything the pages of the file show this person, and which pages opened.
  func everything(_ account: ID<Account>) async throws -> (text: String, opened: Int) {
    let browser = try await house.browser(of: account)
    var text = ""
    var opened = 0
    for page in Self.pages {
      let answer = await browser.get("/residents/\(resident)\(page)")
      if answer.status == 200 {
        text += answer.text
        opened += 1
      }
    }
    return (text, opened)
  }
}
