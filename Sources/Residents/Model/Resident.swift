public import Kernel
public import Store
public import Trust

/// People who move together; the applicant for a home.
public struct Household: Record, Equatable {
  public let id: ID<Household>
  public var version = 0
  public var madeOn: LocalDate

  public static let table = Table("household", sealedFor: .region, [.plain("madeOn")])
}

/// The person whose home it is.
public struct Resident: Record, Equatable {
  public let id: ID<Resident>
  public var version = 0
  public var household: ID<Household>
  public var firstName: String
  public var lastName: String
  public var birthDate: LocalDate?
  /// Citizen service number; only ever looked up by its keyed hash.
  public var bsn: String?
  public var phone: String?
  public var email: String?
  public var address: String?
  /// CBS code of the municipality where the person is, or wants to live.
  public var municipality: String
  /// CBS code of district or neighbourhood, when it is known.
  public var neighbourhood: String?
  /// Wish for a worker's language or culture (BT, We All).
  public var wishForWorker: String?
  public let registeredBy: ID<Organisation>
  /// The sharing settings were seen, or read aloud, on this day.
  public var sharingSeenOn: LocalDate?
  /// Registered twice: this is the file everything goes on in.
  public var mergedInto: ID<Resident>?

  public static let table = Table(
    "resident", sealedFor: .resident(property: "id"),
    [
      .plain("household", .housing), .sealed("firstName", .identity), .sealed("lastName", .identity),
      .sealed("birthDate", .identity), .sealed("bsn", .identity), .blind("bsnBlind", .identity),
      .blind("birthBlind", .identity), .sealed("phone", .contact), .sealed("email", .contact),
      .sealed("address", .contact), .plain("municipality", .journey), .plain("neighbourhood", .housing),
      .sealed("wishForWorker", .support), .plain("registeredBy", .journey), .plain("sharingSeenOn", .sharing),
      .plain("mergedInto", .identity),
    ])

  public var blindTexts: [String: String?] {
    ["bsnBlind": bsn.map { "bsn:" + $0 }, "birthBlind": birthDate.map(Self.birthText)]
  }

  /// What registrations of one person have in common, however the name was written.
  static func birthText(_ birth: LocalDate) -> String { "birth:\(birth)" }

  /// The name, for looking whether somebody else's is nearly that.
  var nearName: NearNames { NearNames(first: firstName, last: lastName) }

  public var key: ResidentID { id.retyped() }

  public var fullName: String { lastName.isEmpty ? firstName : "\(firstName) \(lastName)" }
}

/// How an organisation names a resident in its own system: identity for imports.
public struct ExternalID: Record, Equatable {
  public let id: ID<ExternalID>
  public var version = 0
  public let resident: ResidentID
  public let organisation: ID<Organisation>
  public let externalID: String

  public static let table = Table(
    "external_id", sealedFor: .resident(property: "resident"),
    [.plain("resident", .identity), .plain("organisation", .network), .plain("externalID", .identity)])
}
