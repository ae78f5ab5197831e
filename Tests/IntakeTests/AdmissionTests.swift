import Intake
import Mail
import Platform
import SupportDesk
import TestSupport
import Testing

/// The desk that admits, without a spool or a journal.
private struct Reception {
    var policies = Admittance.Policies()
    var releases = Releases()
    let register: Register

    init(_ lines: String...) throws {
        let text = (["licence;societe;contrat;fin_contrat;date_achat;version"] + lines).joined(separator: "\n")
        register = try Register.parse(Array(text.utf8))
    }

    var desk: AdmissionDesk {
        get throws {
            AdmissionDesk(
                licenses: Admittance(rules: LicenseRules(), knowledge: .register(register), policies: policies),
                composer: MailComposer(
                    from: try Mailbox(address: "assistd@exemple.fr"),
                    to: try Mailbox(name: "GESTIMUM", address: "desk@exemple.fr"), userAgent: "test",
                    template: try MailTemplate.load()),
                channels: [.smtp], promise: Sample.promise, releases: releases, userName: { "uid:\($0)" })
        }
    }

    func admit(
        _ report: String, at now: Timestamp = Sample.start, quota: (UInt32, String) -> Reason? = { _, _ in nil }
    ) throws -> [Admission] {
        let reading = Result { () throws(Rejection) in try ReportParser.parse(Array(report.utf8)) }
        var sequence = ReferenceSequence()
        let origin = Origin(source: .spool(file: "r.txt"), uid: 7, size: 9, files: [])
        return try desk.admissions(
            of: reading, origin, references: { sequence.next(at: now, seed: 1) }, quota: quota, at: now)
    }

    func ask(
        _ request: CallbackRequest, _ number: UInt64 = 900, at now: Timestamp = Sample.start,
        quota: (UInt32, String) -> Reason? = { _, _ in nil }
    ) throws -> (admission: Admission, plan: CallbackPlan?, explanation: Bilingual) {
        try desk.callback(request, reference: Reference(at: now, tie: number), quota: quota, at: now)
    }
}

extension Admission {
    /// The mail as text, its encodings undone.
    fileprivate var mail: String {
        guard case .bytes(let bytes)? = message else { return "" }
        let text = String(decoding: bytes, as: UTF8.self)
        let body = (try? MessageReader.read(bytes).text) ?? ""
        return text + "\n" + body
    }

    fileprivate func notes(_ language: Language) -> String {
        submission.notes.map { $0[language] }.joined(separator: "\n")
    }
}

@Suite("What a report comes down to")
struct AdmissionTests {
    private let contract = "1111;Œuvre;G-TEL;2027-12-31;2020-01-01;9.5"

    private func report(_ license: String, _ more: String = "") -> String {
        "Licence : \(license)\n\(more)\nÇa ne marche pas.\n"
    }

    @Test("with a contract it is queued, promised an answer, and its mail names the contract")
    func covered() throws {
        let admission = try #require(try Reception(contract).admit(report("1111")).first)
        #expect(admission.submission.state == .queued && admission.submission.isPromised)
        #expect(admission.mail.contains("Contrat : G-TEL, jusqu'au 31/12/2027"))
        #expect(admission.rank == (Sample.start - Priority.normal.headStart(underContract: true)).milliseconds)
    }

    @Test(
        "without one it is held, refused or sent by policy; what is sent says so to both sides",
        arguments: Policy.allCases)
    func expired(policy: Policy) throws {
        var reception = try Reception("2222;B;G-TEL;2026-11-22;2020-01-01;9.5")
        reception.policies.expired = policy
        let admissions = try reception.admit(report("2222"))
        let admission = try #require(admissions.first)
        #expect(admissions.count == 1)
        #expect(!admission.submission.isPromised)
        switch policy {
        case .hold:
            #expect(admission.submission.state == .held && admission.submission.reason?.code == .contractExpired)
        case .reject:
            #expect(admission.submission.state == .rejected && admission.submission.reason?.code == .contractExpired)
            #expect(admission.message == nil)
        case .forward:
            #expect(admission.submission.state == .queued && admission.submission.reason == nil)
            #expect(admission.notes(.french).contains("22/11/2026"))
            #expect(admission.notes(.english).contains("2026-11-22"))
            #expect(admission.mail.contains("Remarque : ") && admission.mail.contains("22/11/2026"))
        }
    }

