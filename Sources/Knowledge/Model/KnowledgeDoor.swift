public import Kernel
internal import Site
public import Store

/// Whether this region lets everyone read what works, without signing in. One record; none means closed.
public struct KnowledgeDoor: Record, Equatable {
  public let id: ID<KnowledgeDoor>
  public var version = 0
  public var isOpen: Bool
  public var changedOn: LocalDate

  public static let table = Table("knowledge_door", sealedFor: .region, [.plain("isOpen"), .plain("changedOn")])
}

extension KnowledgeDoor {
  static func stored(_ reader: Reader) throws -> KnowledgeDoor? {
    try reader.first(KnowledgeDoor.self, "where id is not null order by id")
  }

  /// Opens or closes; every instance of the site knows at once.
  static func set(_ isOpen: Bool, _ transaction: Transaction) throws -> KnowledgeDoor {
    let today = RegionTime.amsterdam.date(of: transaction.now)
    var door = try stored(transaction) ?? KnowledgeDoor(id: transaction.freshID(), isOpen: isOpen, changedOn: today)
    if door.isOpen != isOpen { door.changedOn = today }
    door.isOpen = isOpen
    let kept = try transaction.put(door)
    transaction.announce(kept)
    return kept
  }

  static func follow(_ database: Database, _ openness: Openness) async throws {
    openness.set(try await database.read { try stored($0)?.isOpen ?? false })
    database.listen { event in
      if let door = event as? KnowledgeDoor { openness.set(door.isOpen) }
    }
  }
}
