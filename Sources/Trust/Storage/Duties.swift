public import Kernel
public import Store

/// What somebody is still needed for. The slices that know say so, before an account is closed
/// (domain §4.1: nobody who is first for someone, or owns a signal, disappears before that is reassigned).
public protocol Duties: Sendable {
  /// How many open duties an account has.
  func count(of account: ID<Account>, _ reader: Reader) throws -> Int
  /// For how many residents an organisation is first, or asked to be.
  func count(of organisation: ID<Organisation>, _ reader: Reader) throws -> Int
  /// Two accounts are one person's: what the first is needed for is the other's from now on.
  /// - Throws: `Problem.refused` when something waits that only the first can answer.
  func merge(_ account: ID<Account>, into other: ID<Account>, _ transaction: Transaction) throws
  /// Two organisations go on as one: where the first is called first, the other is. Its people went over before.
  /// - Throws: `Problem.refused` when something waits that only the first can answer.
  func merge(_ organisation: ID<Organisation>, into other: ID<Organisation>, _ transaction: Transaction) throws
  /// Hands every duty to the stand-in, else to the access team.
  func handOn(from account: ID<Account>, _ transaction: Transaction) throws
  /// Somebody is away from now on: what waits for them goes to who stands in.
  func absenceBegan(_ absence: Absence, _ transaction: Transaction) throws
  /// Somebody is back: what waited with who stood in is theirs again.
  func absenceEnded(_ absence: Absence, _ transaction: Transaction) throws
  /// For how many residents somebody is first who have no stand-in of their own.
  func withoutStandIn(_ account: ID<Account>, _ reader: Reader) throws -> Int
  /// Somebody joined or left a team: whom they carry is shared with the teams they are in now.
  func teamsChanged(of account: ID<Account>, _ transaction: Transaction) throws
}

/// For a house without slices that give duties.
public struct NoDuties: Duties {
  public init() {}
  public func count(of account: ID<Account>, _ reader: Reader) throws -> Int { 0 }
  public func count(of organisation: ID<Organisation>, _ reader: Reader) throws -> Int { 0 }
  public func merge(_ account: ID<Account>, into other: ID<Account>, _ transaction: Transaction) throws {}
  public func merge(_ organisation: ID<Organisation>, into other: ID<Organisation>, _ transaction: Transaction) throws {
  }
  public func handOn(from account: ID<Account>, _ transaction: Transaction) throws {}
  public func teamsChanged(of account: ID<Account>, _ transaction: Transaction) throws {}
  public func absenceBegan(_ absence: Absence, _ transaction: Transaction) throws {}
  public func absenceEnded(_ absence: Absence, _ transaction: Transaction) throws {}
  public func withoutStandIn(_ account: ID<Account>, _ reader: Reader) throws -> Int { 0 }
}
