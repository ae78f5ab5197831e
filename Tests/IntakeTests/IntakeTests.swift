import Glibc
import Platform
import SQLiteJournal
import SupportDesk
import TestSupport
import Testing

@testable import Intake

@Suite("Taking reports in", .timeLimit(.minutes(1)))
struct IntakeTests {
    private let report = "Licence : 12345678\nObjet : Essai\n\nÇa ne marche pas.\n"

    @Test("what is renamed into place is taken at once, and leaves the folder when the journal has it")
    func renamed() async throws {
        // With an hour to settle, only a rename can be taken within this test's time.
        try await Door(settle: .seconds(3600)).whileRunning { door, _ in
            try door.folder.drop(report.utf8, to: "incoming/panne.txt")
            try await door.journal.count(of: .queued, reaches: 1)
            let submission = try #require(try await door.all().first)
            #expect(submission.source == .spool(file: "panne.txt"))
            #expect(submission.submitter.uid == getuid())
            #expect(try await door.journal.description(of: submission.reference) == "Ça ne marche pas.\n")
        }
    }

    @Test("what lay there before the start is taken, and nothing twice")
    func beforeStart() async throws {
        let door = try await Door()
        for number in 1...300 { try door.folder.write(report.utf8, to: "incoming/panne-\(number).txt") }
        try await door.whileRunning { door, _ in
            try await door.journal.count(of: .queued, reaches: 300)
            try door.folder.drop(report.utf8, to: "incoming/encore.txt")
            try await door.journal.count(of: .queued, reaches: 301)
            #expect(try await door.all().count == 301)
        }
        #expect(try door.folder.names(in: "incoming") == [])
    }

    @Test(
        "another user's report is among the first, however much lies before it",
        .enabled(if: getuid() == 0, "needs root to give a file away"),
        arguments: ["incoming/paul.txt", "incoming/a.report"])
    func turns(name: String) async throws {
        let door = try await Door()
        for number in 1...900 { try door.folder.write(report.utf8, to: "incoming/panne-\(number).txt") }
        if name.hasSuffix(".report") {
            try door.folder.folder(name)
            try door.folder.write(report.utf8, to: name + "/report.txt")
            chown(door.folder(name + "/report.txt"), 65534, 65534)
        } else {
            try door.folder.write(report.utf8, to: name)
        }
        chown(door.folder(name), 65534, 65534)
        try await door.whileRunning { door, _ in
            try await door.journal.count(of: .queued, reaches: 901)
            let owners = try await door.all().reversed().map(\.submitter.uid)
            #expect(owners.count == 901)
            #expect(owners.prefix(2).contains(65534))
        }
        #expect(try door.folder.names(in: "incoming").filter { !$0.hasPrefix(".") } == [])
    }

    @Test("reports that name themselves or each other come to an end")
    func ring() async throws {
        let door = try await Door()
        func naming(_ name: String) -> [UInt8] { Array("Licence : 12345678\nPièce-jointe : \(name)\n\nx".utf8) }
        try door.folder.write(naming("soi.txt"), to: "incoming/soi.txt")
        for (name, next) in [("a", "b"), ("b", "a"), ("c", "d"), ("d", "e"), ("e", "c")] {
            try door.folder.write(naming("\(next).txt"), to: "incoming/\(name).txt")
        }
        try await door.whileRunning { door, _ in
            try await door.journal.count(of: .rejected, reaches: 2)
            let all = try await door.all()
            let own = try #require(all.first { $0.source == .spool(file: "soi.txt") })
            #expect(own.reason?.code == .unsafeAttachment)
            #expect(all.filter { $0.state == .queued }.count == 2)
        }
        #expect(try door.folder.names(in: "incoming") == [])
    }

    @Test("what is still being written is left alone until its writer closes it")
    func stillWritten() async throws {
        try await Door(settle: .milliseconds(1)).whileRunning { door, _ in
            let file = open(door.folder("incoming/lent.txt"), O_WRONLY | O_CREAT, 0o644)
            _ = "Licence : 12345678\n\nDébut".withCString { write(file, $0, strlen($0)) }
            // Others come and go meanwhile, and are taken.
            for number in 1...3 {
                try door.folder.drop(report.utf8, to: "incoming/autre-\(number).txt")
                try await door.journal.count(of: .queued, reaches: number)
            }
            #expect(door.folder.exists("incoming/lent.txt"))
            _ = ", fin".withCString { write(file, $0, strlen($0)) }
            close(file)
            try await door.journal.count(of: .queued, reaches: 4)
            let slow = try #require(try await door.all().first { $0.source == .spool(file: "lent.txt") })
            #expect(try await door.journal.description(of: slow.reference) == "Début, fin")
        }
    }

