import FaxChannel
import Foundation
import Glibc
import Platform
import SupportDesk
import TestSupport
import Testing

@Suite("The program that sets pages", .timeLimit(.minutes(2)))
struct PageProgramTests {
    private let folder: TemporaryFolder

    init() throws {
        signal(SIGPIPE, SIG_IGN)
        folder = try TemporaryFolder()
    }

    private let document = FaxDocument(
        title: "Télécopie", fields: [.init("De", "Marie «é»")], body: "Bonjour\n",
        pictures: [.init(name: "a.png", content: String(repeating: "QUJD", count: 100_000))],
        running: "{n}/{N}", overflow: "…")

    private func fault(_ script: String, sleeper: Sleeper = .system) async throws -> PageFault? {
        let program = PageProgram(path: try await folder.script("faxpage", script), sleeper: sleeper)
        return await #expect(throws: PageFault.self) { try await program.pages(of: document) }
    }

    @Test("The document arrives whole, and pages and count come back")
    func pages() async throws {
        let copy = folder("copy")
        let script = #"cat >'\#(copy)'; printf 'pages 12\n%%PDF-1.7\npage\0\xff\n'"#
        let pages = try await PageProgram(path: try await folder.script("faxpage", script)).pages(of: document)
        #expect(pages.count == 12)
        #expect(pages.document == Array("%PDF-1.7\npage\0".utf8) + [0xFF, 0x0A])
        let received = try JSONDecoder().decode(FaxDocument.self, from: Data(try folder.content(of: "copy")))
        #expect(received == document)
    }

    @Test("Its exit codes say what is wrong, in its words")
    func codes() async throws {
        #expect(try await fault("echo 'bad \u{1b}picture' >&2; exit 65") == .refused("bad \u{FFFD}picture"))
        #expect(try await fault("echo no font >&2; exit 70") == .failed("no font"))
        let path = folder("faxpage")
        #expect(try await fault("echo hm >&2; exit 3") == .unexpected(path, code: 3, text: "hm"))
        #expect(try await fault("kill -SEGV $$") == .killed(path, signal: SIGSEGV))
    }

    @Test(
        "What it prints must be pages",
        arguments: [
            "true", "echo hello", "printf 'pages 1\n'", "printf 'pages 0\n%%PDF-1.7'", "printf 'pages -1\n%%PDF-1.7'",
            "printf 'pages 99999999999999999999999\n%%PDF-1.7'", "printf 'pages 1 %%PDF-1.7'",
            "printf 'pages +2\n%%PDF-1.7'", "printf 'pages 1\n\n%%PDF-1.7'", "printf 'pages \n%%PDF-1.7'",
        ])
    func nonsense(script: String) async throws {
        guard case .nonsense = try await fault(script) else {
            Issue.record("\(script) passed")
            return
        }
    }

    @Test("A program that does not end is stopped")
    func late() async throws {
        let path = folder("faxpage")
        #expect(
            try await fault("sleep 1000", sleeper: Sleeper { _ in true }) == .timedOut(path, .seconds(60)))
    }

    @Test("A program that is not there, or may not be run: the fault says how to mend it")
    func missing() async throws {
        let absent = await #expect(throws: PageFault.missing("/nonexistent/x")) {
            try await PageProgram(path: "/nonexistent/x").pages(of: document)
        }
        #expect(absent?.explanation.english.contains("install the package assistd") == true)
        try folder.write([], to: "plain")
        let plain = await #expect(throws: PageFault.notExecutable(folder("plain"))) {
            try await PageProgram(path: folder("plain")).pages(of: document)
        }
        #expect(plain?.explanation.french.contains("systemctl edit assistd") == true)
    }

    @Test("Without a path it is looked for where packages put it")
    func usual() {
        let path = PageProgram().path
        #expect(path.hasSuffix("/assistd-faxpage"))
        #expect(path == "/usr/lib/assistd/assistd-faxpage" || access(path, F_OK) == 0)
    }
}
