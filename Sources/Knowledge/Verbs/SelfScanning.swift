internal import Kernel
internal import Site
internal import Store
internal import Trust

extension SelfScan {
  /// Opens a scan of a neighbourhood, with a code of eight digits to take part.
  /// - Throws: `Problem.invalid` with every fault.
  static func open(_ visit: Visit, _ transaction: Transaction) throws -> SelfScan {
    var faults = FormReader(visit.form)
    let municipality = visit.form["municipality"].flatMap(Municipality.with(code:))
    if municipality == nil { faults.add("municipality", "form.needed") }
    let neighbourhood = faults.text("neighbourhood", atMost: 80)
    try faults.check()
    return try transaction.put(
      SelfScan(
        id: transaction.freshID(), municipality: municipality?.code ?? "", neighbourhood: neighbourhood,
        openedOn: visit.today, code: try freshCode(transaction)))
  }

  private static func freshCode(_ transaction: Transaction) throws -> String {
    for _ in 0..<20 {
      let code = transaction.randomBytes(8).map { String($0 % 10) }.joined()
      if try with(code: code, transaction) == nil { return code }
    }
    throw Problem(.unavailable)
  }

  static func with(code: String, _ reader: Reader) throws -> SelfScan? {
    guard code.filter(\.isNumber).count == 8 else { return nil }
    return try reader.first(SelfScan.self, "where code_blind = \(reader.blinded(normalised(code)))")
  }

  /// The scan somebody may still take part in.
  /// - Throws: `Problem.invalid` for a wrong code or one of a scan that was closed: the same words for both.
  static func joined(_ code: String?, _ reader: Reader) throws -> SelfScan {
    let today = RegionTime.amsterdam.date(of: reader.now)
    guard let scan = try code.flatMap({ try with(code: $0, reader) }), scan.isOpen(today) else {
      throw Problem.invalid("code", "selfScan.wrongCode")
    }
    return scan
  }

  func forms(_ reader: Reader) throws -> [SelfScanForm] {
    try reader.all(SelfScanForm.self, "where scan = \(id) order by id")
  }

  /// Closes the scan and shows the result; of too few forms nothing is shown. Nobody can add or leave out a form
  /// afterwards: from the difference one could tell what somebody scored.
  func close(_ transaction: Transaction) throws -> SelfScan {
    guard closedOn == nil else { return self }
    var changed = self
    changed.closedOn = RegionTime.amsterdam.date(of: transaction.now)
    return try transaction.put(changed)
  }

  func conclude(_ visit: Visit, _ transaction: Transaction) throws -> SelfScan {
    guard closedOn != nil else { throw Problem.notFound }
    var faults = FormReader(visit.form)
    var changed = self
    changed.conclusion = faults.maybe("conclusion")
    try faults.check()
    try visit.mustHaveSeen(version, in: Self.table.name, id.description)
    return try transaction.put(changed)
  }
}

extension SelfScanForm {
  /// Takes one person's scores. The form's own key is its id, so that sending it twice counts once; filled in otherwise,
  /// as on a tablet that goes round, it is another person's.
  /// - Throws: `Problem.invalid` with every fault.
  static func give(_ visit: Visit, _ transaction: Transaction) throws -> SelfScanForm {
    let scan = try SelfScan.joined(visit.form["code"], transaction)
    var faults = FormReader(visit.form)
    let party: SelfScan.Group? = visit.form.choice("party")
    if party == nil { faults.add("party", "form.needed") }
    var scores: [String: Int] = [:]
    for element in SelfScan.Element.allCases {
      let score = visit.form.number(element.rawValue)
      if let score, scale.contains(score) {
        scores[element.rawValue] = score
      } else {
        faults.add(element.rawValue, "selfScan.scoreNeeded")
      }
    }
    let words = faults.maybe("words", atMost: wordsLength)
    try faults.check()
    var id: ID<SelfScanForm> = visit.form.id("once") ?? transaction.freshID()
    if let given = try transaction.find(SelfScanForm.self, id) {
      if given.scan == scan.id && given.party == party && given.scores == scores && given.words == words {
        return given
      }
      id = transaction.freshID()
    }
    let count = try transaction.count("select count(*) from self_scan_form where scan = \(scan.id)")
    if count >= SelfScan.mostForms { throw Problem.invalid("code", "selfScan.full") }
    return try transaction.put(
      SelfScanForm(
        id: id, scan: scan.id, party: party ?? .resident, scores: scores, words: words, givenOn: visit.today))
  }

  /// Leaves a form out of the result, or takes it in again, while the scan is open.
  func leaveOut(_ isLeftOut: Bool, _ transaction: Transaction) throws -> SelfScanForm {
    guard try transaction.get(SelfScan.self, scan).closedOn == nil else { throw Problem.refused("selfScan.isClosed") }
    var changed = self
    changed.leftOutOn = isLeftOut ? RegionTime.amsterdam.date(of: transaction.now) : nil
    return try transaction.put(changed)
  }
}
