internal import Kernel
internal import Site
internal import Testing

@testable import Residents
@testable import Trust

private func day(_ year: Int, _ month: Int, _ day: Int) -> LocalDate {
  LocalDate(year: year, month: month, day: day) ?? LocalDate(dayNumber: 0)
}

private func journey(
  _ phase: Phase, since: LocalDate = day(2026, 1, 5), moved: LocalDate? = nil, every days: Int? = nil,
  isOpenDoor: Bool = false
) -> Journey {
  Journey(
    id: ID(high: 1, low: 1), resident: ResidentID(high: 1, low: 2), kind: .move, isHomeFirst: false, phase: phase,
    phaseSince: since, startedOn: since, access: ID(high: 1, low: 3), isOpenDoor: isOpenDoor, contactEveryDays: days,
    hoursMin: nil, hoursMax: nil, movedOn: moved, endedOn: nil, ending: nil, continues: nil)
}

/// The guards of domain §3, one by one.
@Suite struct GuardTests {
  private func ready() -> JourneyStanding {
    var standing = JourneyStanding()
    standing.hasResponsibleWorker = true
    standing.hasSeenSharing = true
    standing.hasWarningPlan = true
    for kind in Fact.Kind.allCases { standing.facts[kind] = .yes }
    standing.moveDate = day(2026, 2, 1)
    standing.movedOn = day(2026, 2, 1)
    standing.saysLanded = true
    return standing
  }

  private func unmet(_ phase: Phase, _ change: (inout JourneyStanding) -> Void) -> [UnmetGuard] {
    var standing = ready()
    change(&standing)
    return Guards.unmet(to: phase, standing, on: day(2026, 9, 1), RegionRules())
  }

  @Test(arguments: Phase.allCases) func withEverythingThereNothingIsUnmet(_ phase: Phase) {
    #expect(unmet(phase) { _ in }.isEmpty)
  }

  @Test func eachMissingThingIsNamed() {
    #expect(unmet(.preparing) { $0.hasResponsibleWorker = false } == [.responsibleWorker])
    #expect(unmet(.preparing) { $0.hasSeenSharing = false } == [.sharingSeen])
    #expect(unmet(.ready) { $0.facts[.identityDocument] = nil } == [.identityDocument])
    #expect(unmet(.ready) { $0.facts[.income] = .partly } == [.income])
    #expect(unmet(.ready) { $0.facts[.debts] = .no } == [.debts])
    #expect(unmet(.ready) { $0.facts[.support] = nil } == [.supportAgreed])
    #expect(unmet(.ready) { $0.hasWarningPlan = false } == [.warningPlan])
    #expect(unmet(.ready) { $0.facts[.wishes] = nil } == [.wishes])
    #expect(unmet(.matched) { $0.facts[.home] = nil } == [.matched])
    #expect(unmet(.moving) { $0.facts[.tenancy] = nil } == [.tenancy])
    #expect(unmet(.moving) { $0.moveDate = nil } == [.moveDate])
    #expect(unmet(.landing) { $0.facts[.keys] = nil } == [.keys])
    #expect(unmet(.landing) { $0.openHandovers = 1 } == [.handovers])
    #expect(unmet(.settled) { $0.openRedSignals = 1 } == [.redSignal])
    #expect(unmet(.settled) { $0.isContactAsAgreed = false } == [.contactAsAgreed])
    #expect(unmet(.landed) { $0.saysLanded = false } == [.residentSaysLanded])
    #expect(unmet(.landed) { $0.facts[.homeKept] = .no } == [.homeKept])
    #expect(unmet(.landed) { $0.facts[.pilotLight] = nil } == [.pilotLight])
  }

  @Test func homeFirstAsksForNoPreparation() {
    let missing = unmet(.ready) {
      $0.isHomeFirst = true
      $0.facts = [.support: .yes, .wishes: .yes]
      $0.hasWarningPlan = false
    }
    #expect(missing.isEmpty)
    #expect(Guards.next(.move, isHomeFirst: true, from: .registered) == .ready)
    #expect(Guards.next(.move, isHomeFirst: false, from: .registered) == .preparing)
  }

