import NIOCore
import NIOEmbedded
import NIOHTTP1
import Platform
import Testing

@testable import ControlServer

@Suite("How long a request may take")
struct RequestClockTests {
    private let loop = EmbeddedEventLoop()
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel(
            handler: RequestClock(idle: .seconds(90), request: .seconds(120), stall: .seconds(60)), loop: loop)
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/x")).wait()
    }

    private func ask(_ part: HTTPServerRequestPart) throws { try channel.writeInbound(part) }

    private let head = HTTPServerRequestPart.head(HTTPRequestHead(version: .http1_1, method: .POST, uri: "/"))
    private let byte = HTTPServerRequestPart.body(ByteBuffer(string: "x"))

    private func answer(_ part: HTTPServerResponsePart) throws { try channel.writeOutbound(part) }

    @Test("a connection on which no request comes is closed")
    func idle() {
        loop.advanceTime(by: .seconds(89))
        #expect(channel.isActive)
        loop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test("bytes that trickle in do not keep a request going for ever")
    func trickle() throws {
        loop.advanceTime(by: .seconds(80))
        try ask(head)
        for _ in 1...119 {
            loop.advanceTime(by: .seconds(1))
            try ask(byte)
        }
        #expect(channel.isActive)
        loop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test("an answer may take as long as it needs to be worked out")
    func working() throws {
        try ask(head)
        try ask(.end(nil))
        loop.advanceTime(by: .hours(10))
        #expect(channel.isActive)
        try answer(.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        try answer(.end(nil))
        loop.advanceTime(by: .seconds(89))
        #expect(channel.isActive, "then the next request is waited for as the first was")
        try ask(head)
        try ask(.end(nil))
        loop.advanceTime(by: .hours(1))
        #expect(channel.isActive)
    }

    @Test("a request that came before the answer to another has the same time")
    func pipelined() throws {
        try ask(head)
        try ask(.end(nil))
        try ask(head)
        try ask(.end(nil))
        try ask(head)
        try answer(.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        try answer(.end(nil))
        loop.advanceTime(by: .seconds(119))
        #expect(channel.isActive, "the third is still coming in")
        try ask(.end(nil))
        try answer(.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        try answer(.end(nil))
        loop.advanceTime(by: .hours(1))
        #expect(channel.isActive, "the third is being worked on")
        try answer(.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        try answer(.end(nil))
        loop.advanceTime(by: .seconds(90))
        #expect(!channel.isActive)
    }

    @Test("who does not take their answer is not waited for, who takes it slowly is")
    func stalled() throws {
        try ask(head)
        try ask(.end(nil))
        try answer(.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        for _ in 1...10 {
            loop.advanceTime(by: .seconds(50))
            try answer(.body(.byteBuffer(ByteBuffer(string: "x"))))
        }
        #expect(channel.isActive)
        loop.advanceTime(by: .seconds(60))
        #expect(!channel.isActive)
    }

    @Test("who asks is told when all that was written is on its way, and not before")
    func allSent() throws {
        let held = Held()
        try channel.pipeline.syncOperations.addHandler(held, position: .first)
        try ask(head)
        try ask(.end(nil))
        let part = HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok))
        channel.pipeline.syncOperations.writeAndFlush(NIOAny(part), promise: nil)
        let isSent = Locked(false)
        channel.triggerUserOutboundEvent(RequestClock.AllSent()).whenSuccess { isSent.withLock { $0 = true } }
        loop.run()
        #expect(!isSent.current)
        held.letGo()
        #expect(isSent.current)
    }

    /// A socket whose other end does not read.
    private final class Held: ChannelOutboundHandler {
        typealias OutboundIn = HTTPServerResponsePart
        private var promises: [EventLoopPromise<Void>?] = []

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            promises.append(promise)
        }

        func letGo() { for promise in promises { promise?.succeed() } }
    }
}
