internal import Kernel
internal import Site
internal import Store
internal import Trust

/// How this slice's things look as JSON.
enum Shapes {
  static let contact = Shape<Contact>(
    "Contact",
    [
      .id("id") { $0.id }, .instant("at") { $0.at }, .choice("channel") { $0.channel },
      .flag("isReached") { $0.isReached }, .integer("minutes") { $0.minutes }, .text(maybe: "words") { $0.words },
      .id("by") { $0.by }, .id(maybe: "organisation") { $0.organisation },
    ])

  static let step = Shape<Step>(
    "Step",
    [
      .id("id") { $0.id }, .integer("version") { $0.version }, .text("words") { $0.words },
      .flag("isOwnWords") { $0.isOwnWords ?? false }, .date(maybe: "dueOn") { $0.dueOn },
      .text(maybe: "companion") { $0.companion?.description ?? $0.worker?.description },
      .text(maybe: "reward") { $0.reward }, .date(maybe: "rewardGivenOn") { $0.rewardGivenOn },
      .id(maybe: "rewardGivenBy") { $0.rewardGivenBy }, .date(maybe: "doneOn") { $0.doneOn },
      .date(maybe: "droppedOn") { $0.droppedOn }, .text(maybe: "droppedWhy") { $0.droppedWhy },
    ])

  static let goal = Shape<(goal: Goal, steps: [Step])>(
    "Goal",
    [
      .id("id") { $0.goal.id }, .integer("version") { $0.goal.version }, .choice("domain") { $0.goal.domain },
      .choice(maybe: "side") { $0.goal.side }, .text("words") { $0.goal.words },
      .flag("isOwnWords") { $0.goal.isOwnWords ?? false }, .date("madeOn") { $0.goal.madeOn },
      .date(maybe: "reachedOn") { $0.goal.reachedOn }, .date(maybe: "endedOn") { $0.goal.endedOn },
      .text(maybe: "endedWhy") { $0.goal.endedWhy },
      .list("steps", step) { $0.steps },
    ])

  static let checkIn = Shape<CheckIn>(
    "CheckIn",
    [
      .id("id") { $0.id }, .instant("at") { $0.at }, .integer("score") { $0.score },
      .text(maybe: "sentence") { $0.sentence },
    ])

  static let story = Shape<OwnStory>("OwnStory", [.text("words") { $0.words }, .date("changedOn") { $0.changedOn }])

  static let member = Shape<CircleMember>(
    "CircleMember",
    [
      .id("id") { $0.id }, .text("name") { $0.name }, .choice("role") { $0.role }, .text(maybe: "phone") { $0.phone },
      .text(maybe: "words") { $0.words }, .date("fromOn") { $0.fromOn }, .date(maybe: "untilOn") { $0.untilOn },
    ])

  static let fact = Shape<Fact>(
    "Fact",
    [
      .choice("kind") { $0.kind }, .choice("standing") { $0.standing }, .text(maybe: "words") { $0.words },
      .date("sinceOn") { $0.sinceOn }, .choice("source") { $0.source },
    ])

  static let question = Shape<HandoverQuestion>(
    "HandoverTalk",
    [
      .id("id") { $0.id }, .id("by") { $0.by }, .instant("at") { $0.at }, .text("words") { $0.words },
      .text(maybe: "answer") { $0.answer }, .id(maybe: "answeredBy") { $0.answeredBy },
      .instant(maybe: "answeredAt") { $0.answeredAt },
    ])

  static let handover = Shape<(handover: Handover, parts: [String: String], questions: [HandoverQuestion])>(
    "Handover",
    [
      .id("id") { $0.handover.id }, .choice("state") { $0.handover.state },
      .id("fromOrganisation") { $0.handover.fromOrganisation }, .id("fromWorker") { $0.handover.fromWorker },
      .id("toOrganisation") { $0.handover.toOrganisation }, .id("toWorker") { $0.handover.toWorker },
      .text(maybe: "area") { $0.handover.area }, .instant("offeredAt") { $0.handover.offeredAt },
      .instant("expiresAt") { $0.handover.expiresAt }, .instant(maybe: "decidedAt") { $0.handover.decidedAt },
      .id(maybe: "decidedBy") { $0.handover.decidedBy }, .list("questions", question) { $0.questions },
      .date(maybe: "talkOn") { $0.handover.talkOn }, .date(maybe: "alongUntil") { $0.handover.alongUntil },
      .text(maybe: "agreements") { $0.parts["agreements"] }, .text(maybe: "finances") { $0.parts["finances"] },
      .text(maybe: "warning") { $0.parts["warning"] }, .text(maybe: "network") { $0.parts["network"] },
      .text(maybe: "activities") { $0.parts["activities"] }, .text(maybe: "openMatters") { $0.parts["openMatters"] },
      .text(maybe: "answer") { $0.parts["answer"] },
    ])

  static let signal = Shape<(signal: Signal, words: String?, done: String?)>(
    "Signal",
    [
      .id("id") { $0.signal.id }, .id("resident") { $0.signal.resident }, .choice("kind") { $0.signal.kind },
      .choice("colour") { $0.signal.colour }, .choice("level") { $0.signal.level }, .id("owner") { $0.signal.owner },
      .instant("raisedAt") { $0.signal.raisedAt }, .instant("dueAt") { $0.signal.dueAt },
      .text(maybe: "words") { $0.words },
      .instant(maybe: "settledAt") { $0.signal.settledAt }, .text(maybe: "done") { $0.done },
    ])

