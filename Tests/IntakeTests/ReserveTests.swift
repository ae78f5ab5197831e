import Intake
import Platform
import SQLiteJournal
import SupportDesk
import TestSupport
import Testing

@Suite("Room on the disk before anything is taken in", .timeLimit(.minutes(1)))
struct ReserveTests {
    private let report = "Licence : 12345678\nObjet : Essai\n\nx\n"
    private let needed = UInt64(Door.reserve + 3 * Door.largest)

    @Test("below the reserve files stay unread, programs are told to come later, and status says so; then all goes on")
    func short() async throws {
        let room = Locked(FileSystemRoom(bytes: needed - 1, files: nil))
        try await Door(settle: .milliseconds(1), room: room).whileRunning { door, intake in
            for number in 1...3 { try door.folder.drop(report.utf8, to: "incoming/r\(number).txt") }
            // What would be refused is not refused either.
            try door.folder.drop("rien".utf8, to: "incoming/faux.txt")
            let words = try #require(await intake.stopped)
            #expect(words.english.contains("only 1 MB left"))
            #expect(words.french.contains("la prise en charge reprend d'elle-même"))
            let upload = Upload(name: "r.txt", content: Array(report.utf8), attachments: [], uid: 1)
            await #expect(throws: DiskReserve.Shortage.self) { try await intake.submit(upload) }
            var call = CallbackRequest(uid: 1)
            call.license = "12345678"
            call.phone = "0199001234"
            await #expect(throws: DiskReserve.Shortage.self) { try await intake.callBack(call) }
            #expect(try door.folder.names(in: "incoming").count == 4)
            #expect(try await door.all().isEmpty)

            // A little more than was too little is still too little, so that it is not said again and again.
            room.withLock { $0.bytes = needed }
            #expect(await intake.stopped != nil)
            room.withLock { $0.bytes = needed + UInt64(Door.reserve / 10) }
            #expect(await intake.stopped == nil)
            intake.lookAgain()
            try await door.journal.count(of: .queued, reaches: 3)
            try await door.journal.count(of: .rejected, reaches: 1)
            #expect(try await intake.submit(upload).state == .queued)
        }
    }

    @Test("without files left to make, nothing is taken in either")
    func inodes() async throws {
        let room = Locked(FileSystemRoom(bytes: .max, files: UInt64(DiskReserve.files - 1)))
        try await Door(room: room).whileRunning { _, intake in
            #expect(await intake.stopped?.english.contains("inodes") == true)
        }
    }

    @Test("what is in the queue still leaves the drop zone while nothing is taken in")
    func leaving() async throws {
        let folder = try TemporaryFolder()
        try folder.folder("incoming")
        try folder.write(report.utf8, to: "incoming/pris.txt")
        let name = Array("pris.txt".utf8)
        let identity = try #require(try Folder(folder("incoming")).info(name)).identity(named: name)
        var admission = Sample.admission(1)
        admission.taken = Taken(reference: admission.submission.reference, fate: .remove, files: [identity])
        let door = try await Door(folder: folder, room: Locked(FileSystemRoom(bytes: 0, files: nil)))
        try await door.journal.admit([admission])
        try await door.whileRunning { _, _ in }
        #expect(try folder.names(in: "incoming") == [])
    }
}
