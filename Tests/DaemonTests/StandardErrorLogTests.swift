import Foundation
import Logging
import Platform
import SupportDesk
import Testing

@testable import Daemon

@Suite("The log")
struct StandardErrorLogTests {
    private let lines = Locked<[String]>([])
    private let style = Locked(StandardErrorLog.Style(level: .debug, format: .text))

    private func logger(underJournald: Bool = false) -> Logger {
        Logger(label: "test") { [lines, style] _ in
            StandardErrorLog(
                style: style, clock: WallClock { Timestamp(milliseconds: 1_795_420_800_000) },
                underJournald: underJournald, write: { line in lines.withLock { $0.append(line) } })
        }
    }

    @Test("at a terminal a line has its time and level, its fields in order and quoted where need be")
    func text() {
        logger().info("taken in", metadata: ["state": "queued", "file": "a b.txt", "empty": "", "x": "a=b"])
        #expect(
            lines.current == [
                #"2026-11-23T08:00:00Z info taken in empty="" file="a b.txt" state=queued x="a=b""# + "\n"
            ])
    }

    @Test(
        "under journald the priority stands in front, and the time is journald's",
        arguments: [
            (Logger.Level.debug, 7), (.info, 6), (.notice, 5), (.warning, 4), (.error, 3), (.critical, 2),
        ])
    func priority(level: Logger.Level, number: Int) {
        logger(underJournald: true).log(level: level, "words")
        #expect(lines.current == ["<\(number)>words\n"])
    }

    @Test("nothing from outside begins a line of its own, in either form", arguments: [false, true])
    func harmless(json: Bool) {
        if json { style.withLock { $0.format = .json } }
        let hostile = "a\n<0>b\r\u{1B}[31m\u{202E}"
        logger(underJournald: true).error("\(hostile)", metadata: ["file": "\(hostile)"])
        let line = lines.current.joined()
        #expect(line.hasSuffix("\n"))
        #expect(!line.dropLast().unicodeScalars.contains { $0.isHarmful })
    }

    @Test("JSON is JSON, whatever is in it")
    func json() throws {
        style.withLock { $0.format = .json }
        var logger = logger()
        logger[metadataKey: "part"] = "intake"
        logger.warning("say \"é\" \\ \t", metadata: ["k\"": "v\\"])
        let line = try #require(lines.current.first)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(object["message"] == "say \"é\" \\ \u{FFFD}")
        #expect(object["level"] == "warning")
        #expect(object["time"]?.hasPrefix("2026-11-23T08:00:00") == true)
        #expect(object["part"] == "intake")
        #expect(object["k\""] == "v\\")
    }

    @Test("a change of level reaches every logger there is")
    func level() {
        let (one, other) = (logger(), logger())
        style.withLock { $0.level = .error }
        one.info("no")
        other.warning("no")
        #expect(lines.current.isEmpty)
        style.withLock { $0.level = .info }
        one.info("yes")
        #expect(lines.current.count == 1)
    }
}
