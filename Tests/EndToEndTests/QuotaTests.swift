import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Quotas, with the real programs", .timeLimit(.minutes(3)))
struct QuotaTests {
    private let quotas = """
        [quotas]
        user_daily = 2
        license_daily = 4
        """

    private func submit(_ it: Installation, _ license: String, uid: Int?) async throws -> [String: Any] {
        try await it.assistctl(
            "submit", "--license", license, "--subject", "x", "--json", uid: uid, input: "Ça ne marche pas.\n"
        ).json
    }

    private func code(_ submission: [String: Any]) -> String? {
        (submission["reason"] as? [String: Any])?["code"] as? String
    }

    @Test(
        "over the quota a report is held, by either door, until an administrator lets it go; a restart sets nothing back",
        .enabled(if: getuid() == 0, "needs root to be somebody else"))
    func held() async throws {
        let it = try Installation(smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"", more: quotas)
        try await it.start()
        var first = ""
        for _ in 1...2 {
            let submission = try await submit(it, "1111", uid: 4711)
            #expect(code(submission) == nil, "\(submission)")
            first = try #require(submission["reference"] as? String)
        }
        let third = try await submit(it, "1111", uid: 4711)
        let reference = try #require(third["reference"] as? String)
        #expect(third["state"] as? String == "held" && code(third) == "quota_exceeded")
        for (language, word) in [("fr_FR.UTF-8", "Quota atteint"), ("en_US.UTF-8", "Quota reached")] {
            let shown = try await it.assistctl("show", reference, language: language, uid: 4711)
            #expect(shown.output.contains(word) && shown.output.contains("assistctl release"), "\(shown.output)")
        }
        // Whoever it was held for cannot let it go, in no way round.
        for command in ["release", "retry"] {
            #expect(try await it.assistctl(command, reference, uid: 4711).status == 77, "\(command)")
        }
        #expect(try await it.end() == 0)

        try await it.start()
        try it.folder.write("Licence : 2222\n\nx".utf8, to: "a.txt")
        chown(it.folder("a.txt"), 4711, 4711)
        #expect(rename(it.folder("a.txt"), it.folder("spool/incoming/a.txt")) == 0)
        let held = try await it.submissions(in: "held", reach: 2)
        #expect(held.contains(reference))
        // Others, and administrators, go on; but the license has its own limit.
        for uid in [4712, nil] { #expect(code(try await submit(it, "1111", uid: uid)) == nil) }
        for uid in [4713, nil] { #expect(code(try await submit(it, "1111", uid: uid)) == "quota_exceeded") }
        #expect(code(try await submit(it, "3333", uid: nil)) == nil)
        let callback = try await it.assistctl(
            "callback", "--license", "4444", "--phone", "01 99 00 12 34", "--json", uid: 4711
        ).json
        let asked = try #require((callback["submission"] ?? callback) as? [String: Any])
        #expect(code(asked) == "quota_exceeded")
        // Nor does anything new go out as something old.
        #expect(try await it.assistctl("cancel", first, uid: 4711).status == 0)
        let again = try await it.assistctl("resend", first, language: "fr_FR.UTF-8", uid: 4711)
        #expect(again.status == 75 && again.errors.contains("Quota atteint"), "\(again.errors)")
        #expect(try await it.assistctl("resend", first).status == 0)
        // What was refused for another reason does not count.
        let waiting = try #require(try await submit(it, "5555", uid: 4714)["reference"] as? String)
        for _ in 1...3 { #expect(try await it.assistctl("resend", waiting, uid: 4714).status == 1) }
        #expect(code(try await submit(it, "5555", uid: 4714)) == nil)
        #expect(try await it.assistctl("release", reference).status == 0)
        let released = try await it.assistctl("show", reference, "--json").json
        #expect(["queued", "sending"].contains(released["state"] as? String))
        #expect(try await it.end() == 0)
    }
}
