import NIOCore
import NIOHTTP1

/// Ends a connection that takes too long: to ask, to send what it asks with, or to take the answer.
///
/// A byte now and then does not help: a request has so much time in all, and its head as much as an idle connection. While
/// an answer is being worked out nothing is counted.
final class RequestClock: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let idle: TimeAmount
    private let request: TimeAmount
    private let stall: TimeAmount
    private var alarm: Scheduled<Void>?

    /// - Parameters:
    ///   - idle: until the head of the next request is there.
    ///   - request: from its head to its end.
    ///   - stall: for each piece of the answer.
    init(idle: TimeAmount, request: TimeAmount, stall: TimeAmount) {
        self.idle = idle
        self.request = request
        self.stall = stall
    }

    func handlerAdded(context: ChannelHandlerContext) { set(idle, context) }

    func handlerRemoved(context: ChannelHandlerContext) { alarm?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        alarm?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: set(request, context)
        case .body: break
        case .end: alarm?.cancel()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let isEnd = if case .end = unwrapOutboundIn(data) { true } else { false }
        set(stall, context)
        let written = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.whenSuccess {
            let (clock, context) = bound.value
            if isEnd { clock.set(clock.idle, context) }
        }
        context.write(data, promise: written)
    }

    private func set(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        alarm?.cancel()
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        alarm = context.eventLoop.scheduleTask(in: time) { bound.value.close(promise: nil) }
    }
}
