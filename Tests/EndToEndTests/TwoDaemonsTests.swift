import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Two daemons", .timeLimit(.minutes(3)))
struct TwoDaemonsTests {
    private let it: Installation

    init() throws {
        it = try Installation(smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"")
    }

    /// What a configuration has in common with the first daemon's, the rest being its own.
    enum Share: String, CaseIterable {
        case everything, spool, journal, socket
    }

    /// A second configuration.
    ///
    /// - Parameter paths: what stands in it instead of the first one's paths.
    private func second(sharing share: Share, replacing paths: [String: String] = [:]) throws -> String {
        var text = try it.folder.text(of: "assistd.toml")
        for (shared, path) in [(Share.spool, "spool"), (.journal, "journal/journal"), (.socket, "control")] {
            guard share != .everything, share != shared else { continue }
            text = text.replacingOccurrences(of: it.folder(path), with: it.folder("\(path)2"))
        }
        for (old, new) in paths { text = text.replacingOccurrences(of: it.folder(old), with: it.folder(new)) }
        try it.folder.write(text.utf8, to: "second.toml")
        return it.folder("second.toml")
    }

    private func refused(_ configuration: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let french = try await it.assistd("--config", configuration, language: "fr_FR.UTF-8")
        #expect(french.status == 75, sourceLocation: sourceLocation)
        #expect(
            french.errors.contains("un autre assistd (processus \(it.pid), \(it.folder("assistd.toml"))"),
            "\(french.errors)", sourceLocation: sourceLocation)
    }

    @Test(
        "on the same spool, journal or socket the second refuses to start and names the first",
        arguments: Share.allCases)
    func second(share: Share) async throws {
        try await it.start()
        try await refused(try second(sharing: share))
        #expect(try await it.assistctl("status").status == 0)
        #expect(try await it.end() == 0)
    }

    @Test("a link to the spool, to the journal's folder or to the journal itself deceives nobody")
    func links() async throws {
        try await it.start()
        for (link, target) in [
            ("autre-spool", "spool"), ("autre-dossier", "journal"), ("autre.sqlite", "journal/journal.sqlite"),
        ] { #expect(symlink(target, it.folder(link)) == 0) }
        try await refused(try second(sharing: .spool, replacing: ["spool": "autre-spool"]))
        try await refused(try second(sharing: .journal, replacing: ["journal/": "autre-dossier/"]))
        try await refused(try second(sharing: .journal, replacing: ["journal/journal.sqlite": "autre.sqlite"]))
        #expect(try await it.end() == 0)
    }

    @Test("after kill -9 of the first, the second starts at once")
    func killed() async throws {
        try await it.start()
        #expect(try await it.end(with: SIGKILL) == -SIGKILL)
        try await it.start()
        #expect(try await it.end() == 0)
    }

    @Test("a spool that is removed and made anew is still the first one's")
    func remade() async throws {
        try await it.start()
        try FileManager.default.removeItem(atPath: it.folder("spool"))
        try await it.logged("spool/incoming is gone or was replaced")
        for name in ["incoming", "rejected", "receipts"] { try it.folder.folder("spool/\(name)") }
        try it.folder.drop("Licence : 12345678\n\nx".utf8, to: "spool/incoming/a.txt")
        try await it.submissions(in: "queued", reach: 1)
        try await refused(try second(sharing: .spool))
        #expect(try await it.end() == 0)
    }
}
