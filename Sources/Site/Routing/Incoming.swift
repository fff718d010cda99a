/// A request before it is understood: what the HTTP server, or a test, hands in.
public struct Incoming: Sendable {
  public var method: String
  public var path: String
  public var query: String
  /// Header fields by lower-case name.
  public var headers: [String: String]
  public var body: [UInt8]

  public init(
    _ method: String, _ path: String, query: String = "", headers: [String: String] = [:], body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  func cookie(_ name: String) -> String? {
    for pair in (headers["cookie"] ?? "").split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0].trimmingPrefix(" ") == name { return String(parts[1]) }
    }
    return nil
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
