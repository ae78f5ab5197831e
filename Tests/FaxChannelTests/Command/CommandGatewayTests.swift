import FaxChannel
import Foundation
import Glibc
import Platform
import SupportDesk
import TestSupport
import Testing

@testable import Configuration

@Suite("The command gateway", .timeLimit(.minutes(2)))
struct CommandGatewayTests {
    private let folder: TemporaryFolder

    init() throws {
        signal(SIGPIPE, SIG_IGN)
        folder = try TemporaryFolder()
    }

    private func gateway(
        _ submit: String, status: String? = nil, arguments: [String] = ["{file}"], sleeper: Sleeper = .system
    ) async throws -> CommandGateway {
        var settings = Settings.Fax()
        settings.command.submit = [try await folder.script("send-fax", submit)] + arguments
        if let status { settings.command.status = [try await folder.script("fax-status", status), "--", "{job}"] }
        try folder.folder("run")
        return try CommandGateway(
            settings, environment: ["RUNTIME_DIRECTORY": folder("run") + ":/other", "TMPDIR": "/nonexistent"],
            sleeper: sleeper)
    }

    @Test("The program gets a private file and the number; its first line is the job's name")
    func submits() async throws {
        let script = #"""
            stat -c '%a %F' "$1" "$(dirname "$1")" >"$0.stat"
            cp "$1" "$0.copy"
            shift
            printf '%s\n' "$@" >"$0.arguments"
            echo ' job 12 '
            echo more
            """#
        let gateway = try await gateway(
            script, status: "", arguments: ["{file}", "{national}", "-r", "{reference}/{attempt}", "{e164};$HOME"])
        #expect(try await gateway.submit(FaxSample.job()) == .job("job 12"))
        #expect(try folder.text(of: "send-fax.stat") == "600 regular file\n700 directory\n")
        #expect(try folder.content(of: "send-fax.copy") == FaxSample.document)
        #expect(
            try folder.text(of: "send-fax.arguments")
                == "0130417781\n-r\n\(FaxSample.reference)/2\n+33130417781;$HOME\n")
        #expect(try folder.names(in: "run").isEmpty)
        #expect(gateway.endpoint == "command " + folder("send-fax"))
        #expect(!gateway.findsByTag)
    }

    @Test("Without a program to ask, what was taken is relayed")
    func relays() async throws {
        let outcome = try await gateway("echo 12").submit(FaxSample.job()).outcome
        #expect(outcome == FaxOutcome(.relayed, text: "12"))
    }

    @Test(
        "A job's name that is none is not asked about",
        arguments: ["", "-rf", "a\u{1b}[31m", String(repeating: "x", count: 250)])
    func hostileName(name: String) async throws {
        let outcome = try await gateway("printf '%s\\n' '\(name)'", status: "").submit(FaxSample.job()).outcome
        #expect(outcome?.kind == .relayed)
        #expect(outcome?.text.contains("\u{1b}") == false)
    }

    @Test(
        "Exit codes about the gateway are faults of the channel",
        arguments: [
            (75, ChannelFault.Kind.busy), (69, .unreachable), (77, .configuration), (78, .configuration),
        ])
    func faults(code: Int, kind: ChannelFault.Kind) async throws {
        let gateway = try await gateway("echo 'line \u{1b}[31m down' >&2; exit \(code)", status: "exit \(code)")
        let fault = await #expect(throws: ChannelFault.self) { try await gateway.submit(FaxSample.job()) }
        #expect(fault?.kind == kind)
        #expect(fault?.explanation.english.contains("line \u{FFFD}[31m down") == true)
        let other = await #expect(throws: ChannelFault.self) { try await gateway.standing(of: "1") }
        #expect(other?.kind == kind)
        #expect(try folder.names(in: "run").isEmpty)
    }

    @Test("Any other exit code refuses the fax, in the program's words")
    func refuses() async throws {
        let outcome = try await gateway("echo 'bad number' >&2; echo 12; exit 65").submit(FaxSample.job()).outcome
        #expect(outcome == FaxOutcome(.refused(.job), code: 65, text: "bad number"))
        let silent = try await gateway("exit 1").submit(FaxSample.job()).outcome
        #expect(silent == FaxOutcome(.refused(.job), code: 1, text: "send-fax ended with code 1"))
    }

    @Test("Killed by a signal or too slow: it may have taken the fax")
    func uncertain() async throws {
        let killed = try await gateway("echo 12; kill -KILL $$", status: "").submit(FaxSample.job()).outcome
        #expect(killed?.kind == .uncertain(.handover))
        let slow = try await gateway("echo 12; sleep 1000", status: "", sleeper: Sleeper { _ in true })
        #expect(try await slow.submit(FaxSample.job()).outcome?.kind == .uncertain(.handover))
        #expect(try folder.names(in: "run").isEmpty)
        let fault = await #expect(throws: ChannelFault.self) { try await slow.standing(of: "12") }
        #expect(fault?.kind == .unreachable)
    }

    @Test("A hand-over that was begun is not broken off when the task is canceled")
    func canceled() async throws {
        #expect(mkfifo(folder("fifo"), 0o600) == 0)
        let gateway = try await gateway("read -r <'\(folder("fifo"))'; echo 12", status: "")
        let task = Task { try await gateway.submit(FaxSample.job()) }
        let fifo = folder("fifo")
        let descriptor = try await Programs.blocking { open(fifo, O_WRONLY) }
        task.cancel()
        #expect(write(descriptor, "\n", 1) == 1)
        close(descriptor)
        #expect(try await task.value == .job("12"))
    }

    @Test(
        "A line of the status program says how the fax does",
        arguments: [
            ("sending", FaxStanding.underWay(FaxProgress())),
            ("sending try 2 of 3", .underWay(FaxProgress(text: "try 2 of 3"))),
            ("delivered 2 pages", .over(FaxOutcome(.delivered, text: "2 pages"))),
            ("delivered", .over(FaxOutcome(.delivered, text: "delivered"))),
            ("relayed", .over(FaxOutcome(.relayed, text: "relayed"))),
            ("not-sent busy after 3 calls", .over(FaxOutcome(.notSent(.busy), text: "after 3 calls"))),
            ("not-sent no-answer", .over(FaxOutcome(.notSent(.noAnswer), text: "no-answer"))),
            ("not-sent no-fax", .over(FaxOutcome(.notSent(.noFaxMachine), text: "no-fax"))),
            ("not-sent no-dialtone", .over(FaxOutcome(.notSent(.noDialTone), text: "no-dialtone"))),
            ("not-sent line", .over(FaxOutcome(.notSent(.line), text: "line"))),
            ("not-sent weather", .underWay(FaxProgress(text: "not understood: not-sent weather"))),
            ("not-sent", .underWay(FaxProgress(text: "not understood: not-sent"))),
            ("refused bad number", .over(FaxOutcome(.refused(.job), text: "bad number"))),
            ("uncertain page 1 of 2", .over(FaxOutcome(.uncertain(.unclear), text: "page 1 of 2"))),
            ("unknown", .unknown),
            ("unknown weather", .underWay(FaxProgress(text: "not understood: unknown weather"))),
            ("Delivered", .underWay(FaxProgress(text: "not understood: Delivered"))),
            ("delivered\u{1b}[0m x", .underWay(FaxProgress(text: "not understood: delivered\u{FFFD}[0m x"))),
            ("", .underWay(FaxProgress(text: "not understood: "))),
        ])
    func standing(printed: String, standing: FaxStanding) async throws {
        let script = #"[ "$*" = '-- job 12' ] && printf '%s\n' '\#(printed)' && echo delivered"#
        #expect(try await gateway("", status: script).standing(of: "job 12") == standing)
    }

    @Test("A status program that fails says nothing of the fax")
    func statusFails() async throws {
        for script in ["echo delivered; echo oh >&2; exit 1", "echo delivered; kill -SEGV $$"] {
            let fault = await #expect(throws: ChannelFault.self) {
                try await gateway("", status: script).standing(of: "12")
            }
            #expect(fault?.kind == .unreachable)
        }
    }

    @Test("Programs that are not there or may not be run are told before a fax, and how to mend it")
    func examines() async throws {
        let gateway = try await gateway("touch \"$0.ran\"", status: "touch \"$0.ran\"")
        #expect(try await gateway.examine().english.contains("send-fax"))
        #expect(!folder.exists("send-fax.ran") && !folder.exists("fax-status.ran"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder("fax-status"))
        let barred = await #expect(throws: ChannelFault.self) { try await gateway.examine() }
        #expect(barred?.kind == .configuration)
        #expect(barred?.explanation.french.contains("systemctl edit assistd") == true)
        #expect(barred?.explanation.english.contains("ExecPaths=") == true)
        // What a script's first line names has to be there too: the unit may forbid it.
        let stray = try await self.gateway("true")
        try folder.write("#!/nonexistent/sh -e\n".utf8, to: "send-fax")
        let orphaned = await #expect(throws: ChannelFault.self) { try await stray.examine() }
        #expect(orphaned?.explanation.english.contains("/nonexistent/sh") == true)
        try FileManager.default.removeItem(atPath: folder("send-fax"))
        for attempt in [gateway.examine as () async throws -> Bilingual] {
            let fault = await #expect(throws: ChannelFault.self) { try await attempt() }
            #expect(fault?.explanation.english.contains("does not exist") == true)
        }
        let fault = await #expect(throws: ChannelFault.self) { try await gateway.submit(FaxSample.job()) }
        #expect(fault?.kind == .configuration)
        #expect(try folder.names(in: "run").isEmpty)
    }

    @Test("It cannot be searched, nor a fax called off")
    func limits() async throws {
        let gateway = try await gateway("")
        await #expect(throws: ChannelFault.self) { try await gateway.find(FaxTag(FaxSample.reference, attempt: 1)) }
        #expect(try await gateway.callOff("12") == false)
        #expect(try await gateway.standing(of: "12") == .unknown)
    }

    @Test(
        "Settings that cannot work are refused",
        arguments: [
            ([], [], "full path"), (["send-fax", "{file}"], [], "full path"), (["/bin/x"], [], "{file}"),
            (["/bin/x", "{file}", "-p={secret}"], [], "secret"), (["/bin/x", "{file}"], ["/bin/y"], "{job}"),
            (["/bin/x", "{file}"], ["/bin/y", "{job}", "{national}"], "{national}"),
            (["/bin/x", "{file}"], ["/bin/y", "{job}", "{secret}"], "secret"),
        ])
    func settings(submit: [String], status: [String], words: String) throws {
        var settings = Settings.Fax()
        settings.command.submit = submit
        settings.command.status = status
        let fault = #expect(throws: ChannelFault.self) { try CommandGateway(settings, environment: [:]) }
        #expect(fault?.kind == .configuration)
        #expect(fault?.explanation.english.contains(words) == true)
    }

    @Test("A folder that cannot be written to is a fault that says where")
    func noFolder() async throws {
        var settings = Settings.Fax()
        settings.command.submit = ["/bin/true", "{file}"]
        let gateway = try CommandGateway(settings, environment: ["TMPDIR": "/nonexistent/tmp"])
        let fault = await #expect(throws: ChannelFault.self) { try await gateway.submit(FaxSample.job()) }
        #expect(fault?.kind == .configuration)
        #expect(fault?.explanation.english.contains("/nonexistent/tmp") == true)
    }
}
