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
    let requestID = freshID(now)
    var viewer: Viewer?
    do {
      viewer = try await whose(now)
      return try await answer(viewer, now, requestID)
    } catch {
      return failure(error, visit(viewer, now, requestID))
    }
  }

  private func freshID(_ now: Instant) -> String { (site.chance.id(at: now) as ID<Anything>).description }

  /// The answer to what was refused before it was read.
  func refused(_ problem: Problem) async -> Reply {
    let now = site.clock.now
    return failure(problem, visit(try? await whose(now), now, freshID(now)))
  }

  /// May this person send something here? Asked before a body is read, and again with it.
  /// - Returns: how many bytes may come.
  func admitted() async -> Result<Int, Problem> {
    let now = site.clock.now
    do {
      let viewer = try await whose(now)
      let (route, places) = try found()
      do {
        if !isAPI { try checkOrigin() }
        try allow(route.policy, viewer)
        try checkKind(route)
        return .success(route.bodyLimit)
      } catch let problem as Problem {
        try await note(Self.event(problem), visit(viewer, now, freshID(now), places: places), route)
        throw problem
      }
    } catch let problem as Problem {
      return .failure(problem)
    } catch {
      return .failure(Problem(.unavailable))
    }
  }

  private func found() throws -> (route: Route, places: [String: String]) {
    let name = incoming.method == "HEAD" ? "GET" : incoming.method
    guard let method = Method(rawValue: name), let found = site.table.find(method, incoming.path) else {
      throw Problem.notFound
    }
    return found
  }

  /// Size and kind as the head says them: what can't be taken is not read.
  private func checkKind(_ route: Route) throws {
    if let length = incoming.headers["content-length"].flatMap({ Int($0) }), length > route.bodyLimit {
      throw Problem(.tooLarge)
    }
    let kind = (incoming.headers["content-type"] ?? "").lowercased()
    if kind.hasPrefix("multipart/") && !route.takesFiles { throw Problem(.unreadable) }
  }

  private func whose(_ now: Instant) async throws -> Viewer? {
    if isAPI {
      guard let header = incoming.headers["authorization"], header.hasPrefix("Bearer ") else { return nil }
      return try await site.doorkeeper.viewer(bearer: String(header.dropFirst(7)), now: now)
    }
    return try await site.doorkeeper.viewer(session: token, now: now)
  }

  private func answer(_ viewer: Viewer?, _ now: Instant, _ requestID: String) async throws -> Reply {
    let (route, places) = try found()
    let isChange = incoming.method != "GET" && incoming.method != "HEAD"
    let line = RequestLine()
    do {
      if isChange && !isAPI { try checkOrigin() }
      try allow(route.policy, viewer)
      if isChange {
        try checkKind(route)
        // A key that may only read changes nothing.
        if viewer?.mayOnlyRead == true { throw Problem(.forbiddenField, [Problem.Fault("token.mayOnlyRead")]) }
      }
      let routed = try visit(viewer, now, requestID, places: places, route, line)
      if isChange && !isAPI && !hasToken(routed) { return try await again(route, routed) }
      if !isChange, let operation = route.operation { try operation.check(routed.query) }
      let reply = try await route.handle(routed)
      try await note(isChange ? "change" : "read", routed, route)
      return reply
    } catch let problem as Problem where problem.kind != .unavailable && problem.kind != .kept {
      try await note(Self.event(problem), visit(viewer, now, requestID, places: places, line: line), route)
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

  /// A form must come from our own pages, by what the browser says of its origin …
  private func checkOrigin() throws {
    let sentFrom = incoming.headers["sec-fetch-site"]
    let origin = incoming.headers["origin"]
    // Every browser says one of the two with a form; what says neither is none.
    guard sentFrom != nil || origin != nil else { throw Problem(.forged) }
    if let sentFrom, sentFrom != "same-origin" && sentFrom != "none" { throw Problem(.forged) }
    if let origin, origin != "null" || sentFrom == nil {
      guard origin == home else { throw Problem(.forged) }
    }
  }

  /// Where people find this house: as the operator says, or as this request came.
  private var home: String {
    site.settings.origin ?? (site.settings.isSecure ? "https://" : "http://") + (incoming.headers["host"] ?? "")
  }

  /// … and by the token it brings back.
  private func hasToken(_ visit: Visit) -> Bool {
    let given = visit.form["form-token"] ?? visit.query["form-token"] ?? ""
    return Token.equal(given, Token.ofForm(visitor: token))
  }

  /// A form of ours from before one signed in anew, in another tab: nothing is done with it, and it is shown again with
  /// what was typed, to be sent once more.
  private func again(_ route: Route, _ visit: Visit) async throws -> Reply {
    guard visit.viewer != nil, let again = route.again else { throw Problem(.forged) }
    var visit = visit
    visit.isFromBefore = true
    var reply = try await again(visit)
    if reply.status == 200 || reply.status == 422 { reply.status = 409 }
    try await note("failed", visit, route)
    return reply
  }

  /// The request as its route sees it, with what was sent.
  /// - Throws: `Problem` when that can't be read.
  private func visit(
    _ viewer: Viewer?, _ now: Instant, _ requestID: String, places: [String: String], _ route: Route,
    _ line: RequestLine
  ) throws -> Visit {
    let kind = incoming.headers["content-type"] ?? ""
    if kind.hasPrefix("application/x-www-form-urlencoded") {
      let fields = try Fields(sent: String(decoding: incoming.body, as: UTF8.self))
      return visit(viewer, now, requestID, places: places, line: line, form: fields)
    }
    guard route.takesFiles, kind.lowercased().hasPrefix("multipart/") else {
      return visit(viewer, now, requestID, places: places, line: line)
    }
    guard let parts = Multipart(contentType: kind, body: incoming.body) else { throw Problem(.unreadable) }
    return visit(
      viewer, now, requestID, places: places, line: line, form: Fields(parts.fields), uploads: parts.files)
  }

  private func visit(
    _ viewer: Viewer?, _ now: Instant, _ requestID: String, places: [String: String] = [:],
    line: RequestLine = RequestLine(), form: Fields = Fields(), uploads: [String: Upload] = [:]
  ) -> Visit {
    let texts = site.catalogue.inLanguage(language(viewer))
    return Visit(
      method: Method(rawValue: incoming.method) ?? .get, path: incoming.path, places: places,
      query: Fields(encoded: incoming.query), form: form, viewer: viewer, texts: texts, now: now, requestID: requestID,
      formToken: Token.ofForm(visitor: token), onceKey: freshID(now),
      chrome: Chrome(
        links: site.links(viewer, texts), isDemo: site.settings.isDemo, assets: site.assets, adviser: site.adviser,
        wordList: site.wordList),
      body: incoming.body, uploads: uploads, headers: incoming.headers, address: incoming.address,
      sessionKey: Token.hash(token), cookies: incoming.cookies, home: home,
      line: line)
  }

  /// The account's own language; before sign-in the one chosen on the page, then the browser's, then Dutch.
  private func language(_ viewer: Viewer?) -> Language {
    if let viewer { return viewer.language }
    if let chosen = incoming.cookie("geland-language").flatMap(Language.init(rawValue:)) { return chosen }
    let accepted = incoming.headers["accept-language"] ?? ""
    let first = accepted.split(separator: ",").first.map { String($0.prefix(2)) } ?? "nl"
    return first == "nl" ? .dutch : Language(rawValue: first) ?? .dutch
  }

  /// The way in, and from there back to where one was; after a form, to the nearest page above where it was sent.
  private var signIn: String {
    var back = Fields()
    if incoming.method == "GET" {
      if incoming.path == "/" { return "/sign-in" }
      let query = Fields(encoded: incoming.query).without("done")
      back = back.with("back", query.values.isEmpty ? incoming.path : "\(incoming.path)?\(query.encoded)")
    } else {
      var steps = incoming.path.split(separator: "/")
      while !steps.isEmpty, site.table.find(.get, "/" + steps.joined(separator: "/")) == nil { steps.removeLast() }
      back = back.with("why", "sent").with("back", "/" + steps.joined(separator: "/"))
    }
    return (back["back"]?.utf8.count ?? 0) > 1000 ? "/sign-in" : "/sign-in?\(back.encoded)"
  }

  private func failure(_ error: any Error, _ visit: Visit) -> Reply {
    let problem: Problem
    switch error {
    case let known as Problem: problem = known
    case is StaleWrite: problem = Problem(.stale)
    default:
      site.log.error("request failed", metadata: ["request": "\(visit.requestID)", "cause": "\(error.code)"])
      problem = Problem(.unavailable)
    }
    if problem.kind == .signInNeeded && !isAPI { return .go(to: signIn) }
    var reply = isAPI ? problem.asJSON(visit) : problem.asPage(visit)
    if problem.kind == .tooMany { reply.headers.append(("retry-after", "60")) }
    return reply
  }
}
