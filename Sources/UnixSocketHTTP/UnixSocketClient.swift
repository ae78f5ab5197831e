import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// HTTP/1.1 over a Unix socket, one connection for each request.
package struct UnixSocketClient: Sendable {
    package let socket: String
    /// One thread for every client of the process: each waits for its own answer.
    private static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    package init(socket: String) {
        self.socket = socket
    }

    /// Sends a request and waits for the answer; the calling thread blocks.
    ///
    /// - Parameter writer: given, a body with status 200 goes to it piece by piece; it returns false to stop.
    package func send(
        _ request: UnixSocketRequest, writingTo writer: ((UnsafeRawBufferPointer) -> Bool)? = nil
    ) throws(UnixSocketFailure) -> UnixSocketAnswer {
        let loop = Self.loops.next()
        let promise = loop.makePromise(of: UnixSocketAnswer.self)
        // Used by one thread at a time: this one waits until the exchange is over, and it is not called after that.
        nonisolated(unsafe) let writer = writer
        ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(Exchange(request, promise, writer: writer))
                }
            }
            .connect(unixDomainSocketPath: socket)
            .whenFailure { promise.fail(refusal($0)) }
        do {
            return try promise.futureResult.wait()
        } catch let failure as Exchange.Failure {
            throw UnixSocketFailure(failure.kind, socket: socket, detail: failure.detail)
        } catch {
            throw UnixSocketFailure(.broken, socket: socket, detail: "\(error)")
        }
    }

    /// Why nobody was reached.
    private func refusal(_ error: any Error) -> Exchange.Failure {
        let kind: UnixSocketFailure.Kind =
            switch (error as? IOError)?.errnoCode {
            case EACCES, EPERM: .notPermitted
            case ENOENT, ENOTDIR: .absent
            case nil where error is SocketAddressError: .absent
            default: .refused
            }
        return Exchange.Failure(kind: kind, detail: "\(error)")
    }
}
