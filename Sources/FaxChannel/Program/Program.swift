import Glibc
import Platform
import SupportDesk

/// Another program of this machine, run with little: no descriptors of this process, three variables, a time.
///
/// This process must ignore SIGPIPE: what is started may close its standard input.
struct Program: Sendable {
    let path: String
    var arguments: [String] = []
    /// Bytes kept of what it prints; the rest is read and dropped.
    var outputLimit = 64 * 1024
    /// Then it is killed, with everything it started.
    var timeout: Duration
    /// Where `PATH`, `LANG` and `HOME` come from; it gets no other.
    var environment: [String: String] = [:]

    /// What a program left behind.
    struct Result: Hashable, Sendable {
        var ending: Ending
        var output: [UInt8]
        /// It printed more than was kept.
        var isCut = false
        var errors: [UInt8]

        /// The first line of the errors, fit for people; empty where there is none.
        var complaint: String { firstLine(of: errors) }
    }

    enum Ending: Hashable, Sendable {
        case exited(Int32)
        /// Killed by a signal.
        case signaled(Int32)
    }

    enum Fault: Error, Hashable {
        case missing
        case notExecutable
        /// There and allowed, and still it does not start: with the system's words.
        case notStarted(String)
        case timedOut
        /// The task that waited was canceled; the program was killed.
        case interrupted
    }

    /// What is wrong with the file; nil where it can be run, as far as can be told without running it.
    var flaw: Fault? {
        var status = stat()
        guard stat(path, &status) == 0 else { return errno == EACCES ? .notExecutable : .missing }
        // On what is mounted without the right to run, as the systemd unit does it, this says no as well.
        guard status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 else { return .notExecutable }
        // A script is as good as what its first line names.
        if let interpreter, access(interpreter, X_OK) != 0 { return .notStarted(interpreter.harmless) }
        return nil
    }

    /// What a script's first line says runs it; nil for anything else.
    private var interpreter: String? {
        guard let file = try? OpenFile(following: path), let start = try? file.read(limit: 255, expecting: 255),
            start.starts(with: "#!".utf8)
        else {
            return nil
        }
        let line = start.dropFirst(2).prefix { $0 != 0x0A }.drop { $0 == 0x20 }
        return String(decoding: line.prefix { $0 != 0x20 && $0 != 0x0D }, as: UTF8.self)
    }

    var variables: [String: String] {
        [
            "PATH": environment["PATH"] ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": environment["LANG"] ?? "C.UTF-8", "HOME": environment["HOME"] ?? "/",
        ]
    }
}

/// The first line of what a program printed, fit for people: short, without blanks at its ends, harmless.
func firstLine(of bytes: [UInt8]) -> String {
    let line = bytes.prefix { $0 != 0x0A }
    let text = String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    let words = text.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    return String(words.unicodeScalars.prefix(300)).harmless
}
