/// What a person is to a resident, or to the region (domain words; each has a row in the sharing matrix).
public enum Role: String, Sendable, Codable, CaseIterable, Hashable {
  case resident, relative, supportWorker, standIn, standInActive, teamMember, teamLeader, clinician, deskWorker
  case peerWorker, communityWorker, jobCoach, workCoach, housingOfficer, incomeConsultant, coordinator
  case debtCounsellor, budgetManager, financialAdministrator, policeOfficer, generalPractitioner, hostTenant
  case goodNeighbour, policyAdviser, privacyOfficer, systemAdministrator
}

/// What a piece of a resident's file is about; sharing is decided by it (the sharing matrix, its columns).
public enum Category: String, Sendable, Codable, CaseIterable, Hashable {
  case identity, contact, journey, readiness, plan, housing, tenancy, money, activities, network, health, substance
  case justice, warning, support, signal, signalText, contacts, desk, notes, outcomes, audit, sharing
}

/// The languages of the screens; Dutch first.
public enum Language: String, Sendable, Codable, CaseIterable, Hashable {
  case dutch = "nl"
  case english = "en"
}
