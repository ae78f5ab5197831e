import Foundation
import Glibc
import TestSupport
import Testing
import UnixSocketHTTP

@Suite("assistctl against the real daemon", .timeLimit(.minutes(3)))
struct AssistctlTests {
    /// A running service whose mail server takes everything.
    private func whileRunning(more: String = "", _ body: (Installation) async throws -> Void) async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings, more: more)
            try await it.start()
            try await body(it)
            #expect(try await it.end() == 0)
        }
    }

    /// A running service whose mail server is away.
    private func whileAway(more: String = "", _ body: (Installation) async throws -> Void) async throws {
        let it = try Installation(smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"", more: more)
        try await it.start()
        try await body(it)
        #expect(try await it.end() == 0)
    }

    private func submit(_ it: Installation, _ subject: String, uid: Int? = nil) async throws -> String {
        let run = try await it.assistctl(
            "submit", "--license", "12345678", "--subject", subject, uid: uid, input: "Ça ne marche pas.\n")
        #expect(run.status == 0, "\(run.errors)")
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("submit prints the reference, wait follows it, status and show tell the rest")
    func submitAndFollow() async throws {
        try await whileRunning { it in
            let reference = try await submit(it, "Étiquettes")
            #expect(reference.range(of: #"^ASD(-[0-9A-Z]{4}){3}$"#, options: .regularExpression) != nil)
            #expect(try await it.assistctl("wait", reference, "--until", "relayed", "--timeout", "60s").status == 0)
            // A reference is typed as people dictate it.
            let spoken = reference.lowercased().replacingOccurrences(of: "-", with: " ")
            let status = try await it.assistctl("status", spoken, language: "fr_FR.UTF-8")
            #expect(status.status == 0)
            #expect(status.output.contains("relayé"))
            let shown = try await it.assistctl("show", reference, "--json").json
            let keys: Set = [
                "reference", "state", "channel", "license", "company", "subject", "priority", "source", "submitter",
                "received_at", "updated_at", "next_attempt_at", "due_at", "overdue", "relayed_at", "delivered_at",
                "acknowledged_at", "answered_at", "message_id", "remote_ticket", "size", "attachments", "reason",
                "attempts",
            ]
            #expect(keys.isSubset(of: Set(shown.keys)))
            #expect(shown["subject"] as? String == "Étiquettes")
            let attempts = try #require(shown["attempts"] as? [[String: Any]])
            #expect(attempts.first?["outcome"] as? String == "accepted")
            #expect(attempts.first?["code"] as? Int == 250)
            let message = try await it.assistctl("show", reference, "--message")
            #expect(message.output.contains("Subject: [\(reference)]"))
        }
    }

    @Test("hold, release, cancel and retry change what the journal says, and refuse what makes no sense")
    func interventions() async throws {
        try await whileAway { it in
            let reference = try await submit(it, "Essai")
            func state() async throws -> String? {
                try await it.assistctl("show", reference, "--json").json["state"] as? String
            }
            // An attempt may just be under way; then one is asked to come back.
            var held = try await it.assistctl("hold", reference)
            while held.status == 75 { held = try await it.assistctl("hold", reference) }
            #expect(held.status == 0)
            #expect(try await state() == "held")
            #expect(try await it.assistctl("hold", reference).status == 1, "it is held already")
            #expect(try await it.assistctl("cancel", reference).status == 0)
            #expect(try await state() == "cancelled")
            #expect(try await it.assistctl("wait", reference, "--until", "relayed", "--timeout", "9s").status == 1)
            #expect(try await it.assistctl("retry", reference).status == 0)
            #expect(["queued", "sending"].contains(try await state()))
        }
    }

    @Test("exit codes: unknown, malformed, misused, unreachable, refused")
    func exitCodes() async throws {
        try await whileRunning { it in
            #expect(try await it.assistctl("status", "ASD-0000-0000-0000").status == 1)
            #expect(try await it.assistctl("status", "n'importe quoi").status == 65)
            #expect(try await it.assistctl("status", "--inconnu").status == 64)
            #expect(try await it.assistctl("frobnicate").status == 64)
            let refused = try await it.assistctl("submit", "--subject", "Sans licence", input: "x")
            #expect(refused.status == 65)
            let bad = try await it.assistctl("submit", "--license", "?", "--subject", "x", input: "y")
            #expect(bad.status == 65)
        }
        let it = try Installation(smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"")
        for language in ["fr_FR.UTF-8", "en_US.UTF-8"] {
            let run = try await it.assistctl("status", language: language)
            #expect(run.status == 69)
            #expect(run.errors.contains("control.sock"))
        }
    }

    @Test(
        "a user sees and acts on their own submissions only, root on all",
        .enabled(if: getuid() == 0, "needs root to be somebody else"))
    func privacy() async throws {
        try await whileAway { it in
            let theirs = try await submit(it, "De Marie", uid: 4711)
            let others = try await submit(it, "De Paul", uid: 4712)
            func references(uid: Int?) async throws -> Set<String> {
                Set(
                    try await it.assistctl("list", "--json", uid: uid).jsonLines.compactMap {
                        $0["reference"] as? String
                    })
            }
            #expect(try await references(uid: 4711) == [theirs])
            #expect(try await references(uid: nil) == [theirs, others])
            for command in ["status", "show", "hold", "cancel"] {
                #expect(try await it.assistctl(command, others, uid: 4711).status == 77, "\(command)")
            }
            let counts = try await it.assistctl("status", "--json", uid: 4711).json["counts"] as? [String: Int]
            #expect(counts?.values.reduce(0, +) == 1)
            #expect(try await it.assistctl("license", "list", uid: 4711).status == 77)
        }
    }

    @Test("a form with parts that would be lost is refused", arguments: ["report", "attachments"])
    func formParts(extra: String) async throws {
        try await whileAway { it in
            let report = Array("Licence : 12345678\n\nx".utf8)
            let status = try await it.post([
                .init(name: "report", fileName: "a.txt", content: report),
                .init(name: extra, fileName: "b.txt", content: report),
            ])
            #expect(status == 400)
            #expect(try await it.post([.init(name: "report", fileName: "a.txt", content: report)]) == 201)
        }
    }

    @Test("license check tells what would be done, in both languages")
    func license() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "licence;societe;contrat;fin_contrat\n00012344;Boulangerie Lefèvre;G-TEL;31/12/2099\n".utf8,
            to: "register.csv")
        let section = """
            [licenses]
            register = "\(folder("register.csv"))"
            unknown = "reject"
            """
        try await whileRunning(more: section) { it in
            let known = try await it.assistctl("license", "check", "0001 2344", "--json")
            #expect(known.status == 0)
            #expect(try known.json["company"] as? String == "Boulangerie Lefèvre")
            let unknown = try await it.assistctl("license", "check", "99999999", language: "fr_FR.UTF-8")
            #expect(unknown.status == 1)
            #expect(unknown.output.contains("registre"))
            // The register is read anew once a change has kept still, and a broken one changes nothing.
            try folder.drop(
                "licence;societe\n00012344;Boulangerie Lefèvre\n99999999;Nouveau\n".utf8, to: "register.csv.neu")
            #expect(rename(folder("register.csv.neu"), folder("register.csv")) == 0)
            var added = try await it.assistctl("license", "check", "99999999")
            while added.status == 1 { added = try await it.assistctl("license", "check", "99999999") }
            #expect(added.status == 0)
            try folder.drop("licence;societe\n\"offen".utf8, to: "register.csv.neu")
            #expect(rename(folder("register.csv.neu"), folder("register.csv")) == 0)
            #expect(try await it.assistctl("license", "check", "99999999").status == 0)
            let doctor = try await it.assistctl("doctor", "--json")
            #expect(doctor.status == 1)
            #expect(doctor.output.contains("register"))
        }
    }

    @Test("Where no daemon runs, doctor goes to the mail server itself")
    func doctorAlone() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.probe) { server in
            let it = try Installation(smtp: server.plainSettings)
            let doctor = try await it.assistctl("doctor", language: "fr_FR.UTF-8")
            #expect(doctor.status == 1)
            #expect(doctor.output.contains("daemon"), "\(doctor.output)")
            #expect(doctor.output.contains("répond et prendrait le courriel"), "\(doctor.output)")
            #expect(doctor.output.contains("register"), "\(doctor.output)")
        }
    }

    @Test("assistd --doctor says what is wrong with a configuration, and has done its work")
    func doctorOfBrokenConfiguration() async throws {
        let it = try Installation(smtp: "nonsense = 1")
        let doctor = try await it.assistd("--doctor", "--config", it.folder("assistd.toml"))
        #expect(doctor.status == 0)
        let checks = try #require(try doctor.json["checks"] as? [[String: Any]])
        #expect(checks.first?["name"] as? String == "configuration")
        #expect(checks.contains { ($0["text"] as? String)?.contains("nonsense") == true }, "\(doctor.output)")
        #expect(try await it.assistd("--doctor", "--check").status == 64)
    }

    @Test("A reader who goes away ends it without a word, unless that is ignored")
    func closedPipe() async throws {
        try await whileAway { it in
            _ = try await submit(it, "Essai")
            // Nobody reads from descriptor 4 any more.
            let script = """
                exec 5>&1; mkfifo "$1/pipe"; exec 3<>"$1/pipe"; exec 4>"$1/pipe"; exec 3<&-
                shift; "$@" >&4 2>&5
                """
            for (how, status, words) in [("default", 128 + SIGPIPE, ""), ("ignore", 1, "in full")] {
                let folder = it.folder(how)
                mkdir(folder, 0o700)
                let command = ["env", "--\(how)-signal=PIPE", Installation.program("assistctl").path, "list"]
                let run = try await it.run(
                    ["sh", "-c", script, "sh", folder] + command, language: "C.UTF-8", input: "")
                #expect(run.status == status, "\(how)")
                #expect(words.isEmpty ? run.output.isEmpty : run.output.contains(words), "\(run.output)")
            }
        }
    }

    @Test("Who may not open the socket is told so")
    func notPermitted() async throws {
        try await whileAway { it in
            #expect(chmod(it.folder("control.sock"), 0o600) == 0)
            let run = try await it.assistctl("status", uid: 65534)
            #expect(run.status == 77)
            #expect(run.errors.contains("not permitted to open the socket"), "\(run.errors)")
        }
    }

    @Test("It loads none of the daemon's libraries, which would take longer than it works")
    func libraries() async throws {
        let it = try Installation(smtp: "")
        let loaded = try await it.program("env", "LD_TRACE_LOADED_OBJECTS=1", Installation.program("assistctl").path)
        #expect(loaded.contains("libc.so"))
        for library in ["curl", "systemd", "sqlite3", "gmime", "pango"] { #expect(!loaded.contains(library)) }
    }

    @Test("watch tells changes as they come")
    func watch() async throws {
        try await whileAway { it in
            let reference = try await submit(it, "Essai")
            async let watched = it.assistctl("wait", reference, "--until", "relayed", "--timeout", "60s")
            var cancelled = try await it.assistctl("cancel", reference)
            while cancelled.status == 75 { cancelled = try await it.assistctl("cancel", reference) }
            #expect(cancelled.status == 0)
            #expect(try await watched.status == 1, "cancelled, it will never be relayed")
        }
    }
}
