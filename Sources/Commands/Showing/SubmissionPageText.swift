import ControlAPI
import SupportDesk

/// Everything about a submission, in sections, for a person.
struct SubmissionPageText {
    private let submission: SubmissionView
    private let desk: Zone?

    /// - Parameter desk: where the desk's clocks are, in whose time a call-back is agreed; nil where that is not known.
    init(_ submission: SubmissionView, desk: Zone? = nil) {
        self.submission = submission
        self.desk = desk
    }

    func print(in context: CommandContext) {
        let state = Style.bold.on(submission.reference, in: context)
        let style = State(rawValue: submission.state)?.style ?? .plain
        context.output.line(state + "  " + style.on(context.stateName(submission.state), in: context))
        paragraph(submission.subject.harmless, indent: 0, in: context)
        if let reason = submission.reason {
            let text = Bilingual(fr: reason.textFR, en: reason.text)[context.language]
            let line =
                context.say(fr: "Motif (", en: "Reason (") + reason.code.harmless + context.say(fr: ") : ", en: "): ")
            paragraph(line + text.harmlessLines, indent: 0, in: context)
        }
        printFields(in: context)
        printDates(in: context)
        printAttempts(in: context)
        printHistory(in: context)
        printDescription(in: context)
    }

    private func printFields(in context: CommandContext) {
        let kind = Submission.Kind(rawValue: submission.kind)
        var rows: [(String, String?)] = [
            (context.say(fr: "Nature", en: "Kind"), kind == .report ? nil : kind?.name[context.language]),
            (context.say(fr: "Concerne", en: "About"), submission.related),
            (context.say(fr: "Licence", en: "License"), submission.license),
            (context.say(fr: "Société", en: "Company"), submission.company),
        ]
        rows += DetailNames.rows(of: submission.details ?? [:], in: context)
        rows += [
            (context.say(fr: "Priorité", en: "Priority"), context.priorityName(submission.priority)),
            (context.say(fr: "Canal", en: "Channel"), submission.channel),
            (context.say(fr: "Déposé par", en: "Submitted by"), submission.submitter),
            (context.say(fr: "Fichier", en: "File"), submission.file),
            (context.say(fr: "Taille", en: "Size"), context.size(submission.size)),
            ("Message-ID", submission.messageID),
            (context.say(fr: "Ticket du support", en: "Desk's ticket"), submission.remoteTicket),
        ]
        for attachment in submission.attachments {
            rows.append(
                (
                    context.say(fr: "Pièce jointe", en: "Attachment"),
                    "\(attachment.name) (\(context.size(attachment.size)))"
                ))
        }
        for note in submission.notes ?? [] {
            let text = Bilingual(fr: note.textFR, en: note.text)[context.language]
            rows.append((context.say(fr: "Remarque", en: "Note"), text))
        }
        print(rows, in: context)
    }

    private func printDates(in context: CommandContext) {
        let overdue = submission.overdue ? context.say(fr: ", EN RETARD", en: ", OVERDUE") : ""
        let dates: [(String, String?)] = [
            (context.say(fr: "Reçu", en: "Received"), submission.receivedAt),
            (context.say(fr: "Remis au relais", en: "Relayed"), submission.relayedAt),
            (context.say(fr: "Distribué", en: "Delivered"), submission.deliveredAt),
            (context.say(fr: "Accusé", en: "Acknowledged"), submission.acknowledgedAt),
            (context.say(fr: "Répondu", en: "Answered"), submission.answeredAt),
            (context.say(fr: "Prochain essai", en: "Next attempt"), submission.nextAttemptAt),
            (context.say(fr: "Mis à jour", en: "Updated"), submission.updatedAt),
        ]
        var rows = dates.map { ($0.0, $0.1.map { context.momentAndDistance($0) }) }
        rows.append(
            (
                context.say(fr: "Réponse due", en: "Answer due"),
                submission.dueAt.map { context.momentAndDistance($0) + overdue }
            ))
        rows.append((context.say(fr: "Calculée d'après", en: "Computed from"), submission.dueCalendar))
        rows.append(
            (
                context.say(fr: "Créneau de rappel", en: "Call-back window"),
                submission.callback.map { window($0, in: context) }
            )
        )
        heading(context.say(fr: "Dates", en: "Dates"), in: context)
        print(rows, in: context)
    }

    /// As it was agreed, in the desk's time; which that is is said where clocks here show another.
    private func window(_ callback: CallbackView, in context: CommandContext) -> String {
        guard let desk, let start = Timestamp(iso8601: callback.start), let end = Timestamp(iso8601: callback.end),
            start < end
        else { return context.span(callback) }
        let place = desk.offset(at: start) == context.zone.offset(at: start) ? "" : " (\(desk.identifier))"
        return desk.span(start..<end, in: context.language) + place
    }

    private func printAttempts(in context: CommandContext) {
        guard !submission.attempts.isEmpty else { return }
        heading(context.say(fr: "Tentatives", en: "Attempts"), in: context)
        for attempt in submission.attempts {
            let outcome = context.outcomeCell(attempt.outcome)
            let codes = [attempt.code.map { String($0) }, attempt.enhancedCode?.harmless].compactMap { $0 }
            context.output.line(
                "  \(attempt.number). \(context.preciseMoment(attempt.startedAt))  \(attempt.channel.harmless)  "
                    + ([outcome.style.on(outcome.text, in: context)] + codes).joined(separator: " "))
            paragraph(attempt.endpoint.harmless, indent: 5, in: context)
            // What is under way the history tells, in the reader's language.
            let last = attempt.outcome == nil ? submission.history?.last : nil
            let text = last.map { Bilingual(fr: $0.textFR, en: $0.text)[context.language] } ?? attempt.text
            if let text { paragraph(text.harmlessLines, indent: 5, in: context) }
        }
    }

    private func printHistory(in context: CommandContext) {
        guard let history = submission.history, !history.isEmpty else { return }
        heading(context.say(fr: "Historique", en: "History"), in: context)
        for event in history {
            let text = Bilingual(fr: event.textFR, en: event.text)[context.language].harmless
            context.output.line(
                "  " + Style.dim.on(context.preciseMoment(event.at), in: context) + "  "
                    + (State(rawValue: event.state)?.shortName[context.language] ?? event.state.harmless))
            paragraph(text, indent: 5, in: context)
        }
    }

    private func printDescription(in context: CommandContext) {
        guard let description = submission.description, !description.isEmpty else { return }
        heading(context.say(fr: "Description", en: "Description"), in: context)
        paragraph(description.harmlessLines, indent: 2, in: context)
    }

    private func heading(_ title: String, in context: CommandContext) {
        context.output.line()
        context.output.line(Style.bold.on(title, in: context))
    }

    /// Names and values, the values one below the other; what has no value is left out.
    private func print(_ rows: [(String, String?)], in context: CommandContext) {
        let rows = rows.compactMap { row in row.1.flatMap { $0.isEmpty ? nil : (row.0, $0.harmless) } }
        let width = rows.map(\.0.columns).max() ?? 0
        for (name, value) in rows {
            let room = max(20, (context.width ?? .max) - width - 4)
            for (index, piece) in value.wrapped(to: room).enumerated() {
                let label = (index == 0 ? name : "").padded(to: width)
                context.output.line("  " + Style.dim.on(label, in: context) + "  " + piece)
            }
        }
    }

    private func paragraph(_ text: String, indent: Int, in context: CommandContext) {
        let room = context.width.map { max(20, $0 - indent) } ?? .max
        for line in text.wrapped(to: room) {
            context.output.line(line.isEmpty ? "" : String(repeating: " ", count: indent) + line)
        }
    }
}
