public import Kernel
public import Store

/// Someone who may sign in.
public struct Account: Record, Equatable {
  public let id: ID<Account>
  public var version = 0
  public var name: String
  /// What one signs in with; nil for somebody who was listed by an import and not invited yet.
  public var email: String?
  /// What one would like to sign in with, as long as it may be somebody else's: settled with the letter.
  public internal(set) var wantedEmail: String?
  /// Where somebody who works here can be called.
  public var phone: String?
  public var organisation: ID<Organisation>?
  public var role: Role
  /// What the field calls this work, where that is another word than the role's: woonbegeleider, budgetcoach.
  public var label: String?
  public var language: Language
  /// May register, import and export people.
  public var mayRegister: Bool
  /// For a resident's own account, and for relatives and others who know one resident: whose key seals the name.
  public var resident: ResidentID?
  public var disabledAt: Instant?
  /// The other account of the same person, into which this one went.
  public internal(set) var mergedInto: ID<Account>?

  public static let table = Table(
    "account", sealedFor: .resident(property: "resident"),
    [
      .sealed("name", .identity), .sealed("email", .contact), .blind("emailBlind", .contact),
      .sealed("wantedEmail", .contact), .sealed("phone", .contact), .plain("organisation"),
      .plain("role"), .plain("label"), .plain("language"), .plain("mayRegister"), .plain("resident", .identity),
      .plain("disabledAt"), .plain("mergedInto"),
    ])

  public var blindTexts: [String: String?] { ["emailBlind": email.map(Account.normalised)] }

  /// What one signs in with, or will.
  public var login: String? { email ?? wantedEmail }

  /// Takes a login when it is free, and else keeps it as a wish.
  public mutating func wish(for login: String, _ reader: Reader) throws {
    let other = try Account.with(email: login, reader)
    (email, wantedEmail) = other == nil || other?.id == id ? (login, nil) : (nil, login)
  }

  /// An address as its keyed hash is made of.
  public static func normalised(_ email: String) -> String { "email:" + email.lowercased() }

  public init(
    id: ID<Account>, name: String, email: String?, organisation: ID<Organisation>?, role: Role,
    language: Language = .dutch, mayRegister: Bool = false, resident: ResidentID? = nil
  ) {
    self.id = id
    self.name = name
    self.email = email
    self.organisation = organisation
    self.role = role
    self.language = language
    self.mayRegister = mayRegister
    self.resident = resident
  }
}

/// Days on which somebody is not there: their stand-in takes over.
public struct Absence: Record, Equatable {
  public let id: ID<Absence>
  public var version = 0
  public let account: ID<Account>
  public var fromOn: LocalDate
  /// The last day; nil while it is not known, as in illness.
  public var untilOn: LocalDate?
  /// Who takes over for residents who have no stand-in of their own; chosen for this absence.
  public var standIn: ID<Account>?
  /// Who said so: oneself, a colleague, a team leader.
  public let reportedBy: ID<Account>
  /// Back again, also on the day it began.
  public var endedAt: Instant?

  public static let table = Table(
    "absence", sealedFor: .region,
    [
      .plain("account"), .plain("fromOn"), .plain("untilOn"), .plain("standIn"), .plain("reportedBy"),
      .plain("endedAt"),
    ])

  public init(
    id: ID<Absence>, account: ID<Account>, fromOn: LocalDate, untilOn: LocalDate?, standIn: ID<Account>? = nil,
    reportedBy: ID<Account>? = nil
  ) {
    self.id = id
    self.account = account
    self.fromOn = fromOn
    self.untilOn = untilOn
    self.standIn = standIn
    self.reportedBy = reportedBy ?? account
  }
}
