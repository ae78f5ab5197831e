import Foundation
import TestSupport
import Testing

/// A program of another user's that holds on to something until it is told to end.
struct Held: Sendable {
    /// Its first line.
    let said: String
    private let feed: Pipe
    private let exit: AsyncStream<Int32>

    fileprivate init(said: String, feed: Pipe, exit: AsyncStream<Int32>) {
        self.said = said
        self.feed = feed
        self.exit = exit
    }

    func end() async throws {
        try feed.fileHandleForWriting.close()
        for await _ in exit { return }
    }
}

/// The control socket as another user's own program reaches it.
extension Installation {
    private func command(_ script: String, uid: Int) -> [String] {
        let prelude = """
            import json, socket, sys
            path = '\(folder("control.sock"))'
            def get(target):
                line = socket.socket(socket.AF_UNIX); line.connect(path)
                line.sendall(('GET %s HTTP/1.1\\r\\nconnection: close\\r\\n\\r\\n' % target).encode())
                answer = b''
                while piece := line.recv(65536): answer += piece
                return json.loads(answer.split(b'\\r\\n\\r\\n', 1)[1])

            """
        return [
            "setpriv", "--reuid=\(uid)", "--regid=\(uid)", "--clear-groups", "/usr/bin/python3", "-c", prelude + script,
        ]
    }

    /// Runs a script that may use `get(target)`; what it prints.
    func python(_ script: String, uid: Int) async throws -> String {
        let run = try await run(command(script, uid: uid), language: "C.UTF-8", input: "")
        #expect(run.status == 0, "\(run.errors)")
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Starts a script, and returns once it has printed a line.
    func pythonHeld(_ script: String, uid: Int) async throws -> Held {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command(script, uid: uid)
        let (exit, output, _, feed) = try Self.startedWithPipes(process)
        let said = try await Programs.blocking {
            var line: [UInt8] = []
            while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A {
                line.append(byte)
            }
            return String(decoding: line, as: UTF8.self)
        }
        return Held(said: said, feed: feed, exit: exit)
    }
}
