import Foundation
import Glibc
import Platform

/// A telephone line in software, with a real HylaFAX at each end of it, in a temporary folder, on a loopback port and
/// under device names of its own: what is handed to the office's hfaxd arrives at the vendor's as a real fax.
///
/// It needs root and the package hylafax-server. It goes away with the value, and with the process that started it,
/// however that ends. There is one line: one call at a time, and jobs that wait for the same number go in one call.
package final class FaxLine: Sendable {
    /// Where the office's hfaxd listens, on 127.0.0.1. Every user gets in without a password, but `guarded`.
    package let port: Int
    /// Gets in with `guardedPassword` alone.
    package let guardedUser = "guarded"
    package let guardedPassword = "sesame"
    /// What the line dials to reach the vendor.
    package let number = "+33130417781"
    package let ownNumber = "+33139000000"
    /// The office's modem, as HylaFAX names it.
    package let modem: String
    /// Holds `office` and `vendor`, the spooling areas of the two; `journal`, `control`, `faxline.log`.
    package let home: String

    private let servers: ServerScript

    /// How much of it is started.
    package enum Parts: String, Sendable {
        case all
        /// Neither scheduler nor modems, as when faxq is down.
        case hfaxd
    }

    /// Why there can be none here; nil where there can.
    package static let obstacle: String? = {
        guard getuid() == 0 else { return "only root can start HylaFAX" }
        let programs = ["/usr/sbin/faxq", "/usr/sbin/hfaxd", "/usr/sbin/faxgetty", FaxLine.program]
        return programs.first { access($0, X_OK) != 0 }.map { "\($0) is not installed" }
    }()

    package static var isAvailable: Bool { obstacle == nil }

    /// - Parameters:
    ///   - speed: how much faster than a real line, while no program is awaited; at most 50.
    ///   - retry: seconds between two calls of a job.
    package static func start(_ parts: Parts = .all, speed: Int = 20, retry: Int = 1) async throws -> FaxLine {
        try await Programs.blocking { try FaxLine(parts, speed: speed, retry: retry) }
    }

    /// A line of the body's own.
    ///
    /// - Parameter retry: seconds between two calls of a job.
    package static func run<Result>(
        _ parts: Parts = .all, retry: Int = 1, body: (FaxLine) async throws -> Result
    ) async throws -> Result {
        let line = try await start(parts, retry: retry)
        do {
            let result = try await body(line)
            try await line.stop()
            return result
        } catch {
            try await line.stop()
            throw error
        }
    }

    private init(_ parts: Parts, speed: Int, retry: Int) throws {
        var failure: any Error = ServerScript.Failure(description: Self.obstacle ?? "")
        for _ in 0..<3 where Self.obstacle == nil {
            // Free now; should somebody else take it meanwhile, there is another try.
            let port = try PostfixServer.freePorts(1)[0]
            do {
                servers = try ServerScript.start(
                    Self.script, name: "the fax line",
                    [
                        Self.folder, Self.program, "FAXLINE_PORT=\(port)", "FAXLINE_SPEED=\(speed)",
                        "FAXLINE_RETRY=\(retry)", "FAXLINE_PARTS=\(parts.rawValue)",
                    ])
            } catch {
                failure = error
                continue
            }
            self.port = port
            home = servers.answer
            modem = Self.device(home) + "A"
            return
        }
        throw failure
    }

    /// Ends it and waits until all its programs are gone.
    package func stop() async throws {
        let servers = servers
        try await Programs.blocking { servers.stop() }
    }

    /// `faxline` lies beside the tests, its scripts in the sources.
    private static let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("faxline").path
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("FaxLine").path

    private static func device(_ home: String) -> String { "tty" + home.drop { $0 != "." }.dropFirst() }

    private static let script = #"""
        exec 2>&1
        folder=$1 FAXLINE_PROGRAM=$2 FAXLINE_HOME=$(mktemp -d /tmp/faxline.XXXXXX) || exit 1
        shift 2
        FAXLINE_DEV=tty${FAXLINE_HOME##*.}
        export FAXLINE_HOME FAXLINE_PROGRAM FAXLINE_DEV "$@"
        stop() {
            "$folder/stop"
            rm -rf "$FAXLINE_HOME"
        }
        trap stop EXIT
        trap 'exit 1' HUP INT TERM PIPE
        "$folder/start" >"$FAXLINE_HOME/start.out" 2>&1 || { cat "$FAXLINE_HOME/start.out"; exit 1; }
        echo "ready $FAXLINE_HOME"
        cat >/dev/null
        """#
}
