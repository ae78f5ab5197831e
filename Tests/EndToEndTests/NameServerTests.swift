import Foundation
import TestSupport
import Testing

@Suite(
    "Name servers of no help", .enabled(if: NameServer.isAvailable, "only root can be a name server"),
    .timeLimit(.minutes(3)))
struct NameServerTests {
    private static let smtp = "url = \"smtp://mail.exemple.fr:587\"\ntls = \"none\""

    @Test(
        "NXDOMAIN and SERVFAIL are the channel's fault, in words", arguments: [NameServer.Manner.unknowing, .failing])
    func answers(_ manner: NameServer.Manner) async throws {
        let nameServer = try NameServer(manner)
        let it = try Installation(smtp: Self.smtp)
        try await it.start(through: it.asking(nameServer))
        try it.drop("Licence : 12345678\n\nx", as: "a.txt")
        let told = try #require(try await it.tells { $0.hasPrefix("Channel unavailable") }.first)
        #expect(told.state == "queued")
        #expect(told.text.contains("mail.exemple.fr:587 does not resolve") && told.text.contains("DNS"))
        #expect(try await it.end() == 0)
    }

    @Test("One that says nothing holds up no stop, and uses up no attempt")
    func silence() async throws {
        let nameServer = try NameServer(.silent)
        let it = try Installation(smtp: Self.smtp)
        try await it.start(through: it.asking(nameServer))
        try it.drop("Licence : 12345678\n\nx", as: "a.txt")
        for await _ in nameServer.questions { break }
        #expect(try await it.end() == 0)
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            try it.configure(smtp: server.plainSettings)
            try await it.start()
            let reference = try await it.submissions(in: "relayed", reach: 1)[0]
            let shown = try await it.assistctl("show", reference, "--json").json
            let outcomes = (shown["attempts"] as? [[String: Any]])?.map { $0["outcome"] as? String }
            // The look-up may have ended by itself before the stop did.
            #expect(outcomes == ["accepted"] || outcomes == ["deferred", "accepted"])
            #expect(server.messages.count == 1)
            #expect(try await it.end() == 0)
        }
    }
}

extension Installation {
    /// The command that makes what it starts ask this name server instead of the machine's, in a view of the files of
    /// its own.
    fileprivate func asking(_ nameServer: NameServer) throws -> [String] {
        try folder.write("nameserver \(nameServer.address)\n".utf8, to: "resolv.conf")
        let mount = #"mount --bind "$0" /etc/resolv.conf && exec "$@""#
        return ["/usr/bin/unshare", "--mount", "sh", "-c", mount, folder("resolv.conf")]
    }
}
