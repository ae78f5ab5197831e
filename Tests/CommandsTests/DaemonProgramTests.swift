import ControlAPI
import Foundation
import TestSupport
import Testing

@testable import Commands

/// Programs in the place of the daemon's.
struct DaemonProgramTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func examine(_ script: String) async throws -> DoctorView {
        let path = folder("assistd")
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return await DaemonProgram(places: [folder("elsewhere/assistd"), path]).examine(file: "/etc/a b.toml")
    }

    @Test("What it found is told as it is")
    func told() async throws {
        let found = try await examine(
            #"printf '{"checks":[{"name":"smtp","verdict":"ok","text":"%s","text_fr":"%s"}]}' "$1" "$3""#)
        #expect(found.checks.count == 1)
        #expect(found.checks[0].text == "--doctor")
        #expect(found.checks[0].textFR == "/etc/a b.toml")
    }

    @Test(
        "What it cannot say is a fault that says why",
        arguments: [("echo 'unknown option\nuse another' >&2; exit 64", "unknown option use another"), ("echo {}", "")])
    func failing(_ script: String, _ words: String) async throws {
        let found = try await examine(script)
        #expect(found.checks.map(\.verdict) == ["fault"])
        #expect(found.checks[0].text.contains("\(folder("assistd")) cannot do it: \(words)"))
        #expect(found.checks[0].mendFR?.contains("installez") == true)
    }

    @Test("Where there is none, that is said")
    func absent() async {
        let found = await DaemonProgram(places: [folder("a"), folder("b")]).examine(file: "x")
        #expect(found.checks.map(\.verdict) == ["fault"])
        #expect(found.checks[0].textFR.contains("\(folder("a")), \(folder("b"))"))
    }
}
