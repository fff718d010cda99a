internal import Kernel
internal import Site
internal import Store

/// Tokens with which a program works as somebody. Only their hashes are kept; they end with the account.
enum ApiTokens {
  /// What is shown of a token.
  struct Listed: Sendable {
    let label: String
    let expiresAt: Instant?
    let mayOnlyRead: Bool
  }

  /// How many days a token may work.
  enum Term: String, CaseIterable, Sendable {
    case month = "30"
    case quarter = "90"
    case year = "365"

    var days: Int { Int(rawValue) ?? 0 }
  }

  static func make(
    for account: ID<Account>, label: String, days: Int = 365, mayOnlyRead: Bool = false, _ transaction: Transaction
  ) throws -> String {
    try end(label, of: account, transaction)
    let token = Token.make(bytes: transaction.randomBytes(32))
    try transaction.technical(
      """
      insert into api_token (token_hash, account, label, made_at, expires_at, may_only_read)
      values (\(Token.hash(token)), \(account), \(String(label.prefix(100))), \(transaction.now),
      \(transaction.now.adding(.days(days))), \(mayOnlyRead))
      """)
    return token
  }

  static func end(_ label: String, of account: ID<Account>, _ transaction: Transaction) throws {
    try transaction.technical("delete from api_token where account = \(account) and label = \(label)")
  }

  static func list(of account: ID<Account>, _ reader: Reader) throws -> [Listed] {
    try reader.rows(
      "select label, expires_at, may_only_read from api_token where account = \(account) order by made_at"
    )
    .compactMap { row in
      row.text("label").map {
        Listed(label: $0, expiresAt: row.instant("expires_at"), mayOnlyRead: row.integer("may_only_read") == 1)
      }
    }
  }
}
