/// A request before it is understood: what the HTTP server, or a test, hands in.
public struct Incoming: Sendable {
  public var method: String
  public var path: String
  public var query: String
  /// Header fields by lower-case name.
  public var headers: [String: String]
  public var body: [UInt8]
  /// Where it came from, as far as that can be trusted; nil when it is not known.
  public var address: String?

  public init(
    _ method: String, _ path: String, query: String = "", headers: [String: String] = [:], body: [UInt8] = [],
    address: String? = nil
  ) {
    self.address = address
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  func cookie(_ name: String) -> String? { cookies[name] }

  /// Cookies by name; of two with one name the first counts.
  var cookies: [String: String] {
    let pairs = (headers["cookie"] ?? "").split(separator: ";").prefix(50).compactMap { pair -> (String, String)? in
      let parts = pair.split(separator: "=", maxSplits: 1)
      return parts.count == 2 ? (String(parts[0].trimmingPrefix(" ")), String(parts[1])) : nil
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}

/// An answer ready to be sent.
public struct Outgoing: Sendable {
  public var status: Int
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]

  public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  public var text: String { String(decoding: body, as: UTF8.self) }
}