    @Test("a contract about to end is for the customer's eyes alone")
    func endsSoon() throws {
        let admission = try #require(
            try Reception("3333;C;G-TEL;2026-12-01;2020-01-01;9.5").admit(report("3333")).first)
        #expect(admission.notes(.french).contains("01/12/2026"))
        #expect(!admission.mail.contains("Remarque"))
    }

    @Test("an older version is told of the update in mail and receipt, a beta is flagged")
    func versions() throws {
        var reception = try Reception(contract)
        reception.releases = Releases(
            versions: try ReleasedVersions.parse(Array("9.5 build 1155 (19/06/2023)\n".utf8)))
        let old = try #require(try reception.admit(report("1111", "Version : 9.4 build 1124 bêta\n")).first)
        #expect(old.notes(.french).contains("9.5 build 1155") && old.mail.contains("9.5 build 1155"))
        #expect(old.notes(.french).contains("bêta") && old.mail.contains("production"))
        let current = try #require(try reception.admit(report("1111", "Version : 9.5 build 1155\n")).first)
        #expect(current.submission.notes.isEmpty && !current.mail.contains("Remarque"))
    }

    @Test("a wish to be called back is a submission of its own, with a window, about the report")
    func callback() throws {
        let admissions = try Reception(contract).admit(
            report("1111", "Rappel : mardi 24/11/2026 10h\nTéléphone : 01 99 00 12 34\nContact : Léa\n"))
        #expect(admissions.map(\.submission.kind) == [.report, .callback])
        let (first, second) = (admissions[0], admissions[1])
        #expect(second.submission.related == first.submission.reference)
        let slot = try #require(second.submission.slot)
        #expect(slot.sequence == 0 && slot.origin == second.submission.reference)
        // Tuesday 10:00 to 15:30, an hour ahead of UTC.
        #expect(slot.start == Sample.start + .seconds(25 * 3600))
        #expect(slot.end == Sample.start + .seconds(25 * 3600 + 5 * 3600 + 1800))
        #expect(second.submission.state == .queued && second.submission.attachments.isEmpty)
        #expect(first.notes(.french).contains("\(second.submission.reference)"))
        #expect(first.notes(.french).contains("de 10:00 à 15:30"))
        #expect(second.mail.contains("METHOD:REQUEST") || second.mail.contains("method=REQUEST"))
        #expect(second.mail.contains("01 99 00 12 34"))
        #expect(second.mail.contains("In-Reply-To: \(first.submission.messageID ?? "?")"))
        #expect(second.taken == nil)
    }

    @Test("a wish nobody understands is asked for as soon as possible, and the note says so")
    func doubtful() throws {
        let admissions = try Reception(contract).admit(report("1111", "Rappel : un de ces jours\n"))
        #expect(admissions.count == 2)
        #expect(admissions[1].submission.slot?.start == Sample.start)
        for language in Language.allCases {
            #expect(admissions[0].notes(language).contains("un de ces jours"))
        }
    }

    @Test("who wishes none is not called", arguments: ["non", "No", "0"])
    func declined(text: String) throws {
        #expect(try Reception(contract).admit(report("1111", "Rappel : \(text)\n")).map(\.submission.kind) == [.report])
    }

    @Test("no call-back where the contract gives no right to one, but the report goes", arguments: Policy.allCases)
    func notCovered(policy: Policy) throws {
        var reception = try Reception("4444;D;G-MAIL;2027-12-31;2020-01-01;9.5")
        reception.policies.channelNotCovered = policy
        let admissions = try reception.admit(report("4444", "Rappel : oui\n"))
        #expect(admissions[0].submission.state == .queued)
        switch policy {
        case .forward: #expect(admissions.map(\.submission.state) == [.queued, .queued])
        case .hold:
            #expect(admissions.map(\.submission.state) == [.queued, .held])
            #expect(admissions[1].submission.reason?.code == .channelNotCovered)
        case .reject:
            #expect(admissions.count == 1)
            #expect(admissions[0].notes(.french).contains("n'est pas demandé"))
        }
    }

    @Test("a report that is held holds its call-back, one that is refused has none")
    func together() throws {
        var reception = try Reception(contract)
        #expect(try reception.admit(report("9999", "Rappel : oui\n")).map(\.submission.state) == [.held, .held])
        reception.policies.unknown = .reject
        #expect(try reception.admit(report("9999", "Rappel : oui\n")).map(\.submission.state) == [.rejected])
    }

    @Test("over the quota it is held with its call-back, and nothing is dropped; what is refused counts for nothing")
    func quota() throws {
        var reception = try Reception(contract, "2222;B;G-TEL;2020-01-01;2015-01-01;9.5")
        let over = Reason(.quotaExceeded, fr: "Trop", en: "Too many")
        var asked: [String] = []
        let held = try reception.admit(report("1111", "Rappel : oui\n")) { uid, license in
            asked.append("\(uid) \(license)")
            return over
        }
        #expect(asked == ["7 1111", "7 1111"])
        #expect(held.map(\.submission.state) == [.held, .held] && held.allSatisfy { $0.message != nil })
        #expect(held.allSatisfy { $0.submission.reason == over && $0.text == over.text })
        var isFirst = true
        let partly = try reception.admit(report("1111", "Rappel : oui\n")) { _, _ in
            defer { isFirst = false }
            return isFirst ? nil : over
        }
        #expect(partly.map(\.submission.state) == [.queued, .held])
        // What waits for a person already says why.
        let expired = try reception.admit(report("2222")) { _, _ in over }
        #expect(expired.first?.submission.reason?.code == .contractExpired)
        reception.policies.expired = .reject
        let refused = try reception.admit(report("2222")) { _, _ in
            Issue.record("counted")
            return nil
        }
        #expect(refused.first?.submission.state == .rejected)
        let callback = try reception.ask(request("1111")) { _, _ in over }
        #expect(callback.admission.submission.state == .held && callback.admission.submission.reason == over)
        var off = CallbackRequest(uid: 7)
        off.change = .callOff(callback.admission.submission)
        #expect(try reception.ask(off, quota: { _, _ in over }).admission.submission.state == .queued)
    }

    // MARK: Without a report

    private func request(_ license: String?) -> CallbackRequest {
        var request = CallbackRequest(uid: 7)
        request.license = license
        request.phone = "01 99 00 12 34"
        return request
    }

    @Test("asked for by itself, moved and called off: one entry, whose changes count up")
    func changes() throws {
        let reception = try Reception(contract)
        let asked = try reception.ask(request("1111"), 1)
        #expect(asked.plan?.cause == .asWished)
        #expect(asked.admission.superseded == nil)
        var move = CallbackRequest(uid: 7)
        move.wish = "2026-11-25 14:00"
        move.change = .move(asked.admission.submission)
        let moved = try reception.ask(move, 2)
        let origin = asked.admission.submission.reference
        #expect(moved.admission.submission.slot?.sequence == 1 && moved.admission.submission.slot?.origin == origin)
        #expect(moved.admission.superseded?.reference == origin)
        #expect(moved.admission.submission.details.phone == "01 99 00 12 34", "what is not said stays")
        #expect(moved.admission.submission.license == "1111")
        var off = CallbackRequest(uid: 7)
        off.change = .callOff(moved.admission.submission)
        let ended = try reception.ask(off, 3)
        #expect(ended.plan == nil)
        #expect(ended.admission.submission.kind == .callbackCancellation)
        #expect(ended.admission.submission.slot?.sequence == 2)
        let identifier = "asd-" + "\(origin)".dropFirst(4).lowercased()
        for admission in [asked, moved, ended].map(\.admission) {
            #expect(admission.mail.replacing("\r\n ", with: "").contains("UID:\(identifier)@exemple.fr"))
        }
        #expect(ended.admission.mail.contains("METHOD:CANCEL"))
        #expect(ended.admission.mail.contains("In-Reply-To: \(moved.admission.submission.messageID ?? "?")"))
    }

    @Test("moving what was let go needs no second permission; giving it another license does")
    func otherLicense() throws {
        let reception = try Reception(contract, "2222;B;G-TEL;2020-01-01;2015-01-01;9.5")
        var before = try reception.ask(request("1111"), 1).admission.submission
        before.relayedAt = Sample.start
        var move = CallbackRequest(uid: 7)
        move.change = .move(before)
        move.license = "2222"
        #expect(try reception.ask(move, 2).admission.submission.state == .held)
        move.license = "1111"
        #expect(try reception.ask(move, 3).admission.submission.state == .queued)
        // One that was held by its license and let go: moved, it stays let go.
        before.license = "2222"
        before.isCleared = true
        move.change = .move(before)
        move.license = nil
        #expect(throws: Rejection.self, "over the quota the desk keeps the old window, and so does the user") {
            try reception.ask(move, 4) { _, _ in Reason(.quotaExceeded, fr: "x", en: "x") }
        }
        let moved = try reception.ask(move, 4).admission.submission
        #expect(moved.state == .queued && moved.isCleared, "nor is it judged again when it is sent")
    }

    @Test("refused and held as a report would be")
    func judged() throws {
        var reception = try Reception("4444;D;G-MAIL;2027-12-31;2020-01-01;9.5")
        #expect(try reception.ask(request("4444")).admission.submission.state == .held)
        reception.policies.channelNotCovered = .reject
        let refused = try reception.ask(request("4444"))
        #expect(refused.admission.submission.state == .rejected && refused.plan == nil)
        #expect(refused.explanation == refused.admission.submission.reason?.text)
        #expect(
            try reception.ask(request("{12345678-1234-1234-1234-123456789ABC}")).admission.submission.license == "****")
        #expect(try reception.ask(request(nil)).admission.submission.reason?.code == .licenseMissing)
    }
}