    @Test("temporary names, hidden files and other folders are never touched")
    func ignored() async throws {
        let names = ["a.part", "b.tmp", ".caché", "c.txt~", "Thumbs.db", "desktop.ini", "d.crdownload", "e.swp"]
        let door = try await Door(settle: .milliseconds(1))
        try await door.whileRunning { door, _ in
            for name in names { try door.folder.drop(report.utf8, to: "incoming/\(name)") }
            try door.folder.folder("incoming/dossier")
            try door.folder.drop(report.utf8, to: "incoming/panne.txt")
            try await door.journal.count(of: .queued, reaches: 1)
            #expect(try await door.all().count == 1)
        }
        #expect(try door.folder.names(in: "incoming") == (names + ["dossier"]).sorted())
    }

    @Test("a temporary name that gets its final one is complete")
    func partRenamed() async throws {
        try await Door(settle: .seconds(3600)).whileRunning { door, _ in
            try door.folder.write(report.utf8, to: "incoming/panne.txt.part")
            #expect(rename(door.folder("incoming/panne.txt.part"), door.folder("incoming/panne.txt")) == 0)
            try await door.journal.count(of: .queued, reaches: 1)
        }
    }

    @Test("a refused report is journalled, kept untouched and explained")
    func refused() async throws {
        let door = try await Door()
        try await door.whileRunning { door, _ in
            try door.folder.drop("Objet : x\n\nSans licence.".utf8, to: "incoming/sans.txt")
            try await door.journal.count(of: .rejected, reaches: 1)
            let submission = try #require(try await door.all().first)
            #expect(submission.reason?.code == .licenseMissing)
        }
        #expect(try door.folder.names(in: "rejected") == ["sans.txt", "sans.txt.reason.txt"])
        #expect(try door.folder.text(of: "rejected/sans.txt") == "Objet : x\n\nSans licence.")
    }

    @Test("a refusal is told in the sender's language, by their own reference, with what was understood")
    func refusedInEnglish() async throws {
        let door = try await Door(settle: .milliseconds(5))
        try await door.whileRunning { door, _ in
            let report = "License: 1234-5678\nSubject: Trial\nReference: T-17\nAttachment: x.png\n\nHelp."
            try door.folder.drop(report.utf8, to: "incoming/trial.txt")
            try await door.journal.count(of: .rejected, reaches: 1)
            let submission = try #require(try await door.all().first)
            #expect(submission.reason?.code == .missingAttachment)
            #expect(submission.language == .english)
            #expect(submission.details.senderReference == "T-17")
            #expect(submission.subject == "Trial")
            #expect(submission.license == "12345678")
        }
        #expect(try door.folder.text(of: "rejected/trial.txt.reason.txt").hasPrefix("Report refused"))
    }

    @Test("a wish for a channel that is not in service holds nothing up, and is told")
    func channelNotInService() async throws {
        try await Door().whileRunning { door, _ in
            try door.folder.drop("Licence : 12345678\nCanal : fax\n\nAïe".utf8, to: "incoming/fax.txt")
            try await door.journal.count(of: .queued, reaches: 1)
            let submission = try #require(try await door.all().first)
            #expect(submission.channel == .smtp)
            #expect(submission.notes.contains { $0.french.contains("fax") })
        }
    }

    @Test("a serial number given as licence is named, and is stored nowhere")
    func serialNumber() async throws {
        let serial = "3F2504E0-4F89-11D3-9A0C-0305E82C3301"
        let door = try await Door()
        try await door.whileRunning { door, _ in
            try door.folder.drop("Licence : \(serial)\n\nx".utf8, to: "incoming/serie.txt")
            try await door.journal.count(of: .rejected, reaches: 1)
            let submission = try #require(try await door.all().first)
            #expect(submission.reason?.code == .badLicense)
            #expect(submission.reason?.text.french.contains("numéro de série") == true)
            #expect(!"\(submission)".contains("3F2504E0"))
        }
        #expect(!(try door.folder.text(of: "rejected/serie.txt.reason.txt").contains("3F2504E0")))
    }

