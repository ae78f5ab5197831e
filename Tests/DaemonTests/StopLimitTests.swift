import Foundation
import Testing

@testable import Daemon

@Suite("How long a stop may take")
struct StopLimitTests {
    @Test("the daemon gives up well before the service manager kills it")
    func unit() throws {
        let unit = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "../../systemd/assistd.service")
        let line = try #require(
            try String(contentsOf: unit, encoding: .utf8).split(separator: "\n").first {
                $0.hasPrefix("TimeoutStopSec=")
            })
        let patience = Duration.seconds(try #require(Int(line.dropFirst("TimeoutStopSec=".count).dropLast())))
        #expect(Daemon.stopsWithin + .seconds(10) <= patience)
    }
}
