public import Kernel

/// All that is known, and how it hangs together.
public struct Library: Sendable {
  public let units: [KnowledgeUnit]
  public let lessons: [Lesson]
  private let byID: [String: Int]
  private let lessonByID: [String: Int]
  /// Places of the lessons of each block and of each pilot, wherever they stand.
  private let lessonsOf: [String: [Int]]
  private let added: [String: AddedLesson]

  /// - Parameter added: lessons that came later; those that were withdrawn are left out.
  init(_ units: [KnowledgeUnit], added: [AddedLesson] = []) {
    let current = added.filter { $0.withdrawnOn == nil }
    self.units = units
    lessons = units.flatMap(\.lessons) + current.map(\.lesson)
    byID = Dictionary(units.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let ids = lessons.enumerated().map { ($1.id, $0) }
    let formerIDs = lessons.enumerated().flatMap { place, lesson in lesson.formerly.map { ($0, place) } }
    lessonByID = Dictionary(ids + formerIDs, uniquingKeysWith: { first, _ in first })
    self.added = Dictionary(current.map { ($0.id.description, $0) }, uniquingKeysWith: { first, _ in first })
    var lessonsOf: [String: [Int]] = [:]
    for (place, lesson) in lessons.enumerated() {
      for id in lesson.homes { lessonsOf[id, default: []].append(place) }
    }
    self.lessonsOf = lessonsOf
  }

  public func unit(_ id: String) -> KnowledgeUnit? { byID[id].map { units[$0] } }

  public func units(_ kind: KnowledgeUnit.Kind) -> [KnowledgeUnit] { units.filter { $0.kind == kind } }

  /// In the order of their titles, as one looks for them in a list. Pilots are those that are described.
  public func listed(_ kind: KnowledgeUnit.Kind, _ language: Language) -> [KnowledgeUnit] {
    units(kind).filter { !$0.isStopped }.map { ($0, $0.text(language).title.asName) }
      .sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }.map(\.0)
  }

  /// Plans that their neighbours stopped.
  public var stopped: [KnowledgeUnit] { units.filter(\.isStopped) }

  /// Every lesson that belongs to a unit: its own first, then those from elsewhere.
  public func lessons(of id: String) -> [Lesson] {
    let all = (lessonsOf[id] ?? []).map { lessons[$0] }
    return all.filter { $0.unit == id } + all.filter { $0.unit != id }
  }

  /// Also by the id of a lesson that became part of it.
  public func lesson(_ id: String) -> Lesson? { lessonByID[id].map { lessons[$0] } }

  /// The words of a lesson.
  public func words(of lesson: Lesson, _ language: Language) -> WrittenLesson? {
    added[lesson.id]?.written(language) ?? unit(lesson.unit)?.text(language).lessons[lesson.id]
  }

  /// Units that name this one among their own links, or that it names: links of ours, both ways.
  public func related(to unit: KnowledgeUnit) -> [KnowledgeUnit] {
    let naming = units.filter { $0.related.contains(unit.id) }.map(\.id)
    var seen: Set<String> = Set(unit.links + [unit.id])
    return (unit.related + naming).filter { seen.insert($0).inserted }.compactMap(self.unit)
  }
}

extension Lesson {
  /// Every unit on whose page it stands. What one place counts, another shows.
  var homes: Set<String> { Set(blocks + pilots + also + [unit]) }
}
