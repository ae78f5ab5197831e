import Mail
import SupportDesk
import Testing

@Suite("Mail files that people drop")
struct EmlReaderTests {
    private func read(_ text: String, limits: ReportLimits = ReportLimits()) throws(Rejection) -> EmlContent {
        try EmlReader.read(Array(text.replacing("\n", with: "\r\n").utf8), limits: limits)
    }

    private let head = "From: a@b.fr\nSubject: Essai\nMIME-Version: 1.0\n"

    @Test("a plain mail: subject, text and licence")
    func plain() throws {
        let mail = try read(
            "From: a@b.fr\nSubject: =?iso-8859-1?Q?Probl=E8me?= =?utf-8?B?IMOp?=\nX-Licence:  0001 2345 \n\nBonjour,\n\n  à vous\n"
        )
        #expect(
            mail
                == EmlContent(
                    subject: "Problème é", text: "Bonjour,\n\n  à vous\n", licenseHeader: "0001 2345", attachments: []))
    }

    @Test("either spelling of the licence header counts; two different values are refused")
    func license() throws {
        #expect(try read("X-License: 1\n\nx").licenseHeader == "1")
        #expect(try read("X-License: 1\nX-LICENCE: 1\n\nx").licenseHeader == "1")
        #expect(try read("From: a@b.fr\n\nx").licenseHeader == nil)
        let refusal = #expect(throws: Rejection.self) { try read("X-License: 1\nX-Licence: 2\n\nx") }
        #expect(refusal?.reason.code == .duplicateField)
    }

    @Test(
        "text is decoded, whatever it was written in",
        arguments: [
            ("windows-1252", "8bit", [0x80, 0xE9, 0x9C]), ("iso-8859-1", "8bit", [0x80, 0xE9, 0x9C]),
            ("utf-8", "8bit", Array("€éœ".utf8)),
            ("UTF-8", "base64", Array("4oKsw6nFkw==".utf8)),
            ("utf-8", "quoted-printable", Array("=E2=82=AC=C3=A9=\r\n=C5=93".utf8)),
            ("iso-8859-15", "quoted-printable", Array("=A4=E9=BD".utf8)), ("", "8bit", Array("€éœ".utf8)),
            ("", "8bit", [0x80, 0xE9, 0x9C]),
            ("utf-8", "8bit", [0x80, 0xE9, 0x9C]), ("us-ascii", "8bit", [0x80, 0xE9, 0x9C]),
            ("x-inconnu", "8bit", Array("€éœ".utf8)),
            ("utf-16le", "base64", Array("rCDpAFMB".utf8)),
        ] as [(String, String, [UInt8])])
    func charsets(_ charset: String, _ encoding: String, _ body: [UInt8]) throws {
        let type = charset.isEmpty ? "" : "Content-Type: text/plain; charset=\(charset)\r\n"
        let header = "Subject: x\r\nMIME-Version: 1.0\r\n\(type)Content-Transfer-Encoding: \(encoding)\r\n\r\n"
        #expect(try EmlReader.read(Array(header.utf8) + body).text == "€éœ")
    }

    @Test("a subject in raw octets is read as UTF-8, else as Windows-1252")
    func rawSubject() throws {
        #expect(try EmlReader.read(Array("Subject: été €\r\n\r\nx".utf8)).subject == "été €")
        #expect(
            try EmlReader.read(Array("Subject: ".utf8) + [0xE9, 0x74, 0xE9, 0x20, 0x80] + Array("\r\n\r\nx".utf8))
                .subject == "été €")
    }

    @Test("plain text and HTML that say the same: the plain text counts")
    func alternative() throws {
        let mail = try read(
            head + """
                Content-Type: multipart/alternative; boundary=b

                --b
                Content-Type: text/plain

                clair
                --b
                Content-Type: text/html

                <p>riche</p>
                --b--
                """)
        #expect(mail.text == "clair")
        #expect(mail.attachments.isEmpty)
    }

    @Test("only HTML: readable text, and the HTML whole")
    func html() throws {
        let html =
            "<html><head><title>t</title><style>p{}</style></head><body><p>Bonjour&nbsp;!</p>L&rsquo;&eacute;cran<br>fige</body></html>"
        let mail = try read(head + "Content-Type: text/html; charset=utf-8\n\n" + html)
        #expect(mail.text == "Bonjour !\n\nL’écran\nfige\n")
        #expect(mail.attachments == [Attachment(name: "message.html", content: Array(html.utf8), isBody: true)])
    }

    @Test("HTML beside an unrelated plain text, such as a list's footer, is not lost")
    func htmlAndFooter() throws {
        let mail = try read(
            head + """
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/html

                <p>Le problème</p>
                --b
                Content-Type: text/plain

                pied de page
                --b--

                """)
        #expect(mail.text == "pied de page")
        #expect(mail.attachments.map(\.name) == ["message.html"])
    }

    @Test("attachments: names decoded and bare, pictures in the text, messages enclosed")
    func attachments() throws {
        let mail = try read(
            head + """
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: multipart/related; boundary=c

                --c
                Content-Type: text/plain

                avant
                --c
                Content-Type: image/png
                Content-ID: <i>
                Content-Transfer-Encoding: base64

                AQID
                --c--
                --b
                Content-Type: application/pdf
                Content-Disposition: attachment; filename*0*=utf-8''../../%C3%A9t; filename*1*=%C3%A9.pdf

                %PDF
                --b
                Content-Type: text/plain; name="=?utf-8?q?=C3=A9cran=2Elog?="
                Content-Disposition: attachment

                journal
                --b
                Content-Type: application/octet-stream; name="C:\\\\Temp\\\\..\\\\a\u{202E}b.txt"

                x
                --b
                Content-Type: application/octet-stream; name=".htaccess"

                y
                --b
                Content-Type: message/rfc822

                From: c@d.fr
                Subject: Dedans : a/b
                X-Licence: 9

                interne
                --b
                Content-Type: text/plain

                apres
                --b
                Content-Type: image/png

                a
                --b--
                """)
        #expect(mail.text == "avant\napres")
        #expect(mail.licenseHeader == nil)
        #expect(
            mail.attachments.map(\.name) == [
                "image.png", "été.pdf", "écran.log", "ab.txt", "htaccess", "Dedans : a-b.eml", "image-2.png",
            ])
        #expect(mail.attachments[0].content == .bytes([1, 2, 3]))
        #expect(mail.attachments[1].content == .bytes(Array("%PDF".utf8)))
        #expect(
            String(decoding: mail.attachments[5].head, as: UTF8.self)
                == "From: c@d.fr\r\nSubject: Dedans : a/b\r\nX-Licence: 9\r\n\r\ninterne")
    }

    @Test("what has neither text nor attachment has no text")
    func empty() throws {
        let mail = try read("From: a@b.fr\nSubject:\n\n")
        #expect(mail.subject == nil)
        #expect((mail.text ?? "").isEmpty)
        #expect(mail.attachments.isEmpty)
    }

    @Test(
        "automatic answers and this service's own mail are refused",
        arguments: [
            "Auto-Submitted: auto-replied", "auto-submitted: auto-generated; owner=x", "Auto-Submitted: nothing",
            "Auto-Submitted:",
            "X-Assistd-Reference: ASD-4F7K-9M2T-X8QB", "x-assistd-reference:",
        ])
    func loop(_ header: String) {
        let refusal = #expect(throws: Rejection.self) { try read("\(header)\n" + head + "\nLicence : 1\n") }
        #expect(refusal?.reason.code == .loop)
        #expect(refusal?.reason.text.french.contains("boucle") == true)
        #expect(refusal?.reason.text.english.contains("loop") == true)
    }

    @Test(
        "mail that says a person wrote it is taken",
        arguments: ["Auto-Submitted: no", "Auto-Submitted: NO (vraiment)", "Auto-Submitted: no; x=y"])
    func person(_ header: String) throws {
        #expect(try read("\(header)\n" + head + "\nx").text == "x")
    }

    @Test("a message composed here comes back as a loop, and readable for showing")
    func own() throws {
        let bytes = try Fixture.message()
        let refusal = #expect(throws: Rejection.self) { try EmlReader.read(bytes) }
        #expect(refusal?.reason.code == .loop)
        #expect(try MessageReader.read(bytes).text?.contains("Rien ne sort.") == true)
    }

    @Test("the `From ` line of a mailbox file and a byte order mark are passed over")
    func envelope() throws {
        #expect(try read("From a@b.fr Mon Nov 23 10:00:00 2026\n" + head + "\nx").subject == "Essai")
        #expect(try read("\u{FEFF}" + head + "\nx").subject == "Essai")
    }

    @Test("lines end in LF, whatever they ended in", arguments: ["\r\n", "\n", "\r"])
    func lineEnds(_ end: String) throws {
        let bytes = Array("Subject: x\r\n\r\n".utf8) + Array(["a", "b", "", "c"].joined(separator: end).utf8)
        #expect(try EmlReader.read(bytes).text == "a\nb\n\nc")
    }
}
