import Configuration
import Doctor
import Glibc
import Logging
import Platform
import SQLiteJournal
import SupportDesk

/// From the configuration file to something that can be run, with words for a person where that fails.
struct Startup {
    let file: String
    let environment: [String: String]
    let language: Language

    /// nil where the configuration cannot be used; every reason was then written to standard error.
    func prepare() -> LiveSettings.Prepared? {
        switch Settings.load(file: file) {
        case .failure(let fault):
            for line in fault.lines(in: language) { StandardErrorLog.write(line, level: .error) }
            return nil
        case .success(let (settings, warnings)):
            for warning in warnings + settings.missing {
                StandardErrorLog.write(warning.rendered(file: file, in: language), level: .warning)
            }
            do {
                return try LiveSettings.prepare(settings, warnings, environment: environment)
            } catch {
                complain(error)
                return nil
            }
        }
    }

    func complain(_ error: any Error) {
        StandardErrorLog.write("assistd: " + error.inWords[language], level: .error)
    }
}

/// Exit codes of the visible contract for what can keep the daemon from running.
enum StartupFault {
    static func exitCode(for error: any Error) -> Int32 {
        switch error {
        case is InstanceLock.Held: 75
        case let error as SystemError where error.code == EACCES || error.code == EPERM: 77
        case is LiveSettings.Unusable: 78
        // What another start cannot change.
        case let fault as JournalFault where [.foreign, .newer, .corrupt, .gone].contains(fault.code): 78
        case let fault as JournalFault where fault.code == .permission: 77
        case let error as SystemError where error.code == ENOENT: 78
        default: 75
        }
    }
}

/// The environment of this process.
enum ProcessEnvironment {
    static var current: [String: String] {
        var result: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { result[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return result
    }
}
