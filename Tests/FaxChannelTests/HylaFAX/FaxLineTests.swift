import Foundation
import TestSupport
import Testing

/// The line itself, before anybody trusts what is tested over it.
@Suite(
    "The fax line of the tests",
    .enabled(if: FaxLine.isAvailable, "\(FaxLine.obstacle ?? "HylaFAX is here")"),
    .timeLimit(.minutes(2)))
struct FaxLineTests {
    @Test("What sendfax is given arrives, and nothing is left of the line afterwards")
    func loop() async throws {
        let home = try await FaxLine.run { line in
            try await send(line)
            let receptions = try await line.waits(forReceptions: 1)
            #expect(receptions.map(\.complaint) == [""])
            #expect(receptions.first?.pages.map(\.width) == [1728])
            #expect(receptions.first?.pages.map(\.resolution) == [98])
            let calls = try await line.waits(forCalls: 1)
            #expect(calls.map(\.dialled) == ["0130417781"])
            #expect(calls.map(\.fault) == ["none"])
            return line.home
        }
        #expect(!FileManager.default.fileExists(atPath: home))
    }

    private func send(_ line: FaxLine) async throws {
        try Data("Bonjour\n".utf8).write(to: URL(fileURLWithPath: line.home + "/text"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sendfax")
        process.arguments = [
            "-h", "127.0.0.1:\(line.port)", "-n", "-l", "-d", "0130417781", line.home + "/text",
        ]
        try await Programs.blocking {
            try Programs.start { try process.run() }
            process.waitUntilExit()
        }
        #expect(process.terminationStatus == 0)
    }
}
