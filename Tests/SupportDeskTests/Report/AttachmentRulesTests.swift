import SupportDesk
import Testing

@Suite("Attachments")
struct AttachmentRulesTests {
    @Test(
        "names that may travel",
        arguments: [
            "a.png", "Facture n°12 (copie).pdf", "été.docx", "LISEZMOI", "a.exe.png", "x..y", "capture 12:30.png",
            "1:x", "é:x",
        ])
    func good(name: String) {
        #expect(refused { () throws(Rejection) in try AttachmentRules.check(name: name) } == nil)
    }

    @Test(
        "names that may not",
        arguments: [
            "", "..", ".", ".bashrc", "../a", "/etc/passwd", "a/b", "a\\b", "C:\\a.txt", "a\nb", "a\u{7}", "a\u{85}b",
            "photo\u{202E}gpj.exe", "photo\u{202E}txt", "a.EXE", "a.pdf.exe", "a.bat", "a.cmd", "a.com", "a.scr",
            "a.pif",
            "a.msi", "a.vbs", "a.js", "b.txt:c.js", "a.jse", "a.wsf", "a.ps1", "a.jar", "a.lnk", "a.hta", "a.cpl",
            "a.dll", "a.reg",
            "a.exe ", "a.exe.", "a.exe\u{A0}. .", "a.exe:x.txt", "a. exe", "C:a.txt", "z:", "a.iso",
            "a.VHD", "a.desktop", "a.appref-ms", "..\\a", "a\u{0}.txt", "\u{202E}txt.exe", "a.exe\u{200B}",
            "a.exe\u{3000}.", String(repeating: "x", count: 256),
        ])
    func bad(name: String) {
        #expect(refused { () throws(Rejection) in try AttachmentRules.check(name: name) }?.code == .unsafeAttachment)
    }

    @Test("programs are known by their first bytes")
    func magic() {
        let programs: [[UInt8]] = [
            [0x4D, 0x5A, 0x90, 0x00], [0x7F, 0x45, 0x4C, 0x46, 2], [0xCF, 0xFA, 0xED, 0xFE], [0xCA, 0xFE, 0xBA, 0xBE],
            Array("#!/bin/sh\n".utf8), Array("#! /usr/bin/env python".utf8), [0x4C, 0, 0, 0, 1, 0x14, 2, 0],
        ]
        for content in programs {
            let attachment = Attachment(name: "a.txt", content: content)
            #expect(
                refused { () throws(Rejection) in try AttachmentRules.check(attachment) }?.code == .unsafeAttachment)
        }
        for text in ["", "MZ 12 est le code affiché", "#!", "#!important", "%PDF-1.4"] {
            #expect(!AttachmentRules.isExecutable(Array(text.utf8)))
        }
    }

    @Test("the line is named where there is one")
    func line() {
        #expect(
            refused { () throws(Rejection) in try AttachmentRules.check(name: "a/b", line: 7) }?.mentions("7") == true)
    }

    @Test(
        "addresses",
        arguments: [
            ("a@b.fr", "a@b.fr"), ("Jean Dupont <jean.dupont+x@sous.exemple-1.fr>", "jean.dupont+x@sous.exemple-1.fr"),
            ("<a@b.fr>", "a@b.fr"), ("a@b", nil), ("a@b.fr, c@d.fr", nil), ("a@b.fr c@d.fr", nil), ("a@b@c.fr", nil),
            ("@b.fr", nil), ("a@", nil), ("a..b@c.fr", nil), (".a@c.fr", nil), ("a@-b.fr", nil), ("a@b-.fr", nil),
            ("a@b..fr", nil), ("a@b.fr\r\nBcc: x@y.fr", nil), ("a@b.fr\n", nil), ("é@b.fr", nil), ("a@é.fr", nil),
            ("a@[127.0.0.1]", nil), ("a@127.0.0.1", nil), ("\"a b\"@c.fr", nil), ("a@b.fr>", nil),
            ("x@y.fr, Jean <a@b.fr>", nil), ("a@b.fr;c@d.fr", nil), ("a:b@c.fr", nil), ("", nil),
        ])
    func addresses(written: String, address: String?) {
        #expect(EmailAddress(written)?.text == address)
    }

    @Test("addresses have their lengths")
    func lengths() {
        let local = String(repeating: "a", count: 64)
        let label = String(repeating: "b", count: 63)
        #expect(EmailAddress("\(local)@\(label).fr") != nil)
        #expect(EmailAddress("\(local)a@b.fr") == nil)
        #expect(EmailAddress("a@\(label)b.fr") == nil)
        #expect(EmailAddress("a@\(label).\(label).\(label).\(label).fr") == nil)
    }
}
