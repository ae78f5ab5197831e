import Foundation
import SupportDesk
import Testing

/// The deadlines in deadlines.csv were found by deadlines.py, another program that walks over the minutes one by one.
@Suite("Deadlines, by a second opinion")
struct DeadlineTableTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    static let python = "/usr/bin/python3"
    static var hasPython: Bool { FileManager.default.isExecutableFile(atPath: python) }

    struct Row {
        let calendar: String
        let response: Duration
        let received: Timestamp
        let due: Timestamp
        let line: String
    }

    static func rows() throws -> [Row] {
        let text = try String(contentsOf: folder.appendingPathComponent("deadlines.csv"), encoding: .utf8)
        let responses: [String: Duration] = [
            "30m": .seconds(1800), "1h": .seconds(3600), "4h": .seconds(4 * 3600), "8h": .seconds(8 * 3600),
        ]
        return try text.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: ",").map(String.init)
            return Row(
                calendar: fields[0], response: try #require(responses[fields[1]]),
                received: try #require(Timestamp(iso8601: fields[2])),
                due: try #require(Timestamp(iso8601: fields[3])), line: String(line))
        }
    }

    @Test("every deadline of the table")
    func table() throws {
        let rows = try Self.rows()
        #expect(rows.count >= 110)
        #expect(Set(rows.map(\.calendar)) == Set(BusinessCalendar.samples))
        for row in rows {
            let calendar = try BusinessCalendar.sample(row.calendar)
            #expect(calendar.deadline(from: row.received, after: row.response) == row.due, "\(row.line)")
            #expect(calendar.elapsed(from: row.received, to: row.due) == row.response, "\(row.line)")
        }
    }

    @Test("the table is what the other program finds", .enabled(if: hasPython))
    func fresh() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.python)
        // -I: nothing of this machine's Python settings. -X utf8: whatever its locale.
        process.arguments = ["-I", "-X", "utf8", Self.folder.appendingPathComponent("deadlines.py").path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let found = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let kept = try Data(contentsOf: Self.folder.appendingPathComponent("deadlines.csv"))
        #expect(String(decoding: found, as: UTF8.self) == String(decoding: kept, as: UTF8.self))
    }
}
