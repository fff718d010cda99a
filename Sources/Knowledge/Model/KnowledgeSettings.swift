public import Kernel
internal import Site
public import Store

/// What this region chose about its knowledge. One record; without it nothing was chosen.
public struct KnowledgeSettings: Record, Equatable {
  public let id: ID<KnowledgeSettings>
  public var version = 0
  /// How other regions know where a lesson comes from.
  public var regionName: String?
  /// Whether everyone may read what works, without signing in.
  public var isOpen: Bool

  public static let table = Table("knowledge_settings", sealedFor: .region, [.plain("regionName"), .plain("isOpen")])
}

extension KnowledgeSettings {
  static func stored(_ reader: Reader) throws -> KnowledgeSettings? {
    try reader.first(KnowledgeSettings.self, "where id is not null order by id")
  }

  /// Every part of the site knows at once.
  static func choose(_ visit: Visit, _ transaction: Transaction) throws -> KnowledgeSettings {
    var faults = FormReader(visit.form)
    let name = faults.maybe("regionName", atMost: 80)
    try faults.check()
    let before = try stored(transaction)
    try visit.mustHaveSeen(before?.version ?? 0, in: table.name, before?.id.description ?? "")
    let settings = try transaction.put(
      KnowledgeSettings(
        id: before?.id ?? transaction.freshID(), version: before?.version ?? 0, regionName: name,
        isOpen: visit.form.isOn("isOpen")))
    transaction.announce(settings)
    return settings
  }

  /// Keeps what is chosen at hand, because also who is not signed in depends on it.
  static func follow(
    _ database: Database, _ openness: Openness, _ chosen: Guarded<KnowledgeSettings?>
  ) async throws {
    let settings = try await database.read { try stored($0) }
    openness.set(settings?.isOpen ?? false)
    chosen.with { $0 = settings }
    database.listen { event in
      guard let settings = event as? KnowledgeSettings else { return }
      // Two changes may be told in either order.
      chosen.with { kept in
        guard settings.version >= kept?.version ?? 0 else { return }
        kept = settings
        openness.set(settings.isOpen)
      }
    }
  }
}
