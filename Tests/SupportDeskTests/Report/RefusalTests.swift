import SupportDesk
import Testing

@Suite("Refused reports")
struct RefusalTests {
    @Test(
        "every refusal has its code",
        arguments: [
            ("", Reason.Code.empty), (" \r\n\t\u{A0}\n", .empty), ("\u{FEFF}", .empty),
            ("Objet : X\n\nCorps", .licenseMissing), ("Licence :\n\nCorps", .licenseMissing),
            ("Bonjour, rien ne va plus.", .licenseMissing), ("12:30 plantage\n\nCorps", .licenseMissing),
            ("http://example.fr/x\n\nCorps", .licenseMissing), ("C:\\Temp\\x\n\nCorps", .licenseMissing),
            ("Licence : 1234", .missingBody), ("Licence : 1234\nObjet : X\n\n \n", .missingBody),
            ("Licence : 1234\n\n\u{85}\u{9B}\n", .missingBody),
            ("Licence : 1234\nLicence : 1235\n\nCorps", .duplicateField),
            ("Licence : 1234\nObjet : a\nSubject : b\n\nCorps", .duplicateField),
            ("Licence : 1234\nBase : a\nbâse : b\n\nCorps", .duplicateField),
            ("Licence : 1234\nCanal : pigeon\n\nCorps", .badField),
            ("Licence : 1234\nObjet : a\u{1B}b\n\nCorps", .unsafeHeader),
            ("Licence : 1234\nObjet : a\u{1}b\n\nCorps", .unsafeHeader),
            ("Licence : 1234\nObjet : a\u{85}b\n\nCorps", .unsafeHeader),
            ("Licence : 1234\nOb\u{7}jet : ab\n\nCorps", .unsafeHeader),
            ("Licence : 1234\nOb\u{90}jet : ab\n\nCorps", .unsafeHeader),
            ("Licence : 1234\nObjet : a\0b\n\nCorps", .binary), ("Licence : 1234\n\nCo\0rps", .binary),
            ("Licence : 1234\n\nCo\u{1}rps", .binary),
            ("Licence : 1234\nhttp://example.fr/x\n\nCorps", .malformed),
            ("Licence : 1234\nle texte sans ligne vide\n", .malformed),
            ("Licence : 1234\nvu à 12:30\n\nCorps", .malformed),
            ("Licence : 1234\nBonjour, voici : rien\n\nCorps", .malformed),
            ("Licence : 1234\nPJ : ../passwd\n\nCorps", .unsafeAttachment),
            ("Licence : 1234\nPJ : virus.exe\n\nCorps", .unsafeAttachment),
            ("Charset : klingon\nLicence : 1234\n\nCorps", .badEncoding),
        ])
    func codes(text: String, code: Reason.Code) {
        #expect(refused { () throws(Rejection) in try parse(text) }?.code == code)
    }

    @Test("a duplicate names the field and both lines")
    func duplicate() throws {
        let rejection = try #require(
            refused { () throws(Rejection) in
                try parse("\nLicence : 1\n\tsuite\nObjet : a\r\nTel : 1\rObjet : b\n\nCorps")
            })
        #expect(rejection.mentions("Objet"))
        #expect(rejection.mentions("4"))
        #expect(rejection.mentions("6"))
    }

    @Test("the line that is no field is named")
    func malformed() throws {
        let rejection = try #require(
            refused { () throws(Rejection) in try parse("Licence : 1\nObjet : a\nsans deux-points\n\nCorps") })
        #expect(rejection.mentions("3"))
        #expect(rejection.mentions("sans deux-points"))
    }

    @Test(
        "a secret on such a line is not repeated",
        arguments: ["ABCD-EFGH-1JKL-MN0P", "A1B2C3D4E5F60718", "3F2504E0-4F89-11D3-9A0C-0305E82C3301"])
    func secretLine(secret: String) throws {
        let rejection = try #require(
            refused { () throws(Rejection) in try parse("Objet : a\nLicence \(secret)\n\nCorps") })
        #expect(rejection.code == .malformed)
        #expect(rejection.mentions("2"))
        #expect(!rejection.explanation.french.contains(secret) && !rejection.explanation.english.contains(secret))
    }

    @Test("what is quoted in a refusal is short and harmless")
    func excerpts() throws {
        let evil = "\u{202E}" + String(repeating: "x", count: 500)
        let rejection = try #require(
            refused { () throws(Rejection) in try parse("Licence : 1\nCanal : \(evil)\n\nCorps") })
        #expect(!rejection.explanation.french.contains("\u{202E}"))
        #expect(rejection.explanation.french.utf8.count < 400)
    }

    @Test("limits are limits, to the byte, and named")
    func limits() throws {
        var limits = ReportLimits()
        let text = "Licence : 1234\nObjet : X\n\nCorps"
        limits.total = text.utf8.count
        limits.fields = 2
        limits.header = "Licence : 1234\nObjet : X\n".utf8.count
        #expect(throws: Never.self) { try parse(text, limits: limits) }

        var tight = limits
        tight.total -= 1
        var rejection = refused { () throws(Rejection) in try parse(text, limits: tight) }
        #expect(rejection?.code == .tooLarge && rejection?.mentions("max_size") == true)
        tight = limits
        tight.fields = 1
        rejection = refused { () throws(Rejection) in try parse(text, limits: tight) }
        #expect(rejection?.code == .tooLarge && rejection?.mentions("max_fields") == true)
        tight = limits
        tight.header -= 1
        rejection = refused { () throws(Rejection) in try parse(text, limits: tight) }
        #expect(rejection?.code == .tooLarge && rejection?.mentions("max_header") == true)
        tight = ReportLimits()
        tight.attachments = 1
        rejection = refused { () throws(Rejection) in
            try parse("Licence : 1234\nPJ : a.png\nPJ : b.png\n\nCorps", limits: tight)
        }
        #expect(rejection?.code == .tooLarge && rejection?.mentions("max_attachments") == true)
    }

    @Test("a folded field cannot outgrow the header limit")
    func foldedLimit() {
        let text = "Licence : 1234\nObjet : X\n" + String(repeating: " suite\n", count: 20_000) + "\nCorps"
        #expect(refused { () throws(Rejection) in try parse(text) }?.code == .tooLarge)
    }
}
