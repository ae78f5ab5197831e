import Foundation
import TestSupport
import Testing

@Suite(
    "A channel out of order fails nothing and heals by itself",
    .enabled(if: PostfixServer.isAvailable, "\(PostfixServer.obstacle ?? "Postfix is here")"), .timeLimit(.minutes(3)))
struct HealingTests {
    /// What is wrong in a file at first.
    enum Mistake: String, CaseIterable, Sendable {
        case password, authorities

        var words: String { self == .password ? "refuses the login" : "smtp.ca_file" }
    }

    @Test("status says why and until when; the corrected file is noticed without a signal", arguments: Mistake.allCases)
    func heals(_ mistake: Mistake) async throws {
        let server = try await PostfixServer.shared
        let files = try TemporaryFolder()
        let authorities = try Data(contentsOf: URL(fileURLWithPath: server.caFile))
        let stranger = try Data(
            contentsOf: URL(fileURLWithPath: server.caFile).deletingLastPathComponent().appending(path: "own.pem"))
        try files.write(mistake == .password ? "faux".utf8 : server.password.utf8, to: "password")
        try files.write(mistake == .authorities ? stranger : authorities, to: "ca.pem")
        let it = try Installation(
            smtp: """
                url = "\(server.submission)"
                username = "\(server.username)"
                password_file = "\(files("password"))"
                ca_file = "\(files("ca.pem"))"
                """)
        try await it.start()
        try it.drop("Licence : 12345678\n\nÇa va ?\n", as: "a.txt")
        let reference = try #require(try await it.tells { $0.hasPrefix("Channel unavailable") }.first).reference

        let status = try await it.assistctl("status", "--json").json
        let channel = try #require((status["channels"] as? [[String: Any]])?.first)
        #expect(channel["working"] as? Bool == false)
        #expect(((channel["fault"] as? [String: Any])?["text"] as? String)?.contains(mistake.words) == true)
        #expect(channel["since"] is String && channel["next_probe_at"] is String)
        #expect((status["counts"] as? [String: Int])?["failed", default: 0] == 0)
        let page = try await it.assistctl("status").output
        #expect(page.contains(mistake.words), "\(page)")

        try files.write(server.password.utf8, to: "password")
        try files.write(authorities, to: "ca.pem")
        #expect(try await it.assistctl("wait", reference, "--until", "relayed", "--timeout", "120s").status == 0)
        let healed = try await it.assistctl("status", "--json").json
        #expect((healed["channels"] as? [[String: Any]])?.first?["working"] as? Bool == true)
        let shown = try await it.assistctl("show", reference, "--json").json
        let outcomes = (shown["attempts"] as? [[String: Any]])?.map { $0["outcome"] as? String }
        #expect(outcomes == ["deferred", "accepted"])
        #expect(try await it.end() == 0)
    }
}
