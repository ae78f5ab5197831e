import Glibc
package import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Platform
import ServiceLifecycle
import SupportDesk

/// Answers on the control socket: HTTP/1.1 over a Unix socket, who is asking taken from the kernel.
package actor ControlServer: Service {
    /// Bounds that keep one client from starving the others.
    package struct Limits: Hashable, Sendable {
        package var connections = 128
        package var connectionsPerUser = 32
        /// Bytes of a request's body.
        package var body = 30_000_000
        /// A connection that says nothing for so long is closed.
        package var idle = Duration.seconds(90)

        package init() {}
    }

    private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>

    private let path: String
    private let adminGroup: String
    private let limits: Limits
    private let router: Router
    private let logger: Logger
    private let listening: @Sendable () -> Void
    private var open: [UInt32: Int] = [:]

    /// - Parameter listening: called once the socket answers.
    package init(
        path: String, adminGroup: String, services: ControlServices, limits: Limits = Limits(), logger: Logger,
        listening: @escaping @Sendable () -> Void = {}
    ) {
        self.path = path
        self.adminGroup = adminGroup
        self.limits = limits
        self.logger = logger
        self.listening = listening
        router = Router(services: services)
    }

    package func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let server = try await bind(on: group)
            listening()
            try await cancelWhenGracefulShutdown {
                try await server.executeThenClose { clients in
                    try await withThrowingDiscardingTaskGroup { tasks in
                        for try await client in clients { tasks.addTask { await self.receive(client) } }
                    }
                }
            }
        } catch is CancellationError {
            // The end of service.
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
        _ = unlink(path)
    }

    private func bind(on group: MultiThreadedEventLoopGroup) async throws -> NIOAsyncChannel<any NIOCore.Channel, Never>
    {
        let idle = TimeAmount.milliseconds(limits.idle.wholeMilliseconds)
        do {
            let server = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 64)
                .childChannelOption(.autoRead, value: false)
                .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(IdleStateHandler(allTimeout: idle))
                        try pipeline.addHandler(CloseWhenIdle())
                        try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: true)
                        try pipeline.addHandler(HTTPBodyBufferToIOData())
                        return channel
                    }
                }
            // Whoever can reach the socket may connect: what they may do is decided by who they are.
            chmod(path, 0o666)
            return server
        } catch let error as IOError {
            throw SystemError("bind", path, code: error.errnoCode)
        }
    }

    // MARK: One client

    /// A client is wrapped only when it is served, and read from only then: one that comes while the server stops
    /// is dropped unserved.
    private func receive(_ channel: any NIOCore.Channel) async {
        guard let uid = await peer(of: channel), admit(uid) else {
            try? await channel.close()
            return
        }
        defer { leave(uid) }
        do {
            let connection = try await channel.eventLoop.submit {
                try Connection(wrappingChannelSynchronously: channel)
            }.get()
            await serve(connection, uid)
        } catch {
            try? await channel.close()
        }
    }

    private func serve(_ connection: Connection, _ uid: UInt32) async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                try await connection.channel.setOption(.autoRead, value: true).get()
                var head: HTTPRequestHead?
                var body: [UInt8] = []
                for try await part in inbound {
                    switch part {
                    case .head(let received):
                        head = received
                        body = []
                    case .body(let bytes):
                        // What is too much is read to its end, so that the refusal reaches the client.
                        if body.count <= limits.body { body += bytes.readableBytesView }
                    case .end:
                        guard let received = head else { continue }
                        try await write(await answer(received, body, uid), to: received, outbound)
                        head = nil
                        if !received.isKeepAlive { return }
                    }
                }
            }
        } catch {
            logger.debug("control connection of uid \(uid) ended: \(error)")
        }
    }

    private func answer(_ head: HTTPRequestHead, _ body: [UInt8], _ uid: UInt32) async -> Answer {
        guard body.count <= limits.body else {
            return Refusal(
                status: .payloadTooLarge, code: "too_large",
                text: Bilingual(
                    fr: "Plus de \(limits.body) octets : trop grand.", en: "More than \(limits.body) bytes: too large.")
            ).answer
        }
        return await router.answer(Request(head: head, body: body, caller: Caller(uid: uid, adminGroup: adminGroup)))
    }

    private func write(
        _ answer: Answer, to request: HTTPRequestHead,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPPart<HTTPResponseHead, ByteBuffer>>
    ) async throws {
        var headers = HTTPHeaders()
        headers.add(name: "content-type", value: answer.mediaType)
        headers.add(name: "content-length", value: String(answer.body.count))
        if !request.isKeepAlive { headers.add(name: "connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: answer.status, headers: headers)
        try await outbound.write(
            contentsOf: [.head(head), .body(ByteBuffer(bytes: answer.body)), .end(nil)])
    }

    // MARK: Who

    private func peer(of channel: any NIOCore.Channel) async -> UInt32? {
        guard let provider = channel as? any SocketOptionProvider else { return nil }
        let peer: PeerCredentials? = try? await provider.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        ).get()
        return peer?.uid
    }

    private func admit(_ uid: UInt32) -> Bool {
        guard open.values.reduce(0, +) < limits.connections, open[uid, default: 0] < limits.connectionsPerUser else {
            logger.warning("uid \(uid) has too many control connections; one more was closed")
            return false
        }
        open[uid, default: 0] += 1
        return true
    }

    private func leave(_ uid: UInt32) {
        open[uid, default: 1] -= 1
        if open[uid] == 0 { open[uid] = nil }
    }
}

/// The kernel's `struct ucred` (unix(7)); Swift's Glibc module does not show it.
private struct PeerCredentials: Sendable {
    var pid: Int32
    var uid: UInt32
    var gid: UInt32
}

/// Ends a connection on which nothing moves.
private final class CloseWhenIdle: ChannelInboundHandler {
    typealias InboundIn = Any

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
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
