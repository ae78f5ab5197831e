import NIOCore
import NIOPosix
import Platform
import SupportDesk

/// A connection to hfaxd: commands and their replies, and data over connections beside it. Every step has its time.
final class HfaxdLine {
    /// As in `fax.example.com:4559`.
    let place: String
    private let timeouts: HylaFAXSettings.Timeouts
    private let channel: any NIOCore.Channel
    private let alarm: HfaxdAlarm
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var replies = HfaxdReplyReader()

    /// Bytes of a list of jobs.
    private static let longestList = 16_000_000

    private init(
        place: String, timeouts: HylaFAXSettings.Timeouts, channel: any NIOCore.Channel, alarm: HfaxdAlarm,
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    ) {
        self.place = place
        self.timeouts = timeouts
        self.channel = channel
        self.alarm = alarm
        self.inbound = inbound
    }

    /// Opens a connection for the length of the body, which says goodbye itself.
    static func open<Value: Sendable>(
        _ settings: HylaFAXSettings, _ sleeper: Sleeper,
        _ body: (HfaxdLine) async throws(ChannelFault) -> Value
    ) async throws(ChannelFault) -> Value {
        let place = "\(settings.host):\(settings.port)"
        let connecting = Bilingual(fr: "connexion", en: "connecting")
        do {
            let wrapped = try await connect(settings)
            let alarm = HfaxdAlarm(sleeper)
            alarm.watch(wrapped.channel)
            return try await wrapped.executeThenClose { inbound, _ in
                let line = HfaxdLine(
                    place: place, timeouts: settings.timeouts, channel: wrapped.channel, alarm: alarm,
                    inbound: inbound.makeAsyncIterator())
                return try await body(line)
            }
        } catch let fault as ChannelFault {
            throw fault
        } catch {
            throw .hfaxdLost(place, reason(error), during: connecting)
        }
    }

    // MARK: Commands

    /// What the server says unasked: its greeting.
    func greeting() async throws(ChannelFault) -> HfaxdReply {
        try await within(timeouts.reply, Bilingual(fr: "accueil", en: "greeting")) { try await self.nextReply() }
    }

