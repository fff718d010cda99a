internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Self-scans with their results, and the basic set, by API.
extension KnowledgeSlice {
  var neighbourhoodAPI: [Route] { [selfScansAPI, basicSetAPI, tellAPI] }

  private static let score = Shape<(party: String, score: SelfScanResult.Score)>(
    "SelfScanScore",
    [
      .text("party") { $0.party }, .integer("count") { $0.score.count },
      .number("mean") { ($0.score.mean * 100).rounded() / 100 },
    ])

  private static let line = Shape<SelfScanResult.Line>(
    "SelfScanLine",
    [
      .text("element") { $0.element.rawValue }, .flag("differs") { $0.differs },
      .list("scores", score) { line in
        SelfScan.Group.allCases.compactMap { party in line.groups[party].map { (party.rawValue, $0) } }
          + (line.all.map { [("all", $0)] } ?? [])
      },
    ])

  private static let scan = Shape<(scan: SelfScan, result: SelfScanResult)>(
    "SelfScan",
    [
      .id("id") { $0.scan.id }, .text("municipality") { $0.scan.municipality },
      .text("neighbourhood") { $0.scan.neighbourhood }, .date("openedOn") { $0.scan.openedOn },
      .date(maybe: "closedOn") { $0.scan.closedOn }, .text(maybe: "conclusion") { $0.scan.conclusion },
      .list("lines", line) { $0.scan.closedOn == nil ? [] : $0.result.lines },
    ])

  private var selfScansAPI: Route {
    trail.apiList(
      "/knowledge/self-scans", name: "selfScans", policy: Self.readers,
      Operation(
        "Neighbourhoods that looked at themselves; scores once a scan is closed, and never of a small group.",
        tag: "knowledge", answer: .items("SelfScanList", Self.scan.schema))
    ) { _, looker in
      let forms = Dictionary(
        grouping: try looker.reader.all(
          SelfScanForm.self, "where scan in (select id from self_scan where closed_on is not null) order by id"),
        by: \.scan)
      let items = try looker.reader.all(SelfScan.self, "where id is not null order by opened_on desc, id").map {
        Self.scan.json(($0, SelfScanResult(forms[$0.id] ?? [])))
      }
      return .json(.of(["items": .array(items)]))
    }
  }

  private static let entry = Shape<BasicSetEntry>(
    "BasicSetEntry",
    [
      .id("id") { $0.id }, .text("municipality") { $0.municipality }, .text("tool") { $0.tool },
      .choice("state") { $0.state }, .integer(maybe: "waitingWeeks") { $0.waitingWeeks },
      .text(maybe: "provider") { $0.provider }, .text(maybe: "words") { $0.words }, .date("since") { $0.sinceOn },
      .date("checkedOn") { $0.checkedOn }, .flag("isGap") { $0.isGap },
    ])

  private var basicSetAPI: Route {
    trail.apiList(
      "/knowledge/basic-set", name: "basicSet", policy: Self.readers,
      Operation(
        "How each municipality has each tool of the basic set; what is not there is not told yet.", tag: "knowledge",
        answer: .items("BasicSet", Self.entry.schema),
        query: [Schema.Property("municipality", .text, isRequired: false)])
    ) { visit, looker in
      let entries = try BasicSetEntry.current(looker.reader, in: visit.query["municipality"])
      return .json(.of(["items": .array(entries.map(Self.entry.json))]))
    }
  }

  private var tellAPI: Route {
    trail.apiMake(
      "/knowledge/basic-set", name: "basicSet.tell", policy: .roles([.policyAdviser, .coordinator]),
      Operation(
        "Tell how a municipality has a tool from now on.", tag: "knowledge",
        input: Input(
          "NewBasicSetEntry",
          [
            Schema.Property("municipality", .text, isRequired: true), Schema.Property("tool", .text, isRequired: true),
            Schema.Property("state", .enumeration(BasicSetEntry.State.allCases.map(\.rawValue)), isRequired: true),
            Schema.Property("waitingWeeks", .integer(0...520), isRequired: false),
            Schema.Property("provider", .text, isRequired: false), Schema.Property("words", .text, isRequired: false),
            Schema.Property("sinceOn", .date, isRequired: false),
          ]), answer: .made, status: 201)
    ) { visit, transaction, looker in
      guard let municipality = visit.form["municipality"].flatMap(Municipality.with(code:)),
        try BasicSetRights.may(looker.viewer, tell: municipality.code, transaction)
      else { throw Problem.notFound }
      return .made(try BasicSetEntry.tell(visit.form, municipality, transaction).id, status: 201)
    }
  }
}
