import FaxChannel
import Foundation
import Glibc
import Platform
import SupportDesk
import TestSupport
import Testing

@testable import Configuration

/// The example that is shipped, with stand-ins for HylaFAX's programs.
@Suite("The example of programs for the command gateway", .timeLimit(.minutes(2)))
struct CommandExampleTests {
    private let folder: TemporaryFolder

    init() throws {
        signal(SIGPIPE, SIG_IGN)
        folder = try TemporaryFolder()
    }

    private func gateway(sendfax: String = "", faxstat: String = "") async throws -> CommandGateway {
        try await folder.script("sendfax", sendfax)
        try await folder.script("faxstat", faxstat)
        let root = "\(#filePath)".split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        var settings = Settings.Fax()
        settings.command.submit = [
            root + "/config/fax/send-fax", "submit", "{file}", "{national}", "{reference}/{attempt}",
        ]
        settings.command.status = [root + "/config/fax/send-fax", "status", "{job}"]
        return try CommandGateway(
            settings, environment: ["PATH": folder("") + ":/usr/bin:/bin", "RUNTIME_DIRECTORY": folder("")])
    }

    @Test("It hands over by sendfax and prints the job's number")
    func submits() async throws {
        let gateway = try await gateway(
            sendfax: #"echo "$@" >"$0.arguments"; echo 'request id is 12 (group id 12) for host localhost (1 file)'"#)
        #expect(try await gateway.submit(FaxSample.job()) == .job("12"))
        let arguments = try folder.text(of: "sendfax.arguments")
        #expect(arguments.contains("-i \(FaxSample.reference)/2 -d 0130417781 /"))
    }

    @Test("A server out of reach is a fault; what sendfax refuses is refused")
    func refuses() async throws {
        let away = try await gateway(sendfax: "echo 'Can not reach server: Connection refused.' >&2; exit 1")
        let fault = await #expect(throws: ChannelFault.self) { try await away.submit(FaxSample.job()) }
        #expect(fault?.kind == .unreachable)
        let bad = try await gateway(sendfax: "echo 'bad document' >&2; exit 1")
        #expect(try await bad.submit(FaxSample.job()).outcome?.kind == .refused(.job))
    }

    @Test(
        "What faxstat lists becomes a standing",
        arguments: [
            ("12   127 D   root 0130417781    2:2   1:12", FaxOutcome.Kind.delivered),
            ("12   127 F   root 0130417781    0:2   2:2   Busy signal detected; too many", .notSent(.busy)),
            ("12   127 F   root 0130417781    0:2   2:2   No answer from remote", .notSent(.noAnswer)),
            ("12   127 F   root 0130417781    0:2   2:2   No carrier detected", .notSent(.noFaxMachine)),
            ("12   127 F   root 0130417781    0:2   2:2   Failure to train", .uncertain(.unclear)),
            ("12   127 F   root 0130417781    1:2   2:2   Busy signal detected", .uncertain(.unclear)),
            ("12   127 W   root 0130417781    0:2   0:2", nil), ("1 127 D root 0130417781 2:2 1:12", nil),
        ])
    func standing(line: String, kind: FaxOutcome.Kind?) async throws {
        let list = "HylaFAX scheduler on localhost: Running\nJID  Pri S  Owner Number Pages Dials TTS Status\n"
        let gateway = try await gateway(faxstat: "cat <<'END'\n\(list)\(line)\nEND")
        let standing = try await gateway.standing(of: "12")
        #expect(standing.outcome?.kind == kind)
        if line.hasPrefix("1 ") { #expect(standing == .unknown) }
    }
}
