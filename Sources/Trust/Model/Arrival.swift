public import Kernel
public import Store

/// Somebody who came with a list and can't sign in yet: to be invited by whoever runs the region, or the organisation.
/// Done as soon as there is a letter, or an account that is used or closed.
public struct Arrival: Record, Equatable {
  public let id: ID<Arrival>
  public var version = 0
  public let account: ID<Account>
  public let organisation: ID<Organisation>?
  public let at: Instant
  /// nil for the command line.
  public let by: ID<Account>?

  public static let table = Table(
    "arrival", sealedFor: .region, [.plain("account"), .plain("organisation"), .plain("at"), .plain("by")])

  public static func note(_ account: Account, by importer: ID<Account>?, _ transaction: Transaction) throws {
    try transaction.put(
      Arrival(
        id: transaction.freshID(), account: account.id, organisation: account.organisation, at: transaction.now,
        by: importer))
  }

  /// Those who still wait for their letter, first come first.
  /// - Parameter organisation: nil for those of the whole region.
  public static func waiting(of organisation: ID<Organisation>?, _ reader: Reader) throws -> [Account] {
    let own: SQL = organisation.map { "and arrival.organisation = \($0)" } ?? ""
    let ids = try reader.rows(
      """
      select arrival.account as account from arrival join account on account.id = arrival.account
      where account.disabled_at is null \(part: own)
      and not exists (select 1 from letter where letter.account = arrival.account)
      and not exists (select 1 from credential where credential.account = arrival.account)
      order by arrival.at, arrival.id limit 100
      """
    ).compactMap { $0.id("account", of: Account.self) }
    let accounts = try Account.names(ids, reader)
    return ids.compactMap { accounts[$0] }
  }
}
