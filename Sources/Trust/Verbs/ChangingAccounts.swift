internal import Kernel
internal import Site
internal import Store

/// Correcting what is known of somebody who works here, and giving them another place.
extension Account {
  /// What became of a change.
  enum Change {
    case kept(Account)
    /// A second person must agree to the place first; the rest is kept.
    case asked(Approval)
  }

  /// What somebody does, and for whom.
  struct Position: Equatable {
    let role: Role
    let organisation: ID<Organisation>?
  }

  var position: Position { Position(role: role, organisation: organisation) }

  /// Keeps what a form says of somebody. Who they are to residents follows: what may no longer be ends at once.
  func change(
    _ form: Fields, by viewer: Viewer, _ duties: any Duties, _ transaction: Transaction
  ) throws -> Change {
    var sent = FormReader(form)
    let name = sent.text("name", atMost: 200)
    let email = sent.maybe("email", atMost: 200)
    let phone = sent.phone("phone")
    let label = sent.maybe("label", atMost: 60)
    let role: Role? = sent.choice("role", among: Set(TrustSlice.staffRoles).union([self.role]).map(\.self))
    let place: ID<Organisation>? = sent.maybeID("organisation")
    let next = Position(role: role ?? self.role, organisation: place)
    try check(next, email, form, by: viewer, &sent, transaction)
    let mustHandOn = try next != position && handsOn(to: next, duties, transaction)
    if mustHandOn && !form.isOn("handOn") { sent.add("handOn", "admin.handOnNeeded") }
    try sent.check()

    var changed = self
    changed.name = name
    changed.phone = phone
    changed.label = label
    changed.mayRegister = form.isOn("mayRegister")
    if email?.lowercased() != login?.lowercased() {
      // What one signs in with is never taken away, only replaced.
      if let email { try changed.sign(inWith: email, transaction) }
    }
    changed = try transaction.put(changed)
    if name != self.name || changed.login != login || phone != self.phone {
      try AccountEvent.note(.login, changed, by: viewer.account.retyped(), transaction)
    }
    guard next != position else { return .kept(changed) }
    if try SecondPerson.weighty.contains(next.role) && Approval.isNeeded(transaction) {
      return .asked(
        try Approval.ask(
          .position(id, next.role, next.organisation), by: viewer.account.retyped(), transaction))
    }
    return .kept(try changed.take(next, by: viewer.account.retyped(), duties, transaction))
  }

  /// Takes a login when it is free; else the one there was stays, and whose the other is nobody learns.
  private mutating func sign(inWith login: String, _ reader: Reader) throws {
    let before = email
    try wish(for: login, reader)
    if email == nil { email = before }
  }

  private func check(
    _ next: Position, _ email: String?, _ form: Fields, by viewer: Viewer, _ sent: inout FormReader,
    _ reader: Reader
  ) throws {
    let charge = Charge(viewer)
    if let email, email.lowercased() != login?.lowercased() {
      if !FormReader.isAddress(email) { sent.add("email", "form.notAnAddress") }
      if let other = try Account.with(email: email, reader), other.resident == nil, other.id != id {
        sent.add("email", "admin.emailThere")
      }
    } else if email == nil, login != nil {
      sent.add("email", "form.needed")
    }
    let isForAll = next.role == .systemAdministrator && charge.organisation == nil
    if next.organisation == nil, !isForAll, form["organisation"] == nil {
      sent.add("organisation", "form.chooseThis")
    }
    if let chosen = next.organisation, chosen != organisation,
      try !charge.covers(chosen) || !Organisation.isThere(chosen, reader)
    {
      sent.add("organisation", "form.notAChoice")
    }
    // Nobody raises themselves.
    guard id == viewer.account.retyped() else { return }
    if next.role != role { sent.add("role", "admin.notYourPlace") }
    if next.organisation != organisation { sent.add("organisation", "admin.notYourPlace") }
    if form.isOn("mayRegister") != mayRegister { sent.add("mayRegister", "admin.notYourPlace") }
  }

  /// Is there something they carry that they can't take along to another place?
  private func handsOn(to next: Position, _ duties: any Duties, _ reader: Reader) throws -> Bool {
    guard try duties.count(of: id, reader) > 0 else { return false }
    guard next.organisation == organisation else { return true }
    let kind = try organisation.flatMap { try Organisation.kind($0, reader) }
    return !(kind.map { RelationTable.standard.mayCarry(next.role, $0) } ?? false)
  }

  /// Takes another place: what one was first for is handed on, relations that may no longer be end, one signs in anew.
  @discardableResult
  func take(
    _ next: Position, by other: ID<Account>?, _ duties: any Duties, _ transaction: Transaction
  ) throws -> Account {
    guard next != position else { return self }
    if try handsOn(to: next, duties, transaction) { try duties.handOn(from: id, transaction) }
    // Handing on may have changed nothing of this record; it is read anew all the same.
    var changed = try transaction.get(Account.self, id)
    let (before, kind) = (position, try next.organisation.flatMap { try Organisation.kind($0, transaction) })
    changed.role = next.role
    changed.organisation = next.organisation
    changed = try transaction.put(changed)
    try Relation.closeAll(of: id, transaction) { relation in
      if before.organisation != next.organisation { return true }
      let asked = RelationAsked(
        resident: relation.resident,
        holder: .person(role: next.role, kind: kind, circleOf: nil, isOpen: true), role: relation.role,
        ground: relation.ground, standsIn: relation.standsInFor != nil)
      return refusal(asked) != nil
    }
    if before.organisation != next.organisation || !RelationTable.standard.teamRoles.contains(next.role) {
      for membership in try transaction.all(TeamMembership.self, "where account = \(id) and until_at is null") {
        try membership.end(duties, transaction)
      }
    }
    try Sessions.endAll(of: id, transaction)
    if before.role != next.role { try AccountEvent.note(.role, changed, by: other, transaction) }
    if before.organisation != next.organisation {
      try AccountEvent.note(.organisation, changed, by: other, transaction)
    }
    return changed
  }
}
