internal import Kernel
internal import Site
internal import Store
internal import Trust

extension BasicSetTool {
  /// Adds a tool of the region's own.
  static func add(_ form: Fields, _ transaction: Transaction) throws -> BasicSetTool {
    var faults = FormReader(form)
    let name = faults.text("name", atMost: 60)
    let same = try own(transaction).contains { $0.name.lowercased() == name.lowercased() }
    if same { faults.add("name", "basicSet.toolThere") }
    try faults.check()
    return try transaction.put(BasicSetTool(id: transaction.freshID(), name: name))
  }

  static func own(_ reader: Reader) throws -> [BasicSetTool] {
    try reader.all(BasicSetTool.self, "where ended_on is null order by name, id")
  }

  func end(_ transaction: Transaction) throws -> BasicSetTool {
    var changed = self
    changed.endedOn = RegionTime.amsterdam.date(of: transaction.now)
    return try transaction.put(changed)
  }
}

extension BasicSetEntry {
  /// Every entry in force, in the order of municipality and tool.
  static func current(_ reader: Reader, in municipality: String? = nil) throws -> [BasicSetEntry] {
    let only: SQL = municipality.map { "and municipality = \($0)" } ?? ""
    return try reader.all(
      BasicSetEntry.self, "where ended_on is null \(part: only) order by municipality, tool")
  }

  /// Tells how a municipality has a tool. What was so until now ends; the same again only says that it was checked.
  /// - Throws: `Problem.invalid` with every fault.
  static func tell(_ form: Fields, _ municipality: Municipality, _ transaction: Transaction) throws -> BasicSetEntry {
    let today = RegionTime.amsterdam.date(of: transaction.now)
    var faults = FormReader(form)
    let known = BasicSetTool.standard + (try BasicSetTool.own(transaction).map(\.id.description))
    let tool = form["tool"] ?? ""
    if !known.contains(tool) { faults.add("tool", "form.needed") }
    let state: State? = form.choice("state")
    if state == nil { faults.add("state", "form.needed") }
    let weeks = form.number("waitingWeeks")
    if form["waitingWeeks"] != nil, weeks.map({ !(0...520).contains($0) }) ?? true {
      faults.add("waitingWeeks", "basicSet.weeksWrong")
    }
    let provider = faults.maybe("provider", atMost: 120)
    let words = faults.maybe("words", atMost: 400)
    let before = try transaction.first(
      BasicSetEntry.self, "where municipality = \(municipality.code) and tool = \(tool) and ended_on is null")
    // Another provider or other words do not make it newer.
    let unchanged = before.flatMap { $0.state == state ? $0.sinceOn : nil }
    let since = faults.date("sinceOn") ?? unchanged ?? today
    if since > today { faults.add("sinceOn", "basicSet.notInTheFuture") }
    if let before, before.state != state, since < before.sinceOn { faults.add("sinceOn", "basicSet.beforeBefore") }
    try faults.check()
    if var before {
      let isSame =
        before.state == state && before.waitingWeeks == weeks && before.provider == provider && before.words == words
        && before.sinceOn == since
      before.checkedOn = today
      if isSame { return try transaction.put(before) }
      before.endedOn = today
      try transaction.put(before)
    }
    return try transaction.put(
      BasicSetEntry(
        id: transaction.freshID(), municipality: municipality.code, tool: tool, state: state ?? .missing,
        waitingWeeks: weeks, provider: provider, words: words, sinceOn: since, checkedOn: today))
  }

  func confirm(_ transaction: Transaction) throws -> BasicSetEntry {
    guard endedOn == nil else { throw Problem.notFound }
    var changed = self
    changed.checkedOn = RegionTime.amsterdam.date(of: transaction.now)
    return try transaction.put(changed)
  }
}

/// Who tells how a municipality stands.
enum BasicSetRights {
  /// A policy adviser tells of all municipalities, a coordinator of their own.
  static func may(_ viewer: Viewer, tell municipality: String, _ reader: Reader) throws -> Bool {
    if viewer.role == .policyAdviser { return true }
    guard viewer.role == .coordinator, let id: ID<Organisation> = viewer.organisation?.retyped() else { return false }
    return try reader.find(Organisation.self, id)?.municipality == municipality
  }
}
