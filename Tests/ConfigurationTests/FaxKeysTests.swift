import Configuration
import SupportDesk
import Testing

@Suite("The keys of [fax]")
struct FaxKeysTests {
    /// Both languages name the key and say each of these.
    private func refused(
        _ section: String, _ lines: String, key: String, french: String, english: String,
        location: SourceLocation = #_sourceLocation
    ) {
        for (language, words) in [(Language.french, french), (.english, english)] {
            let found = problem(section, lines, in: language, location: location)
            #expect(found.contains(key) && found.contains(words), "\(found)", sourceLocation: location)
        }
    }

    @Test("a number that may not be dialled is refused, and says what to give instead")
    func numbers() {
        refused(
            "fax", #"number = "+33 892 12 34 56""#, key: "fax.number", french: "surtaxé", english: "premium-rate")
        refused("fax", #"number = "0130417781""#, key: "fax.number", french: "+33130417781", english: "+33130417781")
        refused("fax", #"number = "3912""#, key: "fax.number", french: "numéro court", english: "no short one")
        refused(
            "fax", #"own_number = "0139000000""#, key: "fax.own_number", french: "avec son pays",
            english: "with its country")
        refused(
            "fax", #"station_id = "Gestimum""#, key: "fax.station_id", french: "20 signes", english: "20 characters")
    }

    @Test("nobody is called more often than the rules allow")
    func calls() throws {
        refused(
            "fax.hylafax", "max_dials = 7", key: "fax.hylafax.max_dials", french: "au plus 6", english: "6 at most")
        #expect(try parsed(required + "[fax.hylafax]\nmax_dials = 6").settings.fax.hylafax.maxDials == 6)
    }

    @Test(
        "each gateway needs what it cannot do without, and an example shows it",
        arguments: [
            ("hylafax", "fax.hylafax.host", "host = \""), ("mail", "fax.mail.to", "to = \"{national}@"),
            ("http", "fax.http.profile", "profile = \""), ("command", "fax.command.submit", "submit = [\""),
        ])
    func missing(_ gateway: String, _ key: String, _ example: String) {
        let line = "gateway = \"\(gateway)\""
        refused("fax", line, key: "\(key):", french: "obligatoire", english: "required")
        for words in [line, example] { refused("fax", line, key: key, french: words, english: words) }
    }

    @Test("with what it needs, a gateway is taken without a word")
    func complete() throws {
        for (gateway, lines) in [
            ("hylafax", "[fax.hylafax]\nhost = \"fax.example.com\""),
            ("mail", "[fax.mail]\nto = \"{national}@ecofax.fr\""), ("http", "[fax.http]\nprofile = \"interfax\""),
            ("command", "[fax.command]\nsubmit = [\"/usr/bin/send\", \"{file}\", \"{national}\"]"),
        ] {
            let (settings, warnings) = try parsed(
                required + "[fax]\ngateway = \"\(gateway)\"\nfallback_after = \"2h\"\n" + lines)
            #expect(settings.fax.gateway.rawValue == gateway && warnings.isEmpty)
        }
    }

    @Test("a secret without its file, and a password without its name, are refused")
    func secrets() {
        let gateway = "gateway = \"mail\"\n[fax.mail]\nto = \"{national}@ecofax.fr\"\n"
        for line in ["body = \"p:{secret}\"", "subject = \"{secret}\""] {
            refused("fax", gateway + line, key: "fax.mail.secret_file", french: "ajoutez", english: "add secret_file")
        }
        refused(
            "fax.hylafax", #"password_file = "/x""#, key: "fax.hylafax.password_file", french: "ajoutez user",
            english: "add user")
    }

    @Test("waiting to fall back, with nothing to fall back to, is warned of")
    func fallbackAlone() throws {
        let warnings = try parsed(required + "[fax]\nfallback_after = \"2h\"").warnings
        #expect(warnings.map(\.key) == ["fax.fallback_after"])
        #expect(warnings.first?.words.french.contains("fax.gateway") == true)
        #expect(warnings.first?.words.english.contains("fax.gateway") == true)
    }

    @Test(
        "sending hours are read with days and without",
        arguments: [
            (#""8h-19h""#, ["lun-dim 08:00-19:00"]), (#""lun-ven 8h-19h""#, ["lun-ven 08:00-19:00"]),
            (#"["lun-ven 8h-12h 14h-18h", "sam 9h-12h"]"#, ["lun-ven 8h-12h 14h-18h", "sam 9h-12h"]),
        ])
    func hours(_ written: String, _ expected: [String]) throws {
        let settings = try parsed(required + "[fax]\nsending_hours = \(written)").settings
        #expect(settings.fax.sendingHours == (try OpeningHours(expected)))
    }
}
