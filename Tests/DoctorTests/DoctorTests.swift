import Configuration
import Doctor
import Glibc
import Platform
import SupportDesk
import Testing

@Suite struct DoctorTests {
    let surgery: Surgery

    init() throws { surgery = try Surgery() }

    @Test("where all is well every check says so, and nothing is to be mended")
    func healthy() async {
        let checks = await surgery.examine()
        #expect(
            checks.map(\.name) == [
                "configuration", "incoming", "rejected", "receipts", "register", "desk", "smtp", "journal", "clock",
                "inotify",
            ])
        #expect(checks.allSatisfy { $0.verdict == .ok && $0.mend == nil })
    }

    @Test("the warnings of the configuration are repeated with their line")
    func warnings() async throws {
        surgery.warnings = [
            ConfigurationProblem(key: "smtp.tls", line: 7, words: Bilingual(fr: "en clair", en: "in clear"))
        ]
        let check = try await surgery.complaint()
        #expect(check.verdict == .warning)
        #expect(check.text.english == "line 7, smtp.tls: in clear")
    }

    @Test("an admin group that the machine does not know is warned of")
    func adminGroup() async throws {
        surgery.settings.control.adminGroup = "assistd-nonexistent"
        #expect(try await surgery.complaint().text.english.hasPrefix("control.admin_group: this machine does not know"))
    }

    @Test("what still stands as in the sample file is noticed")
    func sample() async throws {
        surgery.settings.smtp.url = "smtp://smtp.example.com:587"
        surgery.settings.smtp.from = "assistd@example.com"
        #expect(try await surgery.complaint().text.english.contains("smtp.url, smtp.from"))
    }

    @Test("a configuration that cannot be used gives one fault for each problem")
    func brokenConfiguration() throws {
        guard case .failure(let fault) = Settings.parse("") else {
            Issue.record("accepted")
            return
        }
        let checks = Doctor.checks(of: fault)
        #expect(checks.map(\.verdict) == [.fault, .fault])
        #expect(checks[0].text.english.hasPrefix("assistd.toml: smtp.from: "))
    }

    @Test("a folder that is missing, or no folder, is a fault", arguments: ["incoming", "rejected", "receipts"])
    func missingFolder(name: String) async throws {
        if name == "incoming" { surgery.machine.watch = { _ in ENOENT } }
        rmdir("\(surgery.folder)/spool/\(name)")
        var check = try await surgery.complaint()
        #expect(check.name == name)
        #expect(check.verdict == .fault)
        #expect(check.text.french.contains("n'existe pas"))
        #expect(check.mend?.english.contains("systemd-tmpfiles --create") == true)
        guard name == "incoming" else { return }
        try surgery.write("", to: "spool/incoming")
        check = try await surgery.complaint()
        #expect(check.text.english.hasSuffix("is not a folder."))
    }

    @Test("folders that everybody can write to are warned of, except a sticky drop zone")
    func openFolders() async throws {
        let incoming = surgery.folder + "/spool/incoming"
        chmod(incoming, 0o3770)
        #expect(await surgery.examine().allSatisfy { $0.verdict == .ok })
        chmod(incoming, 0o777)
        #expect(try await surgery.complaint().mend?.english.contains("chmod +t") == true)
        chmod(incoming, 0o3773)
        chmod(surgery.folder + "/spool/receipts", 0o1777)
        let check = try await surgery.complaint()
        #expect(check.name == "receipts")
        #expect(check.mend?.english.contains("chmod o-w") == true)
    }

    @Test("a drop zone that nobody but the service can drop into is warned of")
    func closedDropZone() async throws {
        chmod(surgery.folder + "/spool/incoming", 0o700)
        let check = try await surgery.complaint()
        #expect(check.name == "incoming")
        #expect(check.verdict == .warning)
        #expect(check.mend?.english.contains("chmod 3773") == true)
    }

    @Test("a folder this account cannot write to is a fault")
    func unwritable() async throws {
        let rejected = surgery.folder + "/spool/rejected"
        surgery.machine.mayUse = { $0 != rejected }
        #expect(try await surgery.complaint().text.english.contains("cannot read and write"))
    }

    @Test("little room is warned of, none is a fault")
    func room() async throws {
        let journal = surgery.folder + "/journal"
        surgery.machine.room = { Machine.Room(bytes: $0 == journal ? 400_000_000 : 600_000_000, files: nil) }
        var check = try await surgery.complaint()
        #expect(check.name == "journal")
        #expect(check.verdict == .warning)
        surgery.machine.room = { Machine.Room(bytes: $0 == journal ? 99_000_000 : 600_000_000, files: nil) }
        check = try await surgery.complaint()
        #expect(check.verdict == .fault)
        #expect(check.text.english.contains("99 MB"))
        surgery.machine.room = { Machine.Room(bytes: 600_000_000, files: $0 == journal ? 3 : 5000) }
        #expect(try await surgery.complaint().text.english.contains("inodes"))
    }

    @Test("a network share slows the drop zone down, and is no place for the journal")
    func remote() async throws {
        let (incoming, journal) = (surgery.folder + "/spool/incoming", surgery.folder + "/journal")
        surgery.machine.isRemote = { $0 == incoming }
        #expect(try await surgery.complaint().text.english.contains("reports are seen every 30s"))
        surgery.machine.isRemote = { $0 == journal }
        #expect(try await surgery.complaint().verdict == .fault)
    }

    @Test(
        "a drop zone that cannot be watched says which limit to raise",
        arguments: [(ENOSPC, "max_user_watches"), (EMFILE, "max_user_instances"), (EACCES, "check this folder")])
    func watching(error: Int32, mend: String) async throws {
        surgery.machine.watch = { _ in error }
        let check = try await surgery.complaint()
        #expect(check.name == "inotify")
        #expect(check.mend?.english.contains(mend) == true)
    }

    @Test("the real machine can be asked")
    func realMachine() {
        let machine = Machine()
        #expect((machine.room(surgery.folder)?.bytes ?? 0) > 0)
        #expect(machine.room("/nonexistent") == nil)
        #expect(machine.watch(surgery.folder) == nil)
        #expect(machine.watch("/nonexistent") == ENOENT)
        #expect(!machine.isRemote(surgery.folder))
    }

    @Test("a mail server that fails says what to look at", arguments: ChannelFault.Kind.allCases)
    func mail(kind: ChannelFault.Kind) async throws {
        surgery.mail.fault = ChannelFault(kind, fr: "panne", en: "trouble")
        let check = try await surgery.complaint()
        #expect(check.name == "smtp")
        #expect(check.verdict == .fault)
        #expect(check.text.english == "mail.exemple.fr:587: trouble")
        surgery.mail.fault = ChannelFault(
            kind, fr: "mail.exemple.fr:587 refuse", en: "mail.exemple.fr:587 refuses")
        #expect(try await surgery.complaint().text.english == "mail.exemple.fr:587 refuses")
        let hint: [ChannelFault.Kind: String] = [
            .unreachable: "nc -vz mail.exemple.fr 587", .busy: "smtp.connections", .tls: "smtp.ca_file",
            .authentication: "smtp.username", .configuration: "[smtp]",
        ]
        #expect(check.mend?.english.contains(try #require(hint[kind])) == true)
    }

    @Test("a clock far off is a fault")
    func clock() async throws {
        surgery.now = Timestamp(milliseconds: 0)
        #expect(try await surgery.complaint().text.english.contains("1970"))
    }

    @Test("a journal that others can read is warned of")
    func openJournal() async throws {
        try surgery.write("", to: "journal/journal.sqlite", mode: 0o644)
        #expect(try await surgery.complaint().mend?.english.contains("chmod 600") == true)
        try surgery.write("", to: "journal/journal.sqlite", mode: 0o600)
        #expect(await surgery.examine().allSatisfy { $0.verdict == .ok })
        surgery.settings.journal.url = "sqlite:/nonexistent/journal.sqlite"
        #expect(try await surgery.complaint().mend?.english.contains("journal.url") == true)
    }

    @Test("outside the service, a secret systemd gives to it alone is no fault, and nothing is tried without it")
    func withheld() async throws {
        surgery.settings.smtp.passwordFile = .credential("smtp-password")
        surgery.isService = false
        surgery.mail.fault = ChannelFault(.configuration, fr: "essayé", en: "tried")
        let checks = await surgery.examine().filter { $0.verdict != .ok }
        #expect(checks.map(\.name) == ["secret", "smtp"])
        #expect(checks.allSatisfy { $0.verdict == .warning && $0.mend?.english.contains("start the service") == true })
        surgery.isService = true
        #expect(await surgery.examine().count { $0.verdict == .fault } == 2)
    }

    @Test("a secret is read, and one that is missing or open to all is said, never shown")
    func secrets() async throws {
        surgery.settings.smtp.passwordFile = .file(surgery.folder + "/secret")
        #expect(try await surgery.complaint().verdict == .fault)
        try surgery.write("hunter2\n", to: "secret", mode: 0o604)
        let check = try await surgery.complaint()
        #expect(check.verdict == .warning)
        try surgery.write("hunter2\n", to: "secret", mode: 0o600)
        let checks = await surgery.examine()
        #expect(checks.contains { $0.name == "secret" && $0.verdict == .ok })
        #expect(!"\(checks)\(check)".contains("hunter2"))
    }
}
