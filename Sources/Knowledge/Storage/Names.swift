internal import Kernel
internal import Store
internal import Trust

/// Names for a page that shows many, in one question to the database.
extension Organisation {
  static func names(_ reader: Reader) throws -> [ID<Organisation>: String] {
    Dictionary(
      try reader.all(Organisation.self, "where id is not null").map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
  }
}

extension Account {
  static func names(of ids: [ID<Account>], _ reader: Reader) throws -> [ID<Account>: String] {
    if ids.isEmpty { return [:] }
    let wanted = Set(ids).map(\.description).sorted()
    return Dictionary(
      try reader.all(Account.self, "where id in (\(list: wanted))").map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
  }
}
