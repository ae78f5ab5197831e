import Configuration
import SupportDesk
import Testing

@Suite struct CrossCheckTests {
    @Test("an empty file lacks two keys, and an example shows each")
    func requiredKeys() {
        let all = problems("")
        #expect(all.count == 2)
        #expect(all[0].contains("smtp.from: this key is required"))
        #expect(all[0].contains("from = \""))
        #expect(all[1].contains("smtp.url: this key is required"))
        #expect(all[1].contains("url = \"smtp://"))
    }

    @Test("a key that is there but wrong is not called missing too")
    func wrongIsNotMissing() {
        #expect(problems("[smtp]\nurl = 3\nfrom = 4").allSatisfy { !$0.contains("required") })
    }

    @Test("neither journal nor socket lie where files are dropped and taken away")
    func places() {
        let spool = "[spool]\npath = \"/srv/reports\"\n"
        for line in [
            "[journal]\nurl = \"sqlite:/srv/reports/incoming/j.sqlite\"",
            "[control]\nsocket = \"/srv/reports/receipts/s\"",
        ] {
            let all = problems(required + spool + line)
            #expect(all.count == 1)
            #expect(all.first?.contains("must not lie in /srv/reports/") == true)
        }
        #expect(throws: Never.self) { try parsed(required + spool + "[control]\nsocket = \"/srv/reports/s\"") }
    }

    @Test("a login needs a name and exactly one secret")
    func login() throws {
        #expect(problem("smtp", "username = \"me\"").contains("add password_file"))
        #expect(problem("smtp", "password_file = \"/x\"").contains("add username"))
        #expect(problem("smtp", "oauth2_token_file = \"/x\"").contains("add username"))
        #expect(
            problem("smtp", "username = \"me\"\npassword_file = \"/x\"\noauth2_token_file = \"/y\"")
                .contains("one or the other"))
        let token = try parsed(required + "username = \"me\"\noauth2_token_file = \"token\"").settings
        #expect(token.smtp.oauth2TokenFile == .credential("token"))
    }

    @Test("a password in clear is warned of, except to this machine itself")
    func clearLogin() throws {
        let login = "tls = \"none\"\nusername = \"me\"\npassword_file = \"/x\""
        let warnings = try parsed(required + login).warnings
        #expect(warnings.map(\.key) == ["smtp.tls"])
        #expect(warnings.map(\.line) == [4])
        for host in ["localhost", "127.0.0.1", "[::1]"] {
            #expect(try parsed(required.replacing("mail.example.com", with: host) + login).warnings.isEmpty)
        }
        #expect(try parsed(required + "tls = \"none\"").warnings.isEmpty)
    }

    @Test("tls = none with smtps contradicts itself")
    func smtpsAlwaysEncrypts() throws {
        let text = required.replacing("smtp://", with: "smtps://") + "tls = \"none\""
        #expect(try parsed(text).warnings.first?.words.english.contains("always encrypts") == true)
    }

    @Test("waits that cannot follow each other are refused or warned of")
    func waits() throws {
        #expect(problem("retry", "first = \"3h\"").contains("(first, 3h) is longer than the longest (ceiling, 2h)"))
        #expect(problem("retry", "ceiling = \"30s\"").contains("retry.ceiling"))
        #expect(try parsed(required + "[retry]\nfirst = \"60s\"\nceiling = \"60s\"").warnings.isEmpty)
        let warnings = try parsed(required + "[retry]\ngive_up = \"30s\"").warnings
        #expect(warnings.map(\.key) == ["retry.give_up"])
    }

    @Test("refusing for want of a register, without a register, is warned of")
    func noRegister() throws {
        let reject = required + "[licenses]\nno_register = \"reject\"\n"
        #expect(try parsed(reject).warnings.map(\.key) == ["licenses.no_register"])
        #expect(try parsed(reject + "register = \"/x\"").warnings.isEmpty)
    }

    @Test("only what a running service cannot change asks for a restart")
    func restart() {
        let running = Settings()
        var changed = running
        changed.smtp.url = "smtp://other:587"
        changed.log.level = .debug
        #expect(changed.keysNeedingRestart(comparedWith: running) == [])
        changed.spool.path = "/srv"
        changed.journal.url = "sqlite:/x"
        changed.control.socket = "/x"
        changed.control.adminGroup = "x"
        #expect(
            changed.keysNeedingRestart(comparedWith: running)
                == ["spool.path", "journal.url", "control.socket", "control.admin_group"])
    }

    @Test(
        "a duration reads back as it was written",
        arguments: [
            ("200ms", Duration.milliseconds(200)), ("90s", .seconds(90)), ("5m", .seconds(300)),
            ("4h", .seconds(14_400)), ("30d", .seconds(2_592_000)),
        ])
    func durations(text: String, duration: Duration) {
        #expect(Duration(configured: text) == duration)
        #expect(duration.configured == text)
    }
}
