public import Kernel

/// All that is known, and how it hangs together.
public struct Library: Sendable {
  public let units: [KnowledgeUnit]
  private let byID: [String: Int]
  /// Lessons of each block and of each pilot, wherever they stand.
  private let lessonsOf: [String: [Lesson]]

  init(_ units: [KnowledgeUnit]) {
    self.units = units
    byID = Dictionary(units.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var lessonsOf: [String: [Lesson]] = [:]
    for lesson in units.flatMap(\.lessons) {
      for id in Set(lesson.blocks + lesson.pilots + [lesson.unit]) { lessonsOf[id, default: []].append(lesson) }
    }
    self.lessonsOf = lessonsOf
  }

  public func unit(_ id: String) -> KnowledgeUnit? { byID[id].map { units[$0] } }

  public func units(_ kind: KnowledgeUnit.Kind) -> [KnowledgeUnit] { units.filter { $0.kind == kind } }

  public var lessons: [Lesson] { units.flatMap(\.lessons) }

  /// Every lesson that belongs to a unit: its own first, then those from elsewhere.
  public func lessons(of id: String) -> [Lesson] {
    let all = lessonsOf[id] ?? []
    return all.filter { $0.unit == id } + all.filter { $0.unit != id }
  }

  public func lesson(_ id: String) -> Lesson? { lessons.first { $0.id == id } }

  /// The words of a lesson.
  public func words(of lesson: Lesson, _ language: Language) -> WrittenLesson? {
    unit(lesson.unit)?.text(language).lessons[lesson.id]
  }

  /// Units that name this one among their own links, or that it names: links of ours, both ways.
  public func related(to unit: KnowledgeUnit) -> [KnowledgeUnit] {
    let naming = units.filter { $0.related.contains(unit.id) }.map(\.id)
    var seen: Set<String> = Set(unit.links + [unit.id])
    return (unit.related + naming).filter { seen.insert($0).inserted }.compactMap(self.unit)
  }
}
