import Mail
package import SupportDesk

/// Call-backs: asked for in a report, or by themselves.
extension AdmissionDesk {
    /// The call-back a report asks for; none where it asks for none or has no right to one, which its notes then say.
    func callback(
        of report: inout Report, _ judgement: inout Judgement, _ origin: Origin, about reference: Reference,
        references: () -> Reference, quota: (UInt32, String) -> Reason?, at now: Timestamp
    ) throws -> [Admission] {
        guard let written = report.details.callback else { return [] }
        let (wish, doubt) = wish(written, at: now)
        if wish == .never { return [] }
        if let doubt { report.notes.append(doubt) }
        guard let plan = plan(wish, at: now) else {
            report.notes.append(Self.neverOpen)
            return []
        }
        let own = judge(report.license, report.details, for: .callback, at: now)
        var outcome = own.decision.outcome
        if case .reject(let reason) = outcome {
            report.notes.append(
                Bilingual(
                    fr: "Le rappel n'est pas demandé : \(reason.text.french)",
                    en: "The call-back is not asked for: \(reason.text.english)"))
            return []
        }
        if outcome == .forward, let reason = quota(origin.uid, own.decision.license) { outcome = .hold(reason) }
        // Held back together, and let go one by one.
        if case .hold = judgement.decision.outcome { outcome = judgement.decision.outcome }
        let number = references()
        let (state, reason) = outcome.standing
        let note =
            state == .queued
            ? Bilingual(
                fr: "Rappel demandé (\(number)). \(plan.explanation.french)",
                en: "Call-back asked for (\(number)). \(plan.explanation.english)")
            : Bilingual(
                fr: "Rappel téléphonique (\(number)). \(plan.proposal.french)",
                en: "Call-back (\(number)). \(plan.proposal.english)")
        report.notes.append(note)
        // The wish as it was written may say "tomorrow".
        judgement.remarks.append(note[language])
        var mail = mail(number, .asked, plan.window, license: own.decision.license, at: now)
        mail.details = report.details
        mail.contract = own.contract
        mail.remarks = [plan.explanation[language]] + [doubt].compactMap { $0?[language] }
        mail.about = report.subject
        mail.related = reference
        mail.follows = composer.messageID(for: reference)
        var callback = report
        callback.attachments = []
        callback.notes = [state == .queued ? plan.explanation : plan.proposal]
        return [
            try admission(
                of: mail, report: callback, state, reason,
                Origin(source: origin.source, uid: origin.uid, size: 0, files: []),
                underContract: own.decision.isUnderContract, at: now)
        ]
    }

    /// What the wish of somebody who wrote no report comes down to.
    ///
    /// - Parameter reference: the new submission's.
    /// - Throws: `Rejection` where no window can be found; else only for want of memory.
    package func callback(
        _ request: CallbackRequest, reference: Reference, quota: (UInt32, String) -> Reason? = { _, _ in nil },
        at now: Timestamp
    ) throws -> (admission: Admission, plan: CallbackPlan?, explanation: Bilingual) {
        var report = masksSecrets ? request.report.masked(in: language) : request.report
        let origin = Origin(source: .control, uid: request.uid, size: 0, files: [])
        let judgement = judge(report.license, report.details, for: .callback, at: now)
        let before = request.change?.submission
        if case .callOff(let old)? = request.change, let slot = old.slot {
            return try callOff(old, slot, report, judgement, origin, reference, at: now)
        }
        let (wish, doubt) = report.details.callback.map { self.wish($0, at: now) } ?? (.soonest, nil)
        if wish == .never {
            throw Rejection(
                .badField,
                fr: "Ce n'est pas une date de rappel ; pour en annuler un : assistctl callback --cancel RÉF.",
                en: "This is no date for a call-back; to call one off: assistctl callback --cancel REF.")
        }
        guard let plan = plan(wish, at: now) else {
            throw Rejection(.badField, fr: Self.neverOpen.french, en: Self.neverOpen.english)
        }
        if case .reject(let reason) = judgement.decision.outcome {
            report.subject = subject(plan.window)[report.language]
            var refused = refusal(
                reason, report, license: judgement.decision.license, origin, reference, at: now)
            refused.submission.kind = .callback
            return (refused, nil, reason.text)
        }
        // Moving what a person let go needs no second permission; giving it another license does.
        let isLetGo =
            before.map {
                $0.license == judgement.decision.license && ($0.isCleared || $0.relayedAt != nil)
            } ?? false
        var (state, reason) = isLetGo ? (.queued, nil) : judgement.decision.outcome.standing
        if state == .queued, let over = quota(request.uid, judgement.decision.license) {
            // A move that is held would leave the desk with the old window, and the user with the new one.
            if before != nil { throw Rejection(.quotaExceeded, fr: Quotas.reached.french, en: Quotas.reached.english) }
            (state, reason) = (.held, over)
        }
        var mail = mail(
            reference, before == nil ? .asked : .moved, plan.window, license: judgement.decision.license, at: now)
        mail.slot.origin = before?.slot?.origin ?? reference
        mail.slot.sequence = before.flatMap(\.slot).map { $0.sequence + 1 } ?? 0
        mail.details = report.details
        mail.contract = judgement.contract
        mail.remarks = [plan.explanation[language]] + [doubt].compactMap { $0?[language] } + judgement.remarks
        mail.about = masksSecrets ? request.about?.masked(in: language) : request.about
        mail.related = request.related?.reference ?? before?.related
        mail.follows = before?.messageID ?? request.related?.messageID
        let told = state == .queued ? plan.explanation : plan.proposal
        report.notes = [doubt].compactMap { $0 } + [told] + judgement.notes
        var admission = try admission(
            of: mail, report: report, state, reason, origin, underContract: judgement.decision.isUnderContract, at: now)
        admission.submission.isCleared = isLetGo
        admission.superseded = before.map { old in
            Superseded(
                reference: old.reference,
                text: Bilingual(fr: "Déplacé : voir \(reference)", en: "Moved: see \(reference)"))
        }
        let doubtful = doubt.map { Bilingual(fr: " \($0.french)", en: " \($0.english)") } ?? Bilingual(fr: "", en: "")
        return (
            admission, plan,
            Bilingual(
                fr: told.french + doubtful.french, en: told.english + doubtful.english)
        )
    }

