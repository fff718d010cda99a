internal import Kernel
internal import Residents
internal import Site
internal import Store
public import Trust

extension House {
  /// The demo's people, one per role, as a line of text each.
  public func demoPeople() async throws -> [String] {
    let t = try House.catalogue().inLanguage(.dutch)
    return try await database.read { reader in
      try reader.rows("select account from demo_person order by place").compactMap { row in
        guard let id: ID<Account> = row.id("account"), let account = try reader.find(Account.self, id) else {
          return nil
        }
        let organisation = try account.organisation.flatMap { try reader.find(Organisation.self, $0)?.name }
        let role = t("role.\(account.role.rawValue)")
        return ([account.name, role] + [organisation].compactMap { $0 }).joined(separator: " · ")
      }
    }
  }

  /// The first administrator, with the code of their letter; nil when there is one already.
  public func firstAdministrator(name: String, email: String) async throws -> String? {
    try await database.write(Act("account.first")) { transaction in
      let there = try transaction.count(
        "select count(*) from account where role = 'systemAdministrator' and disabled_at is null")
      guard there == 0 else { return nil }
      let account = try transaction.put(
        Account(id: transaction.freshID(), name: name, email: email, organisation: nil, role: .systemAdministrator))
      return try Account.invite(account.id, transaction)
    }
  }

  /// A code with which somebody who lost their telephone sets up a new second factor.
  public func lostFactor(of email: String, agreedBy approver: String?) async throws -> Letter.AtCommand {
    try await database.write(Act("factor.letter")) { try Letter.forLostFactor(of: email, agreedBy: approver, $0) }
  }
}
