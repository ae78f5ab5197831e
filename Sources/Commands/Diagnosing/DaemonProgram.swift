import ControlAPI
import Glibc
import Subprocess
import SupportDesk

/// The daemon's program, which checks what can be checked while no daemon runs: it alone holds all that goes to the mail
/// server.
struct DaemonProgram {
    /// Where it may be, the first one that is there counts.
    let places: [String]
    /// How long it may take.
    var patience = Duration.seconds(120)

    private struct TooLong: Error {}

    /// Where it is beside this program: in the same folder, or as installed.
    static func found() -> DaemonProgram {
        var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count)
        let own = String(decoding: path.prefix(max(0, count)), as: UTF8.self)
        return DaemonProgram(places: places(beside: own))
    }

    /// - Parameter program: the path of `assistctl`.
    static func places(beside program: String) -> [String] {
        let folder = program[..<(program.lastIndex(of: "/") ?? program.startIndex)]
        return ["\(folder)/assistd", "\(folder)/../sbin/assistd", "/usr/sbin/assistd"]
    }

    /// - Parameter file: the configuration.
    func examine(file: String) async -> DoctorView {
        guard let program = places.first(where: Self.isProgram) else {
            let looked = places.joined(separator: ", ")
            return Self.failed(
                fr:
                    "rien d'autre n'a pu être vérifié : le programme assistd n'est pas là, ou d'autres peuvent le changer "
                    + "(\(looked)).",
                en:
                    "nothing else could be checked: the program assistd is not there, or others can change it (\(looked))."
            )
        }
        do {
            return try await withThrowingTaskGroup(of: DoctorView.self) { group in
                group.addTask { try await Self.examine(file: file, by: program) }
                group.addTask {
                    try await Task.sleep(for: patience)
                    throw TooLong()
                }
                // Cancelling kills the program where it is still at work.
                defer { group.cancelAll() }
                return try await group.next() ?? DoctorView(checks: [])
            }
        } catch is TooLong {
            return Self.failed(
                program, Bilingual(fr: "il n'a pas fini en \(patience)", en: "it did not end within \(patience)"))
        } catch {
            let words = Self.oneLine("\(error)")
            return Self.failed(program, Bilingual(fr: words, en: words))
        }
    }

    private static func examine(file: String, by program: String) async throws -> DoctorView {
        let result = try await Subprocess.run(
            .path(literal(program)), arguments: ["--doctor", "--config=\(file)"], output: .bytes(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        guard result.terminationStatus.isSuccess else {
            return failed(program, ending(result.terminationStatus, result.standardError))
        }
        if let findings = try? ControlAPI.value(DoctorView.self, fromJSON: result.standardOutput) { return findings }
        return failed(program, Bilingual(fr: "sa réponse n'est pas comprise", en: "its answer is not understood"))
    }

    /// Whether it is a program that nobody can have put there but root, whoever runs this, and whoever could have changed
    /// this very program: root may be asking.
    private static func isProgram(_ path: String) -> Bool {
        var own = stat()
        let trusted = stat("/proc/self/exe", &own) == 0 ? [0, geteuid(), own.st_uid] : [0, geteuid()]
        func isOwn(_ path: String, _ kind: mode_t) -> Bool {
            var state = stat()
            return stat(path, &state) == 0 && state.st_mode & S_IFMT == kind && state.st_mode & S_IWOTH == 0
                && trusted.contains(state.st_uid)
        }
        let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        return isOwn(String(folder), S_IFDIR) && isOwn(path, S_IFREG) && access(path, X_OK) == 0
    }

    private static func ending(_ status: TerminationStatus, _ errors: String) -> Bilingual {
        let said = oneLine(errors)
        switch status {
        case .exited(let code):
            return Bilingual(
                fr: "il s'est terminé par \(code)" + (said.isEmpty ? "" : " : \(said)"),
                en: "it ended with \(code)" + (said.isEmpty ? "" : ": \(said)"))
        case .signaled(let signal):
            return Bilingual(fr: "le signal \(signal) l'a arrêté", en: "signal \(signal) ended it")
        }
    }

    private static func oneLine(_ text: String) -> String {
        var line = text.split(whereSeparator: \.isNewline).joined(separator: " ").harmless
        // A full stop follows.
        while line.last == "." { line.removeLast() }
        return line
    }

    private static func failed(_ program: String, _ why: Bilingual) -> DoctorView {
        failed(
            fr: "rien d'autre n'a pu être vérifié, car \(program) a échoué : \(why.french).",
            en: "nothing else could be checked, since \(program) failed: \(why.english).")
    }

    private static func failed(fr french: String, en english: String) -> DoctorView {
        DoctorView(checks: [
            DoctorView.Check(
                name: "program", verdict: "fault", text: english, textFR: french,
                mend: "mend what it says, or install assistd and assistctl of the same version.",
                mendFR: "réparez ce qui est dit, ou installez assistd et assistctl de la même version.")
        ])
    }
}

/// Makes a value of a module that is not imported, whose type is written as a literal.
private func literal<Value: ExpressibleByStringLiteral>(_ text: String) -> Value
where Value.StringLiteralType == String {
    Value(stringLiteral: text)
}
