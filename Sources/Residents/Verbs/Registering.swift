public import Kernel
public import Store
public import Trust

/// What is asked at registration.
public struct Registration: Sendable, Equatable {
  public var firstName: String
  public var lastName: String
  public var birthDate: LocalDate?
  public var bsn: String?
  public var phone: String?
  public var email: String?
  public var address: String?
  /// CBS code.
  public var municipality: String
  public var neighbourhood: String?
  public var wishForWorker: String?
  public var kind: Journey.Kind
  public var isHomeFirst: Bool
  /// Persistent contact before someone asks for help: a file with next to nothing in it.
  public var isOutreach: Bool

  public init(
    firstName: String, lastName: String, birthDate: LocalDate? = nil, bsn: String? = nil, phone: String? = nil,
    email: String? = nil, address: String? = nil, municipality: String, neighbourhood: String? = nil,
    wishForWorker: String? = nil, kind: Journey.Kind = .move, isHomeFirst: Bool = false, isOutreach: Bool = false
  ) {
    self.firstName = firstName
    self.lastName = lastName
    self.birthDate = birthDate
    self.bsn = bsn
    self.phone = phone
    self.email = email
    self.address = address
    self.municipality = municipality
    self.neighbourhood = neighbourhood
    self.wishForWorker = wishForWorker
    self.kind = kind
    self.isHomeFirst = isHomeFirst
    self.isOutreach = isOutreach
  }
}

extension Resident {
  /// Registers somebody. The municipality's access team is first from this moment on, with a named coordinator, until
  /// a provider accepts. Somebody already known gets the same answer; the coordinator hears of it.
  /// - Throws: `Problem.invalid` with every fault.
  @discardableResult
  public static func register(
    _ registration: Registration, by account: ID<Account>, role: Role, _ transaction: Transaction
  ) throws -> (resident: Resident, journey: Journey) {
    let (access, coordinator, bsn) = try check(registration, by: account, transaction)
    let today = RegionTime.amsterdam.date(of: transaction.now)
    let household = try transaction.put(Household(id: transaction.freshID(), madeOn: today))
    let resident = try transaction.put(
      Resident(
        id: transaction.freshID(), household: household.id, firstName: registration.firstName,
        lastName: registration.lastName, birthDate: registration.birthDate, bsn: bsn, phone: registration.phone,
        email: registration.email, address: registration.address, municipality: registration.municipality,
        neighbourhood: registration.neighbourhood, wishForWorker: registration.wishForWorker, registeredBy: access,
        sharingSeenOn: nil, mergedInto: nil))
    let journey = try transaction.put(
      Journey(
        id: transaction.freshID(), resident: resident.key, kind: registration.kind,
        isHomeFirst: registration.isHomeFirst, phase: registration.isOutreach ? .outreach : .registered,
        phaseSince: today, startedOn: today, access: access, isOpenDoor: false, contactEveryDays: nil, hoursMin: nil,
        hoursMax: nil, movedOn: nil, endedOn: nil, ending: nil, continues: nil))
    try JourneyEvent.note(.registered, on: journey, by: account, transaction)
    try Accountability.begin(journey, access, coordinator, reason: .registered, transaction)
    if role == .supportWorker {
      try Relation.open(resident.key, for: .person(account), role: .supportWorker, ground: .agreement, transaction)
    }
    try MergeCandidate.look(for: resident, access, transaction)
    try journey.planSilence(transaction)
    NameDirectory.tell(resident.key, transaction)
    return (resident, journey)
  }

  private static func check(
    _ registration: Registration, by account: ID<Account>, _ transaction: Transaction
  ) throws -> (access: ID<Organisation>, coordinator: ID<Account>, bsn: String?) {
    var faults: [Problem.Fault] = []
    if registration.firstName.isEmpty { faults.append(Problem.Fault(field: "firstName", "form.needed")) }
    if registration.lastName.isEmpty && !registration.isOutreach {
      faults.append(Problem.Fault(field: "lastName", "form.needed"))
    }
    let today = RegionTime.amsterdam.date(of: transaction.now)
    if let birth = registration.birthDate, birth > today || today.year - birth.year > 120 {
      faults.append(Problem.Fault(field: "birthDate", "register.birthDateWrong"))
    }
    if registration.birthDate == nil && !registration.isOutreach {
      faults.append(Problem.Fault(field: "birthDate", "form.needed"))
    }
    let bsn = registration.bsn.flatMap(BSN.normalised)
    if registration.bsn != nil && bsn == nil { faults.append(Problem.Fault(field: "bsn", "register.bsnWrong")) }
    let access = try AccessTeam.of(registration.municipality, transaction)
    let coordinator = try access.flatMap {
      try AccessTeam.coordinator(of: $0.id, preferring: account, transaction)
    }
    if registration.municipality.isEmpty {
      faults.append(Problem.Fault(field: "municipality", "form.needed"))
    } else if coordinator == nil {
      faults.append(Problem.Fault(field: "municipality", "register.noAccessTeam"))
    }
    guard faults.isEmpty, let access, let coordinator else { throw Problem(.invalid, faults) }
    return (access.id, coordinator, bsn)
  }
}

extension JourneyEvent {
  @discardableResult
  static func note(
    _ kind: Kind, on journey: Journey, detail: String? = nil, words: String? = nil, by account: ID<Account>?,
    _ transaction: Transaction
  ) throws -> JourneyEvent {
    try transaction.put(
      JourneyEvent(
        id: transaction.freshID(), resident: journey.resident, journey: journey.id, at: transaction.now, kind: kind,
        detail: detail, words: words, by: account))
  }
}

extension Resident {
  /// The sharing settings were seen, or read aloud by the worker, in the resident's presence.
  public static func sawSharing(_ resident: ResidentID, _ transaction: Transaction) throws {
    var person = try transaction.get(Resident.self, resident.retyped())
    guard person.sharingSeenOn == nil else { return }
    person.sharingSeenOn = RegionTime.amsterdam.date(of: transaction.now)
    try transaction.put(person)
  }
}
