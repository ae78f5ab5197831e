import Mail
import SupportDesk
import Testing

@Suite("The description arrives as it was written")
struct BodyTests {
    static let descriptions = [
        "Bonjour", "", "Élève où ça ? L’œuf à 12 €, « voilà » — fin", "e\u{301}te\u{301} NFD, été NFC",
        "fin d’espace   \nsuite\t\n \n",
        "\ttab\tau\tmilieu", ".\n..\n...\n.\n", "From moi\nFrom: toi\n>From", "=3D =20 =\n=C3=A9 =",
        "\n\n\ndébut et fin\n\n\n",
        "😀👨‍👩‍👧‍👦🇫🇷", String(repeating: "a", count: 5000), String(repeating: "é", count: 5000),
        String(repeating: "mot ", count: 3000), String(repeating: "日本語", count: 2000),
        "{{reference}} {{#a}} {{{b}}} {{=<% %>=}}",
        "a\r\nb\rc\nd\r\r\n\r", "--=_ASD-3DMV-9EK3-1WTE\n--=_ASD-3DMV-9EK3-1WTE--\n-- \nsignature",
        "begin 644 a\nend\n",
        "\u{1B}[31mrouge\u{7F}\u{8}\u{0}nul", "\u{2028}\u{2029}\u{85}\u{FEFF}\u{202E}", "<b>&amp;</b>", " ",
        "Subject: x\nTo: y\n\nz",
    ]

    private func lines(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar == "\r" || scalar == "\n" && last != "\r" { scalars.append("\n") }
            if scalar != "\r", scalar != "\n" { scalars.append(scalar) }
            last = scalar
        }
        return String(scalars)
    }

    /// Everything after the heading of the description, without the line end that the template adds.
    private func description(in body: [UInt8]) -> [UInt8]? {
        let text = Array(body)
        let mark = Array("\nDescription :\n\n".utf8)
        guard let start = (0..<max(0, text.count - mark.count)).first(where: { text[$0...].starts(with: mark) }),
            text.last == 0x0A
        else { return nil }
        return Array(text[(start + mark.count)...].dropLast())
    }

    @Test(
        "to the byte, read by GMime", arguments: descriptions,
        [[], [SupportDesk.Attachment(name: "a.bin", content: [13, 10, 0])]])
    func gmime(_ text: String, _ attachments: [SupportDesk.Attachment]) throws {
        let bytes = try Fixture.message(Fixture.report(description: text), attachments: attachments)
        let wire = Wire(bytes)
        #expect(!wire.hasBareLineEnd)
        #expect(!wire.has8Bit)
        #expect(wire.longest <= 78)
        let message = try MessageReader.read(bytes)
        #expect(description(in: Array(message.text?.utf8 ?? "".utf8)) == Array(lines(text).utf8))
        #expect(message.attachments == attachments)
    }

    @Test("to the byte, read by Python", .enabled(if: PythonMail.isThere))
    func python() throws {
        let messages = try Self.descriptions.map { try Fixture.message(Fixture.report(description: $0)) }
        for (text, message) in zip(Self.descriptions, try PythonMail.read(messages)) {
            #expect(message.defects.isEmpty)
            // On the wire every line of a text ends in CRLF (RFC 2046, 4.1.1).
            var read: [UInt8] = []
            for byte in message.text {
                if byte == 0x0A, read.last == 0x0D { read.removeLast() }
                read.append(byte)
            }
            #expect(!read.contains(0x0D))
            #expect(description(in: read) == Array(lines(text).utf8))
        }
    }

    @Test("French text can be read by eye on the wire; text that is all other letters is base64")
    func encoding() throws {
        let french = try Fixture.message(Fixture.report(description: "L’été à Noël, c’est déjà ça."))
        #expect(Wire(french).raw("Content-Transfer-Encoding") == "quoted-printable")
        let greek = try Fixture.message(Fixture.report(description: String(repeating: "Ελληνικά", count: 200)))
        #expect(Wire(greek).raw("Content-Transfer-Encoding") == "base64")
    }
}

@Suite("The body names what is known of the report")
struct BodyFieldTests {
    @Test("every field has its line, in French, in a fixed order")
    func all() throws {
        var report = Fixture.report(description: "Rien ne sort.")
        report.details.company = "Société Exemple"
        report.details.contact = "Hélène Martin"
        report.details.email = "helene@exemple.fr"
        report.details.phone = "01 02 03 04 05"
        report.details.partner = "Partenaire"
        report.details.product = "Gestion Commerciale"
        report.details.module = "Immobilisations"
        report.details.version = "9.5"
        report.details.callback = "24/11/2026 14:00"
        report.details.senderReference = "HM-1"
        report.details.others = [.init(name: "Poste", value: "PC-12"), .init(name: "Étage", value: "3\nLicence : 9")]
        report.priority = .blocking
        let files = [
            Attachment(name: "écran.png", content: Array(repeating: 1, count: 12_345)),
            Attachment(name: "a", content: [1]),
            Attachment(name: "b", content: Array(repeating: 0, count: 2_000_000)),
            Attachment(name: "c", content: Array(repeating: 0, count: 999)),
        ]
        let message = try MessageReader.read(Fixture.message(report, attachments: files))
        #expect(
            message.text == """
                Référence : ASD-3DMV-9EK3-1WTE
                Licence : 00012345
                Société : Société Exemple
                Contact : Hélène Martin
                Téléphone : 01 02 03 04 05
                Courriel : helene@exemple.fr
                Partenaire : Partenaire
                Produit : Gestion Commerciale
                Version : 9.5
                Module : Immobilisations
                Priorité : bloquante
                Rappel souhaité : 24/11/2026 14:00
                Référence du client : HM-1
                Poste : PC-12
                Étage : 3 Licence : 9
                Pièce jointe : écran.png (12,3 Ko)
                Pièce jointe : a (1 octet)
                Pièce jointe : b (2 Mo)
                Pièce jointe : c (999 octets)

                Description :

                Rien ne sort.

                """)
    }

    @Test("fields that are absent or empty leave no line behind")
    func few() throws {
        var report = Fixture.report(description: "x")
        report.details.company = "  "
        let message = try MessageReader.read(Fixture.message(report))
        #expect(
            message.text == """
                Référence : ASD-3DMV-9EK3-1WTE
                Licence : 00012345
                Priorité : normale

                Description :

                x

                """)
    }
}
