import Mail
import Platform
import SupportDesk

/// The mails that follow when an answer is overdue, as submissions of their own: they are retried like any other.
extension Deadlines {
    func followUps(of submission: Submission, _ tools: Tools, at now: Timestamp) async throws -> [Admission] {
        let mail = OverdueMail(about: submission, at: now)
        var followUps: [Admission] = []
        if tools.isDeskReminded {
            let number = await newReference()
            let draft = mail.reminder(number, zone: tools.zone, in: tools.language)
            followUps.append(try admission(.reminder, draft, about: submission, tools, at: now))
        }
        if let administrator = tools.administrator {
            let number = await newReference()
            let draft = mail.notice(
                number, to: administrator, isDeskReminded: tools.isDeskReminded, zone: tools.zone, in: tools.language)
            followUps.append(try admission(.notice, draft, about: submission, tools, at: now))
        }
        return followUps
    }

    private func admission(
        _ kind: Submission.Kind, _ draft: NoticeDraft, about submission: Submission, _ tools: Tools, at now: Timestamp
    ) throws -> Admission {
        let message = tools.composer.compose(draft)
        var followUp = Submission(
            reference: draft.reference, state: .queued, channel: .smtp, license: submission.license,
            subject: draft.subject, details: Report.Details(), priority: draft.priority, source: .control,
            // The service's own: who reported has no say in them.
            submitter: .init(uid: Users.own, name: Users.name(of: Users.own)), language: submission.language,
            receivedAt: now, size: message.count,
            attachments: [], messageID: tools.composer.messageID(for: draft.reference))
        followUp.kind = kind
        followUp.related = submission.reference
        followUp.details.company = submission.masked.details.company
        return Admission(
            submission: followUp, text: kind.name, description: nil, message: .bytes(message),
            rank: (now - draft.priority.headStart(underContract: true)).milliseconds, taken: nil)
    }
}
