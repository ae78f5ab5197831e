package import SupportDesk

/// Submissions to test with: each argument that matters is named, the rest is plausible.
package enum Sample {
    /// 2026-11-23T08:00:00Z.
    package static let start = Timestamp(milliseconds: 1_795_420_800_000)

    /// The usual desk in winter: open from Monday to Friday, 9:00 to 12:30 and 14:00 to 18:00, an hour ahead of UTC. Its
    /// clocks never change, so that what a test says of them can be read at once. The start is a Monday, 9:00.
    package static let promise = ResponsePromise(
        calendar: BusinessCalendar(
            hours: .desk, holidays: .france, zone: Zone(identifier: "Europe/Paris") { _ in 3600 }),
        response: .seconds(4 * 3600))

    /// The message of each, where no other is given.
    package static let message = Array("Subject: x\r\n\r\nx\r\n".utf8)

    /// The number-th submission, received as many milliseconds after the start.
    package static func admission(
        _ number: Int, state: State = .queued, channel: ChannelName = .smtp, license: String = "GES12345",
        subject: String = "Impression bloquée", uid: UInt32 = 1000, receivedAt: Timestamp? = nil, rank: Int64? = nil,
        nextAttemptAt: Timestamp? = nil, message: [UInt8]? = message
    ) -> Admission {
        let received = receivedAt ?? start + .milliseconds(number)
        let reference = Reference(at: start + .milliseconds(number), tie: UInt64(number))
        var submission = Submission(
            reference: reference, state: state, channel: channel, license: license, subject: subject,
            details: Report.Details(), priority: .normal, source: .spool(file: "rapport-\(number).txt"),
            submitter: .init(uid: uid, name: "uid:\(uid)"), language: .french, receivedAt: received,
            size: message?.count ?? 0, attachments: [], messageID: "<\(reference)@example.fr>")
        if let nextAttemptAt { submission.nextAttemptAt = nextAttemptAt }
        return Admission(
            submission: submission, text: Bilingual(fr: "Reçu", en: "Received"), description: "Ça ne marche pas.",
            message: message.map { Admission.Message.bytes($0) }, rank: rank ?? received.milliseconds, taken: nil)
    }

    /// A submission that says everything one can say.
    package static func full(_ number: Int) -> Admission {
        var admission = admission(number, state: .held)
        var submission = admission.submission
        submission.details.company = "Œuvres & Cie"
        submission.details.contact = "Jérôme Dupont"
        submission.details.email = "jd@example.fr"
        submission.details.phone = "+33 1 23 45 67 89"
        submission.details.partner = "Partenaire"
        submission.details.product = "Gestimum ERP"
        submission.details.module = "Ventes"
        submission.details.version = "10.2"
        submission.details.callback = "demain 14 h"
        submission.details.senderReference = "T-17"
        submission.details.others = [.init(name: "Poste", value: "PC-\"3\""), .init(name: "É", value: "")]
        submission.priority = .blocking
        submission.source = .control
        submission.submitter.uid = .max
        submission.language = .english
        submission.updatedAt = submission.receivedAt + .milliseconds(1)
        submission.dueAt = submission.receivedAt + .milliseconds(2)
        submission.relayedAt = submission.receivedAt + .milliseconds(3)
        submission.deliveredAt = submission.receivedAt + .milliseconds(4)
        submission.acknowledgedAt = submission.receivedAt + .milliseconds(5)
        submission.answeredAt = submission.receivedAt + .milliseconds(6)
        submission.remoteTicket = "#4711"
        submission.attachments = [.init(name: "écran.png", size: 12_345), .init(name: "b\\c.log", size: 0)]
        submission.reason = Reason(.licenseUnknown, fr: "Licence inconnue", en: "License unknown")
        submission.notes = [Bilingual(fr: "Priorité inconnue", en: "Unknown priority")]
        submission.kind = .callback
        submission.related = Reference(at: start, tie: 7)
        submission.isPromised = true
        submission.isCleared = true
        submission.dueCalendar = "240 min; Europe/Paris"
        submission.overdueAt = submission.receivedAt + .milliseconds(7)
        submission.slot = CallbackSlot(
            start: start + .seconds(60), end: start + .seconds(120), sequence: 2, origin: Reference(at: start, tie: 8))
        admission.submission = submission
        return admission
    }

    /// Why a mail server did not take it now.
    package static let deferral = AttemptResult(
        .deferred, code: 451, enhancedCode: "4.7.1", text: "Greylisted", endpoint: "mail.example.fr:587")
    package static let acceptance = AttemptResult(
        .accepted, code: 250, enhancedCode: "2.0.0", text: "Ok: queued as 4F7K", endpoint: "mail.example.fr:587")

    /// What the retry policy says of a result, without chance.
    package static func verdict(_ result: AttemptResult, of claim: Claim, at now: Timestamp) -> Verdict {
        RetryPolicy().verdict(on: result, of: claim, at: now, jitter: 0.5)
    }

    /// Everything the journal says of one submission, to compare before and after.
    package struct Dossier: Hashable {
        package var submission: Submission?
        package var attempts: [Attempt]
        package var history: [Event]
        package var description: String?
        package var message: Parcel.Content?
    }

    package static func dossier(_ reference: Reference, in journal: any Journal) async throws -> Dossier {
        Dossier(
            submission: try await journal.submission(reference), attempts: try await journal.attempts(of: reference),
            history: try await journal.history(of: reference),
            description: try await journal.description(of: reference),
            message: try await journal.message(of: reference))
    }
}
