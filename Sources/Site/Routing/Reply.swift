internal import Kernel

/// What a route answers.
public struct Reply: Sendable {
  public enum Body: Sendable {
    case html([UInt8])
    case data([UInt8], type: String)
    case empty
  }

  public var status: Int
  public var body: Body
  public var headers: [(name: String, value: String)] = []
  /// A new sign-in, or the end of one.
  public var session: SessionChange = .same
  /// The id of what was made or changed, when that is all the answer says.
  public var made: String?

  public enum SessionChange: Sendable, Equatable {
    case same
    /// The token goes into the cookie; only its hash is kept.
    case begin(token: String, device: String?)
    case end
  }

  var isPage: Bool { if case .html = body { true } else { false } }

  public init(status: Int, body: Body, headers: [(name: String, value: String)] = []) {
    self.status = status
    self.body = body
    self.headers = headers
  }

  public static func page(_ html: HTML, status: Int = 200) -> Reply { Reply(status: status, body: .html(html.bytes)) }

  /// To the page a form stood on, when it says so; only within the site.
  public static func back(_ visit: Visit) -> Reply {
    .go(to: place(visit.form["back"]) ?? "/")
  }

  /// A place within the site as a form names it; nil for anything that could lead elsewhere.
  public static func place(_ back: String?) -> String? {
    guard let back, back.hasPrefix("/"), !back.hasPrefix("//"), !back.contains("\\"),
      back.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
    else { return nil }
    return back
  }

  /// To another page, as the answer to a form (303: get it anew).
  public static func go(to path: String) -> Reply {
    Reply(status: 303, body: .empty, headers: [("location", path)])
  }
}

/// A way in: method and path, who may use it, and what it does.
public struct Route: Sendable {
  public let method: Method
  /// `/residents/{resident}/contacts`; places in braces.
  public let path: String
  /// Names the page or verb in audit and journal, as `resident.contacts`.
  public let name: String
  public let policy: RoutePolicy
  /// For the API: what it takes and gives.
  public let operation: Operation?
  /// Places in the path that are no ids.
  public let placeSchemas: [String: Schema]
  /// How many bytes may be sent here.
  public private(set) var bodyLimit: Int
  /// May files come with a form here; elsewhere a multipart body is refused unread.
  public private(set) var takesFiles = false
  public private(set) var handle: @Sendable (Visit) async throws -> Reply
  /// Shows the page a form stands on again, with what was typed and without doing anything.
  public private(set) var again: (@Sendable (Visit) async throws -> Reply)?

  public init(
    _ method: Method, _ path: String, name: String, policy: RoutePolicy, operation: Operation? = nil,
    placeSchemas: [String: Schema] = [:], handle: @escaping @Sendable (Visit) async throws -> Reply
  ) {
    self.method = method
    self.path = path
    self.name = name
    self.policy = policy
    // Whoever is not signed in has little to send.
    bodyLimit = policy == .anyone ? 32 * 1024 : 512 * 1024
    self.operation = operation
    self.placeSchemas = placeSchemas
    self.handle = handle
  }

  /// The same way in, with something before what it does.
  public func handled(by handle: @escaping @Sendable (Visit) async throws -> Reply) -> Route {
    var route = self
    route.handle = handle
    return route
  }

  /// With a page that is shown again when what was sent can't be taken as it is.
  public func shownAgain(_ again: @escaping @Sendable (Visit) async throws -> Reply) -> Route {
    var route = self
    route.again = again
    return route
  }

  /// Takes whole files.
  public func takingFiles() -> Route {
    var route = self
    route.bodyLimit = 4 * 1024 * 1024
    route.takesFiles = true
    return route
  }
}
