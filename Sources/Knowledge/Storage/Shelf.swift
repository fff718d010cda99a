internal import Kernel
internal import KnowledgeContent
internal import Store
internal import Synchronization

/// Holds what is known now: what this program carries, put in order once, and the lessons that were added since.
final class Shelf: Sendable {
  private struct Kept: Sendable {
    var carried: KnowledgeBase?
    /// nil when a lesson changed since it was asked for.
    var current: KnowledgeBase?
    var added: [ID<AddedLesson>: AddedLesson] = [:]
  }

  private let kept = Mutex(Kept())

  /// Everything that is known; put in order when somebody first asks.
  func base() throws -> KnowledgeBase {
    try kept.withLock { kept in
      if let current = kept.current { return current }
      let carried = try kept.carried ?? KnowledgeBase(ContentFiles.all)
      kept.carried = carried
      let added = kept.added.values.sorted { ($0.addedOn, $0.id) < ($1.addedOn, $1.id) }
      let current = added.isEmpty ? carried : carried.with(added)
      kept.current = current
      return current
    }
  }

  /// Takes up the lessons of this region, and follows their changes from now on.
  func follow(_ database: Database) async throws {
    database.listen { [weak self] event in
      if let lesson = event as? AddedLesson { self?.take([lesson]) }
    }
    take(try await database.read { try $0.all(AddedLesson.self, "where withdrawn_on is null") })
  }

  private func take(_ lessons: [AddedLesson]) {
    kept.withLock { kept in
      for lesson in lessons where lesson.version >= kept.added[lesson.id]?.version ?? 0 {
        kept.added[lesson.id] = lesson
        kept.current = nil
      }
    }
  }
}
