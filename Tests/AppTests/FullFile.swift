internal import Kernel
internal import Site
internal import Store
internal import TestKit

@testable import Residents
@testable import Trust

/// A resident in whose file every text has a mark that names its category, so that an answer tells what it gave away.
struct FullFile {
  let file: MarkedFile
  let resident: ResidentID
  /// Ids for the places of routes.
  let places: [String: String]

  var house: TestHouse { file.house }

  static func mark(_ category: Category, _ number: Int = 1) -> String { "zq\(category.rawValue)\(number)qz" }

  /// The categories whose marks stand in an answer.
  static func marked(in text: String) -> Set<Category> {
    Set(text.matches(of: /zq([a-zA-Z]+)[0-9]+qz/).compactMap { Category(rawValue: String($0.output.1)) })
  }

  init(seed: UInt64 = 5) async throws {
    let file = try await MarkedFile(seed: seed)
    self.file = file
    resident = file.resident
    let (id, worker) = (file.resident, file.worker)
    places = try await file.house.act(by: worker) { transaction in
      try Self.person(id, transaction)
      var places = try Self.work(id, worker, transaction)
      places.merge(try Self.plan(id, transaction)) { $1 }
      try Self.facts(id, worker, transaction)
      try Self.contacts(id, worker, transaction)
      places["resident"] = id.description
      return places
    }
  }

  private static func person(_ id: ResidentID, _ transaction: Transaction) throws {
    var person = try transaction.get(Resident.self, id.retyped())
    person.firstName = mark(.identity)
    person.lastName = mark(.identity, 2)
    person.phone = mark(.contact)
    person.email = mark(.contact, 2)
    person.address = mark(.contact, 3)
    person.wishForWorker = mark(.support, 9)
    try transaction.put(person)
    for var event in try transaction.all(JourneyEvent.self, "where resident = \(id)") {
      event = JourneyEvent(
        id: transaction.freshID(), resident: id, journey: event.journey, at: event.at, kind: .setback, detail: nil,
        words: mark(.journey), by: nil)
      try transaction.put(event)
    }
  }

  private static func work(
    _ id: ResidentID, _ worker: ID<Account>, _ transaction: Transaction
  ) throws -> [String: String] {
    let journey = try Journey.needed(of: id, transaction)
    try journey.agree(SupportAgreement(contactEveryDays: 14, hoursMin: 37, hoursMax: 37), by: worker, transaction)
    let handover = try transaction.put(
      Handover(
        id: transaction.freshID(), resident: id, journey: journey.id,
        fromOrganisation: journey.access, fromWorker: worker, toOrganisation: journey.access, toWorker: worker,
        area: nil, state: .withdrawn, offeredAt: transaction.now, expiresAt: transaction.now,
        decidedAt: transaction.now,
        alongUntil: nil, talkOn: nil, agreements: mark(.support), finances: mark(.money), warning: mark(.warning),
        network: mark(.network), activities: mark(.activities), openMatters: mark(.signalText),
        answer: mark(.journey, 2)))
    let signal = try Signal.raise(
      .concern, .amber, journey, cause: "full", words: mark(.signalText, 2), transaction)
    return ["handover": handover.id.description, "signal": signal?.id.description ?? ""]
  }

  private static func plan(_ id: ResidentID, _ transaction: Transaction) throws -> [String: String] {
    let goal = try Goal.add(mark(.plan), .home, id, transaction)
    let today = RegionTime.amsterdam.date(of: transaction.now)
    let step = try Step.add(
      mark(.plan, 2), to: goal, dueOn: today.adding(days: 3), companion: nil, reward: mark(.plan, 3), transaction)
    let member = try CircleMember.add(
      name: mark(.network, 2), role: .goodNeighbour, phone: mark(.network, 3), words: mark(.network, 4), id, transaction
    )
    try CheckIn.give(4, sentence: mark(.plan, 4), id, transaction)
    try transaction.put(OwnStory(id: transaction.freshID(), resident: id, words: mark(.plan, 5), changedOn: today))
    var plan = try transaction.get(
      EarlyWarningPlan.self, EarlyWarningPlan.of(id, transaction)?.id ?? transaction.freshID())
    plan.goodSigns = mark(.warning, 2)
    plan.amberOthers = mark(.warning, 3)
    plan.redWorker = mark(.warning, 4)
    plan.contacts = mark(.warning, 5)
    plan.medication = mark(.health)
    try transaction.put(plan)
    return ["goal": goal.id.description, "step": step.id.description, "member": member.id.description]
  }

  private static func facts(_ id: ResidentID, _ worker: ID<Account>, _ transaction: Transaction) throws {
    for kind in Fact.Kind.allCases where kind != .moveDate {
      try Fact.report(kind, .yes, words: mark(kind.category, 7), id, by: worker, transaction)
    }
  }

  private static func contacts(_ id: ResidentID, _ worker: ID<Account>, _ transaction: Transaction) throws {
    try Contact.log(
      Contact.Entry(at: transaction.now, channel: .visit, words: mark(.contacts)), with: id, by: worker, transaction)
    try WarningState.set(.green, words: mark(.warning, 6), id, by: worker, transaction)
  }
}
