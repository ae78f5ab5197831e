import Logging
import NIOCore
import NIOHTTP1
import Platform
import SupportDesk

/// One client, request by request.
extension ControlServer {
    typealias Outbound = NIOAsyncChannelOutboundWriter<HTTPPart<HTTPResponseHead, ByteBuffer>>

    /// A request while it comes in.
    private struct Incoming {
        var head: HTTPRequestHead
        var caller: Caller
        var body: [UInt8] = []
        /// Set where it is not to be answered as it asks. What follows is read to its end all the same, so that the
        /// refusal reaches the client, but not kept.
        var refusal: Refusal?
    }

    func serve(_ connection: Connection, _ uid: UInt32) async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                try await connection.channel.setOption(.autoRead, value: true).get()
                var request: Incoming?
                defer { if let request { memory.giveBack(request.body.count, of: request.caller) } }
                for try await part in inbound {
                    switch part {
                    case .head(let head): request = Incoming(head: head, caller: await accounts.caller(uid))
                    case .body(let bytes): keep(bytes, of: &request)
                    case .end:
                        guard let received = request else { continue }
                        try await answer(received, outbound)
                        memory.giveBack(received.body.count, of: received.caller)
                        request = nil
                        if !received.head.isKeepAlive { return await allSent(connection.channel) }
                    }
                }
            }
        } catch {
            logger.debug("control connection of uid \(uid) ended: \(error)")
        }
    }

    /// Waits until an answer is on its way, unless the service stops meanwhile.
    private func allSent(_ channel: any NIOCore.Channel) async {
        await withTaskCancellationHandler {
            try? await channel.triggerUserOutboundEvent(RequestClock.AllSent()).get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    private func keep(_ bytes: ByteBuffer, of request: inout Incoming?) {
        // Not bound to a name: the body would be copied for each piece.
        guard request?.refusal == nil, let caller = request?.caller else { return }
        let count = request?.body.count ?? 0
        if count + bytes.readableBytes > limits.body {
            request?.refusal = .tooLarge(limits.body)
        } else if !memory.take(bytes.readableBytes, for: caller) {
            request?.refusal = .noMemory
        } else {
            request?.body += bytes.readableBytesView
            return
        }
        memory.giveBack(count, of: caller)
        request?.body = []
    }

    private func answer(_ request: Incoming, _ outbound: Outbound) async throws {
        if let refusal = request.refusal { return try await write(refusal.answer, to: request.head, outbound) }
        var answer = await router.answer(Request(head: request.head, body: request.body, caller: request.caller))
        let size = answer.bytes.count
        if memory.take(size, for: request.caller) {
            defer { memory.giveBack(size, of: request.caller) }
            return try await write(answer, to: request.head, outbound)
        }
        answer = Refusal.noMemory.answer
        try await write(answer, to: request.head, outbound)
    }

    private func write(_ answer: Answer, to request: HTTPRequestHead, _ outbound: Outbound) async throws {
        var headers = HTTPHeaders()
        headers.add(name: "content-type", value: answer.mediaType)
        headers.add(name: "content-length", value: String(answer.size))
        if !request.isKeepAlive { headers.add(name: "connection", value: "close") }
        try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: answer.status, headers: headers)))
        switch answer.body {
        case .bytes(let bytes): try await outbound.write(.body(ByteBuffer(bytes: bytes)))
        case .file(let file, let size):
            // Piece by piece, as the client takes them: many who do not read shall not fill the memory.
            var offset = 0
            while offset < size {
                let piece = try file.read(at: offset, upTo: min(Self.piece, size - offset))
                guard !piece.isEmpty else { throw ChannelError.eof }
                try await outbound.write(.body(ByteBuffer(bytes: piece)))
                offset += piece.count
            }
        }
        try await outbound.write(.end(nil))
    }

    private static let piece = 64 * 1024
}
