internal import Kernel

/// Which lessons to show at a step of work, or of a resident's own way.
enum Advice {
  /// At most two: an editor's choice first, then those for this kind of person, then what rests on research, then on
  /// experience. Whoever the lesson is not written to does not get it: a resident only those for citizens alone, and who
  /// works here none of these. Around a resident relatives and neighbours get none.
  static func lessons(
    at moment: Moment, for role: Role, in library: Library, without seen: Set<String>
  ) -> [Lesson] {
    let audience = role.audience
    func rank(_ lesson: Lesson) -> (Int, Int, Int, Int) {
      let ground = Lesson.Ground.allCases.firstIndex(of: lesson.ground) ?? 0
      // Of two that are as fit, the one that belongs to fewer moments says more about this one.
      let chosen = FirstLessons.place(of: lesson.id, at: moment) ?? Int.max
      return (lesson.audiences.contains(audience) ? 0 : 1, chosen, ground, lesson.moments.count)
    }
    let fit = library.lessons.filter {
      $0.moments.contains(moment) && role.isSpokenTo(by: $0) && seen.isDisjoint(with: [$0.id] + $0.formerly)
    }.sorted { (rank($0), $0.id) < (rank($1), $1.id) }
    guard let first = fit.first else { return [] }
    // Lessons of one block often say nearly the same; not those that were chosen.
    let second =
      fit.dropFirst().first {
        FirstLessons.place(of: $0.id, at: moment) != nil && $0.audiences.contains(audience)
          || $0.blocks.first != first.blocks.first
      } ?? fit.dropFirst().first
    return [first] + (second.map { [$0] } ?? [])
  }
}

private func < (
  one: ((Int, Int, Int, Int), String), other: ((Int, Int, Int, Int), String)
) -> Bool {
  one.0 != other.0 ? one.0 < other.0 : one.1 < other.1
}

extension Role {
  /// As which audience of BT's four somebody reads.
  var audience: Lesson.Audience {
    switch self {
    case .resident, .relative, .hostTenant, .goodNeighbour: .citizen
    case .coordinator, .policyAdviser: .government
    case .teamLeader: .organisation
    default: .professional
    }
  }

  /// Whether a lesson is written to somebody in this role.
  func isSpokenTo(by lesson: Lesson) -> Bool {
    switch self {
    case .resident: lesson.isForCitizensAlone
    case .relative, .hostTenant, .goodNeighbour: false
    default: !lesson.isForCitizensAlone
    }
  }
}
