internal import Kernel
internal import Residents
internal import Site
internal import Store
internal import Trust

/// The front door: where each role begins, where they can go, and whether the house stands.
struct FrontSlice {
  let database: Database
  let readiness: Readiness
  let scheduler: Scheduler
  let clock: any Clock
  let isDemo: Bool
  let trust: TrustSlice
  /// Every other route, for the description of the API.
  let described: [Route]
  /// A `mailto:` or `https:` address.
  let securityContact: String?

  var routes: [Route] {
    [
      Route(.get, "/", name: "front", policy: .anyone) { visit in .go(to: Self.start(visit)) },
      Route(.get, "/health", name: "health", policy: .anyone) { _ in
        Reply(status: 200, body: .data(Array("ok\n".utf8), type: "text/plain; charset=utf-8"))
      },
      Route(.get, "/ready-to-serve", name: "readiness", policy: .anyone) { _ in
        let isReady = await readiness.isReady()
        return Reply(
          status: isReady ? 200 : 503,
          body: .data(Array((isReady ? "ready\n" : "not ready\n").utf8), type: "text/plain; charset=utf-8"))
      },
      Route(.get, "/contact", name: "contact", policy: .anyone) { visit in
        try await database.read { try ReachPage($0).reply(visit) }
      },
    ] + (isDemo ? demoRoutes + [StylePage.route] : []) + [descriptionRoute]
      + (securityContact.map { [securityText($0)] } ?? [])
  }

  /// Where to report a weakness (RFC 9116); present when the operator gave an address.
  private func securityText(_ contact: String) -> Route {
    Route(.get, "/.well-known/security.txt", name: "security", policy: .anyone) { visit in
      let expires = visit.now.adding(.days(180)).utc
      let text = "Contact: \(contact)\nExpires: \(expires)\nPreferred-Languages: nl, en\n"
      return Reply(status: 200, body: .data(Array(text.utf8), type: "text/plain; charset=utf-8"))
    }
  }

  /// What the API takes and gives, made from the routes themselves.
  private var descriptionRoute: Route {
    func route(_ handle: @escaping @Sendable (Visit) async throws -> Reply) -> Route {
      Route(
        .get, "/api/v1/openapi.json", name: "api.openapi", policy: .anyone,
        operation: Operation("This description.", tag: "description", isOpen: true), handle: handle)
    }
    let all = described + [route { _ in throw Problem.notFound }]
    return route { _ in .json(OpenAPI(all).json) }
  }

  /// Everyone opens on their own question.
  private static func start(_ visit: Visit) -> String {
    guard let viewer = visit.viewer else { return "/sign-in" }
    let done = visit.query["done"].map { "?done=\($0.filter { $0.isLetter || $0 == "." })" } ?? ""
    switch viewer.role {
    case .resident: return "/home" + done
    case .supportWorker, .clinician, .peerWorker, .communityWorker: return "/today" + done
    case .coordinator, .teamLeader: return "/board" + done
    case .systemAdministrator: return "/admin/organisations" + done
    case .policyAdviser: return "/knowledge" + done
    case .privacyOfficer: return "/account" + done
    default: return "/people" + done
    }
  }

  /// - Parameter isOpen: everyone may read what works, also who is not signed in.
  static func links(_ viewer: Viewer?, _ t: Texts, isOpen: Bool) -> [Chrome.Link] {
    func link(_ key: String, _ href: String) -> Chrome.Link { Chrome.Link(text: t("nav.\(key)"), href: href) }
    guard let viewer else {
      return (isOpen ? [link("knowledge", "/knowledge")] : []) + [link("selfScan", "/self-scan")]
    }
    switch viewer.role {
    case .resident:
      let file = viewer.resident.map { "/residents/\($0)" } ?? ""
      return [link("home", "/home"), link("plan", file + "/plan"), link("sharing", file + "/sharing")]
    case .supportWorker, .clinician, .peerWorker, .communityWorker:
      return [
        link("today", "/today"), link("people", "/people"), link("handovers", "/handovers"),
        link("knowledge", "/knowledge"),
      ]
    case .teamLeader:
      return [
        link("board", "/board"), link("signals", "/signals"), link("ready", "/ready"), link("handovers", "/handovers"),
        link("approvals", "/approvals"), link("knowledge", "/knowledge"),
      ]
    case .coordinator:
      return [
        link("board", "/board"), link("signals", "/signals"), link("ready", "/ready"), link("merges", "/merges"),
        link("approvals", "/approvals"), link("knowledge", "/knowledge"),
      ]
    case .systemAdministrator:
      return [
        link("organisations", "/admin/organisations"), link("accounts", "/admin/people"), link("teams", "/admin/teams"),
        link("approvals", "/approvals"), link("rules", "/admin/rules"), link("numbers", "/admin/numbers"),
        link("knowledge", "/knowledge"),
      ]
    case .privacyOfficer:
      return [link("approvals", "/approvals"), link("knowledge", "/knowledge"), link("rules", "/admin/rules")]
    case .policyAdviser: return [link("knowledge", "/knowledge"), link("rules", "/admin/rules")]
    default: return [link("people", "/people"), link("knowledge", "/knowledge")]
    }
  }

  /// In the demo one may look at tomorrow, or next week: silence becomes a signal, a handover expires.
  private var demoRoutes: [Route] {
    [
      Route(.post, "/demo/clock", name: "demo.clock", policy: .signedIn) { visit in
        guard let shifted = clock as? ShiftedClock, let days = visit.form.number("days"), [1, 7, 30].contains(days)
        else {
          throw Problem.notFound
        }
        for _ in 0..<days {
          // First the sessions, then the clock: whatever sweeps in between finds nobody who was away for a day.
          try await database.write(Act("demo.clock")) { try TrustSlice.carrySessions(over: .days(1), $0) }
          shifted.advance(.days(1))
          try await scheduler.runDue()
        }
        try await database.write(Act("demo.clock")) { transaction in
          try RegionMark.set("ahead", String(shifted.ahead.milliseconds), transaction)
        }
        return .back(visit)
      }
    ]
  }
}
