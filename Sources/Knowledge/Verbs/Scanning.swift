internal import Kernel
internal import Site
internal import Store
internal import Trust

extension Project {
  /// Adds a project, or changes what is told about it.
  /// - Throws: `Problem.invalid` with every fault.
  static func save(
    _ visit: Visit, _ stored: Project?, in library: Library, _ transaction: Transaction
  ) throws -> Project {
    let viewer = try visit.signedIn()
    var faults = FormReader(visit.form)
    let name = faults.text("name", atMost: 120)
    let organisation: ID<Organisation>? =
      Learning.edits(viewer) ? visit.form.id("organisation") : viewer.organisation?.retyped()
    let isKnown = try organisation.flatMap { try transaction.find(Organisation.self, $0) } != nil
    if !isKnown { faults.add("organisation", "form.needed") }
    let municipalities = faults.chosen(
      "municipalities", of: Municipality.all.map(\.code), stored: stored?.municipalities)
    let blocks = faults.chosen("blocks", of: library.units(.block).map(\.id), atLeastOne: true, stored: stored?.blocks)
    let pilot = visit.form["pilot"]
    if let pilot, library.unit(pilot)?.kind != .pilot { faults.add("pilot", "form.choose") }
    let started = faults.date("startedOn")
    let ended = faults.date("endedOn")
    if let started, let ended, ended < started { faults.add("endedOn", "project.endsBeforeStart") }
    try faults.check()
    guard let organisation else { throw Problem.notFound }
    if let stored { try visit.mustHaveSeen(stored.version, in: table.name, stored.id.description) }
    return try transaction.put(
      Project(
        id: stored?.id ?? transaction.freshID(), version: stored?.version ?? 0, name: name,
        organisation: organisation, municipalities: municipalities, blocks: blocks, pilot: pilot,
        startedOn: started, endedOn: ended))
  }

  func scans(_ reader: Reader) throws -> [Quickscan] {
    try reader.all(Quickscan.self, "where project = \(id) order by round")
  }
}

extension Quickscan {
  /// All rounds, in one question.
  static func byProject(_ reader: Reader) throws -> [ID<Project>: [Quickscan]] {
    Dictionary(grouping: try reader.all(Quickscan.self, "where id is not null order by round"), by: \.project)
  }

  /// Begins the next round.
  /// - Throws: `Problem.refused` while a round is open.
  static func open(_ project: Project, _ way: Way, _ transaction: Transaction) throws -> Quickscan {
    guard let round = Rounds.next(after: try project.scans(transaction)) else {
      throw Problem.refused("quickscan.oneAtATime")
    }
    return try transaction.put(
      Quickscan(
        id: transaction.freshID(), project: project.id, round: round, way: way,
        openedOn: RegionTime.amsterdam.date(of: transaction.now), answers: [:]))
  }

  /// Keeps the answers so far.
  func write(_ visit: Visit, of project: Project, _ transaction: Transaction) throws -> Quickscan {
    guard handedInOn == nil else { throw Problem.refused("quickscan.isHandedIn") }
    var faults = FormReader(visit.form)
    var changed = self
    for asked in Asked.of(project, [self]) { changed.answers[asked.key] = faults.maybe(asked.key) }
    changed.way = faults.maybeChoice("way") ?? way
    try faults.check()
    try visit.mustHaveSeen(version, in: Self.table.name, id.description)
    return try transaction.put(changed)
  }

  /// From now on colleagues read it.
  /// - Throws: `Problem.invalid` with every answer that is still needed.
  func handIn(of project: Project, by account: ID<Account>, _ transaction: Transaction) throws -> Quickscan {
    guard handedInOn == nil else { return self }
    let missing = Asked.missing(in: self, of: project).map { Problem.Fault(field: $0.key, "quickscan.answerNeeded") }
    if !missing.isEmpty { throw Problem(.invalid, missing) }
    var changed = self
    changed.handedInOn = RegionTime.amsterdam.date(of: transaction.now)
    changed.handedInBy = account
    return try transaction.put(changed)
  }

  /// Opens it again, to correct something.
  /// - Throws: `Problem.refused` while another round is open.
  func takeBack(_ transaction: Transaction) throws -> Quickscan {
    let isAnotherOpen =
      try transaction.first(
        Quickscan.self, "where project = \(project) and handed_in_on is null and id <> \(id)") != nil
    if isAnotherOpen { throw Problem.refused("quickscan.oneAtATime") }
    var changed = self
    changed.handedInOn = nil
    changed.handedInBy = nil
    return try transaction.put(changed)
  }
}
