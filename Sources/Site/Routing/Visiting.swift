internal import Kernel
internal import Logging
internal import Store

/// One request on its way through the site.
struct Visiting {
  let site: WebSite
  let incoming: Incoming
  let token: String

  var isAPI: Bool { incoming.path.hasPrefix("/api/") }

  func reply() async -> Reply {
    let now = site.clock.now
    let requestID = (site.chance.id(at: now) as ID<Anything>).description
    var viewer: Viewer?
    do {
      viewer = try await whose(now)
      let visit = self.visit(viewer, now, requestID, places: [:])
      return try await answer(visit, viewer, now, requestID)
    } catch {
      let visit = self.visit(viewer, now, requestID, places: [:])
      return failure(error, visit)
    }
  }

  /// The answer to what was refused before it was read.
  func refused(_ problem: Problem) async -> Reply {
    let now = site.clock.now
    let requestID = (site.chance.id(at: now) as ID<Anything>).description
    return failure(problem, visit(try? await whose(now), now, requestID, places: [:]))
  }

  private func whose(_ now: Instant) async throws -> Viewer? {
    if isAPI {
      guard let header = incoming.headers["authorization"], header.hasPrefix("Bearer ") else { return nil }
      return try await site.doorkeeper.viewer(bearer: String(header.dropFirst(7)), now: now)
    }
    return try await site.doorkeeper.viewer(session: token, now: now)
  }

  private func answer(_ visit: Visit, _ viewer: Viewer?, _ now: Instant, _ requestID: String) async throws -> Reply {
    let name = incoming.method == "HEAD" ? "GET" : incoming.method
    guard let method = Method(rawValue: name), let (route, places) = site.table.find(method, incoming.path) else {
      throw Problem.notFound
    }
    let routed = self.visit(viewer, now, requestID, places: places)
    do {
      if method != .get && !isAPI { try checkForm(visit) }
      try allow(route.policy, viewer)
      if method == .get, let operation = route.operation { try operation.check(visit.query) }
      let reply = try await route.handle(routed)
      try await note(method == .get ? "read" : "change", routed, route)
      return reply
    } catch let problem as Problem where problem.kind != .unavailable && problem.kind != .kept {
      try await note(Self.event(problem), routed, route)
      throw problem
    }
  }

  /// Every request of somebody who is signed in has its line; reading what works is nobody's data.
  private func note(_ event: String, _ visit: Visit, _ route: Route) async throws {
    guard visit.viewer != nil, !visit.line.isWritten else { return }
    if case .signedInUnless = route.policy, event == "read" { return }
    try await site.doorkeeper.note(event, visit, route.name)
  }

  private static func event(_ problem: Problem) -> String {
    switch problem.kind {
    case .notFound, .forged, .tooMany, .forbiddenField, .signInNeeded: "refused"
    default: "failed"
    }
  }

  /// Roles are checked here; a relation with a resident by Trust, inside the route's transaction.
  private func allow(_ policy: RoutePolicy, _ viewer: Viewer?) throws {
    switch policy {
    case .anyone: return
    case .signedInUnless(let openness): if viewer == nil && !openness.isOpen { throw Problem(.signInNeeded) }
    case .signedIn, .resident: if viewer == nil { throw Problem(.signInNeeded) }
    case .roles(let roles):
      guard let viewer else { throw Problem(.signInNeeded) }
      guard roles.contains(viewer.role) else { throw Problem.notFound }
    }
  }

  /// A form must come from our own pages, by its token and by what the browser says of its origin.
  private func checkForm(_ visit: Visit) throws {
    let sentFrom = incoming.headers["sec-fetch-site"]
    if let sentFrom, sentFrom != "same-origin" && sentFrom != "none" { throw Problem(.forged) }
    if let origin = incoming.headers["origin"], origin != "null" || sentFrom == nil {
      let own =
        site.settings.origin ?? (site.settings.isSecure ? "https://" : "http://") + (incoming.headers["host"] ?? "")
      guard origin == own else { throw Problem(.forged) }
    }
    let given = visit.form["form-token"] ?? visit.query["form-token"] ?? ""
    guard Token.equal(given, Token.ofForm(visitor: token)) else { throw Problem(.forged) }
  }

  private func visit(_ viewer: Viewer?, _ now: Instant, _ requestID: String, places: [String: String]) -> Visit {
    let query = Fields(encoded: incoming.query)
    let texts = site.catalogue.inLanguage(language(viewer))
    let kind = incoming.headers["content-type"] ?? ""
    let isForm = kind.hasPrefix("application/x-www-form-urlencoded")
    let parts = Multipart(contentType: kind, body: incoming.body)
    return Visit(
      method: Method(rawValue: incoming.method) ?? .get, path: incoming.path, places: places, query: query,
      form: isForm ? Fields(encoded: String(decoding: incoming.body, as: UTF8.self)) : Fields(parts?.fields ?? [:]),
      viewer: viewer,
      texts: texts, now: now, requestID: requestID, formToken: Token.ofForm(visitor: token),
      onceKey: (site.chance.id(at: now) as ID<Anything>).description,
      chrome: Chrome(
        links: site.links(viewer, texts), isDemo: site.settings.isDemo, assets: site.assets, adviser: site.adviser,
        wordList: site.wordList),
      body: incoming.body, uploads: parts?.files ?? [:], headers: incoming.headers)
  }

  /// The account's own language; before sign-in the one chosen on the page, then the browser's, then Dutch.
  private func language(_ viewer: Viewer?) -> Language {
    if let viewer { return viewer.language }
    if let chosen = incoming.cookie("geland-language").flatMap(Language.init(rawValue:)) { return chosen }
    let accepted = incoming.headers["accept-language"] ?? ""
    let first = accepted.split(separator: ",").first.map { String($0.prefix(2)) } ?? "nl"
    return first == "nl" ? .dutch : Language(rawValue: first) ?? .dutch
  }

  private func failure(_ error: any Error, _ visit: Visit) -> Reply {
    let problem: Problem
    switch error {
    case let known as Problem: problem = known
    case is StaleWrite: problem = Problem(.stale)
    default:
      site.log.error("request failed", metadata: ["request": "\(visit.requestID)", "cause": "\(type(of: error))"])
      problem = Problem(.unavailable)
    }
    if problem.kind == .signInNeeded && !isAPI { return .go(to: "/sign-in") }
    var reply = isAPI ? problem.asJSON(visit) : problem.asPage(visit)
    if problem.kind == .tooMany { reply.headers.append(("retry-after", "60")) }
    return reply
  }
}
