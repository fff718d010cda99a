/// What a round asks: the same questions each time, and one for each building block the project is about (domain §5,
/// Quickscan: ordered by building block).
struct Asked: Equatable {
  let question: Quickscan.Question
  /// The building block the question is about; nil for the project as a whole.
  let block: String?

  var key: String { block.map { "\(question.rawValue).\($0)" } ?? question.rawValue }

  /// Without these others learn nothing from a round. Who took part, what it took and what turned out differently may
  /// stay open; so may what was once told of all building blocks in one answer.
  var isNeeded: Bool {
    switch question {
    case .aim, .people, .approach, .results, .lessons: true
    case .course: block != nil
    case .partners, .conditions, .unexpected: false
    }
  }

  /// In their order: what it is, building block by building block how it stands, and what came of it. A block that was
  /// answered earlier, or all of them in one answer, stays to be read.
  static func of(_ project: Project, _ scans: [Quickscan]) -> [Asked] {
    let answered = Set(scans.flatMap(\.answers.keys))
    let prefix = Quickscan.Question.course.rawValue + "."
    let earlier = answered.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
      .filter { !project.blocks.contains($0) }.sorted()
    return Quickscan.Question.allCases.flatMap { question -> [Asked] in
      guard question == .course else { return [Asked(question: question, block: nil)] }
      let whole = answered.contains(question.rawValue) ? [Asked(question: question, block: nil)] : []
      return whole + (project.blocks + earlier).map { Asked(question: question, block: $0) }
    }
  }

  /// What the round must still answer before it can be handed in.
  static func missing(in scan: Quickscan, of project: Project) -> [Asked] {
    of(project, []).filter { $0.isNeeded && scan.answers[$0.key] == nil }
  }
}
