import Foundation
import Platform
import TestSupport
import Testing

/// assistd and assistctl as an administrator installs them: the real programs, in a folder of their own.
final class Installation: Sendable {
    let folder: TemporaryFolder
    let notify: NotifySocket
    private let process = Locked<(Process, exit: AsyncStream<Int32>)?>(nil)
    private let environment: [String: String]

    /// - Parameters:
    ///   - smtp: lines of `[smtp]`, the address apart.
    ///   - spool: further lines of `[spool]`.
    ///   - more: further sections.
    init(smtp: String, settle: String = "100ms", spool: String = "", more: String = "") throws {
        folder = try TemporaryFolder()
        // Other users' assistctl must get as far as the socket.
        chmod(folder.path, 0o755)
        notify = try NotifySocket(folder("notify"))
        // What a sanitizer is to overlook (script/test --sanitize) holds for the programs too.
        environment = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
            .merging(["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "Europe/Paris"]) { $1 }
        try folder.folder("journal")
        try configure(smtp: smtp, settle: settle, spool: spool, more: more)
    }

    deinit {
        if let (process, _) = process.current, process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    func configure(smtp: String, settle: String = "100ms", spool: String = "", more: String = "") throws {
        try folder.write(
            """
            [spool]
            path = "\(folder("spool"))"
            settle = "\(settle)"
            \(spool)
            [journal]
            url = "sqlite:\(folder("journal/journal.sqlite"))"
            [control]
            socket = "\(folder("control.sock"))"
            [smtp]
            from = "assistd@exemple.fr"
            \(smtp)
            \(more)

            """.utf8, to: "assistd.toml")
    }

    // MARK: The daemon

    /// Starts the daemon and returns once it says that it is ready.
    ///
    /// - Parameters:
    ///   - watchdog: how long the service manager waits for a sign of life; nil: it does not watch.
    ///   - variables: more of the environment.
    ///   - faults: what its system calls meet.
    ///   - wrapper: a command that makes itself the daemon in the end.
    func start(
        watchdog: Duration? = nil, variables: [String: String] = [:], faults: Faults? = nil,
        through wrapper: [String] = []
    ) async throws {
        try launch(watchdog: watchdog, variables: variables, faults: faults, through: wrapper)
        try await told("READY=1")
    }

    /// Starts the daemon, whatever becomes of it.
    ///
    /// - Parameter notify: the service manager's socket; the installation's own where it is nil.
    func launch(
        watchdog: Duration? = nil, variables: [String: String] = [:], faults: Faults? = nil,
        notify: NotifySocket? = nil, through wrapper: [String] = []
    ) throws {
        var environment = environment.merging(["NOTIFY_SOCKET": (notify ?? self.notify).path]) { $1 }
        environment.merge(variables) { $1 }
        if let faults { environment.merge(self.environment(of: faults)) { $1 } }
        if let watchdog { environment["WATCHDOG_USEC"] = "\(watchdog.components.seconds * 1_000_000)" }
        let process = Process()
        let command = wrapper + [Self.program("assistd").path, "--config", folder("assistd.toml")]
        process.executableURL = URL(fileURLWithPath: wrapper.isEmpty ? command[0] : "/usr/bin/env")
        process.arguments = wrapper.isEmpty ? Array(command.dropFirst()) : command
        process.environment = environment
        if !FileManager.default.fileExists(atPath: folder("log")) { try folder.write([], to: "log") }
        let log = try #require(FileHandle(forWritingAtPath: folder("log")))
        try log.seekToEnd()
        process.standardError = log
        process.standardOutput = log
        let exit = try Self.started(process)
        self.process.withLock { $0 = (process, exit) }
    }

    private func environment(of faults: Faults) -> [String: String] {
        faults.environment(
            library: Self.program("libFaultLibrary.so").path, spool: folder("spool"),
            journal: folder("journal/journal.sqlite"), control: folder("control.sock"),
            configuration: folder("assistd.toml"))
    }

    /// Waits until the daemon tells the service manager something.
    func told(_ message: String) async throws {
        for await line in notify.messages where line == message { return }
        throw CancellationError()
    }

    /// The daemon's, while it runs.
    var processID: Int32? { process.current?.0.processIdentifier }

    func send(_ signal: Int32) {
        if let (process, _) = process.current { kill(process.processIdentifier, signal) }
    }

    /// Sends a signal and waits for the end; the exit status, or minus the signal.
    @discardableResult
    func end(with signal: Int32 = SIGTERM) async throws -> Int32 {
        let (process, exit) = try #require(process.current)
        kill(process.processIdentifier, signal)
        return try await Self.status(exit)
    }

    /// The daemon's process.
    var pid: Int32 { process.current?.0.processIdentifier ?? 0 }

    var log: String { (try? folder.text(of: "log")) ?? "" }

    // MARK: Programs

    struct Run: Sendable {
        var status: Int32
        var output: String
        var errors: String

        /// Output of `--json`: one object.
        var json: [String: Any] {
            get throws {
                try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
            }
        }

        /// Output of `list --json` or `watch --json`: one object a line.
        var jsonLines: [[String: Any]] {
            get throws {
                try output.split(separator: "\n").map {
                    try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
                }
            }
        }
    }

    /// Runs `assistctl`, as another user where `uid` is given.
    func assistctl(
        _ arguments: String..., language: String = "C.UTF-8", uid: Int? = nil, input: String = ""
    ) async throws -> Run {
        try await assistctl(arguments, language: language, uid: uid, input: input)
    }

    func assistctl(
        _ arguments: [String], language: String = "C.UTF-8", uid: Int? = nil, input: String = ""
    ) async throws -> Run {
        var command = [Self.program("assistctl").path] + arguments
        if let uid { command = ["setpriv", "--reuid=\(uid)", "--regid=\(uid)", "--clear-groups"] + command }
        return try await run(command, language: language, input: input)
    }

    /// Runs `assistd` with other arguments than the service's.
    ///
    /// - Parameter underJournald: whether JOURNAL_STREAM names its standard error, as systemd does.
    func assistd(
        _ arguments: String..., language: String = "C.UTF-8", underJournald: Bool = false
    ) async throws -> Run {
        var command = [Self.program("assistd").path] + arguments
        if underJournald {
            command = ["sh", "-c", #"JOURNAL_STREAM=$(stat -Lc %d:%i /proc/self/fd/2) exec "$@""#, "sh"] + command
        }
        return try await run(command, language: language, input: "")
    }

    /// Runs some other program; what it prints.
    func program(_ command: String...) async throws -> String {
        let run = try await run(command, language: "C.UTF-8", input: "")
        #expect(run.status == 0, "\(run.errors)")
        return run.output
    }

    func run(_ command: [String], language: String, input: String) async throws -> Run {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.environment = environment.merging(
            ["ASSISTD_CONFIG": folder("assistd.toml"), "LC_ALL": language, "NO_COLOR": "1"]
        ) { $1 }
        let (exit, output, errors, feed) = try Self.startedWithPipes(process)
        try feed.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try feed.fileHandleForWriting.close()
        async let said = Self.text(of: output)
        async let complained = Self.text(of: errors)
        let (outputText, errorText) = try await (said, complained)
        return Run(status: try await Self.status(exit), output: outputText, errors: errorText)
    }

    /// Starts a program; its exit status, or minus the signal that ended it, comes on the stream.
    private static func started(_ process: Process) throws -> AsyncStream<Int32> {
        try Programs.start { try run(process) }
    }

    static func startedWithPipes(
        _ process: Process
    ) throws -> (exit: AsyncStream<Int32>, output: Pipe, errors: Pipe, feed: Pipe) {
        try Programs.start {
            let (output, errors, feed) = (Pipe(), Pipe(), Pipe())
            process.standardOutput = output
            process.standardError = errors
            process.standardInput = feed
            return (try run(process), output, errors, feed)
        }
    }

    private static func run(_ process: Process) throws -> AsyncStream<Int32> {
        let (exit, ended) = AsyncStream.makeStream(of: Int32.self)
        // Before the start: who has ended already is never told of.
        process.terminationHandler = { process in
            ended.yield(
                process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
            ended.finish()
        }
        try process.run()
        return exit
    }

    private static func status(_ exit: AsyncStream<Int32>) async throws -> Int32 {
        for await status in exit { return status }
        throw CancellationError()
    }

    private static func text(of pipe: Pipe) async throws -> String {
        try await Programs.blocking {
            String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
    }

    /// The programs lie beside the tests.
    static func program(_ name: String) -> URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent(name)
    }
}
