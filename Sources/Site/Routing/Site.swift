public import Kernel
internal import Logging

/// Tells whose request it is; Trust answers.
public protocol Doorkeeper: Sendable {
  func viewer(session token: String, now: Instant) async throws -> Viewer?
  func viewer(bearer token: String, now: Instant) async throws -> Viewer?
  /// Puts a request of somebody who is signed in in the trail, when nothing else did.
  func note(_ event: String, _ visit: Visit, _ name: String) async throws
}

/// How a site presents itself.
public struct SiteSettings: Sendable {
  /// Served over TLS: cookies are `__Host-` and `Secure`, and HSTS is sent.
  public let isSecure: Bool
  public let isDemo: Bool
  /// The origin that forms must come from, as `https://geland.example.nl`; nil takes the request's own host.
  public let origin: String?

  public init(isSecure: Bool, isDemo: Bool, origin: String? = nil) {
    self.isSecure = isSecure
    self.isDemo = isDemo
    self.origin = origin
  }
}

/// The pipeline every request passes: limits, who it is, which route, is it allowed, do it, dress the answer.
public struct WebSite: Sendable {
  public let table: RouteTable
  let settings: SiteSettings
  let catalogue: Catalogue
  let clock: any Clock
  let chance: Chance
  let doorkeeper: any Doorkeeper
  let links: @Sendable (Viewer?, Texts) -> [Chrome.Link]
  let adviser: (any Adviser)?
  let wordList: String?
  let assets: Assets
  let log: Logger

  public init(
    table: RouteTable, settings: SiteSettings, catalogue: Catalogue, clock: any Clock, chance: Chance = .system(),
    doorkeeper: any Doorkeeper, links: @escaping @Sendable (Viewer?, Texts) -> [Chrome.Link],
    adviser: (any Adviser)? = nil, wordList: String? = nil, assets others: [Assets.Asset] = []
  ) {
    self.table = table
    self.settings = settings
    self.catalogue = catalogue
    self.clock = clock
    self.chance = chance
    self.doorkeeper = doorkeeper
    self.links = links
    self.adviser = adviser
    self.wordList = wordList
    assets = Assets(others)
    log = Logger(label: "geland.site")
  }

  /// What is done with a request before its body is read.
  public enum Admission: Sendable {
    /// Answered at once: whoever may not send it brings nothing in.
    case refused(Outgoing)
    /// The body may come, at most so many bytes.
    case take(Int)
  }

  /// Looks at a request's head: is there such a place, may this person send something there, and of this kind and size?
  public func admit(_ head: Incoming) async -> Admission {
    if head.method == "GET" || head.method == "HEAD" { return .take(0) }
    let visiting = Visiting(site: self, incoming: head, token: head.cookie(cookieName) ?? Token.make(chance))
    switch await visiting.admitted() {
    case .success(let limit): return .take(limit)
    case .failure(let problem): return .refused(dressed(await visiting.refused(problem)))
    }
  }

  /// The answer when more was sent than fits, or it can't be read.
  public func refuse(_ incoming: Incoming, _ problem: Problem) async -> Outgoing {
    let visiting = Visiting(site: self, incoming: incoming, token: incoming.cookie(cookieName) ?? Token.make(chance))
    return dressed(await visiting.refused(problem))
  }

  /// What every answer wears, also those the HTTP server makes by itself.
  public var dress: [(name: String, value: String)] { dressed(Reply(status: 400, body: .empty)).headers }

  var cookieName: String { settings.isSecure ? "__Host-geland" : "geland" }
  /// Tells a device on which somebody signed in before; opens nothing by itself.
  var deviceCookieName: String { cookieName + "-device" }

  public func respond(to incoming: Incoming) async -> Outgoing {
    if let asset = assets.find(incoming.path), incoming.method == "GET" || incoming.method == "HEAD" {
      return dressed(Reply(status: 200, body: .data(asset.bytes, type: asset.type)), isAsset: true)
    }
    let token = incoming.cookie(cookieName)
    let visitorToken = token ?? Token.make(chance)
    let visit = Visiting(site: self, incoming: incoming, token: visitorToken)
    let reply = await visit.reply()
    var outgoing = dressed(reply)
    if visit.isAPI { outgoing.headers.append(("api-version", OpenAPI.version)) }
    switch reply.session {
    case .begin(let new, let device):
      outgoing.headers.append(("set-cookie", cookie(new)))
      if let device {
        outgoing.headers.append(("set-cookie", cookie(device, named: deviceCookieName, maxAge: 365 * 86_400)))
      }
    case .end:
      outgoing.headers.append(("set-cookie", cookie("", maxAge: 0)))
      outgoing.headers.append(("clear-site-data", "\"cache\", \"storage\""))
    // Forms need it; a file to keep does not.
    case .same where token == nil && !visit.isAPI && reply.isPage:
      outgoing.headers.append(("set-cookie", cookie(visitorToken)))
    case .same: break
    }
    if incoming.method == "HEAD" { outgoing.body = [] }
    return outgoing
  }

  private func cookie(_ token: String, named name: String? = nil, maxAge: Int? = nil) -> String {
    let age = maxAge.map { "; Max-Age=\($0)" } ?? ""
    return "\(name ?? cookieName)=\(token); Path=/; HttpOnly; SameSite=Lax\(settings.isSecure ? "; Secure" : "")\(age)"
  }
}
