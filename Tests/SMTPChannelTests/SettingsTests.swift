import Glibc
import Platform
import SMTPChannel
import SupportDesk
import TestSupport
import Testing

@Suite("Addresses and settings")
struct SettingsTests {
    @Test(
        "Addresses",
        arguments: [
            "assistance@gestimum.com", "a@b", "o'neil+x=y@sub.example.fr", "0130417781@fax", "x@[192.0.2.1]",
            "x@[IPv6:2001:db8::1]", "\u{e9}lodie@soci\u{e9}t\u{e9}.fr", "a.b@xn--socit-esab.fr",
        ])
    func addresses(text: String) throws {
        #expect(try MailAddress(text).text == text)
    }

    @Test(
        "What could end the envelope's line or brackets, or is no address, is refused",
        arguments: [
            "", "a", "@b", "a@", "a@b@c", "a b@c", " a@b", "a@b ", "a@b\r\nDATA", "a@b\n", "a\r@b", "a\0@b", "a@b\0",
            "<a@b>", "a@b>", "a@b> SIZE=1", "a@b..c", "a@.b", "a@-b", "a@b-", "\"a b\"@c", "a(b)@c", "a,b@c",
            "a\u{a0}b@c", "a\u{202e}b@c", "a@b\u{2028}c", "a@[192.0.2.1", "a@b c", "a\tb@c", "a\u{7f}@b",
            String(repeating: "a", count: 65) + "@b", "a@" + String(repeating: "b.", count: 130) + "c",
        ])
    func noAddresses(text: String) {
        let error = #expect(throws: MailAddress.Invalid.self) { try MailAddress(text) }
        #expect(error?.explanation.english.contains("\r") == false)
    }

    @Test("Only a mailbox outside ASCII needs SMTPUTF8; a domain is written in ASCII")
    func utf8() throws {
        #expect(try MailAddress("\u{e9}lodie@example.fr").needsSMTPUTF8)
        #expect(try !MailAddress("elodie@soci\u{e9}t\u{e9}.fr").needsSMTPUTF8)
    }

    @Test(
        "Servers",
        arguments: [
            ("smtp://mail.example.fr:2525", "mail.example.fr:2525", false), ("smtp://mail", "mail:587", false),
            ("smtps://mail.example.fr", "mail.example.fr:465", true), ("SMTPS://mail:1/", "mail:1", true),
            ("smtp://[::1]:25", "[::1]:25", false), ("smtp://192.0.2.1:25", "192.0.2.1:25", false),
        ])
    func endpoints(url: String, endpoint: String, implicit: Bool) throws {
        let parsed = try SMTPEndpoint(url)
        #expect(parsed.description == endpoint)
        #expect(parsed.implicitTLS == implicit)
    }

    @Test(
        "What is no server, or holds a password",
        arguments: [
            "", "mail:587", "http://mail", "smtp://", "smtp://:25", "smtp://marie:secret@mail", "smtp://mail:0",
            "smtp://mail:65536", "smtp://mail:x", "smtp://mail:", "smtp://mail/path", "smtp://mail?x", "smtp://ma il",
            "smtp://mail\r\n", "smtp://[::1", "smtp://mail:+25",
        ])
    func noEndpoints(url: String) {
        let error = #expect(throws: SMTPEndpoint.Invalid.self) { try SMTPEndpoint(url) }
        #expect(error?.explanation.french.contains("secret") == false)
    }

    @Test("A login needs a name and one secret")
    func logins() {
        let secret = Secret(place: "x") { "y" }
        func settings(_ name: String?, _ password: Secret?, _ token: Secret?) throws -> SMTPSettings {
            try SMTPSettings(
                url: "smtp://mail", username: name, password: password, token: token, from: "a@b", to: "c@d")
        }
        #expect(throws: Never.self) { try settings(nil, nil, nil) }
        #expect(throws: Never.self) { try settings("marie", secret, nil) }
        #expect(throws: Never.self) { try settings("marie", nil, secret) }
        #expect(throws: SMTPSettings.Invalid.self) { try settings("marie", nil, nil) }
        #expect(throws: SMTPSettings.Invalid.self) { try settings(nil, secret, nil) }
        #expect(throws: SMTPSettings.Invalid.self) { try settings(nil, nil, secret) }
        #expect(throws: SMTPSettings.Invalid.self) { try settings("marie", secret, secret) }
        #expect(throws: SMTPSettings.Invalid.self) { try settings("", secret, nil) }
        #expect(throws: SMTPSettings.Invalid.self) { try settings("ma\u{1}rie", nil, secret) }
    }

    @Test(
        "What this machine contributes is another thing as soon as settings, secret or authorities change, and only then"
    )
    func setup() async throws {
        let folder = try TemporaryFolder()
        try folder.write("one".utf8, to: "password")
        try folder.write("PEM".utf8, to: "ca.pem")
        let settings = Locked(
            try SMTPSettings(
                url: "smtp://mail", username: "marie", password: Secret(file: folder("password")), from: "a@b",
                to: "c@d",
                caFile: folder("ca.pem")))
        let channel = SMTPChannel { settings.current }
        var seen: Set<Int> = []
        func isNew() async -> Bool {
            let setup = await channel.setup()
            let again = await channel.setup()
            #expect(setup == again)
            return seen.insert(setup).inserted
        }
        #expect(await isNew())
        try folder.write("two".utf8, to: "password")
        #expect(await isNew())
        try folder.write("PEM and more".utf8, to: "ca.pem")
        #expect(await isNew())
        settings.withLock { $0.hello = "poste.example.fr" }
        #expect(await isNew())
        #expect(unlink(folder("password")) == 0 && unlink(folder("ca.pem")) == 0)
        #expect(await isNew())
        #expect(await !isNew())
    }

    @Test("What is wrong is said with the key it stands under")
    func words() {
        func words(url: String = "smtp://mail", from: String = "a@b", to: String = "c@d", hello: String? = nil)
            -> String
        {
            do {
                _ = try SMTPSettings(url: url, from: from, to: to, hello: hello)
                return ""
            } catch { return error.explanation.french }
        }
        #expect(words(url: "x").contains("smtp.url"))
        #expect(words(from: "x").contains("smtp.from"))
        #expect(words(to: "x").contains("smtp.to"))
        #expect(words(hello: "a\r\nb").contains("smtp.hello"))
        #expect(words().isEmpty)
    }

    @Test("a server has as long as RFC 5321 asks for, 4.5.3.2")
    func patience() {
        let timeouts = SMTPSettings.Timeouts()
        // The greeting within connecting; Postfix, too, gives it less than the five minutes asked for.
        #expect(timeouts.reply >= .seconds(600))
        #expect(timeouts.stall >= .seconds(180))
        #expect(timeouts.connect >= .seconds(60))
        #expect(timeouts.total > timeouts.reply + timeouts.stall)
    }
}
