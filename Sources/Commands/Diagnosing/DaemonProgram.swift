import ControlAPI
import Glibc
import Subprocess
import SupportDesk

/// The daemon's program, which checks what can be checked while no daemon runs: it alone holds all that goes to the mail
/// server.
struct DaemonProgram {
    /// Where it may be, the first one that is there counts.
    let places: [String]

    /// Where it is beside this program: in the same folder, or as installed.
    static func found() -> DaemonProgram {
        var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count)
        let own = String(decoding: path.prefix(max(0, count)), as: UTF8.self)
        let folder = own[..<(own.lastIndex(of: "/") ?? own.startIndex)]
        return DaemonProgram(places: ["\(folder)/assistd", "\(folder)/../sbin/assistd"])
    }

    /// - Parameter file: the configuration.
    func examine(file: String) async -> DoctorView {
        guard let program = places.first(where: { access($0, X_OK) == 0 }) else {
            return Self.failed(
                fr:
                    "rien d'autre n'est vérifié : le programme assistd n'est pas là (\(places.joined(separator: ", "))).",
                en: "nothing else is checked: the program assistd is not there (\(places.joined(separator: ", "))).")
        }
        do {
            let result = try await Subprocess.run(
                .path(literal(program)), arguments: ["--doctor", "--config", file], output: .bytes(limit: 1 << 20),
                error: .string(limit: 1 << 16))
            if result.terminationStatus.isSuccess {
                return try ControlAPI.value(DoctorView.self, fromJSON: result.standardOutput)
            }
            return Self.failed(
                program, because: result.standardError.isEmpty ? "\(result.terminationStatus)" : result.standardError)
        } catch {
            return Self.failed(program, because: "\(error)")
        }
    }

    private static func failed(_ program: String, because words: String) -> DoctorView {
        let words = words.split(whereSeparator: \.isNewline).joined(separator: " ").harmless
        return failed(
            fr: "rien d'autre n'est vérifié : \(program) ne peut pas le faire : \(words).",
            en: "nothing else is checked: \(program) cannot do it: \(words).")
    }

    private static func failed(fr french: String, en english: String) -> DoctorView {
        DoctorView(checks: [
            DoctorView.Check(
                name: "program", verdict: "fault", text: english, textFR: french,
                mend: "install assistd and assistctl anew, of one version.",
                mendFR: "installez de nouveau assistd et assistctl, d'une même version.")
        ])
    }
}

/// Makes a value of a module that is not imported, whose type is written as a literal.
private func literal<Value: ExpressibleByStringLiteral>(_ text: String) -> Value
where Value.StringLiteralType == String {
    Value(stringLiteral: text)
}
