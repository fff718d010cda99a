public import Kernel

/// When a second person must agree, and who that may be (domain §7; security requirement 25).
public enum SecondPerson {
  /// Accounts with these roles see many people at once, or agree to what others ask.
  public static let weighty: Set<Role> = [.coordinator, .teamLeader, .systemAdministrator, .privacyOfficer]

  /// For the whole region: whoever guards it.
  static let guardians: Set<Role> = [.systemAdministrator, .privacyOfficer]

  /// May somebody agree to what was asked? Never who asked, nor whom it is about; a guardian of the region, or a
  /// leader or coordinator of the organisation concerned. A letter for somebody of one resident's circle is agreed to
  /// by who leads the work for that resident.
  public static func mayDecide(
    _ approval: Approval, as account: ID<Account>, role: Role, organisation: ID<Organisation>?,
    concerned: ID<Organisation>?, leadsFor resident: Bool
  ) -> Bool {
    guard account != approval.askedBy, account != approval.account, account != approval.intoAccount else {
      return false
    }
    if approval.resident != nil { return resident }
    // An administrator of one organisation guards that one.
    if role == .systemAdministrator && organisation != nil { return organisation == concerned }
    if guardians.contains(role) { return true }
    return weighty.contains(role) && organisation != nil && organisation == concerned
  }
}
