import Kernel
import Testing

@testable import Trust

/// The one rule that opens sight, by examples from domain §6 and §7.
@Suite struct MayRelateTests {
  private let resident: ResidentID = ResidentID(high: 1, low: 1)
  private let other: ResidentID = ResidentID(high: 1, low: 2)

  private func refused(
    _ role: Role, _ kind: Organisation.Kind?, as relation: Role, _ ground: Relation.Ground = .agreement,
    circle: ResidentID? = nil, isOpen: Bool = true, standsIn: Bool = false
  ) -> RelationRefusal? {
    refusal(
      RelationAsked(
        resident: resident, holder: .person(role: role, kind: kind, circleOf: circle, isOpen: isOpen), role: relation,
        ground: ground, standsIn: standsIn))
  }

  @Test func rolesThatSeeNobodyAreNothingToAnybody() {
    for role in [Role.policyAdviser, .privacyOfficer, .systemAdministrator] {
      #expect(refused(role, .municipality, as: role) == .roleSeesNobody)
      for relation in Role.allCases {
        #expect(refused(role, .careProvider, as: relation, .task) != nil)
        #expect(refused(role, .municipality, as: relation, .consent) != nil)
      }
    }
  }

  @Test func workersCarryForOrganisationsThatCarry() {
    #expect(refused(.supportWorker, .careProvider, as: .supportWorker, .task) == nil)
    #expect(refused(.coordinator, .municipality, as: .supportWorker, .task) == nil)
    #expect(refused(.supportWorker, .housingCorporation, as: .supportWorker, .task) == .organisation)
    #expect(refused(.supportWorker, .police, as: .supportWorker) == .organisation)
    #expect(refused(.deskWorker, .careProvider, as: .supportWorker, .task) == .holder)
    #expect(refused(.housingOfficer, .housingCorporation, as: .supportWorker) == .holder)
    #expect(refused(.supportWorker, .careProvider, as: .supportWorker, .own) == .ground)
  }

  @Test func nobodyTurnsIntoSomebodyElse() {
    #expect(refused(.supportWorker, .careProvider, as: .clinician) == .holder)
    #expect(refused(.housingOfficer, .housingCorporation, as: .incomeConsultant) == .holder)
    #expect(refused(.relative, nil, as: .supportWorker, circle: resident) == .holder)
    #expect(refused(.supportWorker, .careProvider, as: .resident, .own) == .holder)
  }

  @Test func anAccountOfOneCircleStaysInIt() {
    #expect(refused(.relative, nil, as: .relative, .consent, circle: resident) == nil)
    #expect(refused(.relative, nil, as: .relative, .consent, circle: other) == .account)
    #expect(refused(.relative, nil, as: .relative, .consent) == .account)
    #expect(refused(.supportWorker, .careProvider, as: .supportWorker, isOpen: false) == .account)
  }

  @Test func aStandInStandsInForSomebody() {
    #expect(refused(.supportWorker, .careProvider, as: .standIn, .task) == .standIn)
    #expect(refused(.supportWorker, .careProvider, as: .standIn, .task, standsIn: true) == nil)
    #expect(refused(.supportWorker, .careProvider, as: .supportWorker, .task, standsIn: true) == .standIn)
  }

  @Test func onlyCareRolesJoinTeams() {
    #expect(RelationTable.standard.teamRoles == [.supportWorker, .teamLeader, .clinician, .peerWorker])
  }

  @Test func teamsAndOfficesAreNamedRoles() {
    func office(_ kind: Organisation.Kind, _ role: Role) -> RelationRefusal? {
      refusal(RelationAsked(resident: resident, holder: .office(kind), role: role, ground: .task))
    }
    #expect(office(.municipality, .coordinator) == nil)
    #expect(office(.careProvider, .coordinator) == .organisation)
    #expect(office(.careProvider, .teamLeader) == nil)
    #expect(office(.careProvider, .supportWorker) == .holder)
    let team = RelationAsked(resident: resident, holder: .team, role: .supportWorker, ground: .task)
    #expect(refusal(team) == .holder)
  }

  /// Every role that stands in the sharing matrix is either in this table or sees nobody; nothing is forgotten.
  @Test func everyRoleIsDecided() {
    let nobody: Set<Role> = [.policyAdviser, .privacyOfficer, .systemAdministrator]
    for role in Role.allCases { #expect(RelationTable.standard.seesNobody(role) == nobody.contains(role), "\(role)") }
  }
}
