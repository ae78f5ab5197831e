import Foundation
import Glibc
import TestSupport
import Testing
import UnixSocketHTTP

@Suite(
    "What one user can learn of another's, and do", .timeLimit(.minutes(3)),
    .enabled(if: getuid() == 0, "needs root to be somebody else"))
struct PrivacyTests {
    private let marie = 4711
    private let paul = 4712

    private func whileAway(_ body: (Installation) async throws -> Void) async throws {
        let it = try Installation(smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"")
        try await it.start()
        try await body(it)
        #expect(try await it.end() == 0)
    }

    private func submit(_ it: Installation, _ subject: String, uid: Int) async throws -> String {
        let run = try await it.assistctl(
            "submit", "--license", "12345678", "--subject", subject, uid: uid, input: "Ça ne marche pas.\n")
        #expect(run.status == 0, "\(run.errors)")
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("another's submission answers every command as one that does not exist does, to the letter")
    func asIfAbsent() async throws {
        try await whileAway { it in
            _ = try await submit(it, "De Marie", uid: marie)
            let theirs = try await submit(it, "De Paul", uid: paul)
            let absent = "ASD-0000-0000-0001"
            let commands: [[String]] = [
                ["status"], ["show"], ["show", "--message"], ["hold"], ["release"], ["cancel"], ["retry"], ["resend"],
                ["answered"], ["watch"], ["wait", "--until", "relayed", "--timeout", "1s"],
                ["callback", "--slot", "14h", "--change"], ["callback", "--cancel"],
            ]
            for command in commands {
                for extra in [[], ["--json"]] {
                    func run(_ reference: String) async throws -> [String] {
                        // A reference follows the command, or the option that names it.
                        let words =
                            command[0] == "callback"
                            ? command + [reference] : [command[0], reference] + command.dropFirst()
                        let run = try await it.assistctl(words + extra, uid: marie)
                        #expect(run.status == (words.contains("--message") && !extra.isEmpty ? 64 : 77), "\(words)")
                        return ["\(run.status)", run.output, run.errors].map {
                            $0.replacingOccurrences(of: reference, with: "REF")
                        }
                    }
                    let (found, expected) = (try await run(theirs), try await run(absent))
                    #expect(found == expected, "\(command)")
                }
            }
            // Nor was anything done to it.
            let shown = try await it.assistctl("show", theirs, "--json", uid: paul).json
            #expect(["queued", "sending"].contains(shown["state"] as? String))
        }
    }

    @Test("lists, searches, figures, events and what is done to all are about one's own")
    func own() async throws {
        try await whileAway { it in
            let mine = try await submit(it, "De Marie", uid: marie)
            let theirs = try await submit(it, "De Paul", uid: paul)
            for arguments in [
                ["list", "--json"], ["list", "--search", "De ", "--json"], ["list", "--license", "12345678", "--json"],
            ] {
                let lines = try await it.assistctl(arguments, uid: marie).jsonLines
                #expect(lines.map { $0["reference"] as? String } == [mine], "\(arguments)")
            }
            let stats = try await it.assistctl("stats", "--json", uid: marie).json
            #expect(stats["total"] as? Int == 1)
            let status = try await it.assistctl("status", "--json", uid: marie).json
            #expect((status["counts"] as? [String: Int])?.values.reduce(0, +) == 1)
            #expect(status["register"] is NSNull)
            #expect(!"\(status)".contains(theirs))
            for state in ["queued", "held", "failed"] {
                let all = try await it.assistctl("retry", "--all", "--state", state, "--json", uid: marie)
                #expect(!all.output.contains(theirs))
            }
            for command in [["license", "list"], ["doctor"]] {
                let run = try await it.assistctl(command, uid: marie)
                #expect(run.status != 0 && !run.output.contains("12345678"), "\(command)")
            }
            // The log, from its beginning: page by page, and theirs in none of them.
            let events = try await it.python(
                """
                last, found = 0, set()
                while True:
                    page = get('/v1/events?after=%d' % last)
                    found |= {e['reference'] for e in page['events']}
                    if page['last'] == last: break
                    last = page['last']
                print(*found)
                """, uid: marie)
            #expect(events == mine)
        }
    }

    @Test("no path travels: what a report names it does not get, wherever the names stand")
    func paths() async throws {
        try await whileAway { it in
            try it.folder.write(Array("the secret".utf8), to: "secret.txt")
            chmod(it.folder("secret.txt"), 0o600)
            let path = it.folder("secret.txt")
            let reports = [
                ("r.txt", "Licence : 12345678\nPièce-jointe : \(path)\n\nx"),
                ("r.txt", "Licence : 12345678\nPièce-jointe : ../../secret.txt\n\nx"),
                ("r.json", #"{"licence": "12345678", "description": "x", "attachment": "\#(path)"}"#),
                (path, "Licence : 12345678\nAttachment: secret.txt\n\nx"),
            ]
            for (name, report) in reports {
                let status = try await it.post([.init(name: "report", fileName: name, content: Array(report.utf8))])
                #expect(status == 422, "\(name) \(report)")
            }
            let named = try await it.post([
                .init(name: "report", fileName: "r.txt", content: Array("Licence : 12345678\n\nx".utf8)),
                .init(name: "attachment", fileName: path, content: Array("content".utf8)),
            ])
            #expect(named == 422)
            #expect(try await it.assistctl("list", "--state", "queued", "--json").output.isEmpty)
            // What the caller may not read the command does not read for them.
            let run = try await it.assistctl("submit", path, uid: marie)
            #expect(run.status != 0)
            #expect(!run.errors.contains("the secret"))
        }
    }

    @Test("one user's connections leave room for others, everybody's leave room for root")
    func seats() async throws {
        try await whileAway { it in
            let hold = """
                def served(line):
                    try:
                        line.connect(path)
                        line.sendall(b'GET /v1/stats HTTP/1.1\\r\\n\\r\\n')
                        return b'HTTP/1.1 200' in line.recv(4096)
                    except OSError: return False
                lines = [socket.socket(socket.AF_UNIX) for _ in range(40)]
                print(sum(served(line) for line in lines), flush=True)
                sys.stdin.read()
                """
            var crowd: [Held] = []
            for uid in 5001...5006 { crowd.append(try await it.pythonHeld(hold, uid: uid)) }
            #expect(crowd.map(\.said) == Array(repeating: "16", count: 6))
            // A seventh finds no seat and is told to come back; root gets in.
            let turnedAway = try await it.assistctl("status", uid: 5007)
            #expect(turnedAway.status == 75, "\(turnedAway)")
            #expect(try await it.assistctl("status").status == 0)
            for one in crowd { try await one.end() }
            var late = try await it.assistctl("status", uid: 5007)
            while late.status == 75 {
                try Task.checkCancellation()
                late = try await it.assistctl("status", uid: 5007)
            }
            #expect(late.status == 0)
        }
    }
}
