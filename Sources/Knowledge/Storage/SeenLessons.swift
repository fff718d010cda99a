internal import Kernel
internal import Store
internal import Synchronization

/// Which lessons each person has had their say about, so that a page needs no question to the database for them.
final class SeenLessons: Sendable {
  private let byAccount = Mutex<[ID<Anything>: Set<String>]>([:])

  func load(_ database: Database) async throws {
    let verdicts = try await database.read { try $0.all(Verdict.self, "where id is not null") }
    byAccount.withLock { seen in
      for verdict in verdicts { seen[verdict.account, default: []].insert(verdict.lesson) }
    }
  }

  func add(_ lesson: String, by account: ID<Anything>) {
    byAccount.withLock { _ = $0[account, default: []].insert(lesson) }
  }

  func of(_ account: ID<Anything>) -> Set<String> { byAccount.withLock { $0[account] ?? [] } }
}
