public import Store

/// What a region says of itself: that it is a demo, and how far its clock is ahead.
public enum RegionMark {
  static let migrations = [
    Migration("app-001", "create table region_mark (name text not null primary key, value text not null)")
  ]

  public static func isDemo(_ database: Database) async throws -> Bool {
    try await value("demo", database) == "yes"
  }

  public static func value(_ name: String, _ database: Database) async throws -> String? {
    try await database.read { try $0.row("select value from region_mark where name = \(name)")?.text("value") }
  }

  public static func set(_ name: String, _ value: String, _ transaction: Transaction) throws {
    try transaction.technical(
      """
      insert into region_mark (name, value) values (\(name), \(value))
      on conflict (name) do update set value = excluded.value
      """)
  }
}
