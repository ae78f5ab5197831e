import Configuration
import SupportDesk
import Testing

@Suite struct ParseTests {
    @Test("what the file does not say keeps its default")
    func defaults() throws {
        var expected = Settings()
        expected.smtp.url = "smtp://mail.example.com:587"
        expected.smtp.from = "assistd@example.com"
        let (settings, warnings) = try parsed(required)
        #expect(settings == expected)
        #expect(warnings.isEmpty)
    }

    @Test("every key of the working part reaches its setting")
    func everyKey() throws {
        let (settings, warnings) = try parsed(
            """
            [spool]
            path = "/srv/spool/"
            settle = "200ms"
            rescan = "5m"
            max_size = "10MiB"
            max_header = "32KB"
            max_fields = 50
            max_attachments = 0
            [journal]
            url = "sqlite:///srv/journal.sqlite"
            [control]
            socket = "/run/other.sock"
            admin_group = "support"
            [licenses]
            register = "/srv/register.csv"
            pattern = '^[0-9]{6}$'
            check_digit = "luhn"
            unknown = "reject"
            no_register = "hold"
            expired = "forward"
            unsupported_version = "reject"
            minimum_version = "9.10"
            [smtp]
            url = "smtps://mail.example.com:465/"
            tls = "required"
            username = "assistd"
            password_file = "/etc/assistd/password"
            from = "assistd@example.com"
            from_name = "Société Générale d'Édition"
            to = "help@example.com"
            cc_partner = true
            connections = 8
            ca_file = "/etc/ssl/ca.pem"
            hello = "srv.example.com"
            template = "/etc/assistd/body.mustache"
            [retry]
            first = "10s"
            ceiling = "1h"
            give_up = "2d"
            warn_after = "15m"
            [desk]
            name = "Assistance"
            timezone = "Indian/Reunion"
            [log]
            level = "debug"
            format = "json"
            """)
        var expected = Settings()
        expected.spool.path = "/srv/spool"
        expected.spool.settle = .milliseconds(200)
        expected.spool.rescan = .seconds(300)
        expected.spool.limits.total = 10 * 1024 * 1024
        expected.spool.limits.header = 32_000
        expected.spool.limits.fields = 50
        expected.spool.limits.attachments = 0
        expected.journal.url = "sqlite:/srv/journal.sqlite"
        expected.control.socket = "/run/other.sock"
        expected.control.adminGroup = "support"
        expected.licenses.register = "/srv/register.csv"
        expected.licenses.pattern = "^[0-9]{6}$"
        expected.licenses.checkDigit = .luhn
        expected.licenses.unknown = .reject
        expected.licenses.noRegister = .hold
        expected.licenses.expired = .forward
        expected.licenses.unsupportedVersion = .reject
        expected.licenses.minimumVersion = ProductVersion("9.10")
        expected.smtp.url = "smtps://mail.example.com:465"
        expected.smtp.username = "assistd"
        expected.smtp.passwordFile = .file("/etc/assistd/password")
        expected.smtp.from = "assistd@example.com"
        expected.smtp.fromName = "Société Générale d'Édition"
        expected.smtp.to = "help@example.com"
        expected.smtp.ccPartner = true
        expected.smtp.connections = 8
        expected.smtp.caFile = "/etc/ssl/ca.pem"
        expected.smtp.hello = "srv.example.com"
        expected.smtp.template = "/etc/assistd/body.mustache"
        expected.retry.policy.first = .seconds(10)
        expected.retry.policy.ceiling = .seconds(3600)
        expected.retry.policy.giveUp = .seconds(2 * 86_400)
        expected.retry.warnAfter = .seconds(900)
        expected.desk.name = "Assistance"
        expected.desk.timezone = "Indian/Reunion"
        expected.log.level = .debug
        expected.log.format = .json
        #expect(settings == expected)
        #expect(settings.journal.path == "/srv/journal.sqlite")
        #expect(warnings.map(\.key) == ["smtp.cc_partner"])
    }

