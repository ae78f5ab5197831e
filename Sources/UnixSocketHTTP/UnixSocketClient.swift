import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// HTTP/1.1 over a Unix socket, one connection for each request.
package struct UnixSocketClient: Sendable {
    package let socket: String
    /// One thread carries the exchanges of all clients of the process; whoever asks waits beside it.
    private static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    package init(socket: String) {
        self.socket = socket
    }

    /// Sends a request and waits for the answer; the calling thread blocks.
    ///
    /// - Parameter writer: given, a body with status 200 goes to it piece by piece; it returns false to stop. It is called on
    ///   another thread, and every exchange waits while it works, so it must not send anything itself.
    package func send(
        _ request: UnixSocketRequest, writingTo writer: (@Sendable (UnsafeRawBufferPointer) -> Bool)? = nil
    ) throws(UnixSocketFailure) -> UnixSocketAnswer {
        let loop = Self.loops.next()
        let promise = loop.makePromise(of: UnixSocketAnswer.self)
        ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(
                        Exchange(request, to: socket, promise, writer: writer))
                }
            }
            .connect(unixDomainSocketPath: socket)
            .whenFailure { promise.fail(refusal($0)) }
        do {
            return try promise.futureResult.wait()
        } catch let failure as UnixSocketFailure {
            throw failure
        } catch {
            throw UnixSocketFailure(.broken, socket: socket, detail: UnixSocketFailure.words(of: error))
        }
    }

    /// Why nobody was reached.
    private func refusal(_ error: any Error) -> UnixSocketFailure {
        let kind: UnixSocketFailure.Kind =
            switch (error as? IOError)?.errnoCode {
            case EACCES, EPERM: .notPermitted
            case ENOENT, ENOTDIR: .absent
            // Longer than any socket's path may be.
            case nil where error is SocketAddressError: .absent
            // So many wait to be let in that there is no room for one more (unix(7)).
            case EAGAIN: .timedOut
            default: .refused
            }
        return UnixSocketFailure(kind, socket: socket, detail: UnixSocketFailure.words(of: error))
    }
}

extension UnixSocketFailure {
    static let hungUp = "closed before the answer was complete"

    /// What an error of the library comes to for a person.
    static func words(of error: any Error) -> String {
        switch error {
        // Hung up, with something unread or without: the same to who waits.
        case let error as IOError where [ECONNRESET, EPIPE].contains(error.errnoCode): hungUp
        case HTTPParserError.invalidEOFState: hungUp
        case is HTTPParserError: "what came is not HTTP"
        case let error as IOError: String(cString: strerror(error.errnoCode))
        default: "\(error)"
        }
    }
}
