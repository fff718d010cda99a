internal import Kernel
internal import Site
internal import Store

/// Tokens with which a program works as somebody. Only their hashes are kept; they end with the account.
enum ApiTokens {
  static func make(for account: ID<Account>, label: String, _ transaction: Transaction) throws -> String {
    try end(label, of: account, transaction)
    let token = Token.make(bytes: transaction.randomBytes(32))
    try transaction.technical(
      """
      insert into api_token (token_hash, account, label, made_at)
      values (\(Token.hash(token)), \(account), \(String(label.prefix(100))), \(transaction.now))
      """)
    return token
  }

  static func end(_ label: String, of account: ID<Account>, _ transaction: Transaction) throws {
    try transaction.technical("delete from api_token where account = \(account) and label = \(label)")
  }

  static func labels(of account: ID<Account>, _ reader: Reader) throws -> [String] {
    try reader.rows("select label from api_token where account = \(account) order by made_at")
      .compactMap { $0.text("label") }
  }
}
