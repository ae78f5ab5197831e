import NIOCore
import NIOHTTP1

/// One request and its answer on a connection of their own.
final class Exchange: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    /// An answer that is held may be so long.
    private static let mostOctets = 256 << 20
    private let request: UnixSocketRequest
    private let socket: String
    private let writer: (@Sendable (UnsafeRawBufferPointer) -> Bool)?
    /// nil once it was fulfilled.
    private var promise: EventLoopPromise<UnixSocketAnswer>?
    private var answer = UnixSocketAnswer(status: 0, body: [])
    private var deadline: Scheduled<Void>?

    /// - Parameters:
    ///   - socket: its path, for what is said of failures.
    ///   - promise: fulfilled in any case, once there is a connection.
    ///   - writer: takes the body of a success; returns false to stop.
    init(
        _ request: UnixSocketRequest, to socket: String, _ promise: EventLoopPromise<UnixSocketAnswer>,
        writer: (@Sendable (UnsafeRawBufferPointer) -> Bool)?
    ) {
        self.request = request
        self.socket = socket
        self.promise = promise
        self.writer = writer
    }

    func channelActive(context: ChannelHandlerContext) {
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: TimeAmount(request.timeout)) {
            let (exchange, context) = loopBound.value
            exchange.fail(.timedOut, "no answer in \(exchange.request.timeout)", context)
        }
        send(context)
    }

    private func send(_ context: ChannelHandlerContext) {
        let body = RequestBody(request.body, allocator: context.channel.allocator)
        var headers: HTTPHeaders = ["Host": "localhost", "Connection": "close"]
        if let type = body.type {
            headers.add(name: "Content-Type", value: type)
            headers.add(name: "Content-Length", value: String(body.size))
        }
        let head = HTTPRequestHead(
            version: .http1_1, method: body.type == nil ? .GET : .POST, uri: request.target, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        for piece in body.pieces { context.write(wrapOutboundOut(.body(.byteBuffer(piece))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): answer.status = Int(head.status.code)
        case .body(let piece):
            guard promise != nil else { return }
            if let writer, answer.status == 200 {
                if !piece.withUnsafeReadableBytes(writer) {
                    fail(.stopped, "the output takes no more", context)
                }
            } else if answer.body.count + piece.readableBytes > Self.mostOctets {
                fail(.broken, "the answer is too long", context)
            } else {
                answer.body.append(contentsOf: piece.readableBytesView)
            }
        case .end: end(.success(answer), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(.broken, UnixSocketFailure.words(of: error), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.broken, UnixSocketFailure.hungUp, context)
    }

    private func fail(_ kind: UnixSocketFailure.Kind, _ detail: String, _ context: ChannelHandlerContext) {
        end(.failure(UnixSocketFailure(kind, socket: socket, detail: detail)), context)
    }

    private func end(_ result: Result<UnixSocketAnswer, UnixSocketFailure>, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        guard let promise else { return }
        self.promise = nil
        context.close(promise: nil)
        promise.completeWith(result.mapError { $0 })
    }
}
