package import Mail
package import SupportDesk

/// Makes of what was read what the journal admits: the licence is judged, the message composed, the reference given.
package struct AdmissionDesk: Sendable {
    private let licenses: Admittance
    private let composer: MailComposer
    private let channels: [ChannelName]
    private let today: @Sendable (Timestamp) -> CalendarDate
    private let userName: @Sendable (UInt32) -> String

    /// - Parameters:
    ///   - channels: those in service, the default first.
    ///   - today: the day at the desk at an instant.
    ///   - userName: a local user's login name.
    package init(
        licenses: Admittance, composer: MailComposer, channels: [ChannelName],
        today: @escaping @Sendable (Timestamp) -> CalendarDate, userName: @escaping @Sendable (UInt32) -> String
    ) {
        self.licenses = licenses
        self.composer = composer
        self.channels = channels
        self.today = today
        self.userName = userName
    }

    /// - Throws: only where a message cannot be composed for want of memory.
    package func admission(
        of reading: Result<Report, Rejection>, _ origin: Origin, reference: Reference, at now: Timestamp
    ) throws -> Admission {
        switch reading {
        case .failure(let rejection):
            let report = rejection.report ?? Report(license: "", subject: "", description: "")
            return refusal(
                rejection.reason, report, license: LicenseNumber.masked(report.license), origin, reference, at: now)
        case .success(var report):
            takeChannelInService(&report)
            let decision = licenses.decide(report.license, on: today(now))
            switch decision.outcome {
            case .reject(let reason):
                return refusal(reason, report, license: decision.license, origin, reference, at: now)
            case .hold(let reason):
                return try admission(of: report, decision, .held, reason, origin, reference, at: now)
            case .forward:
                return try admission(of: report, decision, .queued, nil, origin, reference, at: now)
            }
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
        of report: Report, _ decision: Admittance.Decision, _ state: State, _ reason: Reason?, _ origin: Origin,
        _ reference: Reference, at now: Timestamp
    ) throws -> Admission {
        let submission = submission(
            report, state, reason, license: decision.license, origin, reference, at: now,
            messageID: composer.messageID(for: reference))
        let message = try composer.compose(
            MailDraft(
                reference: reference, receivedAt: now, license: decision.license, report: report,
                attachments: report.attachments))
        let headStart = report.priority.headStart(underContract: decision.isUnderContract)
        return Admission(
            submission: submission, text: reason?.text ?? Self.received, description: report.description,
            message: .bytes(message), rank: (now - headStart).milliseconds,
            taken: origin.files.isEmpty ? nil : Taken(reference: reference, fate: .remove, files: origin.files))
    }

    private func refusal(
        _ reason: Reason, _ report: Report, license: String, _ origin: Origin, _ reference: Reference,
        at now: Timestamp
    ) -> Admission {
        Admission(
            submission: submission(
                report, .rejected, reason, license: license, origin, reference, at: now, messageID: nil),
            text: reason.text, description: nil, message: nil, rank: 0,
            taken: origin.files.isEmpty ? nil : Taken(reference: reference, fate: .reject, files: origin.files))
    }

    private func submission(
        _ report: Report, _ state: State, _ reason: Reason?, license: String, _ origin: Origin,
        _ reference: Reference, at now: Timestamp, messageID: String?
    ) -> Submission {
        Submission(
            reference: reference, state: state, channel: report.channel ?? channels.first ?? .smtp, license: license,
            subject: report.subject, details: report.details, priority: report.priority, source: origin.source,
            submitter: .init(uid: origin.uid, name: userName(origin.uid)), language: report.language,
            receivedAt: now, size: origin.size,
            attachments: report.attachments.map { AttachmentSummary(name: $0.name, size: $0.content.count) },
            messageID: messageID, reason: reason, notes: report.notes)
    }

    private static let received = Bilingual(fr: "Reçu", en: "Received")
}
