internal import Kernel
internal import Site
internal import Store

/// Passwords, letters of invitation, and the brake on guessing.
struct Credentials: Sendable {
  let database: Database
  let cost: PasswordCost
  let gate = HashGate.standard()

  init(database: Database, cost: PasswordCost) {
    self.database = database
    self.cost = cost
  }

  /// The account when name and password are right. Everything else takes as long and says the same; so does a try that
  /// is not checked, because it came too soon.
  /// - Parameter lane: whose place in the line of hashes it takes.
  func check(email: String, password: String, isChecked: Bool, lane: String) async throws -> ID<Account>? {
    let blind = database.blinded(Account.normalised(email))
    let found: (ID<Account>, PasswordHash)? = try await database.read { reader in
      guard
        let row = try reader.row(
          """
          select credential.* from credential join account on account.id = credential.account
          where account.email_blind = \(blind) and account.disabled_at is null
          """), let account: ID<Account> = row.id("account")
      else { return nil }
      return (account, PasswordHash(row))
    }
    let (cost, chance) = (cost, database.chance)
    return try await gate.run(lane: lane) {
      guard isChecked, let (account, stored) = found else {
        _ = try PasswordHash.make(password, cost: cost, chance: chance)
        return nil
      }
      return try stored.matches(password) ? account : nil
    }
  }

  /// Is this the account's password?
  func matches(_ password: String, of account: ID<Account>, lane: String) async throws -> Bool {
    let stored = try await database.read { reader in
      try reader.row("select * from credential where account = \(account)").map(PasswordHash.init)
    }
    guard let stored else { return false }
    return try await gate.run(lane: lane) { try stored.matches(password) }
  }

  func hash(_ password: String, lane: String) async throws -> PasswordHash {
    let (cost, chance) = (cost, database.chance)
    return try await gate.run(lane: lane) { try PasswordHash.make(password, cost: cost, chance: chance) }
  }

  static func store(_ hash: PasswordHash, for account: ID<Account>, _ transaction: Transaction) throws {
    try transaction.technical(
      """
      insert into credential (account, hash, salt, rounds, block_size, parallelism)
      values (\(account), \(hash.hash), \(hash.salt), \(hash.rounds), \(hash.blockSize), \(hash.parallelism))
      on conflict (account) do update set hash = excluded.hash, salt = excluded.salt, rounds = excluded.rounds,
      block_size = excluded.block_size, parallelism = excluded.parallelism
      """)
  }
}

extension PasswordHash {
  init(_ row: Row) {
    self.init(
      hash: row.text("hash") ?? "", salt: row.text("salt") ?? "", rounds: row.integer("rounds") ?? 0,
      blockSize: row.integer("block_size") ?? 0, parallelism: row.integer("parallelism") ?? 0)
  }
}
