import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Faxes, from drop to desk", .timeLimit(.minutes(5)))
struct FaxTests {
    private static let nobody = #"url = "smtp://127.0.0.1:9""# + "\ntls = \"none\""

    private func report(_ more: String = "") -> String {
        """
        Licence : 12345678
        Objet : Impression bloquée à 9 h
        Société : Œuvres & Cie
        Contact : Jérôme Dupont
        Courriel : jd@exemple.fr
        Téléphone : 01 39 00 00 00
        \(more)

        L'impression des factures est bloquée depuis ce matin, et rien ne sort de l'imprimante.
        """
    }

    /// A program that keeps what it is given; `[fax]` that names it.
    private func sender(in folder: TemporaryFolder, _ more: String = "") throws -> String {
        try folder.write(
            """
            #!/bin/sh
            cp "$1" '\(folder("sent.pdf"))'
            echo "$2" >>'\(folder("numbers"))'
            echo 17
            """.utf8, to: "send")
        chmod(folder("send"), 0o755)
        return """
            [fax]
            gateway = "command"
            command.submit = ["\(folder("send"))", "{file}", "{national}"]
            \(more)
            """
    }

    @Test("What a program of the administrator's takes is relayed, with its pages as a file")
    func command() async throws {
        let folder = try TemporaryFolder()
        let it = try Installation(smtp: Self.nobody, more: try sender(in: folder))
        try await it.start()
        try it.drop(report("Canal : fax"))
        let reference = try await it.submissions(in: "relayed", reach: 1)[0]
        let shown = try await it.assistctl("show", reference, "--json").json
        #expect(shown["channel"] as? String == "fax" && shown["delivered_at"] is NSNull)
        #expect(try folder.text(of: "numbers") == "0130417781\n")
        let text = try await it.program("pdftotext", "-layout", folder("sent.pdf"), "-")
        #expect(text.contains(reference) && text.contains("12345678") && text.contains("imprimante"))
        let receipt = try it.folder.text(of: "spool/receipts/\(reference).txt")
        #expect(receipt.contains("La passerelle de fax a pris votre rapport en charge"))
        #expect(try await it.end() == 0)
    }

    private static let always = """
        [desk]
        hours = ["lun-dim 00:00-24:00"]
        holidays = ["none"]
        """

    @Test("What mail cannot deliver in time goes by fax, once, says so on its page, and mail stops trying")
    func fallback() async throws {
        let folder = try TemporaryFolder()
        let it = try Installation(
            smtp: Self.nobody, more: try sender(in: folder, #"fallback_after = "1s""#) + "\n" + Self.always)
        try await it.start()
        try it.drop(report())
        let reference = try await it.submissions(in: "relayed", reach: 1)[0]
        let history = try await it.assistctl("show", reference).output
        #expect(history.contains("Mail could not be delivered within 1 s of the desk's open time: goes by fax"))
        let text = try await it.program("pdftotext", "-layout", folder("sent.pdf"), "-")
        #expect(text.contains("Envoyé par fax car le courriel"))
        #expect(try folder.text(of: "numbers") == "0130417781\n")
        #expect(try await it.end() == 0)
    }

    @Test("Configured so, mail goes as well once it can")
    func fallbackAndMail() async throws {
        let folder = try TemporaryFolder()
        let it = try Installation(
            smtp: Self.nobody,
            more: try sender(in: folder, "fallback_after = \"1s\"\nfallback_mail = \"continue\"") + "\n" + Self.always)
        try await it.start()
        try it.drop(report())
        try await it.tells { $0.contains("which will say nothing more (17). Mail is tried again") }
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.probe, ScriptedSMTPServer.desk()) { server in
            try it.configure(
                smtp: server.plainSettings,
                more: try sender(in: folder, "fallback_after = \"1s\"\nfallback_mail = \"continue\"") + "\n"
                    + Self.always)
            it.send(SIGHUP)
            let reference = try await it.submissions(in: "relayed", reach: 1)[0]
            let shown = try await it.assistctl("show", reference, "--json").json
            #expect(shown["channel"] as? String == "smtp")
            #expect((shown["attempts"] as? [[String: Any]])?.last?["outcome"] as? String == "accepted")
        }
        // And never by fax again.
        #expect(try folder.text(of: "numbers") == "0130417781\n")
        #expect(try await it.end() == 0)
    }

    @Test("A second sending by fax is asked about first, and goes with --yes alone")
    func resend() async throws {
        let folder = try TemporaryFolder()
        let it = try Installation(smtp: Self.nobody, more: try sender(in: folder))
        try await it.start()
        try it.drop(report("Canal : fax"))
        let reference = try await it.submissions(in: "relayed", reach: 1)[0]
        let asked = try await it.assistctl("resend", "--channel", "fax", reference)
        #expect(asked.status == 64 && asked.errors.contains("costs a call") && asked.errors.contains("--yes"))
        #expect(try folder.text(of: "numbers") == "0130417781\n")
        #expect(try await it.assistctl("resend", "--channel", "fax", reference, "--yes").status == 0)
        try await it.tells(times: 2) { $0.hasPrefix("Taken by the fax gateway") }
        #expect(try folder.text(of: "numbers") == "0130417781\n0130417781\n")
        #expect(try await it.end() == 0)
    }
}

extension Installation {
    /// Puts a report into the drop zone, complete.
    func drop(_ text: String, as name: String = "rapport.txt") throws {
        try folder.write(text.utf8, to: "spool/." + name)
        try FileManager.default.moveItem(atPath: folder("spool/." + name), toPath: folder("spool/incoming/" + name))
    }
}
