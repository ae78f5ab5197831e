import Glibc
import NIOCore
import NIOHTTP1
import SupportDesk

/// What stands between the bytes of a connection and the parts of requests and answers.
enum HTTPPipeline {
    /// More than any request of this API has.
    private static let headers: NIOHTTPDecoderLimitConfiguration = {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16 * 1024
        limits.maxHeaderListSize = 64 * 1024
        limits.maxHeaderFieldCount = 100
        return limits
    }()

    static func add(to channel: any NIOCore.Channel, _ limits: ControlServer.Limits) throws {
        func time(_ duration: Duration) -> TimeAmount { .milliseconds(duration.wholeMilliseconds) }
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(HTTPResponseEncoder())
        try pipeline.addHandler(
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: headers)))
        try pipeline.addHandler(HTTPServerPipelineHandler())
        try pipeline.addHandler(NIOHTTPResponseHeadersValidator())
        try pipeline.addHandler(HTTPServerProtocolErrorHandler())
        try pipeline.addHandler(
            RequestClock(idle: time(limits.idle), request: time(limits.request), stall: time(limits.idle)))
        try pipeline.addHandler(HTTPBodyBufferToIOData())
    }

    /// Who is at the other end.
    static func peer(of channel: any NIOCore.Channel) async -> UInt32? {
        guard let provider = channel as? any SocketOptionProvider else { return nil }
        let peer: PeerCredentials? = try? await provider.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        ).get()
        return peer?.uid
    }

    /// Says that there is no room for a request, and hangs up.
    ///
    /// - Parameter patience: how long the client may take to read that and hang up first: one that finds the line dead
    ///   before it has asked would take the service for absent.
    static func turnAway(_ channel: any NIOCore.Channel, _ refusal: Refusal, patience: Duration) async {
        let answer = refusal.answer
        let head =
            "HTTP/1.1 \(answer.status.code) \(answer.status.reasonPhrase)\r\ncontent-type: \(answer.mediaType)\r\n"
            + "content-length: \(answer.size)\r\nconnection: close\r\n\r\n"
        try? await channel.eventLoop.flatSubmit {
            let pipeline = channel.pipeline.syncOperations
            guard let encoder = try? pipeline.context(handlerType: HTTPResponseEncoder.self) else {
                return channel.close()
            }
            // Past the encoder, which would wait for a request.
            return encoder.writeAndFlush(NIOAny(ByteBuffer(bytes: Array(head.utf8) + answer.bytes)))
        }.get()
        if patience > .zero, (try? await channel.setOption(.autoRead, value: true).get()) != nil {
            channel.eventLoop.scheduleTask(in: .milliseconds(patience.wholeMilliseconds)) {
                channel.close(promise: nil)
            }
            try? await channel.closeFuture.get()
        }
        try? await channel.close()
    }
}

/// The kernel's `struct ucred` (unix(7)); Swift's Glibc module does not show it.
private struct PeerCredentials: Sendable {
    var pid: Int32
    var uid: UInt32
    var gid: UInt32
}

/// Lets the rest of the code write plain buffers where the HTTP encoder wants `IOData`.
private final class HTTPBodyBufferToIOData: ChannelOutboundHandler {
    typealias OutboundIn = HTTPPart<HTTPResponseHead, ByteBuffer>
    typealias OutboundOut = HTTPServerResponsePart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part: HTTPServerResponsePart =
            switch unwrapOutboundIn(data) {
            case .head(let head): .head(head)
            case .body(let buffer): .body(.byteBuffer(buffer))
            case .end(let trailers): .end(trailers)
            }
        context.write(wrapOutboundOut(part), promise: promise)
    }
}
