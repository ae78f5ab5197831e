import Glibc
import Platform

/// A shell script that starts servers, says `ready …`, and stops them when its standard input ends.
///
/// They go away with the value, and with the process that started them, however that ends.
final class ServerScript: Sendable {
    /// What it said after `ready`.
    let answer: String
    private let child: pid_t
    /// The servers live as long as this end of a pipe is open.
    private let lifeline: Locked<Int32?>
    private let output: Int32

    /// It ended before it was ready.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private init(answer: String, child: pid_t, lifeline: Int32, output: Int32) {
        self.answer = answer
        self.child = child
        self.lifeline = Locked(lifeline)
        self.output = output
    }

    deinit {
        letGo()
        close(output)
    }

    /// Ends the servers and waits until they are gone; blocks meanwhile.
    func stop() {
        guard letGo() else { return }
        var status: Int32 = 0
        waitpid(child, &status, 0)
    }

    @discardableResult
    private func letGo() -> Bool {
        lifeline.withLock { lifeline in
            defer { lifeline = nil }
            return lifeline.map { close($0) } != nil
        }
    }

    /// Starts a script and waits until all is up; blocks meanwhile.
    static func start(_ script: String, name: String, _ arguments: [String]) throws -> ServerScript {
        let input = try pipe(name), output = try pipe(name)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input.reading, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
        // It outlives every other program: what it held open of theirs, nobody would ever see the end of.
        for descriptor in 3..<Int32(min(sysconf(Int32(_SC_OPEN_MAX)), 4096)) {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        var pointers = (["/bin/sh", "-c", script, name] + arguments).map { strdup($0) } + [nil]
        var environment = [strdup("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), strdup("LC_ALL=C"), nil]
        defer { for pointer in pointers + environment { free(pointer) } }
        var child = pid_t()
        let code = posix_spawn(&child, "/bin/sh", &actions, nil, &pointers, &environment)
        close(input.reading)
        close(output.writing)
        do {
            guard code == 0 else { throw SystemError("posix_spawn", "/bin/sh", code: code) }
            let answer = try waitUntilReady(output.reading, name)
            return ServerScript(answer: answer, child: child, lifeline: input.writing, output: output.reading)
        } catch {
            close(input.writing)
            close(output.reading)
            throw error
        }
    }

    private static func waitUntilReady(_ output: Int32, _ name: String) throws -> String {
        var said: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(output, &piece, piece.count)
            guard count > 0 else {
                throw Failure(description: "\(name) did not start: \(String(decoding: said, as: UTF8.self))")
            }
            said += piece[..<count]
            for line in String(decoding: said, as: UTF8.self).split(separator: "\n") where line.hasPrefix("ready ") {
                return String(line.dropFirst(6))
            }
        }
    }

    private static func pipe(_ name: String) throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        try systemCall("pipe", on: name) { Glibc.pipe(&ends) }
        // No other child may hold the lifeline.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
