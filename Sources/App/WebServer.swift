internal import HTTPTypes
internal import Hummingbird
public import Logging
internal import NIOCore
public import ServiceLifecycle
public import Site

/// The HTTP server around the site: reads requests within their limits and sends answers.
public struct WebServer: Service {
  private let site: WebSite
  private let host: String
  private let port: Int
  private let onReady: @Sendable () async -> Void
  private let log: Logger

  public init(
    site: WebSite, host: String, port: Int, log: Logger, onReady: @escaping @Sendable () async -> Void = {}
  ) {
    self.site = site
    self.host = host
    self.port = port
    self.log = log
    self.onReady = onReady
  }

  public func run() async throws {
    let site = site
    let responder = CallbackResponder<BasicRequestContext> { request, _ in
      let path = request.uri.path
      var headers: [String: String] = [:]
      for field in request.headers {
        headers[field.name.canonicalName] =
          headers[field.name.canonicalName].map { "\($0), \(field.value)" } ?? field.value
      }
      headers["host"] = request.head.authority
      var incoming = Incoming(request.method.rawValue, path, query: request.uri.query ?? "", headers: headers)
      do {
        let body = try await request.body.collect(upTo: site.bodyLimit(incoming.method, path))
        incoming.body = Array(body.readableBytesView)
      } catch {
        return Self.response(await site.tooLarge(incoming))
      }
      return Self.response(await site.respond(to: incoming))
    }
    let onReady = onReady
    let application = Application(
      responder: responder, server: .http1(configuration: .init(idleTimeout: .seconds(30))),
      configuration: .init(address: .hostname(host, port: port)), onServerRunning: { _ in await onReady() }, logger: log
    )
    try await application.run()
  }

  private static func response(_ answer: Outgoing) -> Response {
    var fields = HTTPFields()
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    return Response(
      status: .init(code: answer.status), headers: fields, body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
  }
}
