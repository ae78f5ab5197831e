import Foundation
import Glibc
import Platform
import TestSupport
import Testing

@testable import FaxChannel

@Suite("Running programs", .timeLimit(.minutes(2)))
struct ProgramTests {
    private let folder: TemporaryFolder

    init() throws {
        signal(SIGPIPE, SIG_IGN)
        folder = try TemporaryFolder()
    }

    private func program(_ text: String, arguments: [String] = [], limit: Int = 64 * 1024) async throws -> Program {
        Program(
            path: try await folder.script("program", text), arguments: arguments, outputLimit: limit,
            timeout: .seconds(100))
    }

    @Test("Arguments and standard input go in as they are; output, errors and the exit code come out")
    func exchange() async throws {
        let input = [UInt8](repeating: 0x41, count: 300_000)
        let result = try await program(
            #"printf '%s|' "$@"; wc -c | tr -d '\n'; echo oh >&2; exit 7"#, arguments: ["a b", "", "$HOME; é"]
        ).run(input: input)
        #expect(String(decoding: result.output, as: UTF8.self) == "a b||$HOME; é|300000")
        #expect(result.complaint == "oh")
        #expect(result.ending == .exited(7))
        #expect(!result.isCut)
    }

    @Test("It gets three variables, whatever this process has, and no descriptor but the three")
    func bare() async throws {
        // This process has others; it must not be given one here, for setenv and programs that start do not go together.
        let others = ProcessInfo.processInfo.environment.keys.filter { !["HOME", "LANG", "PATH"].contains($0) }
        try #require(!others.isEmpty)
        let open = Glibc.open("/dev/null", O_RDONLY)
        defer { close(open) }
        let variables = Program(
            path: "/usr/bin/env", timeout: .seconds(100),
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/nowhere", "FAX_TEST_SECRET": "s3cret"])
        let lines = String(decoding: try await variables.run().output, as: UTF8.self).split(separator: "\n").sorted()
        #expect(lines == ["HOME=/nowhere", "LANG=C.UTF-8", "PATH=/usr/bin:/bin"])

        let listing = Program(path: "/bin/ls", arguments: ["/proc/self/fd"], timeout: .seconds(100))
        // The fourth is the folder that ls itself reads.
        #expect(String(decoding: try await listing.run().output, as: UTF8.self) == "0\n1\n2\n3\n")
    }

    @Test("What is printed beyond the limit is dropped, and the program runs to its end all the same")
    func cut() async throws {
        let result = try await program("head -c 500000 /dev/zero; echo end >&2", limit: 1000).run()
        #expect(result.output.count == 1000)
        #expect(result.isCut)
        #expect(result.complaint == "end")
        #expect(result.ending == .exited(0))
    }

    @Test("A program that wants no input, or a part of it, is no fault")
    func closedInput() async throws {
        let input = [UInt8](repeating: 0x41, count: 1_000_000)
        #expect(try await program("exec <&-; echo done").run(input: input).ending == .exited(0))
        #expect(try await program("head -c 10").run(input: input).output.count == 10)
    }

    @Test("A signal that ends it is told")
    func signaled() async throws {
        #expect(try await program("kill -SEGV $$").run().ending == .signaled(SIGSEGV))
    }

    @Test("What keeps its output open in the background is not waited for")
    func background() async throws {
        let result = try await program("sleep 1000 & echo $!").run()
        #expect(result.ending == .exited(0))
        let child = try #require(pid_t(firstLine(of: result.output)))
        #expect(kill(child, SIGKILL) == 0)
    }

    @Test("When its time is up, it is killed with all it started, although they ignore polite signals")
    func timeout() async throws {
        #expect(mkfifo(folder("fifo"), 0o600) == 0)
        let program = try await program("trap '' TERM; (sleep 1000 & wait) >'\(folder("fifo"))' & echo x >&2; wait")
        let (alive, announce) = AsyncStream<Void>.makeStream()
        let fifo = folder("fifo")
        async let end: Int = Programs.blocking {
            let descriptor = Glibc.open(fifo, O_RDONLY)
            defer { close(descriptor) }
            announce.yield()
            var byte: UInt8 = 0
            // The end comes when nobody has the other side open any more.
            return read(descriptor, &byte, 1)
        }
        // The time is up as soon as the grandchild has opened its side.
        let sleeper = Sleeper { _ in
            for await _ in alive { return true }
            return false
        }
        await #expect(throws: Program.Fault.timedOut) { try await program.run(sleeper: sleeper) }
        #expect(try await end == 0)
    }

    @Test("When the task that waits is canceled, the program is killed")
    func canceled() async throws {
        #expect(mkfifo(folder("fifo"), 0o600) == 0)
        let program = try await program("exec >'\(folder("fifo"))'; sleep 1000")
        let task = Task { try await program.run() }
        let fifo = folder("fifo")
        let descriptor = try await Programs.blocking { Glibc.open(fifo, O_RDONLY) }
        defer { close(descriptor) }
        task.cancel()
        await #expect(throws: Program.Fault.interrupted) { try await task.value }
        let end = try await Programs.blocking {
            var byte: UInt8 = 0
            return read(descriptor, &byte, 1)
        }
        #expect(end == 0)
    }

    @Test("What cannot be run is told apart before anything is tried")
    func flaws() async throws {
        try folder.write(Array("#!/bin/sh\n".utf8), to: "plain")
        try folder.folder("folder")
        try await folder.script("lost", "", interpreter: "/nonexistent/sh")
        func flaw(_ name: String) -> Program.Fault? { Program(path: folder(name), timeout: .seconds(9)).flaw }
        #expect(flaw("absent") == .missing)
        #expect(flaw("plain") == .notExecutable)
        #expect(flaw("folder") == .notExecutable)
        #expect(flaw("lost") == .notStarted("/nonexistent/sh"))
        await #expect(throws: Program.Fault.missing) {
            try await Program(path: folder("absent"), timeout: .seconds(9)).run()
        }
        await #expect {
            try await Program(path: folder("lost"), timeout: .seconds(9)).run()
        } throws: { error in
            if case .notStarted = error as? Program.Fault { true } else { false }
        }
    }

    @Test(
        "The first line for people is short and harmless",
        arguments: [
            ("one\ntwo", "one"), ("  a \u{1b}[31m  b \r\n", "a \u{FFFD}[31m b"), ("", ""), ("\nx", ""),
            (String(repeating: "x", count: 5000), String(repeating: "x", count: 300)),
        ])
    func line(printed: String, shown: String) {
        #expect(firstLine(of: Array(printed.utf8)) == shown)
    }
}
