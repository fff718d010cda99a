public import Kernel
public import Store
public import Trust

/// What is agreed with the resident about contact and support; it goes before the region's numbers.
public struct SupportAgreement: Sendable, Equatable {
  /// Days between contacts; nil: the region's rhythm for the phase.
  public var contactEveryDays: Int?
  /// Hours of support a week, lowest and highest.
  public var hoursMin: Hours?
  public var hoursMax: Hours?

  public init(contactEveryDays: Int? = nil, hoursMin: Hours? = nil, hoursMax: Hours? = nil) {
    self.contactEveryDays = contactEveryDays
    self.hoursMin = hoursMin
    self.hoursMax = hoursMax
  }

  /// Every fault.
  var faults: [Problem.Fault] {
    var faults: [Problem.Fault] = []
    if let days = contactEveryDays, !(1...366).contains(days) {
      faults.append(Problem.Fault(field: "contactEveryDays", "agreement.rhythmWrong"))
    }
    for (field, hours) in [("hoursMin", hoursMin), ("hoursMax", hoursMax)] {
      if let hours, !(0...168).contains(hours.hours) {
        faults.append(Problem.Fault(field: field, "agreement.hoursWrong"))
      }
    }
    if let low = hoursMin, let high = hoursMax, high < low {
      faults.append(Problem.Fault(field: "hoursMax", "agreement.hoursTurned"))
    }
    return faults
  }
}

extension Journey {
  public var agreement: SupportAgreement {
    SupportAgreement(contactEveryDays: contactEveryDays, hoursMin: hoursMin, hoursMax: hoursMax)
  }

  /// Agrees with the resident how often there is contact, and how many hours of support. Silence is measured against
  /// it from now on.
  /// - Throws: `Problem.invalid` with every fault.
  @discardableResult
  public func agree(
    _ agreement: SupportAgreement, by account: ID<Account>, _ transaction: Transaction
  ) throws -> Journey {
    let faults = agreement.faults
    guard faults.isEmpty else { throw Problem(.invalid, faults) }
    guard agreement != self.agreement else { return self }
    var changed = self
    changed.contactEveryDays = agreement.contactEveryDays
    changed.hoursMin = agreement.hoursMin
    changed.hoursMax = agreement.hoursMax
    changed = try transaction.put(changed)
    if agreement.contactEveryDays != contactEveryDays {
      try JourneyEvent.note(
        .agreed, on: changed, detail: agreement.contactEveryDays.map(String.init), by: account, transaction)
      try changed.planSilence(transaction)
    }
    return changed
  }
}
