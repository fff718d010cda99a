public import Kernel
public import Store
internal import Trust

/// What may be corrected of a resident's details, as a form or a program sent it. A missing part stays as it is.
public struct Details: Sendable, Equatable {
  public struct Identity: Sendable, Equatable {
    public var firstName: String
    public var lastName: String
    public var birthDate: LocalDate?
    /// nil leaves the number as it is.
    public var bsn: String?

    public init(firstName: String, lastName: String, birthDate: LocalDate?, bsn: String? = nil) {
      self.firstName = firstName
      self.lastName = lastName
      self.birthDate = birthDate
      self.bsn = bsn
    }
  }

  public struct Contact: Sendable, Equatable {
    public var phone: String?
    public var email: String?
    public var address: String?

    public init(phone: String?, email: String?, address: String?) {
      self.phone = phone
      self.email = email
      self.address = address
    }
  }

  public var identity: Identity?
  public var contact: Contact?
  /// The wish for a worker; the outer nil leaves it.
  public var wishForWorker: String??

  public init(identity: Identity? = nil, contact: Contact? = nil, wishForWorker: String?? = nil) {
    self.identity = identity
    self.contact = contact
    self.wishForWorker = wishForWorker
  }
}

extension Resident {
  /// Corrects details. Another name, birth date or number is looked at again: is this somebody already known?
  @discardableResult
  public static func correct(
    _ details: Details, of resident: ResidentID, version: Int? = nil, _ transaction: Transaction
  ) throws -> Resident {
    var person = try transaction.get(Resident.self, resident.retyped())
    if let version { person.version = version }
    let before = person
    if let identity = details.identity {
      person.firstName = identity.firstName
      person.lastName = identity.lastName
      person.birthDate = identity.birthDate
      person.bsn = identity.bsn ?? person.bsn
    }
    if let contact = details.contact {
      person.phone = contact.phone
      person.email = contact.email
      person.address = contact.address
    }
    if let wish = details.wishForWorker { person.wishForWorker = wish }
    guard person != before else { return before }
    person = try transaction.put(person)
    if person.identity != before.identity {
      let access = try Journey.open(of: resident, transaction)?.access ?? person.registeredBy
      try MergeCandidate.look(for: person, access, transaction)
    }
    if person.identity != before.identity || person.phone != before.phone {
      NameDirectory.tell(person.key, transaction)
    }
    return person
  }
}

extension Resident {
  /// What says who this is.
  fileprivate var identity: Details.Identity {
    Details.Identity(firstName: firstName, lastName: lastName, birthDate: birthDate, bsn: bsn)
  }

  /// After an update by which people are looked up otherwise than before: kept once more, with nothing else changed.
  static let keepAgainJob = "resident.keepAgain"

  func keepAgain(_ transaction: Transaction) throws { try transaction.put(self) }
}

extension Resident: OfResident {
  var resident: ResidentID { key }
}
