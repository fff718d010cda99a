internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Keeps the time at the door of one connection: a head must come, and its body be whole, within a while, however slowly
/// bytes trickle in. What is answered before its body came whole ends the connection. Answers that the HTTP library makes
/// by itself wear what all others wear.
final class DoorHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private static let headTime = TimeAmount.seconds(20)
  private static let bodyTime = TimeAmount.seconds(30)
  /// How long an answer may still be read by who is sending on.
  private static let partingTime = TimeAmount.seconds(2)

  private let dress: [(name: String, value: String)]
  private var timer: NIOScheduled?
  private var isComing = false
  private var isAnswered = false
  /// Answered before the body came whole: nothing more is read.
  private var isParting = false

  private typealias NIOScheduled = Scheduled<Void>

  init(dress: [(name: String, value: String)]) { self.dress = dress }

  func channelActive(context: ChannelHandlerContext) {
    limit(context, Self.headTime)
    context.fireChannelActive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      isComing = true
      isAnswered = false
      limit(context, Self.bodyTime)
    case .body: break
    case .end:
      isComing = false
      timer?.cancel()
      if isAnswered { limit(context, Self.headTime) }
    }
    context.fireChannelRead(data)
  }

  func read(context: ChannelHandlerContext) {
    if !isParting { context.read() }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      clothe(&head)
      if isComing { head.headerFields[.connection] = "close" }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .end(let trailer):
      isAnswered = true
      isParting = isComing
      context.write(wrapOutboundOut(.end(trailer)), promise: promise)
      limit(context, isComing ? Self.partingTime : Self.headTime)
    case .body: context.write(data, promise: promise)
    }
  }

  private func clothe(_ head: inout HTTPResponse) {
    guard let policy = HTTPField.Name("content-security-policy"), head.headerFields[policy] == nil else { return }
    for (name, value) in dress {
      if let name = HTTPField.Name(name) { head.headerFields[name] = value }
    }
  }

  /// Ends the connection after a time, unless something else happens before.
  private func limit(_ context: ChannelHandlerContext, _ time: TimeAmount) {
    timer?.cancel()
    let channel = context.channel
    timer = context.eventLoop.scheduleTask(in: time) { channel.close(mode: .all, promise: nil) }
  }
}