  @Test func sixMonthsAreSixMonths() {
    var standing = ready()
    standing.movedOn = day(2026, 3, 1)
    #expect(Guards.unmet(to: .settled, standing, on: day(2026, 8, 31), RegionRules()) == [.sixMonths])
    #expect(Guards.unmet(to: .settled, standing, on: day(2026, 9, 1), RegionRules()).isEmpty)
    standing.movedOn = nil
    standing.kind = .stay
    #expect(Guards.unmet(to: .settled, standing, on: day(2026, 3, 1), RegionRules()).isEmpty)
  }

  @Test func eachKindHasItsOwnWay() {
    #expect(Guards.path(.stay, isHomeFirst: false).contains(.moving) == false)
    #expect(Guards.path(.flipInPlace, isHomeFirst: false).contains(.matched) == false)
    #expect(Guards.path(.temporaryRoom, isHomeFirst: false) == Guards.path(.move, isHomeFirst: false))
    for kind in Journey.Kind.allCases { #expect(Guards.path(kind, isHomeFirst: false).last == .pilotLight) }
    #expect(Guards.next(.move, isHomeFirst: false, from: .pilotLight) == nil)
  }
}

/// The contact rhythm and when silence becomes a signal (region defaults of domain §3).
@Suite struct RhythmTests {
  private let today = day(2026, 3, 5)

  @Test func eachPhaseHasItsRhythm() {
    let rules = RegionRules()
    #expect(Rhythm.days(journey(.registered), on: today, rules) == 14)
    #expect(Rhythm.days(journey(.moving), on: today, rules) == 3)
    #expect(Rhythm.days(journey(.landing, moved: day(2026, 2, 20)), on: today, rules) == 7)
    #expect(Rhythm.days(journey(.landing, moved: day(2025, 11, 1)), on: today, rules) == 14)
    #expect(Rhythm.days(journey(.pilotLight), on: today, rules) == 120)
    #expect(Rhythm.days(journey(.settled, isOpenDoor: true), on: today, rules) == 365)
  }

  @Test func whatWasAgreedWinsButNotInTheWeekOfTheMove() {
    #expect(Rhythm.days(journey(.settled, every: 30), on: today, RegionRules()) == 30)
    #expect(Rhythm.days(journey(.moving, every: 30), on: today, RegionRules()) == 3)
  }

  @Test func silenceIsDueTheMorningAfter() {
    let due = Rhythm.silenceDue(journey(.settled), lastReached: day(2026, 3, 1), on: today, RegionRules())
    #expect(due == RegionTime.amsterdam.instant(day(2026, 3, 16), hour: 7))
    #expect(Rhythm.silenceDue(journey(.closed), lastReached: nil, on: today, RegionRules()) == nil)
  }
}

/// When a signal is due and who comes next (domain §3).
@Suite struct EscalationTests {
  private func at(_ date: LocalDate, _ hour: Int) -> Instant { RegionTime.amsterdam.instant(date, hour: hour) }

  @Test func redIsDueTheNextWorkingDayAndAmberTheThird() {
    let friday = at(day(2026, 3, 6), 15)
    #expect(Escalation.due(.red, raisedAt: friday, RegionRules()) == at(day(2026, 3, 9), 17))
    #expect(Escalation.due(.amber, raisedAt: friday, RegionRules()) == at(day(2026, 3, 11), 17))
  }

  /// Good Friday and Easter Monday 2026 (3 and 6 April) are no working days.
  @Test func holidaysDoNotCount() {
    let thursday = at(day(2026, 4, 2), 12)
    #expect(Escalation.due(.red, raisedAt: thursday, RegionRules()) == at(day(2026, 4, 7), 17))
  }

