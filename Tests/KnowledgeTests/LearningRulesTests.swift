internal import Kernel
internal import Site
internal import Testing

@testable import Knowledge

/// When rounds come.
@Suite struct RoundsTests {
  private func scan(_ round: Int, _ day: String, isHandedIn: Bool = true) throws -> Quickscan {
    Quickscan(
      id: ID(high: 1, low: UInt64(round)), project: ID(high: 2, low: 2), round: round, way: .selfFilled,
      openedOn: try #require(LocalDate(day)), answers: [:], handedInOn: isHandedIn ? LocalDate(day) : nil)
  }

  @Test func oneAtATimeAYearApart() throws {
    #expect(Rounds.next(after: []) == 1)
    #expect(Rounds.due(after: []) == nil)
    let first = try scan(1, "2026-02-28")
    #expect(Rounds.next(after: [first]) == 2)
    #expect(Rounds.due(after: [first]) == LocalDate("2027-02-28"))
    let open = try scan(2, "2027-03-01", isHandedIn: false)
    #expect(Rounds.next(after: [first, open]) == nil)
    #expect(Rounds.due(after: [first, open]) == nil)
  }
}

/// What each role reads first.
@Suite struct ReadingByRoleTests {
  @Test func everyRoleFindsLessonsAndNamesBlocksThatExist() throws {
    let library = try ContentTests.base.get().library
    let blocks = Set(library.units(.block).map(\.id))
    for role in Learning.readers {
      let reading = ReadingByRole(role)
      #expect(reading.blocks.isSubset(of: blocks), "\(role)")
      #expect(library.lessons.contains(where: reading.holds), "\(role)")
    }
    let consultant = ReadingByRole(.incomeConsultant)
    #expect(library.lessons.filter(consultant.holds).allSatisfy { $0.blocks.contains("financien-op-orde") })
  }
}

/// What a round asks and what it needs.
@Suite struct AskedTests {
  private let project = Project(
    id: ID(high: 2, low: 2), name: "Proef", organisation: ID(high: 3, low: 3), municipalities: [],
    blocks: ["wonen", "inclusie-in-de-wijk"], pilot: nil, startedOn: nil, endedOn: nil)

  private func scan(_ answers: [String: String]) throws -> Quickscan {
    Quickscan(
      id: ID(high: 1, low: 1), project: project.id, round: 1, way: .selfFilled,
      openedOn: try #require(LocalDate("2026-02-28")), answers: answers)
  }

  /// Domain §5: structured reflection, ordered by building block.
  @Test func eachBuildingBlockIsAskedApart() throws {
    let keys = Asked.of(project, []).map(\.key)
    #expect(
      keys == [
        "aim", "people", "approach", "partners", "course.wonen", "course.inclusie-in-de-wijk", "conditions", "results",
        "lessons", "unexpected",
      ])
  }

  @Test func aRoundNeedsWhatOthersLearnFrom() throws {
    #expect(
      Asked.missing(in: try scan([:]), of: project).map(\.key) == [
        "aim", "people", "approach", "course.wonen", "course.inclusie-in-de-wijk", "results", "lessons",
      ])
    let all = Dictionary(uniqueKeysWithValues: Asked.of(project, []).filter(\.isNeeded).map { ($0.key, "Ja.") })
    #expect(Asked.missing(in: try scan(all), of: project).isEmpty)
  }

  /// What was told of all blocks in one answer, or of a block the project is no longer about, stays to be read and asks
  /// for nothing.
  @Test func earlierAnswersAreKept() throws {
    let old = try scan(["course": "Veel.", "course.financien-op-orde": "Niets."])
    let asked = Asked.of(project, [old]).filter { $0.question == .course }
    #expect(asked.map(\.block) == [nil, "wonen", "inclusie-in-de-wijk", "financien-op-orde"])
    #expect(!asked[0].isNeeded)
    #expect(!Asked.missing(in: old, of: project).map(\.key).contains("course.financien-op-orde"))
  }
}

/// Who works here.
@Suite struct StaffTests {
  private func viewer(_ role: Role, organisation: ID<Anything>?) -> Viewer {
    Viewer(
      account: ID(high: 1, low: 1), organisation: organisation, role: role, teams: [], language: .dutch, name: "Iemand",
      mayRegister: false, resident: nil)
  }

  /// A peer whom a resident asked in has the role of a peer worker, and no organisation.
  @Test func whoHasNoOrganisationDoesNotWorkHere() {
    let place: ID<Anything> = ID(high: 2, low: 2)
    #expect(!Learning.reads(viewer(.peerWorker, organisation: nil)))
    #expect(Learning.reads(viewer(.peerWorker, organisation: place)))
    #expect(Learning.reads(viewer(.systemAdministrator, organisation: nil)))
    #expect(!Learning.reads(viewer(.relative, organisation: place)))
  }
}
