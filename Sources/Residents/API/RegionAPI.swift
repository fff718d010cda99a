internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The coordinator's lists by API: the board, who is ready, late signals, double registrations, reading in a caseload.
extension ResidentSlice {
  private static let coordinating = RoutePolicy.roles([.coordinator, .teamLeader])

  private static let standing = Shape<BoardPage.Summary>(
    "BoardLine",
    [
      .id("organisation") { $0.organisation.id }, .text("name") { $0.organisation.name },
      .integer("people") { $0.people }, .integer("openSignals") { $0.signals }, .integer("overdue") { $0.overdue },
    ])

  private static let first = Shape<BoardPage.Line>(
    "BoardResident",
    [
      .id("resident") { $0.resident }, .text("name") { $0.name }, .choice("phase") { $0.phase },
      .date("phaseSince") { $0.phaseSince }, .text("organisation") { $0.organisation }, .text("worker") { $0.worker },
      .integer("openSignals") { $0.openSignals }, .integer("overdue") { $0.overdue },
    ])

  private static let ready = Shape<ReadyPage.Line>(
    "ReadyLine",
    [
      .id("resident") { $0.resident }, .text("name") { $0.name }, .integer("days") { $0.days },
      .flag("isHomeFirst") { $0.isHomeFirst }, .text("organisation") { $0.organisation },
      .text("municipality") { $0.municipality }, .integer("receivers") { $0.receivers },
    ])

  private static let merge = Shape<MergesPage.Pair>(
    "MergeCandidate",
    [
      .id("id") { $0.candidate.id }, .choice("matched") { $0.candidate.matched }, .id("known") { $0.known.id },
      .text("knownName") { $0.known.fullName }, .text("knownFirst") { $0.knownFirst }, .id("added") { $0.added.id },
      .text("addedName") { $0.added.fullName }, .text("addedFirst") { $0.addedFirst },
      .instant("raisedAt") { $0.candidate.raisedAt }, .texts("gather") { $0.preview.gather },
      .texts("lose") { $0.preview.lose }, .integer("signals") { $0.preview.signals },
    ])

  var regionAPI: [Route] { boardAPI + mergesAPI + [importAPI] }

  private var boardAPI: [Route] {
    [
      trail.apiList(
        "/board", name: "board", policy: Self.coordinating,
        Operation(
          "Per organisation: for how many it is called first, and what is open there.", tag: "region",
          answer: .items("Board", Self.standing.schema))
      ) { visit, looker in
        .json(.of(["items": .array(try BoardPage.summary(looker).map(Self.standing.json))]))
      },
      trail.apiList(
        "/board/residents", name: "board.residents", policy: Self.coordinating,
        Operation(
          "Who is called first for whom.", tag: "region", answer: .items("BoardResidents", Self.first.schema),
          isPaged: true,
          query: [
            Schema.Property("organisation", .id, isRequired: false),
            Schema.Property("phase", .enumeration(Phase.allCases.map(\.rawValue)), isRequired: false),
          ])
      ) { visit, looker in
        let (lines, next) = try BoardPage.lines(visit, looker, atMost: visit.limit)
        return .json(
          .of(["items": .array(lines.map(Self.first.json)), "next": next.map(JSON.string)]),
          next: next.map { "/api/v1/board/residents?after=\($0)&limit=\(visit.limit)" })
      },
      trail.apiList(
        "/ready", name: "ready", policy: Self.coordinating,
        Operation(
          "Who is ready for a home, longest first.", tag: "region", answer: .items("ReadyList", Self.ready.schema))
      ) { visit, looker in
        .json(.of(["items": .array(try ReadyPage(visit, looker).lines.map(Self.ready.json))]))
      },
      trail.apiList(
        "/signals/late", name: "signals.late", policy: Self.coordinating,
        Operation(
          "Signals past their due time, or with the coordinator.", tag: "region",
          answer: .items("LateSignalList", Shapes.signal.schema))
      ) { _, looker in
        let items = try SignalsPage(looker).lines.map { Shapes.signal.json(($0.signal, $0.words, nil)) }
        return .json(.of(["items": .array(items)]))
      },
    ]
  }

  private var mergesAPI: [Route] {
    [
      trail.apiList(
        "/merges", name: "merges", policy: .roles([.coordinator]),
        Operation(
          "Registrations that may be of somebody already known.", tag: "region",
          answer: .items("MergeList", Self.merge.schema))
      ) { _, looker in
        .json(.of(["items": .array(try MergesPage(looker).candidates.map(Self.merge.json))]))
      },
      trail.apiMake(
        "/merges/{merge}/decision", name: "merge.decide", policy: .roles([.coordinator]),
        Operation(
          "One person, or two.", tag: "region",
          input: Input(
            "MergeDecision",
            [Schema.Property("decision", .enumeration(["merged", "different"]), isRequired: true)]), answer: .made)
      ) { visit, transaction, looker in
        .made(try MergeCandidate.decide(visit, looker, transaction).id)
      },
      trail.apiMake(
        "/merges/{merge}/undoing", name: "merge.undo", policy: .roles([.coordinator]),
        Operation(
          "Two people after all: the second file is as it was. Within thirty days.", tag: "region", input: .nothing,
          answer: .made)
      ) { visit, transaction, looker in
        .made(try MergeCandidate.undo(visit, looker, transaction).id)
      },
    ]
  }

  /// The same check and the same verbs as the page: first all faults, then all or nothing.
  private var importAPI: Route {
    let report = Schema.named(
      "CaseloadReport",
      .object([
        Schema.Property("fresh", .integer(nil), isRequired: true),
        Schema.Property("known", .integer(nil), isRequired: true),
        Schema.Property("isKept", .boolean, isRequired: true),
      ]))
    let operation = Operation(
      "Read in a caseload: a CSV text as for the page. With dryRun it is only checked. Every fault is listed with its row.",
      tag: "region",
      input: Input(
        "Caseload",
        [
          Schema.Property("csv", .string(format: "csv"), isRequired: true),
          Schema.Property("dryRun", .boolean, isRequired: false),
        ]), answer: report)
    return Route(
      .post, "/api/v1/imports", name: "api.caseload.import", policy: Self.importing, operation: operation
    ) { visit in
      let importer = try Self.importer(visit)
      let form = try operation.input?.read(visit) ?? Fields()
      let bytes = Array((form.raw("csv") ?? "").utf8)
      let check = try await checked(bytes, by: importer, visit, as: "api.caseload.check", field: "csv")
      guard check.isGood else {
        throw Problem(
          .invalid,
          check.faults.map { fault in
            Problem.Fault(
              field: "row \(fault.row)" + (fault.column.map { ", \($0)" } ?? ""), fault.text, fault.values)
          })
      }
      let isDry = form.flag("dryRun") ?? false
      if !isDry { _ = try await keep(bytes, by: importer, visit) }
      return .json(
        .of([
          "fresh": .integer(check.fresh.count), "known": .integer(check.knownCount), "isKept": .bool(!isDry),
        ]))
    }.takingFiles()
  }
}
