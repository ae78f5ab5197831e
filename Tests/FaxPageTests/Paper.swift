import FaxPage
import Foundation
import SupportDesk
import TestSupport
import Testing

/// A fax as others see it: what programs that read PDF files make of it.
final class Paper: Sendable {
    let count: Int
    private let folder: TemporaryFolder
    private var file: String { folder("fax.pdf") }

    /// Drawn on a thread of its own: it takes a while, and the pool has one thread for each core.
    init(_ document: FaxDocument) async throws {
        let pages = try await Programs.blocking { try PageMaker.pages(of: document) }
        folder = try TemporaryFolder()
        count = pages.count
        try folder.write(pages.pdf, to: "fax.pdf")
    }

    /// The words, as they stand on the page; each page ends in a form feed.
    func text(page: Int? = nil) async throws -> String {
        let range = page.map { ["-f", "\($0)", "-l", "\($0)"] } ?? []
        return try await Tool.text("pdftotext", ["-layout"] + range + [file, "-"])
    }

    /// What `pdfinfo` and its sisters print.
    func told(by program: String, _ arguments: [String] = []) async throws -> String {
        try await Tool.text(program, arguments + [file])
    }

    /// The page in grey, without anything smoothed: what is not black or white then was never black or white.
    func tones(page: Int = 1) async throws -> [UInt8] {
        let arguments = ["-r", "100", "-gray", "-aa", "no", "-aaVector", "no", "-singlefile", "-f", "\(page)"]
        let image = try await Tool.run("pdftoppm", arguments + [file]).output
        return Array(image.dropFirst("P5\n827 1170\n255\n".utf8.count))
    }

    /// The page as a fax server prints it.
    func bitmap(page: Int = 1, isFine: Bool = true) async throws -> Bitmap {
        let resolution = ["-rx", "204", "-ry", isFine ? "196" : "98"]
        let arguments = resolution + ["-mono", "-singlefile", "-f", "\(page)", file]
        return try #require(Bitmap(pbm: await Tool.run("pdftoppm", arguments).output))
    }
}

/// A picture in black and white.
struct Bitmap: Equatable {
    let width: Int
    let height: Int
    private let rows: [[UInt8]]

    init?(pbm: [UInt8]) {
        let header = pbm.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
        guard header.count == 3, header[0].elementsEqual("P4".utf8) else { return nil }
        let size = String(decoding: header[1], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
        guard size.count == 2 else { return nil }
        width = size[0]
        height = size[1]
        let stride = (size[0] + 7) / 8
        guard header[2].count == stride * size[1] else { return nil }
        let start = header[2].startIndex
        rows = (0..<size[1]).map { Array(header[2][start + $0 * stride..<start + ($0 + 1) * stride]) }
    }

    func isBlack(_ x: Int, _ y: Int) -> Bool { rows[y][x / 8] & 0x80 >> (x % 8) != 0 }

    /// Black dots in a part of the picture.
    func black(_ columns: Range<Int>? = nil, _ lines: Range<Int>? = nil) -> Int {
        (lines ?? 0..<height).reduce(0) { sum, y in
            guard let columns else { return sum + rows[y].reduce(0) { $0 + $1.nonzeroBitCount } }
            return sum + columns.reduce(0) { $0 + (isBlack($1, y) ? 1 : 0) }
        }
    }

    /// The first and the last column with a black dot in it, rules left aside.
    func inkColumns() -> ClosedRange<Int>? {
        let lines = (0..<height).filter { black(nil, $0..<$0 + 1) < 1000 }
        let inked = (0..<width).filter { x in lines.contains { isBlack(x, $0) } }
        guard let first = inked.first, let last = inked.last else { return nil }
        return first...last
    }

    /// As a PBM file, each row so many times.
    func pbm(repeatingRows times: Int) -> [UInt8] {
        Array("P4\n\(width) \(height * times)\n".utf8) + rows.flatMap { row in (0..<times).flatMap { _ in row } }
    }
}

/// Programs of the system.
enum Tool {
    static func text(_ name: String, _ arguments: [String]) async throws -> String {
        let (status, output, errors) = try await run(name, arguments)
        try #require(status == 0, "\(name): \(errors)")
        return String(decoding: output, as: UTF8.self)
    }

    /// - Parameter output: a file instead of a pipe.
    static func run(
        _ name: String, _ arguments: [String] = [], input: String = "/dev/null", output: String? = nil
    ) async throws -> (status: Int32, output: [UInt8], errors: String) {
        try await Programs.blocking {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: name.hasPrefix("/") ? name : "/usr/bin/" + name)
            process.arguments = arguments
            process.standardInput = FileHandle(forReadingAtPath: input)
            let (printed, errors) = try Programs.start {
                let printed = Pipe()
                let errors = Pipe()
                if let output {
                    process.standardOutput = FileHandle(forWritingAtPath: output)
                } else {
                    process.standardOutput = printed
                }
                process.standardError = errors
                try process.run()
                if output != nil { try printed.fileHandleForWriting.close() }
                return (printed, errors)
            }
            let bytes = printed.fileHandleForReading.readDataToEndOfFile()
            let words = errors.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            let isExit = process.terminationReason == .exit
            let status = isExit ? process.terminationStatus : -process.terminationStatus
            return (status, Array(bytes), String(decoding: words, as: UTF8.self))
        }
    }

    /// The program under test, which lies beside the tests.
    static var pageMaker: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("assistd-faxpage").path
    }
}
