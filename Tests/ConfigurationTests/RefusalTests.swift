import Configuration
import SupportDesk
import Testing

@Suite struct RefusalTests {
    @Test("everything that is wrong is said at once, in the order of the lines")
    func allAtOnce() {
        let all = problems(
            """
            # a file with faults
            [smtp]
            conections = 3
            url = "http://mail.example.com"
            tls = "maybe"

            [spool]
            settle = 2
            path = "spool"

            [licences]
            register = "/etc/register.csv"
            """)
        #expect(
            all.map { $0.split(separator: ": ").prefix(2).joined(separator: " ") } == [
                "assistd.toml:2 smtp.from", "assistd.toml:3 smtp.conections", "assistd.toml:4 smtp.url",
                "assistd.toml:5 smtp.tls", "assistd.toml:8 spool.settle", "assistd.toml:9 spool.path",
                "assistd.toml:11 licences",
            ])
    }

    @Test(
        "an unknown key names the one that was meant",
        arguments: [
            ("smtp", "conections", "connections"), ("smtp", "Connections", "connections"),
            ("smtp", "ca-file", "ca_file"), ("smtp", "max_connections", "connections"), ("smtp", "form", "from"),
            ("spool", "maxsize", "max_size"), ("retry", "giveup", "give_up"),
            ("licenses", "minimal_version", "minimum_version"), ("log", "levl", "level"),
        ])
    func nearestKey(section: String, written: String, meant: String) {
        #expect(
            problem(section, "\(written) = 1", in: .french).hasSuffix(
                "\(section).\(written): clé inconnue ; vouliez-vous dire « \(meant) » ?"))
        #expect(
            problem(section, "\(written) = 1").hasSuffix(
                "\(section).\(written): unknown key; did you mean \"\(meant)\"?"))
    }

    @Test("a key of another section is sent home, and one that resembles nothing gets the list")
    func farKeys() {
        #expect(problem("journal", #"register = "/x""#).hasSuffix("it belongs in [licenses]."))
        #expect(problem("log", "colour = true").hasSuffix("those of [log] are: level, format."))
        #expect(problems("admin_group = \"adm\"\n" + required).first?.contains("put it under [control]") == true)
        #expect(problems("conections = 3\n" + required).first?.contains("\"connections\"") == true)
        #expect(problems("smtp = 3").contains { $0.contains("smtp: this is a section") })
    }

    @Test("an unknown section names the one that was meant, or all there are")
    func unknownSections() {
        #expect(
            problems(required + "[retrie]\nx = 1") == [
                "assistd.toml:4: retrie: unknown section; did you mean \"[retry]\"?"
            ])
        #expect(
            problems(required + "[fax.hilafax]\nhost = \"x\"") == [
                "assistd.toml:4: fax.hilafax: unknown section; did you mean \"[fax.hylafax]\"?"
            ])
        #expect(problems(required + "[weather]")[0].contains("[spool] [journal] [control]"))
    }

    @Test("a secret in the file is refused, and is not repeated", arguments: ["password", "passwd", "token"])
    func secretsStayOut(key: String) {
        let line = problem("smtp", "\(key) = \"hunter2\"")
        #expect(line.contains("_file"))
        #expect(!line.contains("hunter2"))
        let url = required.replacing("//mail", with: "//me:hunter2@mail")
        #expect(problems(url)[0].contains("password_file"))
        #expect(!problems(url)[0].contains("hunter2"))
    }

    @Test(
        "a value of the wrong type or out of range says what is expected",
        arguments: [
            ("smtp", "connections = 0", "from 1 to 100"), ("smtp", "connections = 101", "from 1 to 100"),
            ("smtp", "connections = \"4\"", "from 1 to 100"), ("smtp", "connections = 1.5", "whole number"),
            ("smtp", "cc_partner = \"yes\"", "true or false"), ("smtp", "tls = \"starttls\"", "\"required\", \"none\""),
            ("smtp", "tls = true", "\"required\", \"none\""), ("smtp", "to = 3", "text between quotation marks"),
            ("smtp", "to = \"\"", "empty"), ("smtp", "to = \"a@b, c@d\"", "a single one"),
            ("smtp", "to = \"a@b\\r\\nRCPT TO:<c@d>\"", "single line"), ("smtp", "to = \"a@b@c\"", "a single one"),
            ("smtp", "to = \"Help <a@b.fr>\"", "from_name"), ("smtp", "to = \"a b@c.fr\"", "a single one"),
            ("smtp", "to = \"a@-b.fr\"", "a single one"), ("smtp", "hello = \"a b\"", "name of a machine"),
            ("smtp", "ca_file = \"ca.pem\"", "full path"), ("smtp", "from_name = \"a\\u0007b\"", "control character"),
            ("spool", "settle = 2", "such as \"2s\""), ("spool", "settle = \"2\"", "such as \"90s\""),
            ("spool", "settle = \"2 s\"", "such as"), ("spool", "settle = \"0s\"", "more than zero"),
            ("spool", "settle = \"-1s\"", "such as"), ("spool", "settle = \"2h\"", "at most \"1h\""),
            ("spool", "settle = \"99999999999999999999s\"", "such as"),
            ("spool", "settle = \"999999999999999999d\"", "such as"), ("spool", "path = \"/\"", "will not do"),
            ("spool", "path = \"/srv/../etc\"", "will not do"), ("spool", "max_size = \"25Mo\"", "\"25MB\""),
            ("spool", "max_size = -1", "\"25MB\""), ("spool", "max_size = 10", "from \"1KB\" to \"1GB\""),
            ("spool", "max_size = \"99999999999GB\"", "\"25MB\""), ("spool", "max_fields = 0", "from 1"),
            ("journal", "url = \"journal.sqlite\"", "sqlite:/full/path"),
            ("journal", "url = \"sqlite:journal\"", "sqlite:/full/path"),
            ("control", "admin_group = \"a b\"", "name of a group"),
            ("licenses", "pattern = '['", "regular expression"),
            ("licenses", "unknown = \"refuse\"", "\"forward\", \"hold\", \"reject\""),
            ("licenses", "minimum_version = 9.1", "between quotation marks"),
            ("desk", "timezone = \"../etc/passwd\"", "time zone"), ("log", "level = \"loud\"", "\"debug\", \"info\""),
            ("fax", "number = \"0130417781\"", "with its country"), ("fax", "station_id = \"ACME\"", "20 characters"),
            ("fax.command", "submit = [1]", "text between quotation marks"),
            ("mailbox", "password_file = \"secrets/x\"", "full path"), ("mailbox", "password_file = \"env:\"", "env:"),
        ])
    func wrongValues(section: String, line: String, expected: String) {
        let english = problem(section, line)
        #expect(english.contains(expected))
        #expect(english.hasPrefix("assistd.toml:\(section == "smtp" ? 4 : 5): \(section)."))
        #expect(problem(section, line, in: .french) != english)
    }

    @Test(
        "an address of the mail server that cannot be one is refused",
        arguments: [
            "mail.example.com", "http://mail.example.com", "smtp://", "smtp://:587", "smtp://a:0", "smtp://a:65536",
            "smtp://a:x", "smtp://a/path", "smtp://a?x", "smtp://a b", "smtp://[::1", "smtp://[x]:25", "smtp://-a",
            "smtp:a",
        ])
    func badServers(url: String) {
        #expect(
            problems(required.replacing("smtp://mail.example.com:587", with: url)).map { $0.prefix(24) }
                == ["assistd.toml:2: smtp.url"])
    }

    @Test("a long path cannot be a socket")
    func socketLength() {
        let path = "/" + String(repeating: "x", count: 107)
        #expect(problem("control", "socket = \"\(path)\"").contains("107"))
        #expect(throws: Never.self) { try parsed(required + "[control]\nsocket = \"\(path.dropLast())\"") }
    }

    @Test("what the file says never reaches a terminal raw")
    func quotedText() {
        let line = problem("smtp", "tls = \"\\u001b[31m\\u202Eevil\"")
        #expect(!line.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
        #expect(line.contains("evil"))
        let key = problems(required + "\"\\u001b[2J\" = 1")
        #expect(!key.joined().unicodeScalars.contains("\u{1B}"))
    }
}