  /// Stand-in, coordinator, manager, and after the manager round again: nothing rests with somebody who never looks.
  @Test func itGoesOneFurtherEachTimeAndRoundAgain() {
    #expect(Escalation.next(after: .owner) == [.standIn, .coordinator, .manager])
    #expect(Escalation.next(after: .standIn) == [.coordinator, .manager])
    #expect(Escalation.next(after: .coordinator).first == .manager)
    #expect(Escalation.next(after: .manager).first == .coordinator)
  }

  /// The region's numbers count from when it came to somebody, to the end of that day.
  @Test func eachLevelHasItsOwnTime() {
    let came = at(day(2026, 3, 10), 9)
    #expect(Escalation.due(at: .standIn, since: came, RegionRules()) == at(day(2026, 3, 11), 17))
    #expect(Escalation.due(at: .coordinator, since: came, RegionRules()) == at(day(2026, 3, 12), 17))
    #expect(Escalation.due(at: .manager, since: came, RegionRules()) == at(day(2026, 3, 12), 17))
  }
}

/// The landing profile is never a number, always reasons.
@Suite struct LandingProfileTests {
  @Test func everyPartHasAReason() {
    for part in LandingProfile(LandingProfile.Known()).parts { #expect(!part.facts.isEmpty) }
    #expect(LandingProfile(LandingProfile.Known()).parts.map(\.dimension) == LandingProfile.Dimension.allCases)
  }

  /// Somebody registered a minute ago is still to ask about, not in danger.
  @Test func notKnowingIsNoWarning() {
    var known = LandingProfile.Known()
    for part in LandingProfile(known).parts { #expect(part.colour == .unknown, "\(part.dimension)") }
    known.informalPeople = 1
    known.isHandoverOpen = true
    #expect(LandingProfile(known).parts[3].colour == .mind)
    #expect(LandingProfile(known).parts[4].colour == .mind)
    known.facts = [.closePeople: .no]
    #expect(LandingProfile(known).parts[3].colour == .alarm)
  }

  @Test func whatIsKnownGoesBeforeWhatIsStillToAsk() {
    #expect([StateColour.good, .alarm, .unknown, .mind].sorted() == [.good, .unknown, .mind, .alarm])
    #expect(Set(StateColour.allCases.map(\.shape)).count == StateColour.allCases.count)
  }

  @Test func theWorstThatIsKnownColours() {
    var known = LandingProfile.Known()
    known.facts = [.rentPaid: .yes, .homeKept: .yes, .nuisance: .partly]
    #expect(LandingProfile(known).parts[0].colour == .mind)
    known.facts[.rentPaid] = .no
    #expect(LandingProfile(known).parts[0].colour == .alarm)
    #expect(LandingProfile(known).parts[0].facts.count == 3)
  }

  @Test func silenceColoursSupport() {
    var known = LandingProfile.Known()
    known.rhythmDays = 7
    func support(_ days: Int) -> StateColour {
      known.daysSilent = days
      return LandingProfile(known).parts[4].colour
    }
    #expect(support(7) == .good)
    #expect(support(8) == .mind)
    #expect(support(15) == .alarm)
  }

  @Test func theOwnVoiceIsTheMeanOfTheirCheckIns() {
    var known = LandingProfile.Known()
    func voice(_ scores: [Int]) -> StateColour {
      known.checkIns = scores
      return LandingProfile(known).parts[5].colour
    }
    #expect(voice([4, 3]) == .good)
    #expect(voice([3, 2]) == .mind)
    #expect(voice([2, 2]) == .alarm)
  }
}

/// The eleven-test of the citizen service number.
@Suite struct BSNTests {
  @Test func acceptsTestNumbersAndRefusesOthers() {
    #expect(BSN.normalised("999990019") == "999990019")
    #expect(BSN.normalised("9999.90.019") == "999990019")
    #expect(BSN.normalised("999990018") == nil)
    #expect(BSN.normalised("12345672") == "012345672")
    #expect(BSN.normalised("12345678") == nil)
    #expect(BSN.normalised("000000000") == nil)
    #expect(BSN.normalised("abc") == nil)
  }
}
