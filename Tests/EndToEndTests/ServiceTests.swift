import Foundation
import Glibc
import TestSupport
import Testing

@Suite("assistd as a service", .timeLimit(.minutes(3)))
struct ServiceTests {
    private let away = "url = \"smtp://127.0.0.1:1\"\ntls = \"none\""

    @Test("--check finds what is wrong, names it in both languages, and exits 78")
    func check() async throws {
        let it = try Installation(smtp: away)
        #expect(try await it.assistd("--config", it.folder("assistd.toml"), "--check").status == 0)
        try it.configure(smtp: away + "\nconections = 3")
        let french = try await it.assistd("--config", it.folder("assistd.toml"), "--check", language: "fr_FR.UTF-8")
        #expect(french.status == 78)
        #expect(french.errors.contains("connections"), "the nearest known key is named")
        let english = try await it.assistd("--config", it.folder("assistd.toml"), "--check")
        #expect(english.status == 78)
        #expect(english.errors != french.errors)
        #expect(try await it.assistd("--config", it.folder("absent.toml"), "--check").status == 78)
        try it.configure(smtp: away, more: "[licenses]\nregister = \"/nonexistent.csv\"")
        let register = try await it.assistd("--config", it.folder("assistd.toml"), "--check")
        #expect(register.status == 0 && register.errors.contains("/nonexistent.csv does not exist"))
        try it.folder.write("{{refrence}}".utf8, to: "mail.mustache")
        try it.configure(smtp: away + "\ntemplate = \"\(it.folder("mail.mustache"))\"")
        let template = try await it.assistd("--config", it.folder("assistd.toml"), "--check")
        #expect(template.status == 78)
        #expect(template.errors.contains("reference"))
    }

    @Test("what keeps the service from starting has journald's priority of an error, under journald alone")
    func priority() async throws {
        let it = try Installation(smtp: "urll = 7\nconections = 3")
        let terminal = try await it.assistd("--config", it.folder("assistd.toml"))
        let service = try await it.assistd("--config", it.folder("assistd.toml"), underJournald: true)
        let said = terminal.errors.split(separator: "\n")
        #expect(said.count > 1)
        #expect(service.errors.split(separator: "\n") == said.map { "<3>" + $0 })
    }

    @Test("what the service manager could not be told is said again: it would end a service that is well")
    func unheard() async throws {
        let it = try Installation(smtp: away)
        try await it.start(faults: Faults("send:local:1=fail-ECONNRESET", trace: it.folder("trace")))
        #expect(try it.folder.text(of: "trace").split(separator: "\n").count { $0.hasPrefix("! ") } == 1)
        #expect(try await it.end(with: SIGTERM) == 0)
    }

    @Test("SIGHUP takes a good configuration and refuses a broken one, keeping the old")
    func reload() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: away)
            try await it.start()
            try it.folder.write("[smtp]\nurl = 7".utf8, to: "assistd.toml")
            it.send(SIGHUP)
            try await it.told("RELOADING=1")
            try await it.told("READY=1")
            try await it.told(
                "STATUS=watching \(it.folder("spool/incoming")); the new configuration was refused; "
                    + "the old one stays in use")
            #expect(it.log.contains("refused"))
            try it.configure(smtp: server.plainSettings)
            it.send(SIGHUP)
            try await it.told("READY=1")
            try it.folder.drop("Licence : 12345678\n\nx".utf8, to: "spool/incoming/a.txt")
            try await it.submissions(in: "relayed", reach: 1)
            #expect(try await it.end() == 0)
        }
    }

    @Test("SIGINT ends as SIGTERM does, with what is under way finished")
    func interrupt() async throws {
        let it = try Installation(smtp: away)
        try await it.start()
        try it.folder.drop("Licence : 12345678\n\nx".utf8, to: "spool/incoming/a.txt")
        let references = try await it.submissions(in: "queued", reach: 1)
        #expect(try await it.end(with: SIGINT) == 0)
        let receipt = try it.folder.text(of: "spool/receipts/\(references[0]).txt")
        #expect(receipt.contains("(queued)"))
        #expect(!it.folder.exists("control.sock"))
    }

    @Test("a stop while somebody watches ends in good order")
    func stopWhileWatched() async throws {
        let it = try Installation(smtp: away)
        try await it.start()
        try it.folder.drop("Licence : 12345678\n\nx".utf8, to: "spool/incoming/a.txt")
        let references = try await it.submissions(in: "queued", reach: 1)
        async let waiting = it.assistctl("wait", references[0], "--until", "relayed", "--timeout", "60s")
        async let polling = try? it.submissions(in: "relayed", reach: 1)
        #expect(try await it.end() == 0)
        #expect(try await waiting.status != 0)
        _ = await polling
    }

    @Test("the watchdog is fed only while the loops go round")
    func watchdog() async throws {
        let it = try Installation(smtp: away)
        try await it.start(watchdog: .seconds(3))
        for _ in 1...3 { try await it.told("WATCHDOG=1") }
        #expect(try await it.end() == 0)
    }
}