    private func callOff(
        _ old: Submission, _ slot: CallbackSlot, _ report: Report, _ judgement: Judgement, _ origin: Origin,
        _ reference: Reference, at now: Timestamp
    ) throws -> (admission: Admission, plan: CallbackPlan?, explanation: Bilingual) {
        var mail = mail(reference, .calledOff, slot.start..<slot.end, license: old.license, at: now)
        mail.slot = CallbackSlot(
            start: slot.start, end: slot.end, sequence: slot.sequence + 1, origin: slot.origin)
        mail.details = report.details
        mail.contract = judgement.contract
        mail.related = old.related
        mail.follows = old.messageID
        var admission = try admission(
            of: mail, report: report, .queued, nil, origin, underContract: judgement.decision.isUnderContract, at: now)
        admission.submission.kind = .callbackCancellation
        admission.submission.isCleared = true
        admission.superseded = Superseded(
            reference: old.reference,
            text: Bilingual(fr: "Annulé : voir \(reference)", en: "Called off: see \(reference)"))
        let span = promise.calendar.zone.span(slot.start..<slot.end)
        return (
            admission, nil,
            Bilingual(
                fr: "Le rappel \(span.french) est annulé ; l'assistance en est avertie.",
                en: "The call-back on \(span.english) is called off; the desk is told.")
        )
    }

    // MARK: Parts

    /// What was wished, and what to say where that cannot be understood.
    private func wish(_ written: String, at now: Timestamp) -> (CallbackWish, doubt: Bilingual?) {
        if let wish = CallbackWish(written, zone: promise.calendar.zone, now: now) { return (wish, nil) }
        let shown = String(written.masked.unicodeScalars.prefix(60)).harmless
        return (
            .soonest,
            Bilingual(
                fr:
                    "La date du rappel, « \(shown) », n'est pas comprise : il est demandé dès que possible. Écrivez par "
                    + "exemple 24/11/2026 14:00.",
                en:
                    "The date of the call-back, “\(shown)”, is not understood: it is asked for as soon as possible. Write "
                    + "for example 2026-11-24 14:00.")
        )
    }

    private func plan(_ wish: CallbackWish, at now: Timestamp) -> CallbackPlan? {
        CallbackPlan(wish, at: now, calendar: promise.calendar, length: promise.response)
    }

    private func mail(
        _ reference: Reference, _ step: CallbackMail.Step, _ window: Range<Timestamp>, license: String,
        at now: Timestamp
    ) -> CallbackMail {
        CallbackMail(
            reference: reference, sentAt: now, step: step,
            slot: CallbackSlot(start: window.lowerBound, end: window.upperBound, sequence: 0, origin: reference),
            license: license)
    }

    private func admission(
        of mail: CallbackMail, report: Report, _ state: State, _ reason: Reason?, _ origin: Origin,
        underContract: Bool, at now: Timestamp
    ) throws -> Admission {
        var report = report
        report.channel = .smtp
        report.priority = .high
        report.subject = subject(mail.slot.start..<mail.slot.end)[report.language]
        var submission = submission(
            report, state, reason, license: mail.license, origin, mail.reference, at: now,
            messageID: composer.messageID(for: mail.reference))
        submission.kind = .callback
        submission.related = mail.related
        submission.slot = mail.slot
        submission.isPromised = true
        let message = composer.compose(mail.draft(zone: promise.calendar.zone, in: language, by: composer))
        let headStart = Priority.blocking.headStart(underContract: underContract)
        return Admission(
            submission: submission, text: reason?.text ?? Self.received, description: mail.about,
            message: .bytes(message), rank: (now - headStart).milliseconds, taken: nil)
    }

    private func subject(_ window: Range<Timestamp>) -> Bilingual {
        let span = promise.calendar.zone.span(window)
        return Bilingual(fr: "Rappel : \(span.french)", en: "Call-back: \(span.english)")
    }

    private static let neverOpen = Bilingual(
        fr: "Aucun rappel n'est possible : d'après la configuration, l'assistance n'ouvre pas.",
        en: "No call-back is possible: as it is configured, the desk does not open.")
}

extension CallbackRequest {
    /// Its fields as those of a report; of a change, what it does not say stays as it was.
    fileprivate var report: Report {
        let before = change?.submission
        var report = Report(license: license ?? before?.license ?? related?.license ?? "", subject: "", description: "")
        report.details = before?.details ?? Report.Details()
        let inherited = related?.details
        report.details.phone = phone ?? report.details.phone ?? inherited?.phone
        report.details.contact = contact ?? report.details.contact ?? inherited?.contact
        report.details.company = company ?? report.details.company ?? inherited?.company
        report.details.email = (email ?? report.details.email ?? inherited?.email)
            .flatMap { EmailAddress($0)?.text }
        report.details.callback = wish
        report.language = language
        return report
    }
}
