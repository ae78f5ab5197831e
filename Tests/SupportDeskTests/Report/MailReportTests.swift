import SupportDesk
import Testing

@Suite("Reports by mail")
struct MailReportTests {
    private func mail(
        _ subject: String?, _ text: String?, header: String? = nil, attachments: [Attachment] = [],
        limits: ReportLimits = ReportLimits()
    ) throws(Rejection) -> Report {
        try Report(mailSubject: subject, text: text, licenseHeader: header, attachments: attachments, limits: limits)
    }

    @Test("subject, text, attachments and the licence of its header")
    func header() throws {
        let file = Attachment(name: "a.txt", content: [65])
        let report = try mail("Écran figé", "Bonjour\r\nTel : 01\r\n", header: " 00012344 ", attachments: [file])
        #expect(report.license == "00012344")
        #expect(report.subject == "Écran figé")
        #expect(report.description == "Bonjour\nTel : 01\n")
        #expect(report.details == Report.Details())
        #expect(report.attachments == [file])
        #expect(report.language == .french)
    }

    @Test(
        "the licence in a line of the text",
        arguments: ["Licence : 1234", "licence\u{A0}:1234", "N° de licence : 1234"])
    func line(line: String) throws {
        let report = try mail(nil, "\n\(line)\nBonjour\nça plante\n> Licence : 9999\n")
        #expect(report.license == "1234")
        #expect(report.subject == "Bonjour")
        #expect(report.description.contains(line))
    }

    @Test("an English line makes an English report")
    func english() throws {
        #expect(try mail("Help", "License: 1234\nIt hangs.").language == .english)
        #expect(try mail("Help", "Licence: 1234\nIt hangs.").language == .french)
    }

    @Test("refusals")
    func refusals() {
        func code(_ body: () throws(Rejection) -> Report) -> Reason.Code? { refused(body)?.code }
        #expect(code { () throws(Rejection) in try mail("X", "Bonjour") } == .licenseMissing)
        #expect(code { () throws(Rejection) in try mail("X", nil, header: "1234") } == .missingBody)
        #expect(code { () throws(Rejection) in try mail("X", "Licence : 1234\n\n") } == .missingBody)
        #expect(code { () throws(Rejection) in try mail(nil, "Licence : 1234\n\n\u{85}\u{9B}\n") } == .missingBody)
        #expect(code { () throws(Rejection) in try mail(nil, nil) } == .licenseMissing)
        #expect(code { () throws(Rejection) in try mail("X", "Licence : 1\nLicence : 2\nx") } == .duplicateField)
        #expect(code { () throws(Rejection) in try mail("X", "Licence : 1\nx", header: "2") } == .duplicateField)
        #expect(code { () throws(Rejection) in try mail("X\r\nBcc: a", "x", header: "2") } == .unsafeHeader)
        #expect(code { () throws(Rejection) in try mail("X", "x", header: "2\u{1B}1") } == .unsafeHeader)
        #expect(code { () throws(Rejection) in try mail("X", "x\0", header: "2") } == .binary)
        let program = Attachment(name: "a.txt", content: [0x7F, 0x45, 0x4C, 0x46])
        #expect(
            code { () throws(Rejection) in try mail("X", "x", header: "2", attachments: [program]) }
                == .unsafeAttachment)
        var limits = ReportLimits()
        limits.attachments = 1
        limits.total = 10
        let file = Attachment(name: "a", content: Array(repeating: 65, count: 9))
        #expect(
            code { () throws(Rejection) in try mail("X", "x", header: "2", attachments: [file, file], limits: limits) }
                == .tooLarge)
        #expect(
            code { () throws(Rejection) in try mail("X", "xx", header: "2", attachments: [file], limits: limits) }
                == .tooLarge
        )
        #expect(
            code { () throws(Rejection) in try mail("X", "x", header: "2", attachments: [file], limits: limits) } == nil
        )
    }
}
