import Foundation
import SupportDesk
import TestSupport
import Testing

@testable import FaxPage

@Suite("The program, from outside")
struct ProgramTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func written(_ document: FaxDocument) throws -> String {
        try folder.write(try JSONEncoder().encode(document), to: "fax.json")
        return folder("fax.json")
    }

    @Test("First the number of pages, then the file; the same as without confinement")
    func output() async throws {
        let document = Sample.document("中文 😀 שלום\n" + Sample.lines(100), pictures: [.sample()])
        let expected = try await Programs.blocking { try PageMaker.pages(of: document) }
        let (status, output, errors) = try await Tool.run(Tool.pageMaker, input: try written(document))
        #expect((status, errors) == (0, ""))
        #expect(output == Array("pages \(expected.count)\n".utf8) + expected.pdf)
        #expect(expected.count == 4)
    }

    @Test(
        "What is no document is refused, and why is said on one line",
        arguments: [
            ("", "it is no JSON"), ("no", "it is no JSON"), ("[]", "it is no JSON object"),
            (#"{"fields":[]}"#, "“title” is missing"),
            (#"{"title":1}"#, "“title” is of another type"),
            (#"{"title":"t","fields":[{"label":"a"}]}"#, "“fields[0].value” is missing"),
        ])
    func refusal(input: String, reason: String) async throws {
        try folder.write(input.utf8, to: "input")
        let (status, output, errors) = try await Tool.run(Tool.pageMaker, input: folder("input"))
        #expect(status == 65)
        #expect(output.isEmpty)
        #expect(errors == "assistd-faxpage: standard input holds no fax document: \(reason)\n")
    }

    @Test("No more is read than 64 MB")
    func excess() async throws {
        let (status, _, errors) = try await Tool.run(Tool.pageMaker, input: "/dev/zero")
        #expect(status == 65)
        #expect(errors.contains("it is larger than 64 MB"))
    }

    @Test("A limit is reached, and not passed")
    func limit() throws {
        try folder.write([1, 2, 3], to: "three")
        func read(limit: Int) throws -> [UInt8] {
            let file = try #require(FileHandle(forReadingAtPath: folder("three")))
            return try StandardStreams.read(file.fileDescriptor, limit: limit)
        }
        #expect(try read(limit: 3) == [1, 2, 3])
        #expect(throws: PageFault.self) { try read(limit: 2) }
    }

    @Test("It can write to no file, not even one it was given")
    func file() async throws {
        try folder.write([], to: "out")
        let (status, _, errors) = try await Tool.run(
            Tool.pageMaker, input: try written(Sample.document()), output: folder("out"))
        #expect(status == 70)
        #expect(errors.contains("standard output has to be a pipe"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder("out"))).isEmpty)
    }

    @Test("Once it reads, it opens nothing for writing, no socket and no file but fonts, libraries and their settings")
    func calls() async throws {
        let pictures = [.sample(), FaxDocument.Picture("a.gif", PictureFile.gif)]
        let document = Sample.document("中文 😀 שלום \u{10C80}", pictures: pictures)
        let arguments = ["-f", "-qq", "-o", folder("trace"), "-e", "trace=all", Tool.pageMaker]
        let (status, _, errors) = try await Tool.run("strace", arguments, input: try written(document))
        #expect((status, errors) == (0, ""))
        let trace = try String(contentsOfFile: folder("trace"), encoding: .utf8)
        let calls = trace.split(separator: "\n").map { $0.drop { $0.isNumber || $0 == " " } }
        let confined = try #require(calls.firstIndex { $0.hasPrefix("prctl(PR_SET_SECCOMP") })
        for limit in ["FSIZE, {rlim_cur=0,", "CORE, {rlim_cur=0,", "CPU, {rlim_cur=60,", "AS, {rlim_cur=1048576*1024,"]
        {
            #expect(calls[..<confined].contains { $0.contains("RLIMIT_\(limit)") }, "\(limit)")
        }
        #expect(calls[..<confined].contains { $0.hasPrefix("close_range(3, 4294967295, 0)") })
        #expect(calls[..<confined].contains { $0.hasPrefix("prctl(PR_SET_NO_NEW_PRIVS, 1") })
        #expect(!calls[..<confined].contains { $0.hasPrefix("read(0") })
        let later = calls[confined...]
        #expect(later.contains { $0.hasPrefix("read(0") })
        let forbidden = try Regex("^(socket|connect|bind|sendto|sendmsg|execve|fork|vfork|ptrace|io_uring)")
        #expect(!later.contains { $0.contains(forbidden) })
        let opened = later.filter { $0.hasPrefix("open") }
        #expect(opened.count > 10)
        for call in opened {
            #expect(!call.contains(#/O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND/#), "\(call)")
            guard let path = call.firstMatch(of: #/"([^"]*)"/#)?.output.1, !call.contains(" = -1 ") else { continue }
            // The clock's zone, for a date that is not used then.
            if path == "/etc/localtime" { continue }
            #expect(Confinement.readable.contains { path.hasPrefix($0 + "/") || path == $0 }, "\(call)")
        }
        #expect(!trace.contains("gio/modules"))
    }

    @Test("What the environment says changes nothing")
    func environment() async throws {
        let input = try written(Sample.document("中文 😀"))
        let plain = try await Tool.run(Tool.pageMaker, input: input)
        let settings = [
            "FONTCONFIG_FILE=/nonexistent", "FC_LANG=ja", "LC_ALL=ja_JP.UTF-8", "PANGO_LANGUAGE=zh-cn", "TZ=Asia/Tokyo",
            "GDK_PIXBUF_MODULE_FILE=/nonexistent", "HOME=\(folder.path)", Tool.pageMaker,
        ]
        let other = try await Tool.run("env", settings, input: input)
        #expect(plain.status == 0)
        #expect(other.output == plain.output)
    }
}
