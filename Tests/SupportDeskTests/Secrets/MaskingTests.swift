import SupportDesk
import Testing

@Suite("Secrets in reports and submissions")
struct MaskingTests {
    private let key = "A1B2C3D4E5F60718"

    private var details: Report.Details {
        var details = Report.Details()
        details.company = "Lefèvre \(key)"
        details.contact = "Jean, mdp : Soleil92"
        details.email = "jean@exemple.fr"
        details.phone = "FR7630006000011234567890189"
        details.partner = key
        details.product = key
        details.module = key
        details.version = key
        details.callback = key
        details.senderReference = key
        details.others = [
            .init(name: "Mot de passe", value: "un deux trois quatre cinq"),
            .init(name: "Clé de débridage", value: "a1b2c3d4e5f60718"),
            .init(name: "Poste", value: "PC-12"), .init(name: key, value: "x"),
            .init(name: "Code de débridage", value: "ab-cd-ef-12"),
            .init(name: "TeamViewer", value: "123 456 789"), .init(name: "Note", value: "mdp : a1"),
        ]
        return details
    }

    @Test("of a submission no field shows one, and what is none stays")
    func submission() {
        let kind = Reason(.badField, fr: "« \(key) »", en: "“\(key)”")
        var submission = Submission(
            reference: Reference(number: 7), state: .held, channel: .smtp, license: "00012344", subject: "Clé \(key)",
            details: details, priority: .normal, source: .spool(file: "\(key).txt x \(key)"),
            submitter: .init(uid: 1, name: "marie"), language: .french, receivedAt: Timestamp(milliseconds: 0), size: 1,
            attachments: [AttachmentSummary(name: "\(key) écran.png", size: 1)], reason: kind,
            notes: [Bilingual(fr: "« \(key) »", en: "“\(key)”")])
        let masked = submission.masked
        #expect(masked.subject == "Clé [clé de débridage masquée]")
        #expect(masked.license == "00012344" && masked.details.email == "jean@exemple.fr")
        #expect(masked.details.contact == "Jean, mdp : [mot de passe masqué]")
        #expect(
            masked.details.others == [
                .init(name: "Mot de passe", value: "[mot de passe masqué]"),
                .init(name: "Clé de débridage", value: "[clé de débridage masquée]"),
                .init(name: "Poste", value: "PC-12"),
                .init(name: "[clé de débridage masquée]", value: "x"),
                .init(name: "Code de débridage", value: "[code de débridage masqué]"),
                .init(name: "TeamViewer", value: "[code de télémaintenance masqué]"),
                .init(name: "Note", value: "mdp : [mot de passe masqué]"),
            ])
        #expect(!String(describing: masked).replacing("\(key).txt", with: "").contains(key))
        #expect(masked.reason?.text.english == "“[unlock key masked]”")
        #expect(masked.masked == masked)
        submission.language = .english
        #expect(submission.masked.subject == "Clé [unlock key masked]")
    }

    @Test("a report for a desk that shall not have them, down to the formatted copy of its text")
    func report() {
        var report = Report(license: "00012344", subject: "mdp : Soleil92", description: "La clé \(key)\nfin\n")
        report.details = details
        let (page, log) = (
            Attachment(name: "message.html", content: Array("<p>\(key)".utf8), isBody: true),
            Attachment(name: "trace.log", content: Array(key.utf8))
        )
        report.attachments = [page, log]
        let masked = report.masked(in: .french)
        #expect(masked.subject == "mdp : [mot de passe masqué]")
        #expect(masked.description == "La clé [clé de débridage masquée]\nfin\n")
        #expect(masked.license == "00012344" && masked.attachments == [log])
        report.description = "rien"
        #expect(report.masked(in: .french).attachments == [page, log])
    }

    @Test("a subject made of the first line is never cut within a secret")
    func cutSubject() throws {
        let iban = "FR76 3000 6000 0112 3456 7890 189"
        for filler in 60...110 {
            let line = String(repeating: "a", count: filler) + " \(iban) " + String(repeating: "b", count: 100)
            let report = try ReportParser.parse(Array("Licence : 00012344\n\n\(line)\n".utf8))
            #expect(report.subject.unicodeScalars.count <= 100)
            #expect(!report.subject.masked.contains("FR76"), "\(report.subject)")
        }
    }

    @Test("sentences that quote a field quote no secret, not even the beginning of one")
    func excerpts() {
        for value in [
            key, "FR76 3000 6000 0112 3456 7890 189 et plus encore et encore", "x mdp : Soleil92",
            "AB12-CD34-EF56-GH78",
        ] {
            for text in [
                "Licence : 00012344\nCanal : \(value)\n\nx", "Licence : 00012344\nPriorité : \(value)\n\nx",
                "Licence : 00012344\nCourriel : \(value)\n\nx", "Licence : 00012344\nPJ : /\(value)\n\nx",
                "Licence : 1\n\(value)\n\nx",
            ] {
                do throws(Rejection) {
                    let report = try ReportParser.parse(Array(text.utf8))
                    check(report.notes)
                } catch {
                    check([error.explanation])
                }
            }
        }
    }

    private func check(_ sentences: [Bilingual]) {
        for text in sentences.flatMap({ [$0.french, $0.english] }) {
            for piece in ["A1B2", "3000", "Soleil", "CD34"] { #expect(!text.contains(piece), "\(text)") }
        }
    }
}
