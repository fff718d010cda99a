internal import Kernel
internal import Site
internal import Store
internal import Tables
internal import Trust

extension ResidentSlice {
  /// A page answers within seconds; longer lists go through the command line.
  private static let mostRows = 5000

  var importRoutes: [Route] {
    [
      Route(.get, "/import", name: "caseload.form", policy: Self.importing) { visit in
        _ = try Self.importer(visit)
        return ImportPage(found: .nothing).reply(visit)
      },
      Route(.post, "/import/check", name: "caseload.check", policy: Self.importing) { visit in try await check(visit) }
        .takingFiles(),
      Route(.post, "/import/encoding", name: "caseload.encoding", policy: Self.importing) { visit in
        guard let file = try waiting(visit) else { return Self.gone(visit) }
        let encoding: TextEncoding? = visit.form["encoding"].flatMap(TextEncoding.init(rawValue:))
        shelf.change(file.key) { $0.choices.encoding = encoding }
        return try await shown(file.key, visit)
      },
      Route(.get, "/import/columns", name: "caseload.columns.form", policy: Self.importing) { visit in
        guard let file = try waiting(visit) else { return Self.gone(visit) }
        return try await shown(file.key, visit, isPointing: true)
      },
      Route(.post, "/import/columns", name: "caseload.columns", policy: Self.importing) { visit in
        try await point(visit)
      },
      trail.asksAgain(
        Route(.post, "/import", name: "caseload.import", policy: Self.importing) { visit in try await bringIn(visit) }),
      Route(.get, "/import/done", name: "caseload.done", policy: Self.importing) { visit in
        guard let outcome = try waiting(visit)?.outcome else { return .go(to: "/import") }
        return try await trail.look(visit, as: "caseload.done", event: "list") { looker in
          try OutcomePage(outcome, looker).reply(visit)
        }
      },
      template("xlsx", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") {
        CaseloadTemplate.excel($0)
      },
      template("csv", type: "text/csv; charset=utf-8") { CaseloadTemplate.text($0) },
    ]
  }

  private func template(
    _ ending: String, type: String, _ make: @escaping @Sendable (Texts) -> [UInt8]?
  ) -> Route {
    Route(.get, "/import/template.\(ending)", name: "caseload.template.\(ending)", policy: Self.importing) { visit in
      _ = try Self.importer(visit)
      guard let bytes = make(visit.texts) else { throw Problem(.unavailable) }
      let name = visit.texts("import.template.file") + "." + ending
      return Reply(
        status: 200, body: .data(bytes, type: type),
        headers: [("content-disposition", "attachment; filename=\"\(name)\"")])
    }
  }

  static let importing = RoutePolicy.roles([.coordinator, .supportWorker, .teamLeader])

  /// Coordinators bring in everyone, workers with the right to register those of their own organisation.
  static func importer(_ visit: Visit) throws -> Importer {
    let viewer = try visit.signedIn()
    guard viewer.role == .coordinator || viewer.mayRegister else { throw Problem.notFound }
    return Importer(
      account: viewer.account.retyped(),
      onlyOrganisation: viewer.role == .coordinator ? nil : viewer.organisation?.retyped())
  }

  /// The file that waits for the viewer.
  private func waiting(_ visit: Visit) throws -> ImportShelf.File? {
    _ = try Self.importer(visit)
    guard let key = visit.form["key"] ?? visit.query["key"] else { return nil }
    return shelf.file(key, of: try visit.signedIn().account, at: visit.now)
  }

  private static func gone(_ visit: Visit) -> Reply {
    ImportPage(found: .unreadable([Problem.Fault(field: "file", "import.chooseAgain")])).reply(visit)
  }

  private func check(_ visit: Visit) async throws -> Reply {
    _ = try Self.importer(visit)
    guard let file = visit.uploads["file"], !file.bytes.isEmpty else {
      return ImportPage(found: .unreadable([Problem.Fault(field: "file", "import.noFile")])).reply(visit)
    }
    shelf.put(
      ImportShelf.File(
        key: visit.requestID, account: try visit.signedIn().account, name: file.name, bytes: file.bytes, at: visit.now))
    return try await shown(visit.requestID, visit)
  }

