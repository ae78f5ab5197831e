import Foundation
import Glibc
import Platform
import TestSupport
import Testing
import UnixSocketHTTP

@Suite("Secrets of the service itself", .timeLimit(.minutes(3)))
struct ServiceSecretsTests {
    private typealias Step = ScriptedSMTPServer.Step
    private static let (wrong, right, faxed) = ("Canari-Faux-7731", "Canari-Juste-7732", "Canari-Fax-7733")
    private static let user = "marie-7730"

    /// What each is written as, somewhere: as it is, and as logins send it.
    private static let traces: [String] = [wrong, right, faxed].flatMap { secret in
        ["\0\(user)\0\(secret)", secret].map { Data($0.utf8).base64EncodedString() } + [secret]
    }

    private static func found(in text: some Sequence<UInt8>) -> [String] {
        let data = Data(text)
        return traces.filter { data.range(of: Data($0.utf8)) != nil }
    }

    /// A server that takes one login and refuses all others, repeating what it was sent, as some do.
    private static func server() -> [Step] {
        let refusal: [Step] = [
            .reply("220 desk ESMTP"), .expect("EHLO"), .reply("250-desk\n250 AUTH PLAIN"), .expect("AUTH PLAIN "),
            .reply("535 5.7.8 no: \(Data("\0\(user)\0\(wrong)".utf8).base64EncodedString()) \(wrong)"), .expect("QUIT"),
            .reply("221 Bye"), .close,
        ]
        return refusal
    }

    private static let taking: [Step] =
        [
            .reply("220 desk ESMTP"), .expect("EHLO"), .reply("250-desk\n250 AUTH PLAIN"), .expect("AUTH PLAIN "),
            .reply("235 Ok"),
        ] + Array(ScriptedSMTPServer.desk().dropFirst(3))

    @Test("are in no log, no answer, no file and no argument, whether logins fail or not, until the very end")
    func nowhere() async throws {
        let secrets = try TemporaryFolder()
        try secrets.write(Self.wrong.utf8, to: "smtp")
        try secrets.write(Self.faxed.utf8, to: "fax")
        // Tells what a program of the administrator's gets to see of the service.
        try secrets.write(
            """
            #!/bin/sh
            { env; tr '\\0' ' ' </proc/$$/cmdline; tr '\\0' ' ' </proc/$PPID/cmdline; } >'\(secrets("seen"))'
            echo 17
            """.utf8, to: "send")
        chmod(secrets("send"), 0o755)
        func smtp(_ url: String, _ place: String) -> String {
            "url = \"\(url)\"\ntls = \"none\"\nusername = \"\(Self.user)\"\npassword_file = \"\(place)\""
        }
        let more = """
            [log]
            level = "debug"
            [fax]
            gateway = "command"
            command.submit = ["\(secrets("send"))", "{file}", "{national}"]
            [fax.hylafax]
            user = "fax"
            password_file = "\(secrets("fax"))"
            """
        var said: [(place: String, text: [UInt8])] = []
        try await ScriptedSMTPServer.run(Self.server()) { refusing in
            let it = try Installation(smtp: smtp(refusing.url, secrets("smtp")), more: more)
            // Asked for with every word the runtime has for it.
            let variables = ["ASSISTD_TEST_PASSWORD": Self.right, "SWIFT_BACKTRACE": "enable=yes,color=no,timeout=10s"]
            try await it.start(variables: variables)
            try it.drop("Licence : 12345678\nObjet : a\n\nx")
            try it.drop("Licence : 12345678\nCanal : fax\n\nx", as: "fax.txt")
            try await it.submissions(in: "relayed", reach: 1)
            // Refused, and the channel closed.
            try await it.submissions(in: "sending", reach: 2)
            for command in [["doctor"], ["doctor", "--json"], ["status"], ["status", "--json"], ["list", "--json"]] {
                let run = try await it.assistctl(command)
                said.append(("\(command)", Array((run.output + run.errors).utf8)))
            }
            let check = try await it.assistd("--config", it.folder("assistd.toml"), "--check")
            said.append(("--check", Array((check.output + check.errors).utf8)))
            let doctor = try await it.assistd("--config", it.folder("assistd.toml"), "--doctor")
            #expect(doctor.output.contains("\"smtp\""))
            said.append(("--doctor", Array((doctor.output + doctor.errors).utf8)))

            try await ScriptedSMTPServer.run(Self.taking) { taking in
                try it.configure(smtp: smtp(taking.url, "env:ASSISTD_TEST_PASSWORD"), more: more)
                it.send(SIGHUP)
                try await it.told("READY=1")
                // Somebody who waits for nothing: a refused login is tried anew after a while only.
                #expect(try await it.end() == 0)
                try await it.start(variables: variables)
                let relayed = try await it.submissions(in: "relayed", reach: 2)
                for reference in relayed {
                    for command in [
                        ["show", reference], ["show", reference, "--json"], ["show", reference, "--message"],
                    ] {
                        said.append(("\(command)", Array(try await it.assistctl(command).output.utf8)))
                    }
                }
                said.append(("events", try await it.answer("/v1/events?after=0").body))
                #expect(
                    taking.commands.contains {
                        $0.contains(Data("\0\(Self.user)\0\(Self.right)".utf8).base64EncodedString())
                    })
            }
            let process = it.pid
            for name in ["cmdline", "status", "comm", "maps"] {
                said.append(
                    ("/proc/\(name)", [UInt8](try Data(contentsOf: URL(fileURLWithPath: "/proc/\(process)/\(name)")))))
            }
            // A crash, as the watchdog asks for one: no trace of what was in memory.
            #expect(try await it.end(with: SIGABRT) == -SIGABRT)
            said.append(("log", Array(it.log.utf8)))
            said.append(("seen by a program", try secrets.content(of: "seen")))
            for file in try FileManager.default.subpathsOfDirectory(atPath: it.folder.path) {
                guard let content = try? it.folder.content(of: file) else { continue }
                said.append((file, content))
            }
            for core in try FileManager.default.contentsOfDirectory(atPath: ".") where core.hasPrefix("core") {
                said.append((core, [UInt8](try Data(contentsOf: URL(fileURLWithPath: core)))))
            }
            #expect(it.log.contains("refuses the login"))
            #expect(!it.log.contains("Backtrace") && !it.log.contains("rax"))
        }
        #expect(said.count > 25)
        for (place, text) in said { #expect(Self.found(in: text) == [], "\(place)") }
    }

    @Test(
        "its memory is its own: nobody else of the same user may look into it",
        .enabled(if: getuid() == 0, "needs root to be somebody else"))
    func memory() async throws {
        let it = try Installation(smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"")
        for name in ["", "journal"] { chown(it.folder(name), 4713, 4713) }
        chmod(it.folder("notify"), 0o777)
        try await it.start(through: ["setpriv", "--reuid=4713", "--regid=4713", "--clear-groups"])
        let process = it.pid
        // What may be dumped belongs to its user, what may not to root (proc(5)).
        let owner = try FileManager.default.attributesOfItem(atPath: "/proc/\(process)/environ")[.ownerAccountID]
        #expect((owner as? NSNumber)?.intValue == 0)
        let looked = try await it.assistctl("status", uid: 4713)
        #expect(looked.status == 0, "\(looked.errors)")
        #expect(try await it.end() == 0)
    }
}
