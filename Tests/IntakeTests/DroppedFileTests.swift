import Glibc
import Mail
import Platform
import SQLiteJournal
import SupportDesk
import TestSupport
import Testing

@testable import Intake

@Suite("Large attachments in the drop zone", .timeLimit(.minutes(1)))
struct DroppedFileTests {
    private let folder: TemporaryFolder
    private static let bytes = (0..<(DroppedFile.least + 4321)).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("Licence : 12345678\nPièce-jointe : a.log\n\nx".utf8, to: "panne.txt")
        try folder.write(Self.bytes, to: "a.log")
    }

    private func attachment(_ name: String = "panne.txt") throws -> SupportDesk.Attachment {
        let reader = DropReader(incoming: try Folder(folder.path), limits: ReportLimits(), parse: ReportReading.parse)
        guard case .report(_, let report) = try reader.read(Array(name.utf8)) else {
            throw SystemError("read", name, code: EINVAL)
        }
        return try #require(report.attachments.first)
    }

    private func file(_ attachment: SupportDesk.Attachment) throws -> any AttachedFile {
        guard case .file(let file) = attachment.content else { throw SystemError("held", "a.log", code: EINVAL) }
        return file
    }

    private func read(_ file: any AttachedFile) throws -> [UInt8] {
        var read: [UInt8] = []
        try file.forEachPiece { read += $0 }
        return read
    }

    @Test("are not held, beside a report and in its folder")
    func notHeld() throws {
        try folder.folder("b.report")
        try folder.write("Licence : 12345678\n\nx".utf8, to: "b.report/report.txt")
        try folder.write(Self.bytes, to: "b.report/a.log")
        for name in ["panne.txt", "b.report"] {
            let attachment = try attachment(name)
            #expect(attachment.size == Self.bytes.count)
            let file = try file(attachment)
            #expect(file.head.starts(with: Self.bytes.prefix(64)))
            #expect(!file.isUTF8)
            #expect(try read(file) == Self.bytes)
            #expect(try read(file) == Self.bytes)
        }
    }

    @Test("small ones are held")
    func held() throws {
        try folder.write([1, 2], to: "a.log")
        #expect(try attachment().content == .bytes([1, 2]))
    }

    @Test("it is known whether they are text, wherever a character falls")
    func text() throws {
        try folder.write(
            Array((String(repeating: "a", count: 65_535) + String(repeating: "é", count: 200_000)).utf8), to: "a.log")
        #expect(try file(attachment()).isUTF8)
    }

    @Test("programs are refused by what they begin with")
    func program() throws {
        try folder.write([0x7F, 0x45, 0x4C, 0x46] + Self.bytes, to: "a.log")
        let reader = DropReader(incoming: try Folder(folder.path), limits: ReportLimits(), parse: ReportReading.parse)
        guard case .refused(_, let rejection) = try reader.read(Array("panne.txt".utf8)) else {
            Issue.record("not refused")
            return
        }
        #expect(rejection.reason.code == .unsafeAttachment)
    }

    @Test(
        "one that was touched after it was looked through does not count", arguments: ["grown", "cut", "written over"])
    func changed(how: String) throws {
        let file = try file(attachment())
        let path = folder("a.log")
        switch how {
        case "grown": truncate(path, Self.bytes.count + 1)
        case "cut": truncate(path, 100_000)
        default:
            var before = stat()
            stat(path, &before)
            let descriptor = open(path, O_WRONLY)
            pwrite(descriptor, "x", 1, 200_000)
            // The time of the last writing can be set back.
            var times = [before.st_atim, before.st_mtim]
            futimens(descriptor, &times)
            close(descriptor)
        }
        #expect(throws: AttachedFileChanged.self) { try read(file) }
    }

    @Test("a store through memory counts, though the kernel does not tell of it", arguments: [0, 100_000])
    func mapped(place: Int) throws {
        let text = [UInt8](repeating: 0x61, count: DroppedFile.least)
        try folder.write(text, to: "a.log")
        let descriptor = open(folder("a.log"), O_RDWR)
        defer { close(descriptor) }
        let memory = try #require(mmap(nil, text.count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0))
        defer { munmap(memory, text.count) }
        // From then on the pages are written to already.
        for page in stride(from: 0, to: text.count, by: 4096) {
            memory.storeBytes(of: 0x61, toByteOffset: page, as: UInt8.self)
        }
        let file = try file(attachment())
        #expect(file.isUTF8)
        memory.storeBytes(of: 0xFF, toByteOffset: place, as: UInt8.self)
        #expect(throws: AttachedFileChanged.self) { try read(file) }
    }

    @Test("one that was replaced does not count either")
    func replaced() throws {
        let file = try file(attachment())
        rename(folder("panne.txt"), folder("a.log"))
        // Losing its name is a change to its inode: nobody can tell it from another.
        #expect(throws: AttachedFileChanged.self) { try read(file) }
    }

    @Test("one that changes before it is taken over goes a moment later as it is then, and its neighbours at once")
    func changedWhileTaken() async throws {
        var door = try await Door()
        let folder = door.folder
        let later = Self.bytes.reversed() + [1]
        door.limit = 1_000_000
        let calls = Locked(0)
        door.meanwhile = {
            let isFirst = calls.withLock { calls in
                calls += 1
                return calls == 1
            }
            if isFirst { try? folder.write(later, to: "incoming/a.log") }
        }
        try folder.write(Self.bytes, to: "incoming/a.log")
        try folder.write("Licence : 12345678\nPièce-jointe : a.log\n\nx".utf8, to: "incoming/panne.txt")
        for number in 1...20 { try folder.write("Licence : 12345678\n\nx".utf8, to: "incoming/panne-\(number).txt") }
        try await door.whileRunning { door, _ in
            try await door.journal.count(of: .queued, reaches: 21)
            let all = try await door.all()
            #expect(all.count == 21)
            let large = try #require(all.first { !$0.attachments.isEmpty })
            #expect(large.size > later.count)
            let message = try #require(try await door.journal.message(of: large.reference))
            guard case .file(let path, let size) = message else {
                Issue.record("kept in the journal")
                return
            }
            let bytes = try OpenFile(path).read(limit: size + 1, expecting: size)
            #expect(bytes.count == size)
            #expect(try MessageReader.read(bytes).attachments.map(\.content) == [.bytes(Array(later))])
        }
        #expect(try folder.names(in: "incoming") == [])
        #expect(calls.withLock { $0 } > 21)
    }

    @Test("however many change again and again, the others go, as far as their quota reaches")
    func traps() async throws {
        var door = try await Door(unknown: .forward)
        let folder = door.folder
        door.limit = 1_000_000
        door.quotas.licenseDaily = 20
        let calls = Locked(0)
        door.meanwhile = {
            // Each time anything is taken over, every trap changes.
            let bytes = calls.withLock { calls in
                calls += 1
                return Self.bytes + [UInt8](repeating: 1, count: calls)
            }
            for trap in 1...3 { try? folder.write(bytes, to: "incoming/trap-\(trap).log") }
        }
        for trap in 1...3 {
            try folder.write(Self.bytes, to: "incoming/trap-\(trap).log")
            try folder.write("Licence : 87654321\nPJ : trap-\(trap).log\n\nx".utf8, to: "incoming/trap-\(trap).txt")
        }
        for number in 1...30 { try folder.write("Licence : 12345678\n\nx".utf8, to: "incoming/panne-\(number).txt") }
        try await door.whileRunning { door, _ in
            try await door.journal.count(of: .held, reaches: 10)
            let all = try await door.all().filter(\.attachments.isEmpty)
            #expect(all.count { $0.state == .queued } == 20)
            #expect(all.count == 30)
        }
    }
}
