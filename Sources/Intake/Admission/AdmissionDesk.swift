package import Mail
package import SupportDesk

/// Makes of what was read what the journal admits: the licence is judged, the message composed, the reference given.
package struct AdmissionDesk: Sendable {
    let licenses: Admittance
    let composer: MailComposer
    let channels: [ChannelName]
    let promise: ResponsePromise
    let language: Language
    let releases: Releases
    let userName: @Sendable (UInt32) -> String
    let masksSecrets: Bool

    /// - Parameters:
    ///   - channels: those in service, the default first.
    ///   - promise: the desk's hours, and how long it takes.
    ///   - language: the desk's: of the mails it gets.
    ///   - releases: which versions there are, and who delivers them.
    ///   - masksSecrets: whether the desk shall not have the secrets in a report either.
    ///   - userName: a local user's login name.
    package init(
        licenses: Admittance, composer: MailComposer, channels: [ChannelName], promise: ResponsePromise,
        language: Language = .french, releases: Releases = Releases(), masksSecrets: Bool = false,
        userName: @escaping @Sendable (UInt32) -> String
    ) {
        self.licenses = licenses
        self.composer = composer
        self.channels = channels
        self.promise = promise
        self.language = language
        self.releases = releases
        self.masksSecrets = masksSecrets
        self.userName = userName
    }

    /// What a report comes down to: itself, and the call-back it may ask for.
    ///
    /// - Parameters:
    ///   - references: gives a new one at each call.
    ///   - quota: counts one more of a user and a license; why it is held where that is too much.
    /// - Throws: only where a message cannot be composed for want of memory.
    package func admissions(
        of reading: Result<Report, Rejection>, _ origin: Origin, references: () -> Reference,
        quota: (UInt32, String) -> Reason? = { _, _ in nil }, at now: Timestamp
    ) throws -> [Admission] {
        let reference = references()
        switch reading {
        case .failure(let rejection):
            let report = rejection.report ?? Report(license: "", subject: "", description: "")
            let license = LicenseNumber.masked(report.license)
            return [refusal(rejection.reason, report, license: license, origin, reference, at: now)]
        case .success(let received):
            var report = masksSecrets ? received.masked(in: language) : received
            takeChannelInService(&report)
            var judgement = judge(report, at: now)
            let outcome = judgement.decision.outcome
            if case .reject(let reason) = outcome {
                let license = judgement.decision.license
                return [refusal(reason, report, license: license, origin, reference, at: now)]
            }
            if outcome == .forward, let reason = quota(origin.uid, judgement.decision.license) {
                judgement.decision.outcome = .hold(reason)
            }
            report.notes += judgement.notes
            let callback = try callback(
                of: &report, &judgement, origin, about: reference, references: references, quota: quota, at: now)
            return [try admission(of: report, judgement, origin, reference, at: now)] + callback
        }
    }

    /// A wish for a channel that does not exist here holds nothing up: the report goes the usual way and says so.
    private func takeChannelInService(_ report: inout Report) {
        guard let wish = report.channel, !channels.contains(wish) else { return }
        report.channel = nil
        report.notes.append(
            Bilingual(
                fr: "Le canal « \(wish.rawValue) » n'est pas en service ici ; le rapport part par courriel.",
                en: "Channel “\(wish.rawValue)” is not in service here; the report goes by mail."))
    }

    private func admission(
        of report: Report, _ judgement: Judgement, _ origin: Origin, _ reference: Reference, at now: Timestamp
    ) throws -> Admission {
        let decision = judgement.decision
        let (state, reason) = decision.outcome.standing
        var submission = submission(
            report, state, reason, license: decision.license, origin, reference, at: now,
            messageID: composer.messageID(for: reference))
        submission.isPromised = decision.isPromised
        var draft = MailDraft(
            reference: reference, receivedAt: now, license: decision.license, report: report,
            attachments: report.attachments)
        draft.contract = judgement.contract
        draft.remarks = judgement.remarks
        let headStart = report.priority.headStart(underContract: decision.isUnderContract)
        return Admission(
            submission: submission, text: reason?.text ?? Self.received, description: report.description,
            message: try message(of: draft), rank: (now - headStart).milliseconds,
            taken: origin.files.isEmpty ? nil : Taken(reference: reference, fate: .remove, files: origin.files))
    }

    private func message(of draft: MailDraft) throws -> Admission.Message {
        let isHeld = draft.attachments.allSatisfy { if case .bytes = $0.content { true } else { false } }
        if isHeld { return .bytes(try composer.compose(draft)) }
        return .writer { [composer] write in try composer.compose(draft, to: write) }
    }

    func refusal(
        _ reason: Reason, _ report: Report, license: String, _ origin: Origin, _ reference: Reference,
        at now: Timestamp
    ) -> Admission {
        Admission(
            submission: submission(
                report, .rejected, reason, license: license, origin, reference, at: now, messageID: nil),
            text: reason.text, description: nil, message: nil, rank: 0,
            taken: origin.files.isEmpty ? nil : Taken(reference: reference, fate: .reject, files: origin.files))
    }

    func submission(
        _ report: Report, _ state: State, _ reason: Reason?, license: String, _ origin: Origin,
        _ reference: Reference, at now: Timestamp, messageID: String?
    ) -> Submission {
        Submission(
            reference: reference, state: state, channel: report.channel ?? channels.first ?? .smtp, license: license,
            subject: report.subject, details: report.details, priority: report.priority, source: origin.source,
            submitter: .init(uid: origin.uid, name: userName(origin.uid)), language: report.language,
            receivedAt: now, size: origin.size,
            attachments: report.attachments.map { AttachmentSummary(name: $0.name, size: $0.size) },
            messageID: messageID, reason: reason, notes: report.notes)
    }

    static let received = Bilingual(fr: "Reçu", en: "Received")
}

extension Admittance.Outcome {
    /// The state it leads to.
    var standing: (State, Reason?) {
        switch self {
        case .forward: (.queued, nil)
        case .hold(let reason): (.held, reason)
        case .reject(let reason): (.rejected, reason)
        }
    }
}