    /// Says a command and waits for its reply.
    ///
    /// - Parameters:
    ///   - name: stands for the command in words for people, where it holds a secret.
    ///   - whenWritten: called once the command is on its way, and not to be taken back.
    func say(
        _ command: String, as name: String? = nil, whenWritten: () -> Void = {}
    ) async throws(ChannelFault) -> HfaxdReply {
        let name = name ?? String(command.prefix { $0 != " " })
        guard command.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) || name == "PASS",
            !command.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { throw .hfaxdUnspeakable(name) }
        return try await within(timeouts.reply, Bilingual(fr: name, en: name)) {
            // From here on it may reach the server, even where writing fails later.
            whenWritten()
            try await self.channel.writeAndFlush(ByteBuffer(string: command + "\r\n")).get()
            return try await self.nextReply()
        }
    }

    /// Says a command that has to succeed.
    @discardableResult
    func demand(_ command: String, as name: String? = nil) async throws(ChannelFault) -> HfaxdReply {
        let reply = try await say(command, as: name)
        guard reply.isPositive else {
            throw .hfaxdRefusal(place, name ?? String(command.prefix { $0 != " " }), reply)
        }
        return reply
    }

    /// Goodbye. How it is answered changes nothing.
    func leave() async {
        let command = "QUIT"
        _ = try? await within(timeouts.goodbye, Bilingual(fr: command, en: command)) {
            try await self.channel.writeAndFlush(ByteBuffer(string: command + "\r\n")).get()
            return try await self.nextReply()
        }
    }

    // MARK: Data

    /// Sends bytes; the reply to the command, which says where they lie now.
    func send(_ bytes: [UInt8], _ command: String) async throws(ChannelFault) -> HfaxdReply {
        let data = try await connectForData()
        return try await within(timeouts.transfer, Bilingual(fr: command, en: command)) {
            try await self.transfer(command, over: data.channel) {
                try await data.channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
            }
        }
    }

    /// Fetches the lines of a list.
    func list(_ command: String) async throws(ChannelFault) -> [String] {
        let data = try await connectForData()
        let content = Locked<[UInt8]>([])
        _ = try await within(timeouts.transfer, Bilingual(fr: command, en: command)) {
            try await self.transfer(command, over: data.channel) {
                try await data.executeThenClose { inbound, _ in
                    for try await piece in inbound {
                        let size = content.withLock { content in
                            content += piece.readableBytesView
                            return content.count
                        }
                        guard size <= Self.longestList else {
                            throw ChannelFault.hfaxdStrange(self.place, "\(command): > \(Self.longestList)")
                        }
                    }
                }
            }
        }
        return content.current.split(separator: UInt8(ascii: "\n")).map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
    }

    /// Says a command, lets its data flow, and waits until the server says that all arrived.
    private func transfer(
        _ command: String, over data: any NIOCore.Channel, flow: () async throws -> Void
    ) async throws -> HfaxdReply {
        do {
            try await channel.writeAndFlush(ByteBuffer(string: command + "\r\n")).get()
            let begin = try await nextReply()
            guard begin.code < 200 else { throw ChannelFault.hfaxdRefusal(place, command, begin) }
            try await flow()
            try? await data.close().get()
            let end = try await nextReply()
            guard end.isPositive else { throw ChannelFault.hfaxdRefusal(place, command, end) }
            return begin
        } catch {
            // To its end: what wraps the channel must not go away before it.
            try? await data.close().get()
            try? await data.closeFuture.get()
            throw error
        }
    }

    private func connectForData() async throws(ChannelFault) -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        var reply = try await say("EPSV")
        if !reply.isPositive { reply = try await demand("PASV") }
        guard let port = reply.dataPort, var address = channel.remoteAddress else {
            throw .hfaxdStrange(place, reply.words)
        }
        address.port = port
        let target = address
        return try await within(timeouts.connect, Bilingual(fr: "connexion de données", en: "data connection")) {
            let data = try await Self.bootstrap(self.timeouts).connect(to: target) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
            self.alarm.watch(data.channel)
            return data
        }
    }

    // MARK: Time and words

    private static func connect(_ settings: HylaFAXSettings) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let bootstrap = bootstrap(settings.timeouts)
        let wrap: @Sendable (any NIOCore.Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> = {
            channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        // What is an address already need not wait for whoever looks up names.
        if let address = try? SocketAddress(ipAddress: settings.host, port: settings.port) {
            return try await bootstrap.connect(to: address, channelInitializer: wrap)
        }
        return try await bootstrap.connect(host: settings.host, port: settings.port, channelInitializer: wrap)
    }

    private static func bootstrap(_ timeouts: HylaFAXSettings.Timeouts) -> ClientBootstrap {
        ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.milliseconds(Int64(timeouts.connect / .milliseconds(1))))
    }

    private func nextReply() async throws -> HfaxdReply {
        while true {
            if let reply = replies.next() { return reply }
            guard let piece = try await inbound.next(isolation: #isolation) else { throw ChannelError.eof }
            do { try replies.receive(piece.readableBytesView) } catch {
                throw ChannelFault.hfaxdStrange(place, Self.words(error))
            }
        }
    }

    private func within<Value>(
        _ limit: Duration, _ step: Bilingual, _ body: () async throws -> Value
    ) async throws(ChannelFault) -> Value {
        let alarm = alarm
        async let _: Void = alarm.ring(after: limit)
        do {
            return try await body()
        } catch let fault as ChannelFault {
            throw fault
        } catch {
            throw alarm.rang ? .hfaxdSilent(place, during: step) : .hfaxdLost(place, Self.reason(error), during: step)
        }
    }

    private static func words(_ malformed: HfaxdReplyReader.Malformed) -> String {
        switch malformed {
        case .lineTooLong: "> \(HfaxdReplyReader.longestLine)"
        case .tooManyLines: "> \(HfaxdReplyReader.mostLines)"
        case .noReply(let line): line
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case ChannelError.eof: "end of file"
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { reason($0.error) } ?? "no such host (\(error.host))"
        default: String(describing: error)
        }
    }
}
