import Foundation
import Glibc
import Platform
import TestSupport
import Testing

/// The daemon, a real HylaFAX, two modems and a telephone line between them.
@Suite(
    "Faxes over the line", .serialized, .enabled(if: FaxLine.isAvailable, "\(FaxLine.obstacle ?? "")"),
    .timeLimit(.minutes(15)))
struct FaxLineTests {
    private static let isLong = ProcessInfo.processInfo.environment["ASSISTD_TORTURE"] == "1"

    /// A daemon whose gateway is the line's office.
    static func installation(_ port: Int, _ more: String = "") throws -> Installation {
        try Installation(
            smtp: "url = \"smtp://127.0.0.1:9\"\ntls = \"none\"",
            more: """
                [fax]
                gateway = "hylafax"
                own_number = "+33139000000"
                \(more)
                [fax.hylafax]
                host = "127.0.0.1"
                port = \(port)
                max_dials = 2
                poll = "1s"
                """)
    }

    static let report = """
        Licence : 12345678
        Objet : Impression bloquée
        Société : Œuvres & Cie
        Contact : Jérôme Dupont
        Canal : fax

        L'impression des factures est bloquée depuis ce matin.
        Rien ne sort de l'imprimante, même après redémarrage.
        """

    @Test("What was dropped arrives as pages that can be read, and is delivered once the last of them is confirmed")
    func received() async throws {
        try await FaxLine.run { line in
            let it = try Self.installation(line.port)
            try await it.start()
            let doctor = try await it.assistctl("doctor")
            #expect(doctor.output.contains("fax page: a sample page can be set"), "\(doctor.output)")
            #expect(!doctor.output.contains("FAULT    fax"), "\(doctor.output)")
            try it.drop(Self.report)
            let reference = try await it.submissions(in: "delivered", reach: 1)[0]
            let shown = try await it.assistctl("show", reference, "--json").json
            #expect(shown["delivered_at"] is String && shown["relayed_at"] is String && shown["due_at"] is String)
            let attempts = try #require(shown["attempts"] as? [[String: Any]])
            #expect(attempts.count == 1 && attempts[0]["outcome"] as? String == "accepted")
            let receptions = try await line.waits(forReceptions: 1)
            #expect(receptions[0].pages.map(\.resolution) == [196] && receptions[0].pages[0].width == 1728)
            let text = try await it.program("tesseract", receptions[0].path, "-", "-l", "fra", "--psm", "4")
            for words in [
                "12345678", "Jérôme Dupont", "L'impression des factures est bloquée depuis ce matin",
                "même après redémarrage",
            ] {
                #expect(Self.plain(text).contains(Self.plain(words)), "\(words) in \(text)")
            }
            #expect(Self.nearly(reference, in: Self.plain(text)), "\(reference) in \(text)")
            #expect(try await line.waits(forCalls: 1).map(\.dialled) == ["0130417781"])
            let receipt = try it.folder.text(of: "spool/receipts/\(reference).txt")
            #expect(receipt.contains("La machine de l'assistance a confirmé chaque page de votre fax."))
            #expect(try await it.end() == 0)
        }
    }

    /// Without what a reader of pages makes of blanks and apostrophes.
    private static func plain(_ text: String) -> String {
        text.replacing("’", with: "'").replacing("‘", with: "'").split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }

    /// Whether somewhere a text says something, but for two signs at most: a reader of pages takes B for 8.
    private static func nearly(_ words: String, in text: String) -> Bool {
        let (words, text) = (Array(words), Array(text))
        guard text.count >= words.count else { return false }
        return (0...text.count - words.count).contains { start in
            zip(words, text[start...]).count { $0 != $1 } <= 2
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var fault: FaxLine.Fault
        var state: String
        var reason: String?
        /// Part of what a person reads.
        var words: String
        var testDescription: String { "\(fault)" }
    }

    /// One in the short run; the others take minutes.
    private static let cases = isLong ? all : all.filter { $0.fault == .busy }

    private static let all = [
        Case(fault: .busy, state: "queued", words: "Fax not sent: busy, after 2 calls"),
        Case(fault: .noAnswer, state: "queued", words: "Fax not sent: no answer"),
        Case(fault: .voice, state: "queued", words: "no fax machine answered (wrong number, or a person)"),
        Case(fault: .reject, state: "queued", words: "no fax machine answered"),
        Case(fault: .noDialTone, state: "queued", words: "no dial tone on the fax line"),
        Case(fault: .noise(decibel: -35), state: "queued", words: "no fax machine answered"),
        Case(fault: .cut(after: 1), state: "queued", words: "Fax not sent"),
        // After the page, before its confirmation: it did arrive.
        Case(fault: .cut(after: 14), state: "held", reason: "uncertain", words: "uncertain"),
        // Within the page.
        Case(fault: .hangUp(after: 9), state: "held", reason: "uncertain", words: "broke off"),
    ]

    @Test("Whatever goes wrong ends in a state that says no more than is known, in words", arguments: cases)
    func faults(_ it: Case) async throws {
        // Long enough between two calls for the daemon to hear of the first.
        try await FaxLine.run(retry: it.fault == .busy ? 8 : 1) { line in
            try line.suffers(it.fault)
            let daemon = try Self.installation(line.port)
            try await daemon.start()
            try daemon.drop(Self.report)
            let ends = try await daemon.tells { $0.hasPrefix("Fax not sent") || $0.hasPrefix("Outcome of the fax") }
            #expect(ends[0].state == it.state && ends[0].text.contains(it.words), "\(ends)")
            let shown = try await daemon.assistctl("show", ends[0].reference, "--json").json
            #expect((shown["reason"] as? [String: Any])?["code"] as? String == it.reason)
            if it.fault == .busy {
                let history = try await daemon.assistctl("show", ends[0].reference).output
                #expect(history.contains("Fax: try 1/2: busy"), "\(history)")
                let next = try #require(shown["next_attempt_at"] as? String)
                #expect(next > (shown["updated_at"] as? String ?? "") && !next.isEmpty)
            }
            #expect(try await daemon.end() == 0)
        }
    }

    @Test("A person's cancel takes a fax out of the gateway's queue")
    func cancelled() async throws {
        try await FaxLine.run { line in
            try line.suffers(.busy)
            let it = try Self.installation(line.port)
            try await it.start()
            try it.drop(Self.report)
            let reference = try await it.tells { $0.hasPrefix("Taken by the gateway") }[0].reference
            let run = try await it.assistctl("cancel", reference)
            #expect(run.status == 0 && run.output.contains("the gateway is asked to call it off"), "\(run)")
            #expect(try await it.submissions(in: "cancelled", reach: 1) == [reference])
            #expect(try await it.end() == 0)
        }
    }

    @Test("A stop leaves the fax to the gateway, and the next start learns what became of it")
    func stopped() async throws {
        try await FaxLine.run { line in
            let it = try Self.installation(line.port)
            try await it.start()
            try it.drop(Self.report)
            let reference = try await it.tells { $0.hasPrefix("Taken by the gateway") }[0].reference
            #expect(try await it.end() == 0)
            try await it.start()
            #expect(try await it.submissions(in: "delivered", reach: 1) == [reference])
            let attempts = try await it.assistctl("show", reference, "--json").json["attempts"] as? [[String: Any]]
            #expect(attempts?.count == 1)
            #expect(try line.receptions().count == 1)
            #expect(try await it.end() == 0)
        }
    }
}
