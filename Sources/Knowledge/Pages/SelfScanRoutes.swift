internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The neighbourhood looks at itself.
extension KnowledgeSlice {
  private static let leaders = RoutePolicy.roles(Learning.leaders)

  var selfScanRoutes: [Route] { scanRoutes + takingPartRoutes }

  private static func scan(_ visit: Visit, _ reader: Reader) throws -> SelfScan {
    try reader.get(SelfScan.self, visit.id("scan"))
  }

  private var scanRoutes: [Route] {
    [
      trail.page("/knowledge/self-scans", name: "selfScans", policy: Self.readers) { visit, looker in
        try SelfScansPage(looker).reply(visit)
      },
      trail.page("/knowledge/self-scans/{scan}", name: "selfScan", policy: Self.readers) { visit, looker in
        try SelfScanPage(looker, Self.scan(visit, looker.reader)).reply(visit)
      },
      trail.page("/knowledge/self-scans/{scan}/paper", name: "selfScan.paper", policy: Self.readers) { visit, looker in
        PaperPage(scan: try Self.scan(visit, looker.reader)).reply(visit)
      },
      trail.verb("/knowledge/self-scans/{scan}/close", name: "selfScan.close", policy: Self.leaders) {
        visit, transaction, _ in
        let scan = try Self.scan(visit, transaction).close(transaction)
        return .go(to: "/knowledge/self-scans/\(scan.id)")
      },
      trail.verb("/knowledge/self-scan-forms/{form}", name: "selfScan.leaveOut", policy: Self.leaders) {
        visit, transaction, _ in
        let form = try transaction.get(SelfScanForm.self, visit.id("form"))
        _ = try form.leaveOut(visit.form["leave"] == "yes", transaction)
        return .go(to: "/knowledge/self-scans/\(form.scan)")
      },
    ]
      + trail.form(
        "/knowledge/self-scans/{scan}/conclusion", name: "selfScan.conclude", policy: Self.leaders,
        show: { visit, looker, faults in
          try SelfScanPage(looker, Self.scan(visit, looker.reader), faults: faults).reply(visit)
        },
        perform: { visit, transaction, _ in
          let scan = try Self.scan(visit, transaction).conclude(visit, transaction)
          return .go(to: "/knowledge/self-scans/\(scan.id)?done=selfScan.concluded")
        })
      + trail.form(
        "/knowledge/self-scans/new", name: "selfScan.open", policy: Self.leaders,
        show: { visit, _, faults in
          let t = visit.texts
          return visit.page(t("selfScans.open"), width: .letter) { html in
            html.heading(t("selfScans.open"), t("selfScans.openLead"))
            html.card(nil) { html in
              visit.form(
                &html, to: "/knowledge/self-scans/new", submit: t("selfScans.openSubmit"), faults: faults,
                fields: [
                  Field(
                    "municipality", t("selfScans.municipality"),
                    .choice(
                      [Field.Option("", t("form.choose"))] + Municipality.all.map { Field.Option($0.code, $0.name) }),
                    isRequired: true),
                  Field(
                    "neighbourhood", t("selfScans.neighbourhood"), hint: t("selfScans.neighbourhoodHint"),
                    isRequired: true),
                ])
            }
          }
        },
        perform: { visit, transaction, _ in
          let scan = try SelfScan.open(visit, transaction)
          return .go(to: "/knowledge/self-scans/\(scan.id)")
        })
  }

  /// Neighbours have no account: a code from the meeting is enough, and nothing is kept of who they are.
  private var takingPartRoutes: [Route] {
    [
      Route(.get, "/self-scan", name: "selfScan.code", policy: .anyone) { visit in
        TakePartPage(scan: nil, faults: []).reply(visit)
      },
      Route(.post, "/self-scan", name: "selfScan.join", policy: .anyone) { visit in
        do {
          let scan = try await joined(visit)
          var fresh = visit
          fresh.form = Fields()
          return TakePartPage(scan: scan, faults: []).reply(fresh)
        } catch let problem as Problem where problem.kind == .invalid {
          return Self.refused(TakePartPage(scan: nil, faults: problem.faults).reply(visit))
        }
      },
      // Where one comes back to after choosing another language.
      Route(.get, "/self-scan/scores", name: "selfScan.scores", policy: .anyone) { _ in .go(to: "/self-scan") },
      Route(.post, "/self-scan/scores", name: "selfScan.give", policy: .anyone) { visit in
        do {
          // Looked up before the one writer is asked for.
          _ = try await joined(visit)
          try await database.write(Act("selfScan.give", request: visit.requestID)) { transaction in
            _ = try SelfScanForm.give(visit, transaction)
          }
          return .go(to: "/self-scan?done=selfScan.given")
        } catch let problem as Problem where problem.kind == .invalid {
          let isFull = problem.faults.contains { $0.field == "code" }
          let scan = isFull ? nil : try? await database.read { try SelfScan.joined(visit.form["code"], $0) }
          return Self.refused(TakePartPage(scan: scan, faults: problem.faults).reply(visit))
        }
      },
    ]
  }

  /// The scan of the code that was typed; wrong codes are counted.
  private func joined(_ visit: Visit) async throws -> SelfScan {
    let address = WrongCodes.address(of: visit)
    if wrongCodes.isShut(for: address, visit.now) { throw Problem(.tooMany) }
    do {
      return try await database.read { try SelfScan.joined(visit.form["code"], $0) }
    } catch let problem as Problem {
      wrongCodes.count(for: address, visit.now)
      throw problem
    }
  }

  private static func refused(_ reply: Reply) -> Reply {
    var reply = reply
    reply.status = 422
    return reply
  }
}
