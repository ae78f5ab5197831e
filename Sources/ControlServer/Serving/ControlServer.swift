import Glibc
package import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Platform
import ServiceLifecycle
import SupportDesk

/// Answers on the control socket: HTTP/1.1 over a Unix socket, who is asking taken from the kernel.
///
/// On a thread of its own: what takes apart a large body, or makes a large answer, holds up neither the daemon's other
/// parts nor the socket.
package actor ControlServer: Service {
    /// Bounds that keep one client from starving the others.
    package struct Limits: Hashable, Sendable {
        package var connections = 128
        package var connectionsPerUser = 16
        /// Of the connections, those that ordinary users leave free.
        package var reserved = 32
        /// Bytes of a request's body.
        package var body = 30_000_000
        /// How long the next request may let wait for itself, and an answer for its reader.
        package var idle = Duration.seconds(90)
        /// How long a request may take to come in.
        package var request = Duration.seconds(120)

        package init() {}
    }

    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>

    private let executor = BlockingExecutor(label: "assistd.control")
    nonisolated package var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let path: String
    let limits: Limits
    let accounts: Accounts
    let router: Router
    let logger: Logger
    private let listening: @Sendable () -> Void
    private var seats: Seats
    /// How many are just being told that there is no room.
    private var turnedAway: [UInt32: Int] = [:]
    var memory: MemoryBudget

    /// - Parameter listening: called once the socket answers.
    package init(
        path: String, adminGroup: String, services: ControlServices, limits: Limits = Limits(), logger: Logger,
        listening: @escaping @Sendable () -> Void = {}
    ) {
        self.path = path
        self.limits = limits
        self.logger = logger
        self.listening = listening
        accounts = Accounts(adminGroup: adminGroup)
        router = Router(services: services, accounts: accounts)
        seats = Seats(limits)
        memory = MemoryBudget(largestBody: limits.body)
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
        do {
            let server = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 1024)
                .childChannelOption(.autoRead, value: false)
                .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { [limits] channel in
                    channel.eventLoop.makeCompletedFuture {
                        try HTTPPipeline.add(to: channel, limits)
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

    /// A client is wrapped only when it is served, and read from only then: one that comes while the server stops
    /// is dropped unserved.
    private func receive(_ channel: any NIOCore.Channel) async {
        guard let uid = await HTTPPipeline.peer(of: channel) else {
            try? await channel.close()
            return
        }
        let caller = await accounts.caller(uid)
        guard seats.take(caller) else {
            logger.warning("uid \(uid) has too many control connections, or all have; one more was turned away")
            await turnAway(channel, uid)
            return
        }
        defer { seats.leave(caller) }
        do {
            let connection = try await channel.eventLoop.submit {
                try Connection(wrappingChannelSynchronously: channel)
            }.get()
            await serve(connection, uid)
        } catch {
            try? await channel.close()
        }
    }

    /// Few of one user's, and not too many in all, are waited for: they take up room as well.
    private func turnAway(_ channel: any NIOCore.Channel, _ uid: UInt32) async {
        let own = turnedAway[uid, default: 0]
        let isWaitedFor = own < 4 && turnedAway.values.reduce(0, +) < limits.connections
        turnedAway[uid] = own + 1
        await HTTPPipeline.turnAway(channel, .noSeat, patience: isWaitedFor ? .seconds(2) : .zero)
        let rest = turnedAway[uid, default: 1] - 1
        turnedAway[uid] = rest > 0 ? rest : nil
    }
}
