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
    /// Requests that are not answered to the end, and whether the last of them is still coming in: they may come before
    /// the answer to the one before.
    private var unanswered = 0
    private var isReceiving = false
    /// Pieces of answers that are not on their way yet, and who waits for the last of them.
    private var unsent = 0
    private var waiting: EventLoopPromise<Void>?

    /// Asks to be told when everything written before is on its way: what a closed channel still holds is lost.
    struct AllSent: Sendable {}

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
        case .head:
            unanswered += 1
            isReceiving = true
            set(request, context)
        case .body: break
        case .end:
            isReceiving = false
            alarm?.cancel()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let isEnd = if case .end = unwrapOutboundIn(data) { true } else { false }
        set(stall, context)
        unsent += 1
        let written = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.whenComplete { result in
            let (clock, context) = bound.value
            if isEnd, case .success = result { clock.answered(context) }
            clock.unsent -= 1
            if clock.unsent == 0 { clock.tell() }
        }
        context.write(data, promise: written)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is AllSent else { return context.triggerUserOutboundEvent(event, promise: promise) }
        waiting = promise
        if unsent == 0 { tell() }
    }

    private func answered(_ context: ChannelHandlerContext) {
        unanswered -= 1
        if isReceiving {
            set(request, context)
        } else if unanswered > 0 {
            alarm?.cancel()
        } else {
            set(idle, context)
        }
    }

    private func tell() {
        waiting?.succeed()
        waiting = nil
    }

    private func set(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        alarm?.cancel()
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        alarm = context.eventLoop.scheduleTask(in: time) { bound.value.close(promise: nil) }
    }
}
