import FoundationEssentials
import Glibc
package import Platform
package import SupportDesk

/// A fax, set on pages.
package struct FaxPages: Hashable, Sendable {
    /// A PDF file.
    package var document: [UInt8]
    package var count: Int

    package init(document: [UInt8], count: Int) {
        self.document = document
        self.count = count
    }
}

/// Has a fax set on pages by a program of its own, `assistd-faxpage`: pictures from strangers are read there.
///
/// The document goes in as JSON over standard input; out come a line `pages N` and a PDF file.
package struct PageProgram: Sendable {
    package let path: String
    /// After that it is killed.
    package var timeout = Duration.seconds(60)
    private let environment: [String: String]
    private let sleeper: Sleeper

    private static let name = "assistd-faxpage"
    /// Bytes a PDF file may have.
    private static let largest = 64 * 1024 * 1024

    /// - Parameters:
    ///   - path: of the program; where packages put it, or beside this program, when nil.
    ///   - environment: where its `PATH`, `LANG` and `HOME` come from.
    package init(path: String? = nil, environment: [String: String] = [:], sleeper: Sleeper = .system) {
        self.path = path ?? Self.usualPath
        self.environment = environment
        self.sleeper = sleeper
    }

    /// Where packages put it; where it is not there, beside the program that runs, as in a folder of build products.
    package static var usualPath: String {
        let installed = "/usr/lib/assistd/\(name)"
        guard access(installed, F_OK) != 0 else { return installed }
        guard let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
            let slash = own.lastIndex(of: "/")
        else { return installed }
        let beside = String(own[...slash]) + name
        return access(beside, F_OK) == 0 ? beside : installed
    }

    /// Sets a fax on pages.
    package func pages(of document: FaxDocument) async throws(PageFault) -> FaxPages {
        let input: [UInt8]
        do {
            input = [UInt8](try JSONEncoder().encode(document))
        } catch {
            throw .refused(error.inWords.english.harmless)
        }
        let program = Program(
            path: path, outputLimit: Self.largest, timeout: timeout, environment: environment)
        let result: Program.Result
        do throws(Program.Fault) {
            result = try await program.run(input: input, sleeper: sleeper)
        } catch {
            throw PageFault(error, of: self)
        }
        switch result.ending {
        case .exited(0): return try Self.read(result, path)
        case .exited(65): throw .refused(result.complaint)
        case .exited(70): throw .failed(result.complaint)
        case .exited(let code): throw .unexpected(path, code: code, text: result.complaint)
        case .signaled(let signal): throw .killed(path, signal: signal)
        }
    }

    private static func read(_ result: Program.Result, _ path: String) throws(PageFault) -> FaxPages {
        let output = result.output
        // No number of pages is longer.
        guard !result.isCut, let end = output.prefix(32).firstIndex(of: 0x0A), output.starts(with: "pages ".utf8),
            let count = number(output[6..<end]), (1...9999).contains(count),
            output[(end + 1)...].starts(with: "%PDF-".utf8)
        else { throw .nonsense(path, start: String(firstLine(of: Array(output.prefix(200))).prefix(60))) }
        return FaxPages(document: Array(output[(end + 1)...]), count: count)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}

extension PageFault {
    fileprivate init(_ fault: Program.Fault, of program: PageProgram) {
        switch fault {
        case .missing: self = .missing(program.path)
        case .notExecutable: self = .notExecutable(program.path)
        case .notStarted(let words): self = .notStarted(program.path, text: words)
        case .timedOut: self = .timedOut(program.path, program.timeout)
        case .interrupted: self = .interrupted
        }
    }
}