  static let event = Shape<JourneyEvent>(
    "JourneyEvent",
    [
      .instant("at") { $0.at }, .choice("kind") { $0.kind }, .text(maybe: "detail") { $0.detail },
      .text(maybe: "words") { $0.words }, .id(maybe: "by") { $0.by },
    ])

  static let accountability = Shape<Accountability>(
    "Accountability",
    [
      .id("organisation") { $0.organisation }, .id("worker") { $0.worker }, .id(maybe: "standIn") { $0.standIn },
      .choice("reason") { $0.reason }, .instant("fromAt") { $0.fromAt }, .instant(maybe: "untilAt") { $0.untilAt },
    ])

  static let journey = Shape<JourneyView>(
    "Journey",
    [
      .id("id") { $0.journey.id }, .choice("kind") { $0.journey.kind }, .flag("isHomeFirst") { $0.journey.isHomeFirst },
      .choice("phase") { $0.journey.phase }, .date("phaseSince") { $0.journey.phaseSince },
      .date("startedOn") { $0.journey.startedOn }, .flag("isOpenDoor") { $0.journey.isOpenDoor },
      .integer(maybe: "contactEveryDays") { $0.journey.contactEveryDays },
      .integer(maybe: "hoursMin") { $0.hours.min }, .integer(maybe: "hoursMax") { $0.hours.max },
      .choice(maybe: "next") { $0.next }, .texts("unmet") { $0.unmet.map(\.rawValue) },
      .integer("unmetElsewhere") { $0.unmetElsewhere },
      .list("accountable", accountability) { $0.accountable }, .list("events", event) { $0.events },
    ])

  static let warningPlan = Shape<(plan: EarlyWarningPlan, seesMedication: Bool)>(
    "EarlyWarningPlan",
    [
      .text(maybe: "protects") { $0.plan.protects }, .text("goodSigns") { $0.plan.goodSigns },
      .text("amberSigns") { $0.plan.amberSigns }, .text(maybe: "amberMe") { $0.plan.amberMe },
      .text(maybe: "amberOthers") { $0.plan.amberOthers }, .text(maybe: "amberWorker") { $0.plan.amberWorker },
      .text("redSigns") { $0.plan.redSigns }, .text(maybe: "redMe") { $0.plan.redMe },
      .text(maybe: "redOthers") { $0.plan.redOthers }, .text(maybe: "redWorker") { $0.plan.redWorker },
      .text(maybe: "contacts") { $0.plan.contacts },
      .text(maybe: "medication") { $0.seesMedication ? $0.plan.medication : nil },
      .date("changedOn") { $0.plan.changedOn },
    ])

  static let resident = Shape<ResidentView>(
    "Resident",
    [
      .id("id") { $0.id }, .text(maybe: "name") { $0.name }, .date(maybe: "birthDate") { $0.birthDate },
      .text(maybe: "phone") { $0.phone }, .text(maybe: "email") { $0.email }, .text(maybe: "address") { $0.address },
      .text(maybe: "municipality") { $0.municipality }, .choice(maybe: "phase") { $0.journey?.phase },
      .date(maybe: "phaseSince") { $0.journey?.phaseSince },
    ])

  static let access = Shape<(category: Category, mayRead: Bool, mayAdd: Bool, mayWrite: Bool)>(
    "Access",
    [
      .choice("category") { $0.category }, .flag("mayRead") { $0.mayRead }, .flag("mayAdd") { $0.mayAdd },
      .flag("mayWrite") { $0.mayWrite },
    ])
}

/// A journey with what a reader wants beside it.
struct JourneyView {
  let journey: Journey
  let next: Phase?
  let unmet: [UnmetGuard]
  /// How many more conditions do not hold that this reader may not know.
  let unmetElsewhere: Int
  let accountable: [Accountability]
  let events: [JourneyEvent]
  /// Hours of support, for who may see them.
  let hours: (min: Int?, max: Int?)

  init(_ journey: Journey, _ reader: Reader, _ sight: Sight) throws {
    self.journey = journey
    hours =
      (journey.hoursMin ?? journey.hoursMax) != nil && sight.shows(.support)
      ? (journey.hoursMin, journey.hoursMax) : (nil, nil)
    next = Guards.next(journey.kind, isHomeFirst: journey.isHomeFirst, from: journey.phase)
    let today = RegionTime.amsterdam.date(of: reader.now)
    let standing = try JourneyStanding.gather(journey, reader)
    _ = sight.shows(.journey)
    let all = try next.map { Guards.unmet(to: $0, standing, on: today, try .inForce(reader)) } ?? []
    unmet = all.filter { sight.shows($0.category) }
    unmetElsewhere = all.count - unmet.count
    accountable = try reader.all(
      Accountability.self, "where journey = \(journey.id) order by from_at desc, id desc")
    events = try reader.all(JourneyEvent.self, "where journey = \(journey.id) order by at desc, id desc")
  }
}

/// A resident as far as a viewer may know them.
struct ResidentView {
  let id: ResidentID
  let name: String?
  let birthDate: LocalDate?
  let phone: String?
  let email: String?
  let address: String?
  let municipality: String?
  let journey: Journey?

  init(_ resident: Resident, _ journey: Journey?, _ sight: Sight) {
    id = resident.key
    name = sight.allows(.read, .identity) ? sight.name(of: resident) : nil
    birthDate = sight.seesFirstNameOnly ? nil : sight.show(.identity, resident.birthDate)
    phone = sight.show(.contact, resident.phone)
    email = sight.show(.contact, resident.email)
    address = sight.show(.contact, resident.address)
    self.journey = sight.show(.journey, journey)
    municipality = self.journey == nil ? nil : resident.municipality
  }
}
