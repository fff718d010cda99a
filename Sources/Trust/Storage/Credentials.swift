internal import Kernel
internal import Site
internal import Store

/// Passwords, letters of invitation, and the brake on guessing.
struct Credentials: Sendable {
  let database: Database
  let cost: PasswordCost
  /// At most this many hashes at once, so that a flood of sign-ins leaves room for everybody else.
  let gate: HashGate

  init(database: Database, cost: PasswordCost) {
    self.database = database
    self.cost = cost
    gate = HashGate(limit: 1)
  }

  /// The account when name and password are right. Everything else takes as long and says the same.
  func check(email: String, password: String) async throws -> ID<Account>? {
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
    return try await gate.run {
      guard let (account, stored) = found else {
        _ = try PasswordHash.make(password, cost: cost, chance: chance)
        return nil
      }
      return try stored.matches(password) ? account : nil
    }
  }

  func hash(_ password: String) async throws -> PasswordHash {
    let (cost, chance) = (cost, database.chance)
    return try await gate.run { try PasswordHash.make(password, cost: cost, chance: chance) }
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

/// Lets a few through at a time; the rest waits in line, and a line too long is sent away.
actor HashGate {
  private let limit: Int
  private var busy = 0
  private var line: [CheckedContinuation<Void, Never>] = []

  init(limit: Int) { self.limit = limit }

  func run<Value: Sendable>(_ work: @Sendable @escaping () throws -> Value) async throws -> Value {
    if busy >= limit {
      guard line.count < 200 else { throw Problem(.tooMany) }
      await withCheckedContinuation { line.append($0) }
    } else {
      busy += 1
    }
    defer { leave() }
    return try await Task.detached { try work() }.value
  }

  private func leave() {
    if line.isEmpty { busy -= 1 } else { line.removeFirst().resume() }
  }
}
