import ControlAPI
import Foundation
import TestSupport
import Testing

@testable import Commands

/// Programs in the place of the daemon's.
struct DaemonProgramTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func examine(_ script: String, patience: Duration = .seconds(60)) async throws -> DoctorView {
        let path = folder("assistd")
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return await DaemonProgram(places: [folder("elsewhere/assistd"), path], patience: patience).examine(
            file: "/etc/a b.toml")
    }

    @Test("What it found is told as it is")
    func told() async throws {
        let found = try await examine(
            #"printf '{"checks":[{"name":"smtp","verdict":"ok","text":"%s","text_fr":"%s"}]}' "$1" "$2""#)
        #expect(found.checks.count == 1)
        #expect(found.checks[0].text == "--doctor")
        #expect(found.checks[0].textFR == "--config=/etc/a b.toml")
    }

    @Test(
        "What it cannot say is a fault that says why",
        arguments: [
            ("echo 'unknown option\nuse another' >&2; exit 64", "it ended with 64: unknown option use another."),
            ("exit 3", "it ended with 3."), ("kill -9 $$", "signal 9 ended it."),
            ("echo {}", "its answer is not understood."),
            ("exec yes", "limit"),
        ])
    func failing(_ script: String, _ words: String) async throws {
        let found = try await examine(script)
        #expect(found.checks.map(\.verdict) == ["fault"])
        let text = found.checks[0].text
        #expect(text.contains("\(folder("assistd")) failed: ") && text.contains(words), "\(text)")
        #expect(found.checks[0].mendFR?.contains("installez") == true)
    }

    @Test("It is not waited for without end")
    func endless() async throws {
        let found = try await examine("exec sleep 3600", patience: .milliseconds(50))
        #expect(found.checks[0].text.contains("did not end within 0.05 seconds"), "\(found.checks[0].text)")
    }

    @Test("What others could have put there is not run", arguments: [(0o777, 0o755), (0o755, 0o757)])
    func others(_ ofFolder: Int, _ ofFile: Int) async throws {
        try FileManager.default.createDirectory(atPath: folder("elsewhere"), withIntermediateDirectories: true)
        let path = folder("elsewhere/assistd")
        try Data("#!/bin/sh\necho run >\(folder("ran"))\n".utf8).write(to: URL(fileURLWithPath: path))
        for (name, mode) in [(path, ofFile), (folder("elsewhere"), ofFolder)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: name)
        }
        #expect(try await examine("exit 3").checks[0].text.contains("ended with 3"))
        #expect(!FileManager.default.fileExists(atPath: folder("ran")))
    }

    @Test("What belongs to somebody else is not run", .enabled(if: geteuid() == 0))
    func somebodyElse() async throws {
        try FileManager.default.createDirectory(atPath: folder("elsewhere"), withIntermediateDirectories: true)
        let path = folder("elsewhere/assistd")
        try Data("#!/bin/sh\necho run >\(folder("ran"))\n".utf8).write(to: URL(fileURLWithPath: path))
        #expect(chmod(path, 0o755) == 0 && chown(path, 4711, 4711) == 0)
        #expect(try await examine("exit 3").checks[0].text.contains("ended with 3"))
        #expect(!FileManager.default.fileExists(atPath: folder("ran")))
    }

    @Test("It is looked for where both are installed, and where they were built")
    func places() {
        #expect(
            DaemonProgram.places(beside: "/usr/bin/assistctl")
                == ["/usr/bin/assistd", "/usr/bin/../sbin/assistd", "/usr/sbin/assistd"])
    }

    @Test("A folder of that name is not it")
    func folderOfThatName() async throws {
        try FileManager.default.createDirectory(atPath: folder("elsewhere/assistd"), withIntermediateDirectories: true)
        #expect(try await examine("exit 3").checks[0].text.contains("ended with 3"))
    }

    @Test("Where there is none, that is said")
    func absent() async {
        let found = await DaemonProgram(places: [folder("a"), folder("b")]).examine(file: "x")
        #expect(found.checks.map(\.verdict) == ["fault"])
        #expect(found.checks[0].textFR.contains("\(folder("a")), \(folder("b"))"))
    }
}
