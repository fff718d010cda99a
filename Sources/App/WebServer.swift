internal import HTTPTypes
internal import Hummingbird
internal import Kernel
public import Logging
internal import NIOCore
public import ServiceLifecycle
public import Site

/// The HTTP server around the site: reads requests within their limits and sends answers. What may not be sent is
/// answered before its body is read.
public struct WebServer: Service {
  private let site: WebSite
  private let host: String
  private let port: Int
  private let proxies: TrustedProxies
  private let onReady: @Sendable () async -> Void
  private let log: Logger

  /// - Parameter proxies: addresses whose word about where a request came from is taken.
  public init(
    site: WebSite, host: String, port: Int, proxies: [String] = [], log: Logger,
    onReady: @escaping @Sendable () async -> Void = {}
  ) {
    self.site = site
    self.host = host
    self.port = port
    self.proxies = TrustedProxies(proxies)
    self.log = log
    self.onReady = onReady
  }

  private static let connectionsMost = 4000

  public func run() async throws {
    let (site, proxies) = (site, proxies)
    let responder = CallbackResponder<Caller> { request, caller in
      var incoming = Self.head(request)
      incoming.address = proxies.origin(of: caller.address, forwarded: incoming.headers["x-forwarded-for"])
      switch await site.admit(incoming) {
      case .refused(let answer): return Self.response(answer)
      case .take(let limit):
        do {
          if limit > 0 {
            incoming.body = Array(try await request.body.collect(upTo: limit).readableBytesView)
          }
        } catch {
          return Self.response(await site.refuse(incoming, Problem(.tooLarge)))
        }
        return Self.response(await site.respond(to: incoming))
      }
    }
    let dress = site.dress
    let onReady = onReady
    let application = Application(
      responder: responder,
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [DoorHandler(dress: dress)], idleTimeout: .seconds(30),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)
        )),
      configuration: .init(
        address: .hostname(host, port: port), backlog: 1024,
        availableConnectionsDelegate: .maximum(Self.connectionsMost, logger: log)),
      onServerRunning: { _ in await onReady() }, logger: log)
    try await application.run()
  }

  private static func head(_ request: Request) -> Incoming {
    var headers: [String: String] = [:]
    for field in request.headers {
      headers[field.name.canonicalName] =
        headers[field.name.canonicalName].map { "\($0), \(field.value)" } ?? field.value
    }
    headers["host"] = request.head.authority
    return Incoming(request.method.rawValue, request.uri.path, query: request.uri.query ?? "", headers: headers)
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

/// Who is at the other end of a connection.
struct Caller: RequestContext {
  var coreContext: CoreRequestContextStorage
  let address: String?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    address = source.channel.remoteAddress?.ipAddress
  }
}