    @Test("patience ends: an empty file, a lonely picture and a missing attachment are refused")
    func patience() async throws {
        let door = try await Door(settle: .milliseconds(5))
        try await door.whileRunning { door, _ in
            try door.folder.write([], to: "incoming/vide.txt")
            try door.folder.write([1], to: "incoming/image.png")
            try door.folder.write("Licence : 12345678\nPièce-jointe : x.png\n\nx".utf8, to: "incoming/p.txt")
            try await door.journal.count(of: .rejected, reaches: 3)
            let codes = Set(try await door.all().compactMap(\.reason?.code))
            #expect(codes == [.empty, .unsupportedFormat, .missingAttachment])
        }
    }

    @Test("a crash between the journal and the folder: nothing is taken twice, nothing stays behind")
    func crashBeforeRemoval() async throws {
        let folder = try TemporaryFolder()
        try folder.folder("incoming")
        try folder.write(report.utf8, to: "incoming/pris.txt")
        try folder.write("x".utf8, to: "incoming/refus.txt")
        let door = try await Door(folder: folder)
        let zone = try Folder(folder("incoming"))
        func taken(_ number: Int, _ name: String, _ fate: Taken.Fate, _ state: State) throws -> Admission {
            let bytes = Array(name.utf8)
            var admission = Sample.admission(number, state: state)
            if state == .rejected { admission.submission.reason = Reason(.empty, fr: "vide", en: "empty") }
            let identity = try #require(try zone.info(bytes)).identity(named: bytes)
            admission.taken = Taken(reference: admission.submission.reference, fate: fate, files: [identity])
            return admission
        }
        try await door.journal.admit([
            taken(1, "pris.txt", .remove, .queued), taken(2, "refus.txt", .reject, .rejected),
        ])
        try await door.whileRunning { door, _ in
            try door.folder.drop(report.utf8, to: "incoming/neuf.txt")
            try await door.journal.count(of: .queued, reaches: 2)
            #expect(try await door.all().count == 3)
        }
        #expect(try folder.names(in: "incoming") == [])
        #expect(try folder.names(in: "rejected") == ["refus.txt", "refus.txt.reason.txt"])
    }

