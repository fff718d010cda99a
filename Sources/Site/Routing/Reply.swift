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
    case begin(token: String)
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
    let back = visit.form["back"] ?? "/"
    return .go(to: back.hasPrefix("/") && !back.hasPrefix("//") && !back.hasPrefix("/\\") ? back : "/")
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
  public private(set) var bodyLimit = 512 * 1024
  public let handle: @Sendable (Visit) async throws -> Reply

  public init(
    _ method: Method, _ path: String, name: String, policy: RoutePolicy, operation: Operation? = nil,
    placeSchemas: [String: Schema] = [:], handle: @escaping @Sendable (Visit) async throws -> Reply
  ) {
    self.method = method
    self.path = path
    self.name = name
    self.policy = policy
    self.operation = operation
    self.placeSchemas = placeSchemas
    self.handle = handle
  }

  /// Takes whole files.
  public func takingFiles() -> Route {
    var route = self
    route.bodyLimit = 4 * 1024 * 1024
    return route
  }
}
