import NIOCore
import NIOHTTP1

/// One request and its answer on a connection of their own.
final class Exchange: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    struct Failure: Error {
        var kind: UnixSocketFailure.Kind
        var detail: String
    }

    private let request: UnixSocketRequest
    private let writer: ((UnsafeRawBufferPointer) -> Bool)?
    /// nil once it was kept.
    private var promise: EventLoopPromise<UnixSocketAnswer>?
    private var answer = UnixSocketAnswer(status: 0, body: [])
    private var deadline: Scheduled<Void>?

    /// - Parameters:
    ///   - promise: kept in any case.
    ///   - writer: takes the body of a success; returns false to stop.
    init(
        _ request: UnixSocketRequest, _ promise: EventLoopPromise<UnixSocketAnswer>,
        writer: ((UnsafeRawBufferPointer) -> Bool)?
    ) {
        self.request = request
        self.promise = promise
        self.writer = writer
    }

    func channelActive(context: ChannelHandlerContext) {
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: TimeAmount(request.timeout)) {
            let (exchange, context) = loopBound.value
            exchange.end(
                .failure(Failure(kind: .timedOut, detail: "no answer in \(exchange.request.timeout)")), context)
        }
        send(context)
    }

    private func send(_ context: ChannelHandlerContext) {
        let body = RequestBody(request.body, allocator: context.channel.allocator)
        var headers: HTTPHeaders = ["Host": "localhost", "Accept": "*/*", "Connection": "close"]
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
                    end(.failure(Failure(kind: .stopped, detail: "the output takes no more")), context)
                }
            } else {
                answer.body.append(contentsOf: piece.readableBytesView)
            }
        case .end: end(.success(answer), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.failure(Failure(kind: .broken, detail: "\(error)")), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.failure(Failure(kind: .broken, detail: "closed before the answer was complete")), context)
    }

    private func end(_ result: Result<UnixSocketAnswer, Failure>, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        guard let promise else { return }
        self.promise = nil
        context.close(promise: nil)
        promise.completeWith(result.mapError { $0 })
    }
}