    @Test("an attachment that is still being copied is waited for, and goes out whole")
    func slowAttachment() async throws {
        let door = try await Door(settle: .milliseconds(300))
        try await door.whileRunning { door, _ in
            let picture = open(door.folder("incoming/image.png"), O_WRONLY | O_CREAT, 0o644)
            _ = "moitié".withCString { write(picture, $0, strlen($0)) }
            try door.folder.drop(
                "Licence : 12345678\nPièce-jointe : image.png\n\nVoir.".utf8, to: "incoming/panne.txt")
            // Another report comes and is taken meanwhile.
            try door.folder.drop(report.utf8, to: "incoming/autre.txt")
            try await door.journal.count(of: .queued, reaches: 1)
            #expect(door.folder.exists("incoming/panne.txt"))
            _ = " et le reste".withCString { write(picture, $0, strlen($0)) }
            close(picture)
            try await door.journal.count(of: .queued, reaches: 2)
            let submission = try #require(try await door.all().first { $0.source == .spool(file: "panne.txt") })
            #expect(
                submission.attachments == [AttachmentSummary(name: "image.png", size: "moitié et le reste".utf8.count)])
        }
        #expect(try door.folder.names(in: "incoming") == [])
    }

    @Test("a folder that is filled in place is taken when all in it has lain still, and whole")
    func filledFolder() async throws {
        let door = try await Door(settle: .milliseconds(300))
        try await door.whileRunning { door, _ in
            try door.folder.folder("incoming/panne.report")
            try door.folder.write(report.utf8, to: "incoming/panne.report/report.txt")
            for size in [10_000, 20_000, 30_000] {
                try door.folder.write([UInt8](repeating: 7, count: size), to: "incoming/panne.report/image.png")
            }
            try await door.journal.count(of: .queued, reaches: 1)
            let submission = try #require(try await door.all().first)
            #expect(submission.attachments == [AttachmentSummary(name: "image.png", size: 30_000)])
        }
        #expect(try door.folder.names(in: "incoming") == [])
    }

    @Test("a text or mail that a report names goes with it, whichever came first", arguments: ["journal.txt", "m.eml"])
    func attachedReport(name: String) async throws {
        let door = try await Door()
        try door.folder.write("Licence : 12345678\n\nUn autre.".utf8, to: "incoming/\(name)")
        try door.folder.write(
            "Licence : 12345678\nObjet : Avec\nPièce-jointe : \(name)\n\nVoir.".utf8, to: "incoming/panne.txt")
        try await door.whileRunning { door, _ in
            try await door.journal.count(of: .queued, reaches: 1)
            try door.folder.drop(report.utf8, to: "incoming/fin.txt")
            try await door.journal.count(of: .queued, reaches: 2)
            let all = try await door.all()
            #expect(all.count == 2)
            #expect(all.contains { $0.subject == "Avec" && $0.attachments.map(\.name) == [name] })
        }
    }

    @Test("renamed right after it was taken, it is not taken again")
    func renamedAfterTaking() async throws {
        let folder = try TemporaryFolder()
        try folder.folder("incoming")
        try folder.write(report.utf8, to: "incoming/panne.txt")
        let door = try await Door(folder: folder)
        let name = Array("panne.txt".utf8)
        var admission = Sample.admission(1)
        let identity = try #require(try Folder(folder("incoming")).info(name)).identity(named: name)
        admission.taken = Taken(reference: admission.submission.reference, fate: .remove, files: [identity])
        try await door.journal.admit([admission])
        #expect(rename(folder("incoming/panne.txt"), folder("incoming/renommé.txt")) == 0)
        #expect(chmod(folder("incoming/renommé.txt"), 0o600) == 0)
        let watch = try FolderWatch(folder("incoming"))
        try await door.whileRunning { door, _ in
            try door.folder.drop(report.utf8, to: "incoming/neuf.txt")
            try await door.journal.count(of: .queued, reaches: 2)
            for await _ in watch.wakeups where !folder.exists("incoming/renommé.txt") { break }
        }
        #expect(try folder.names(in: "incoming") == [])
        let second = try await SQLiteJournal.open(path: folder("journal/journal.sqlite"))
        #expect(try await second.counts(submittedBy: nil)[.queued] == 2)
        try await second.close()
    }

    @Test("when the drop zone vanishes it is watched again as soon as it is back")
    func vanished() async throws {
        try await Door(settle: .milliseconds(5)).whileRunning { door, _ in
            #expect(rmdir(door.folder("incoming")) == 0)
            try door.folder.folder("incoming")
            try door.folder.drop(report.utf8, to: "incoming/panne.txt")
            try await door.journal.count(of: .queued, reaches: 1)
        }
    }

    @Test("what the journal does not take uses up no quota")
    func quotaGivenBack() async throws {
        var door = try await Door()
        door.quotas.userDaily = 1
        try await door.whileRunning { door, intake in
            func submit(_ uid: UInt32) async throws -> Submission {
                try await intake.submit(
                    Upload(name: "r.txt", content: Array(report.utf8), attachments: [], uid: uid))
            }
            #expect(try await submit(7).state == .queued)
            let over = try await submit(7)
            #expect(over.state == .held && over.reason?.code == .quotaExceeded)
            // What is held was not counted, for whatever reason it is.
            let held = Sample.admission(
                1, state: .held, license: "12345678", uid: 7, receivedAt: WallClock.system.now)
            await intake.giveBack([held])
            #expect(try await submit(7).state == .held)
            try await door.journal.close()
            await #expect(throws: JournalFault.self) { try await submit(8) }
            var usage = try #require(await intake.usage)
            let reasons = [8, 7].map { usage.take($0, "12345678", within: door.quotas, at: WallClock.system.now)?.code }
            #expect(reasons == [nil, .quotaExceeded])
        }
    }

    @Test("a program's report goes the same way, and its refusal is journalled too")
    func submitted() async throws {
        try await Door().whileRunning { door, intake in
            let good = Upload(
                name: "report.json", content: Array(#"{"licence": "12345678", "description": "Aïe"}"#.utf8),
                attachments: [Attachment(name: "a.png", content: [1])], uid: 4711)
            let submission = try await intake.submit(good)
            #expect(submission.state == .queued)
            #expect(submission.source == .control)
            #expect(submission.submitter.uid == 4711)
            #expect(submission.attachments.map(\.name) == ["a.png"])
            let bad = Upload(name: "report.txt", content: Array("rien".utf8), attachments: [], uid: 4711)
            let refused = try await intake.submit(bad)
            #expect(refused.state == .rejected)
            #expect(try await door.journal.submission(refused.reference)?.reason == refused.reason)
        }
    }
}