    @Test("the desk's rules are read")
    func desk() throws {
        let (settings, warnings) = try parsed(
            required + """
                [licenses]
                not_entitled = "reject"
                channel_not_covered = "forward"
                contracts = ["OR: mail fax callback", "ARGENT: courriel"]
                versions = "/etc/assistd/versions.txt"
                minimum_version = "9.4 build 1124"
                [desk]
                hours = ["lun-jeu 9h-12h 13h30-17h", "ven 9h-12h"]
                holidays = ["alsace-moselle", 2026-12-24, "2026-05-25 ouvert"]
                response = "2h"
                contacts = ["assistance: 01 99 00 12 34", "personne: Claire Martin, technicienne"]
                partner_file = "/etc/assistd/partenaire.ini"
                language = "en"
                reminder = true
                notify = "admin@example.com"
                """)
        #expect(warnings.map(\.key) == ["desk.reminder"])
        #expect(settings.licenses.notEntitled == .reject)
        #expect(settings.licenses.channelNotCovered == .forward)
        #expect(settings.licenses.contracts.coverage(of: "argent") == [.mail])
        #expect(settings.licenses.versions == "/etc/assistd/versions.txt")
        #expect(settings.licenses.minimumVersion == ProductVersion("9.4 build 1124"))
        #expect("\(settings.desk.hours)" == "lun-jeu 09:00-12:00 13:30-17:00; ven 09:00-12:00")
        #expect("\(settings.desk.holidays)" == "fr; alsace-moselle; 2026-05-25 ouvert; 2026-12-24")
        #expect(settings.desk.response == .seconds(7200))
        #expect(settings.desk.contacts.desk?.e164 == "+33199001234")
        #expect(settings.desk.contacts.persons.map(\.name) == ["Claire Martin"])
        #expect(settings.desk.contacts.email == Contacts.standard.email)
        #expect(settings.desk.partnerFile(beside: "/etc/assistd/assistd.toml") == "/etc/assistd/partenaire.ini")
        #expect(
            Settings().desk.partnerFile(beside: "/etc/assistd/assistd.toml") == "/etc/assistd/Gestimum.Partenaire")
        #expect(settings.desk.language == .english)
        #expect(settings.desk.reminder)
        #expect(settings.desk.notify == "admin@example.com")
    }

    @Test(
        "what cannot be one of the desk's rules is refused with its key and line",
        arguments: [
            ("desk", #"hours = ["lun-ven 18:00-09:00"]"#), ("desk", #"hours = "toujours""#),
            ("desk", #"holidays = ["2026-02-30"]"#), ("desk", #"contacts = "Mme Dupont""#),
            ("desk", #"language = "de""#), ("desk", #"reminder = "oui""#), ("desk", #"notify = "admin""#),
            ("licenses", #"contracts = ["G-MAIL: pigeon"]"#), ("licenses", "minimum_version = 9.5"),
            ("licenses", #"not_entitled = "maybe""#), ("licenses", #"versions = "versions.txt""#),
        ])
    func wrongDesk(section: String, line: String) {
        let key = line.prefix { $0 != " " }
        let english = problem(section, line)
        #expect(english.hasPrefix("assistd.toml:5: \(section).\(key)"), "\(english)")
        #expect(problem(section, line, in: .french) != english)
    }

    @Test("keys whose feature comes later are known, checked and kept")
    func laterKeys() throws {
        let (settings, warnings) = try parsed(
            required + """
                [fax]
                gateway = "hylafax"
                number = "+33 1 30 41 77 81"
                own_number = "+33 1 39 00 00 00"
                station_id = "+33 139000000"
                dial_prefix = ""
                resolution = "standard"
                max_pages = 5
                daily_calls = 20
                sending_hours = "08:00-19:00"
                daily_pages = 60
                fallback_after = "2h"
                fallback_mail = "continue"
                pictures = true
                page_program = "/opt/assistd/faxpage"
                [fax.hylafax]
                host = "fax.example.com"
                port = 4560
                user = "assistd"
                password_file = "fax-password"
                max_dials = 6
                max_tries = 2
                poll = "30s"
                [fax.mail]
                body = "p:{secret}\\n"
                secret_file = "/etc/assistd/fax-secret"
                [fax.http]
                profile = "interfax"
                [fax.command]
                submit = ["/usr/bin/sendfax", "{e164}"]
                timeout = "30s"
                [mailbox]
                poll = "2m"
                [http]
                token_file = "env:ASSISTD_TOKEN"
                """)
        var expected = Settings().fax
        expected.gateway = .hylafax
        expected.number = "+33130417781"
        expected.ownNumber = "+33139000000"
        expected.dailyPages = 60
        expected.fallbackMail = .continue
        expected.pictures = true
        expected.pageProgram = "/opt/assistd/faxpage"
        expected.hylafax.user = "assistd"
        expected.hylafax.maxDials = 6
        expected.hylafax.maxTries = 2
        expected.hylafax.poll = .seconds(30)
        expected.mail.secretFile = .file("/etc/assistd/fax-secret")
        expected.stationID = "+33 139000000"
        expected.resolution = .standard
        expected.maxPages = 5
        expected.dailyCalls = 20
        expected.sendingHours = try OpeningHours(["lun-dim 08:00-19:00"])
        expected.fallbackAfter = .seconds(7200)
        expected.hylafax.host = "fax.example.com"
        expected.hylafax.port = 4560
        expected.hylafax.passwordFile = .credential("fax-password")
        expected.mail.body = "p:{secret}\n"
        expected.http.profile = "interfax"
        expected.command.submit = ["/usr/bin/sendfax", "{e164}"]
        expected.command.timeout = .seconds(30)
        #expect(settings.fax == expected)
        #expect(settings.mailbox.poll == .seconds(120))
        #expect(settings.http.tokenFile == .environment("ASSISTD_TOKEN"))
        #expect(warnings.isEmpty)
    }

    @Test(
        "what would switch on a feature that is not there is refused",
        arguments: [
            ("mailbox", #"url = "imaps://mail.example.com/INBOX""#),
            ("journal", #"url = "postgresql://db/assistd""#), ("http", #"listen = "127.0.0.1:8080""#),
        ])
    func notAvailable(section: String, line: String) {
        let english = problem(section, line)
        #expect(english.hasPrefix("assistd.toml:5: \(section)."))
        #expect(english.contains("not available in this version"))
        #expect(problem(section, line, in: .french).contains("pas disponible dans cette version"))
    }

    @Test(
        "what has no effect yet is said",
        arguments: [
            ("retention", #"bodies = "30d""#), ("retention", #"metadata = "365d""#),
        ])
    func noEffectYet(section: String, line: String) throws {
        let (_, warnings) = try parsed(required + "[\(section)]\n" + line)
        #expect(warnings.count == 1)
        #expect(warnings.first?.line == 5)
        #expect(warnings.first?.words.english.contains("no effect yet") == true)
        #expect(warnings.first?.words.french.contains("pas encore d'effet") == true)
    }

    @Test("a port that is not written is the one of submission")
    func defaultPort() throws {
        #expect(try parsed(required.replacing(":587", with: "")).settings.smtp.url == "smtp://mail.example.com:587")
        let secure = required.replacing("smtp://mail.example.com:587", with: "smtps://[2001:db8::1]")
        #expect(try parsed(secure).settings.smtp.url == "smtps://[2001:db8::1]:465")
    }
}
