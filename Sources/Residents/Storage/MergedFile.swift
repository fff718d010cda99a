internal import Kernel
internal import Site
internal import Store
internal import Trust

/// A registration that became one with a file: everything in it, to be read by who reads that file, each part by what
/// they may see of it now.
struct MergedFile {
  let resident: ResidentID
  let since: Instant?
  let name: String
  let birthDate: LocalDate?
  let phone: String?
  let address: String?
  let contacts: [Contact]
  let goals: [(goal: Goal, steps: [Step])]
  let story: OwnStory?
  let checkIns: [CheckIn]
  let members: [CircleMember]
  let facts: [Fact]
  let warning: EarlyWarningPlan?
  /// What was settled before; what was open went along.
  let signals: [Signal]
  let seesSignalText: Bool
  let periods: [Accountability]
  let events: [JourneyEvent]
  let handovers: [HandoverView]

  /// More than anybody can read at once.
  private static let most = 1000

  /// - Throws: `Problem.notFound` when it is not one of this file.
  init(_ other: ResidentID, of looker: Looker, _ sight: Sight) throws {
    let reader = looker.reader
    guard let found = try MergedFiles.into(sight.resident, reader).first(where: { $0.resident == other }) else {
      throw Problem.notFound
    }
    resident = other
    since = found.at
    let person = try reader.get(Resident.self, other.retyped())
    name = sight.name(of: person)
    birthDate = sight.seesFirstNameOnly ? nil : sight.show(.identity, person.birthDate)
    phone = sight.show(.contact, person.phone)
    address = sight.show(.contact, person.address)
    /// What there is of a category, for who may see it; nothing is shown of what is empty.
    func all<R: Record>(_ type: R.Type, _ category: Category, order: SQL) throws -> [R] {
      guard sight.allows(.read, category) else { return [] }
      let found = try reader.all(type, "where resident = \(other) order by \(part: order)")
      return found.isEmpty || sight.shows(category) ? found : []
    }
    let isDesk = sight.reads(.contacts, onlyAs: .deskWorker)
    contacts = try all(
      Contact.self, .contacts, order: "at desc, id desc limit \(isDesk ? ContactLog.lastOfDesk : Self.most)")
    let steps = try all(Step.self, .plan, order: "coalesce(place, 0), id")
    goals = try all(Goal.self, .plan, order: "id").map { goal in (goal, steps.filter { $0.goal == goal.id }) }
    story = try all(OwnStory.self, .plan, order: "id").first
    checkIns = try all(CheckIn.self, .plan, order: "at desc, id limit \(Self.most)")
    members = try all(CircleMember.self, .network, order: "from_on, id")
    facts = try reader.all(Fact.self, "where resident = \(other) and until_on is null order by kind")
      .filter { sight.allows(.read, .readiness) && sight.shows($0.kind.category) }
    warning = try all(EarlyWarningPlan.self, .warning, order: "id").first
    signals = try all(Signal.self, .signal, order: "raised_at desc, id limit \(Self.most)")
    seesSignalText = signals.contains { $0.words != nil || $0.done != nil } && sight.shows(.signalText)
    periods = try all(Accountability.self, .journey, order: "from_at desc, id")
    events = try all(JourneyEvent.self, .journey, order: "at desc, id desc")
    handovers = try HandoverView.views(
      all(Handover.self, .journey, order: "offered_at desc, id desc"), looker, sight, person: nil)
  }
}
