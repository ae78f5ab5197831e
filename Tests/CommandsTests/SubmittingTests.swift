import ControlAPI
import Platform
import SupportDesk
import TestSupport
import Testing
import UnixSocketHTTP

struct SubmittingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func session(_ language: Language = .english, typed: String = "") -> Session {
        let session = Session(language: language, typed: typed)
        session.daemon.answer("submissions", 201, Samples.submission())
        return session
    }

    private func parts(_ session: Session, _ index: Int = 0) -> [UnixSocketRequest.Part] {
        guard session.daemon.requests.indices.contains(index),
            case .form(let parts) = session.daemon.requests[index].body
        else { return [] }
        return parts
    }

    private func text(_ part: UnixSocketRequest.Part?) -> String {
        String(decoding: part?.content ?? [], as: UTF8.self)
    }

    @Test("A file goes as it is, and only the reference comes out")
    func file() async throws {
        try folder.write("Licence : 12345\n\nBonjour é".utf8, to: "problème.txt")
        let session = session()
        let outcome = await session.run("submit", folder("problème.txt"), "--channel", "mail", "--priority", "high")
        #expect(outcome.status == 0)
        #expect(outcome.out == "\(Samples.reference)\n")
        #expect(outcome.errors.isEmpty)
        #expect(session.daemon.targets == ["/v1/submissions?channel=smtp&priority=high"])
        #expect(
            parts(session) == [
                UnixSocketRequest.Part(
                    name: "report", fileName: "problème.txt", content: Array("Licence : 12345\n\nBonjour é".utf8))
            ])
    }

    @Test("Whoever hands in what is held is told so, and why")
    func held() async throws {
        try folder.write("x".utf8, to: "a.txt")
        let session = Session(language: .french)
        var submission = Samples.submission()
        submission.state = "held"
        submission.reason = ReasonView(code: "license_unknown", text: "Unknown.", textFR: "Inconnue.")
        session.daemon.answer("submissions", 201, submission)
        let outcome = await session.run("submit", folder("a.txt"))
        #expect(outcome.status == 0 && outcome.out == "\(Samples.reference)\n")
        #expect(outcome.errors == "Retenu : Inconnue.\n")
    }

    @Test(
        "Attachments a report names go along from beside it, whatever the format",
        arguments: [
            ("r.txt", "License: 12345\nAttachment: a.png\nAttachment: gone.png\n\nx"),
            ("r.json", #"{"license":"12345","description":"x","attachments":["a.png","gone.png"]}"#),
        ])
    func attachments(_ name: String, _ report: String) async throws {
        try folder.write(report.utf8, to: name)
        try folder.write([1, 2, 3], to: "a.png")
        try folder.write([4], to: "b.log")
        let session = session()
        #expect(
            await session.run("submit", folder(name), "--attach", folder("b.log"), "--attach", folder("a.png")).status
                == 0)
        #expect(parts(session).map(\.fileName) == [name, "a.png", "b.log"])
        #expect(parts(session).map(\.name) == ["report", "attachment", "attachment"])
    }

    @Test("A report folder goes with everything in it")
    func reportFolder() async throws {
        try folder.folder("x.report")
        try folder.write("License: 12345\nAttachment: a.png\n\nx".utf8, to: "x.report/report.txt")
        try folder.write([1], to: "x.report/a.png")
        try folder.write([2], to: "x.report/.hidden")
        let session = session()
        #expect(await session.run("submit", folder("x.report")).status == 0)
        #expect(parts(session).map(\.fileName) == ["report.txt", "a.png"])
        try folder.folder("empty.report")
        #expect(await session.run("submit", folder("empty.report")).status == 65)
    }

    @Test("Standard input is a report", arguments: [["submit"], ["submit", "-"]])
    func standardInput(_ arguments: [String]) async {
        let session = session(typed: "License: 12345\n\nHello")
        #expect(await session.run(arguments).status == 0)
        #expect(text(parts(session).first) == "License: 12345\n\nHello")
    }

    @Test("With fields standard input is the description")
    func fields() async {
        let session = session(typed: "Ça \"casse\"\nici")
        let outcome = await session.run(
            "submit", "--license", "12345", "--subject", "S", "--contact", "C", "--email", "e@x.fr", "--phone", "1",
            "--company", "Co", "--partner", "P", "--product", "Pr", "--module", "M", "--product-version", "10.2",
            "--own-reference", "R7", "--callback", "oui")
        #expect(outcome.status == 0)
        #expect(parts(session).first?.fileName == "report.json")
        #expect(
            text(parts(session).first)
                == #"{"callback":"oui","company":"Co","contact":"C","description":"Ça \"casse\"\nici","email":"e@x.fr","#
                + #""license":"12345","module":"M","partner":"P","phone":"1","product":"Pr","reference":"R7","subject":"S","version":"10.2"}"#
        )
        // What is built must be what the daemon reads.
        #expect((try? JSONReport.parse(parts(session)[0].content))?.details.senderReference == "R7")
    }

    @Test("What is built is answered in the language of who hands it in", arguments: Language.allCases)
    func language(_ language: Language) async throws {
        var session = session(typed: "x")
        session.language = language
        #expect(await session.run("submit", "--license", "12345", "--subject", "S", "--company", "Co").status == 0)
        let report = try JSONReport.parse(parts(session)[0].content)
        #expect(report.language == language)
        #expect(report.license == "12345" && report.subject == "S" && report.details.company == "Co")
    }

    @Test(
        "Fields put over a text leave it its language",
        arguments: [("Licence", Language.french), ("License", .english)])
    func languageOfText(_ name: String, _ language: Language) async throws {
        var session = session(typed: "")
        try folder.write("\(name): 12345\n\nx".utf8, to: "r.txt")
        session.language = language == .french ? .english : .french
        #expect(await session.run("submit", folder("r.txt"), "--subject", "S").status == 0)
        #expect(try JSONReport.parse(parts(session)[0].content).language == language)
    }

    @Test("A description in Windows-1252 is understood")
    func windows() async throws {
        try folder.write([0x43, 0x61, 0x66, 0xE9], to: "note.txt")
        let session = session()
        #expect(await session.run("submit", folder("note.txt"), "--license", "12345").status == 0)
        #expect(text(parts(session).first).contains("Café"))
    }

    @Test("Fields go over what a report says by itself")
    func override() async throws {
        try folder.write(
            "License: 12345\nSubject: old\nContact: Alice\nFloor: 3\nAttachment: a.png\n\nBody".utf8, to: "r.txt")
        try folder.write([1], to: "a.png")
        let session = session()
        #expect(await session.run("submit", folder("r.txt"), "--subject", "new").status == 0)
        let report = try JSONReport.parse(parts(session)[0].content)
        #expect(report.subject == "new")
        #expect(report.license == "12345")
        #expect(report.details.contact == "Alice")
        #expect(report.details.others.map(\.value) == ["3"])
        #expect(report.description == "Body")
        #expect(parts(session).map(\.fileName) == ["report.json", "a.png"])
    }

    @Test("A rejected report is told with its reason, and exits with 65")
    func rejected() async throws {
        try folder.write("Hello".utf8, to: "r.txt")
        let session = Session(language: .french)
        var submission = Samples.submission(state: "rejected")
        submission.reason = ReasonView(code: "license_missing", text: "No license.", textFR: "Pas de licence.")
        session.daemon.answer("submissions", 422, submission)
        let outcome = await session.run("submit", folder("r.txt"))
        #expect(outcome.status == 65)
        #expect(outcome.out.isEmpty)
        #expect(outcome.errors.contains("refusé : Pas de licence."))
        let json = await session.run("submit", folder("r.txt"), "--json")
        #expect(json.status == 65)
        #expect(json.out.contains(#""state":"rejected""#))
    }

    @Test("Several files are one line each, and a bad one does not stop the others")
    func several() async throws {
        try folder.write("License: 1234\n\nx".utf8, to: "a.txt")
        try folder.write("License: 1234\n\ny".utf8, to: "c.txt")
        let session = session()
        let outcome = await session.run("submit", folder("a.txt"), folder("b.txt"), folder("c.txt"))
        #expect(outcome.status == 65)
        #expect(outcome.out == "\(Samples.reference)\n\(Samples.reference)\n")
        #expect(outcome.errors.contains("b.txt"))
    }

    @Test("An unreachable daemon stops at once")
    func unreachable() async throws {
        try folder.write("License: 1234\n\nx".utf8, to: "a.txt")
        let session = Session()
        session.daemon.fail("submissions", .absent)
        #expect(await session.run("submit", folder("a.txt"), folder("a.txt")).status == 69)
        #expect(session.daemon.requests.count == 1)
    }

    @Test("Waiting goes on until the report is relayed; the reference comes first")
    func wait() async throws {
        let session = session(typed: "License: 12345\n\nHello")
        session.daemon.answer("events", EventPage(events: [], last: 1))
        session.daemon.answer("submissions/", Samples.submission(state: "relayed"))
        let outcome = await session.run("submit", "--wait")
        #expect(outcome.status == 0)
        #expect(outcome.out == "\(Samples.reference)\n")
    }

    @Test("Attaching what is not there is bad input, and nothing is sent")
    func missingAttachment() async {
        let session = session(typed: "License: 12345\n\nHello")
        let outcome = await session.run("submit", "--attach", folder("nope.png"))
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("nope.png"))
        #expect(session.daemon.requests.isEmpty)
    }

    @Test("Somebody at a terminal is told what to type")
    func terminal() async {
        var session = session(.french, typed: "x")
        session.inputIsTerminal = true
        #expect(await session.run("submit", "--license", "12345").errors.contains("Ctrl-D"))
    }
}