  /// What is to be done with a file now: to say how it is to be read, to mend it, or to bring it in.
  private func shown(_ key: String, _ visit: Visit, isPointing: Bool = false) async throws -> Reply {
    let importer = try Self.importer(visit)
    guard let file = shelf.file(key, of: try visit.signedIn().account, at: visit.now) else { return Self.gone(visit) }
    do {
      return try await trail.look(visit, as: "caseload.check", event: "list") { looker in
        let check = try CaseloadCheck(file.bytes, file.choices, by: importer, looker.reader)
        let isUnclear = file.choices.columns == nil && check.layout.isUnclear(for: importer)
        if isPointing || isUnclear {
          let card = PointingCard(
            layout: check.layout, missing: check.layout.missing(importer), faults: isPointing ? visit.faults : [])
          let page = ImportPage(found: .columns(card, key: key)).reply(visit)
          return page
        }
        guard check.isGood else { return ImportPage(found: .faulty(check, key: key)).reply(visit) }
        try Self.mustFit(check, field: "file")
        return ImportPage(found: .good(try PreviewCard(check, looker, visit.texts), key: key)).reply(visit)
      }
    } catch let asked as EncodingAsked {
      return ImportPage(found: .encodings(asked, key: key)).reply(visit)
    } catch let problem as Problem where problem.kind == .invalid {
      return ImportPage(found: .unreadable(problem.faults)).reply(visit)
    }
  }

  private static func mustFit(_ check: CaseloadCheck, field: String) throws {
    guard check.fresh.count <= mostRows else {
      throw Problem.invalid(field, "import.tooMany", ["n": String(mostRows)])
    }
  }

  /// Keeps which column is what, for this file and for the next of the same organisation.
  private func point(_ visit: Visit) async throws -> Reply {
    let importer = try Self.importer(visit)
    guard let file = try waiting(visit) else { return Self.gone(visit) }
    let chosen = Guarded<[Int: CaseloadColumn]>([:])
    do {
      _ = try await trail.change(visit, as: "caseload.columns") { visit, transaction, _ in
        guard let table = try? TableFile(file.bytes, encoding: file.choices.encoding) else { throw Problem.notFound }
        let remembered = try KnownHeading.meanings(of: importer.onlyOrganisation, transaction)
        let count = CaseloadLayout(table, file.choices, remembered: remembered).columns.count
        var choices = file.choices
        let columns = try PointingCard.read(visit.form, columns: count)
        choices.columns = columns
        try KnownHeading.remember(
          CaseloadLayout(table, choices, remembered: remembered), of: importer.onlyOrganisation, transaction)
        chosen.with { $0 = columns }
        return .go(to: "/import")
      }
    } catch let problem as Problem where problem.kind == .invalid {
      var faulty = visit
      faulty.faults = problem.faults
      var reply = try await shown(file.key, faulty, isPointing: true)
      reply.status = 422
      return reply
    }
    let columns = chosen.value
    if !columns.isEmpty { shelf.change(file.key) { $0.choices.columns = columns } }
    return try await shown(file.key, visit)
  }

  /// The dry run of a call.
  /// - Throws: `Problem.invalid` when it is longer than what a request may take.
  func checked(
    _ bytes: [UInt8], by importer: Importer, _ visit: Visit, as name: String, field: String
  ) async throws -> CaseloadCheck {
    do {
      let check = try await trail.look(visit, as: name) { try CaseloadCheck(bytes, by: importer, $0.reader) }
      try Self.mustFit(check, field: field)
      return check
    } catch is EncodingAsked {
      throw Problem.invalid(field, "import.table.encodingUnclear")
    }
  }

  private func bringIn(_ visit: Visit) async throws -> Reply {
    let importer = try Self.importer(visit)
    guard let file = try waiting(visit) else { return Self.gone(visit) }
    // Sent twice is once: what came of it is shown again.
    if file.outcome == nil {
      do {
        let outcome = try await keep(file.bytes, file.choices, by: importer, visit)
        shelf.change(file.key) { $0.outcome = outcome }
      } catch let problem as Problem where problem.kind == .invalid {
        return ImportPage(found: .unreadable(problem.faults)).reply(visit)
      }
    }
    return .go(to: "/import/done?key=\(file.key)")
  }

  /// Brings in a file that was found good.
  func keep(
    _ bytes: [UInt8], _ choices: CaseloadChoices = CaseloadChoices(), by importer: Importer, _ visit: Visit
  ) async throws -> CaseloadOutcome {
    let viewer = try visit.signedIn()
    let now = visit.now
    return try await trail.changeMany(visit.act("caseload.import"), role: viewer.role.rawValue) { batch in
      let check = try batch.look(at: now) { try CaseloadCheck(bytes, choices, by: importer, $0) }
      var run = CaseloadImport(check, by: importer, at: now)
      let residents = try run.run(batch)
      return (
        CaseloadOutcome(
          lines: check.fresh, residents: residents, knownCount: check.known.count, newWorkers: check.newWorkers,
          newAccessTeams: check.newAccessTeams.map(\.name)), residents
      )
    }
  }
}
