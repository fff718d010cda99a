internal import Kernel
internal import Site
public import Store

/// Adding a partner, correcting what is known of it, ending and reopening.
extension Organisation {
  /// What a form or a call says of a partner.
  private struct Described {
    let name: String
    let kind: Kind
    let municipality: Municipality?
    let phone: String?
  }

  /// Reads all of it. A municipality is one of the region's, once.
  private static func described(
    _ form: Fields, as stored: Organisation? = nil, _ duties: any Duties, _ reader: Reader
  ) throws -> Described {
    var sent = FormReader(form)
    let name = sent.text("name", atMost: 200)
    let kind: Kind? = sent.choice("kind")
    let municipality: Municipality? = sent.maybeChoice("municipality")
    let phone = sent.phone("phone")
    if kind == .municipality {
      if form["municipality"] == nil { sent.add("municipality", "admin.municipalityNeeded") }
    } else if kind != nil && municipality != nil {
      sent.add("municipality", "admin.municipalityOnly")
    }
    if let municipality, municipality.code != stored?.municipality, try isThere(municipality, reader) {
      sent.add("municipality", "admin.municipalityThere")
    }
    // What somebody may be to a resident follows from what their organisation is.
    if let stored, kind != nil, kind != stored.kind || municipality?.code != stored.municipality,
      try stored.isNeeded(duties, reader)
    {
      sent.add(kind == stored.kind ? "municipality" : "kind", "admin.kindInUse")
    }
    try sent.check()
    guard let kind else { throw Problem.invalid("kind", "form.chooseThis") }
    return Described(name: name, kind: kind, municipality: municipality, phone: phone)
  }

  /// Adds a partner, as a form or a call describes it.
  @discardableResult
  static func add(_ form: Fields, _ duties: any Duties, _ transaction: Transaction) throws -> Organisation {
    let described = try described(form, duties, transaction)
    var fresh = Organisation(
      id: transaction.freshID(), name: described.name, kind: described.kind,
      municipality: described.municipality?.code)
    fresh.phone = described.phone
    return try transaction.put(fresh)
  }

  /// Adds a partner that is known to be right.
  @discardableResult
  public static func add(
    _ name: String, _ kind: Kind, of municipality: Municipality? = nil, _ transaction: Transaction
  ) throws -> Organisation {
    try transaction.put(
      Organisation(id: transaction.freshID(), name: name, kind: kind, municipality: municipality?.code))
  }

  /// Keeps what a form says of it now.
  @discardableResult
  func change(_ form: Fields, _ duties: any Duties, _ transaction: Transaction) throws -> Organisation {
    let described = try Self.described(form, as: self, duties, transaction)
    var changed = self
    changed.name = described.name
    changed.kind = described.kind
    changed.municipality = described.municipality?.code
    changed.phone = described.phone
    return try transaction.put(changed)
  }

  /// Works along no more. What still hangs on it is settled first: nobody is left without who is called first.
  func end(_ duties: any Duties, _ transaction: Transaction) throws {
    guard endedOn == nil else { return }
    guard try people(transaction) == 0, try !isNeeded(duties, transaction) else {
      throw Problem.refused("admin.organisationInUse")
    }
    var ended = self
    ended.endedOn = RegionTime.amsterdam.date(of: transaction.now)
    try transaction.put(ended)
  }

  func reopen(_ transaction: Transaction) throws {
    guard endedOn != nil, mergedInto == nil else { return }
    if let municipality = municipality.flatMap(Municipality.with(code:)), try Self.isThere(municipality, transaction) {
      throw Problem.refused("admin.municipalityThere")
    }
    var open = self
    open.endedOn = nil
    try transaction.put(open)
  }

  /// How many have an open account for it.
  func people(_ reader: Reader) throws -> Int {
    try reader.count("select count(*) from account where organisation = \(id) and disabled_at is null")
  }

  /// Does somebody see through it, or is it first for somebody?
  func isNeeded(_ duties: any Duties, _ reader: Reader) throws -> Bool {
    let relations = try reader.count(
      """
      select count(*) from relation where organisation = \(id) and (until_at is null or until_at > \(reader.now))
      """)
    return try relations + duties.count(of: id, reader) > 0
  }

  private static func isThere(_ municipality: Municipality, _ reader: Reader) throws -> Bool {
    try reader.count(
      "select count(*) from organisation where municipality = \(municipality.code) and ended_on is null") > 0
  }
}

extension FormReader {
  /// A telephone number, which may be left out.
  mutating func phone(_ field: String) -> String? {
    guard let typed = maybe(field, atMost: 40) else { return nil }
    guard typed.count(where: \.isNumber) >= 3 else {
      add(field, "form.notAPhone")
      return nil
    }
    return typed
  }
}
