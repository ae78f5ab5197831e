import Configuration
import Doctor
import Glibc
import Platform
import SupportDesk
import Testing

/// A spool and a journal in order, in a folder of their own, for a doctor to look at.
final class Surgery {
    let folder: String
    var settings = Settings()
    var warnings: [ConfigurationProblem] = []
    var environment: [String: String] = [:]
    var now = Timestamp(utc: CivilTime(year: 2026, month: 11, day: 23, hour: 9))
    var machine = Machine()
    var isService = true
    /// nil where only the service can look at the gateway.
    var fax: FaxProbe?
    var mail = MailProbe(endpoint: "mail.exemple.fr:587", cipher: "TLSv1.3")

    init() throws {
        var template = Array("/tmp/assistd-doctor-XXXXXX".utf8CString)
        let made = mkdtemp(&template)
        try #require(made != nil)
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        settings.spool.path = folder + "/spool"
        settings.journal.url = "sqlite:\(folder)/journal/journal.sqlite"
        settings.smtp.url = "smtp://mail.exemple.fr:587"
        settings.smtp.from = "assistd@exemple.fr"
        for path in ["/spool", "/spool/incoming", "/spool/rejected", "/spool/receipts", "/journal"] {
            try #require(mkdir(folder + path, 0o700) == 0)
        }
        chmod(folder + "/spool/incoming", 0o3773)
        machine.room = { _ in Machine.Room(bytes: 50_000_000_000, files: 1_000_000) }
        machine.watch = { _ in nil }
        machine.isRemote = { _ in false }
    }

    deinit {
        for path in [
            "versions.txt", "partner.ini", "register.csv", "secret", "journal/journal.sqlite", "spool/incoming",
        ] { unlink("\(folder)/\(path)") }
        for path in [
            "journal", "spool/incoming", "spool/rejected", "spool/receipts", "spool", "",
        ] { rmdir("\(folder)/\(path)") }
    }

    func write(_ text: String, to name: String, mode: mode_t = 0o600) throws {
        let descriptor = open("\(folder)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
        try #require(fchmod(descriptor, mode) == 0)
    }

    func examine() async -> [DoctorCheck] {
        let (now, mail, fax) = (now, mail, fax)
        return await Doctor(
            settings: settings, warnings: warnings, environment: environment, clock: WallClock { now },
            machine: machine, isService: isService, file: folder + "/assistd.toml", probeFax: fax,
            probeMail: { mail }
        ).run()
    }

    /// The only finding that is not `ok`.
    func complaint(location: SourceLocation = #_sourceLocation) async throws -> DoctorCheck {
        let found = await examine().filter { $0.verdict != .ok }
        #expect(found.count == 1, "\(found)", sourceLocation: location)
        let check = try #require(found.first, sourceLocation: location)
        #expect(check.mend != nil, sourceLocation: location)
        #expect(check.text.french != check.text.english, sourceLocation: location)
        return check
    }
}
