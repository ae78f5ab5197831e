import SupportDesk
import TestSupport
import Testing

@Suite("What a fax says")
struct FaxLetterheadTests {
    private func letterhead(_ language: Language) throws -> FaxLetterhead {
        var letterhead = FaxLetterhead(
            desk: "Gestimum", number: try FaxNumber("+33130417781"), mail: "assistd@example.fr", language: language,
            zone: try .paris())
        letterhead.ownNumber = "+33139000000"
        letterhead.maximumPages = 7
        letterhead.isFine = false
        return letterhead
    }

    private func document(
        _ language: Language = .french, isFallback: Bool = false, _ change: (inout Submission) -> Void = { _ in }
    ) throws -> FaxDocument {
        var submission = Sample.full(1).submission
        change(&submission)
        return try letterhead(language).document(
            of: submission, description: "Ligne 1\nLigne 2", isFallback: isFallback, at: Sample.start)
    }

    private func value(_ label: String, _ document: FaxDocument) -> String? {
        document.fields.first { $0.label == label }?.value
    }

    @Test("all that the desk needs is there, in its language and on its clock")
    func french() throws {
        let submission = Sample.full(1).submission
        let document = try document()
        let expected: [(String, String)] = [
            ("À", "Gestimum, fax +33 1 30 41 77 81"), ("De", "Jérôme Dupont, Œuvres & Cie"),
            ("Date", "lundi 23/11/2026 09:00 (Europe/Paris)"),
            ("Référence", "\(submission.reference)"), ("Licence", "GES12345"), ("Société", "Œuvres & Cie"),
            ("Partenaire", "Partenaire"), ("Logiciel", "Gestimum ERP, Ventes, 10.2"), ("Votre référence", "T-17"),
            ("Réponse à", "fax +33 1 39 00 00 00, jd@example.fr, téléphone +33 1 23 45 67 89"),
            ("Priorité", submission.priority.name.french), ("Objet", "Impression bloquée"), ("Poste", "PC-\"3\""),
        ]
        for (label, text) in expected { #expect(value(label, document) == text, "\(label)") }
        #expect(document.title == "Télécopie : rapport d'anomalie")
        #expect(document.body == "Ligne 1\nLigne 2")
        #expect(document.running == "\(submission.reference) : page {n}/{N}")
        #expect(
            document.overflow.contains("\(submission.reference)") && document.overflow.contains("assistd@example.fr"))
        #expect(document.attachments == ["écran.png (12 Ko)", "b\\c.log (0 octets)"])
        #expect(document.maximumPages == 7 && !document.isFine && document.notice == nil)
    }

    @Test("it speaks English to an English desk")
    func english() throws {
        let document = try document(.english)
        let labels = document.fields.map(\.label)
        for label in [
            "To", "From", "Date", "Reference", "License", "Company", "Partner", "Software", "Your reference",
            "Answer to", "Priority", "Subject",
        ] { #expect(labels.contains(label), "\(label)") }
        #expect(value("Answer to", document)?.hasSuffix("telephone +33 1 23 45 67 89") == true)
        #expect(document.title == "Fax: problem report" && document.running.hasSuffix(": page {n}/{N}"))
        #expect(document.attachments == ["écran.png (12 kB)", "b\\c.log (0 bytes)"])
    }

    @Test("what mail could not deliver says so, and nothing else does")
    func fallback() throws {
        #expect(try document(isFallback: true).notice?.contains("courriel n'a pas pu") == true)
        #expect(try document(.english, isFallback: true).notice?.contains("mail could not be delivered") == true)
        #expect(try document(isFallback: false).notice == nil)
    }

    @Test("who gave nothing but a license is still to be answered; what was not given has no line")
    func bare() throws {
        let document = try document {
            $0.details = Report.Details()
            $0.priority = .normal
        }
        #expect(value("De", document) == "assistd@example.fr")
        #expect(value("Réponse à", document) == "fax +33 1 39 00 00 00, assistd@example.fr")
        #expect(
            document.fields.map(\.label) == ["À", "De", "Date", "Référence", "Licence", "Réponse à", "Objet"])
    }

    @Test("fields cannot play tricks on the page")
    func hostile() throws {
        let trick = "a\u{1B}[2J\n\u{202E}b"
        let document = try document {
            $0.subject = trick
            $0.license = trick
            $0.details.company = trick
            $0.details.contact = trick
            $0.details.email = trick
            $0.details.phone = trick
            $0.details.product = trick
            $0.details.senderReference = trick
            $0.details.partner = trick
            $0.details.others = [.init(name: trick, value: trick)]
            $0.attachments = [.init(name: trick, size: 1)]
        }
        let texts = document.fields.flatMap { [$0.label, $0.value] } + document.attachments
        for text in texts + [document.title, document.running, document.overflow] {
            #expect(!text.unicodeScalars.contains { $0.isHarmful }, "\(text)")
        }
    }

    @Test("the page to try with says its date, and is one page")
    func sample() throws {
        let sample = try letterhead(.french).sample(at: Sample.start)
        #expect(sample.maximumPages == 1 && sample.fields.first?.value.contains("23/11/2026") == true)
    }
}
