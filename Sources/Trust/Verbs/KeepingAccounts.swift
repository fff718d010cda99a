public import Kernel
internal import Site
public import Store

extension Account {
  /// Somebody who works here. Accounts of residents and of those around them are not the administrator's: a letter for
  /// one of them would open a file.
  static func staff(_ id: ID<Account>, _ reader: Reader) throws -> Account {
    let account = try reader.get(Account.self, id)
    guard account.resident == nil else { throw Problem.notFound }
    return account
  }

  /// Somebody this administrator looks after.
  static func staff(_ id: ID<Account>, for viewer: Viewer, _ reader: Reader) throws -> Account {
    let account = try staff(id, reader)
    guard Charge(viewer).covers(account.organisation) else { throw Problem.notFound }
    return account
  }

  /// What became of adding somebody.
  enum Added {
    case made(Account)
    /// A second person must agree first.
    case asked(Approval)
  }

  /// Adds somebody from a form. An account that sees or decides for many waits for a second person.
  static func add(_ form: Fields, by viewer: Viewer, _ transaction: Transaction) throws -> Added {
    var reader = FormReader(form)
    let name = reader.text("name", atMost: 200)
    let email = reader.text("email", atMost: 200)
    let chosen: Role? = reader.choice("role", among: TrustSlice.staffRoles)
    let organisation: ID<Organisation>? = reader.maybeID("organisation")
    let label = reader.maybe("label", atMost: 60)
    let phone = reader.phone("phone")
    let isForAll = chosen == .systemAdministrator && Charge(viewer).organisation == nil
    if chosen != nil, !isForAll, form["organisation"] == nil {
      reader.add("organisation", "form.chooseThis")
    }
    if !email.isEmpty && !FormReader.isAddress(email) { reader.add("email", "form.notAnAddress") }
    // The list of people who work here is the administrator's; that an address is a resident's is not.
    if let other = try Account.with(email: email, transaction), other.resident == nil {
      reader.add("email", "admin.emailThere")
    }
    if let organisation,
      try !Charge(viewer).covers(organisation) || !Organisation.isThere(organisation, transaction)
    {
      reader.add("organisation", "form.notAChoice")
    }
    try reader.check()
    guard let role = chosen else { throw Problem.invalid("role", "form.chooseThis") }
    if try SecondPerson.weighty.contains(role) && Approval.isNeeded(transaction) {
      return .asked(
        try Approval.ask(
          .account(name: name, email: email, role: role, organisation: organisation), by: viewer.account.retyped(),
          transaction))
    }
    return .made(
      try make(
        name: name, email: email, role: role, organisation: organisation, mayRegister: form.isOn("mayRegister"),
        label: label, phone: phone, transaction))
  }

  /// Makes an account for somebody who works here. An address that is taken elsewhere is kept as a wish, which the
  /// letter's receiver settles: nobody learns from this answer whether it is known.
  @discardableResult
  public static func make(
    name: String, email: String, role: Role, organisation: ID<Organisation>?, mayRegister: Bool = false,
    label: String? = nil, phone: String? = nil, _ transaction: Transaction
  ) throws -> Account {
    var account = Account(
      id: transaction.freshID(), name: name, email: nil, organisation: organisation, role: role,
      mayRegister: mayRegister)
    account.label = label
    account.phone = phone
    try account.wish(for: email, transaction)
    return try transaction.put(account)
  }

  /// Leaves the region's work. Whoever is still first for residents hands that on before, or by force to the
  /// stand-in or the access team.
  func leave(
    by viewer: Viewer, isForced: Bool, _ duties: any Duties, _ transaction: Transaction
  ) throws {
    guard id != viewer.account.retyped() else { throw Problem.refused("admin.notYourself") }
    let open = try duties.count(of: id, transaction)
    if open > 0 {
      guard isForced else { throw Problem.refused("admin.hasDuties", ["n": String(open)]) }
      try duties.handOn(from: id, transaction)
    }
    try close(transaction)
  }

  /// Nobody signs in with it any more, from the next request on.
  func close(_ transaction: Transaction) throws {
    var closed = self
    closed.disabledAt = transaction.now
    try transaction.put(closed)
    try Sessions.endAll(of: id, transaction)
    try transaction.technical("delete from invitation where account = \(id)")
  }
}
