internal import Kernel

/// What each kind of worker reads first: the audience they belong to, and the building blocks their work is about.
/// Nobody is kept from the rest.
struct ReadingByRole {
  let audience: Lesson.Audience
  /// Empty: all.
  let blocks: Set<String>

  init(_ role: Role) {
    audience = role.audience
    blocks =
      switch role {
      case .housingOfficer: ["wonen", "aanpak-dakloosheid"]
      case .incomeConsultant, .debtCounsellor, .budgetManager, .financialAdministrator: ["financien-op-orde"]
      case .jobCoach, .workCoach: ["activering-en-werk"]
      case .peerWorker: ["herstelgericht-werken", "inclusie-in-de-wijk"]
      case .communityWorker: ["inclusie-in-de-wijk", "gebiedsgericht-werken", "activering-en-werk"]
      case .clinician: ["gebiedsgericht-werken", "ambulante-begeleiding", "herstelgericht-werken"]
      case .deskWorker: ["ambulante-begeleiding"]
      default: []
      }
  }

  func holds(_ lesson: Lesson) -> Bool {
    lesson.audiences.contains(audience) && (blocks.isEmpty || !blocks.isDisjoint(with: lesson.blocks))
  }
}

/// What counts as new: half a year.
enum Fresh {
  static func since(_ today: LocalDate) -> LocalDate { today.adding(months: -6) }

  static func isFresh(_ lesson: Lesson, today: LocalDate) -> Bool {
    lesson.addition.map { $0.on >= since(today) } ?? false
  }
}
