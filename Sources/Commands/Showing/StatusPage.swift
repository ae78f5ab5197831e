import ControlAPI
import SupportDesk

/// How the service does, for a person.
struct StatusPage {
    private let status: StatusView

    init(_ status: StatusView) {
        self.status = status
    }

    func print(in context: CommandContext) {
        var table = Table()
        let version = status.version.harmless
        table.add([
            Table.Cell(context.say(fr: "Service", en: "Service"), .bold),
            Table.Cell(
                context.say(
                    fr: "assistd \(version), en marche depuis le \(context.momentAndDistance(status.startedAt))",
                    en: "assistd \(version), running since \(context.momentAndDistance(status.startedAt))")),
        ])
        table.add(intake(in: context))
        for channel in status.channels { table.add(self.channel(channel, in: context)) }
        if let register = register(in: context) { table.add(register) }
        table.add(counts(in: context))
        table.print(in: context)
        printFaults(in: context)

        section(
            context.say(fr: "Demandent attention", en: "Need attention"), status.attention, in: context,
            empty: context.say(fr: "Rien ne demande votre attention.", en: "Nothing needs your attention."))
        section(
            context.say(fr: "Les plus récentes", en: "Newest"), status.newest, in: context,
            empty: context.say(fr: "Aucune demande jusqu'ici.", en: "No submission so far."))
    }

    private func intake(in context: CommandContext) -> [Table.Cell] {
        let title = Table.Cell(context.say(fr: "Dépôt", en: "Intake"), .bold)
        guard status.intakeStopped != nil else {
            return [title, Table.Cell(context.say(fr: "ouvert", en: "open"), .green)]
        }
        return [title, Table.Cell(context.say(fr: "ARRÊTÉ", en: "STOPPED"), .red)]
    }

    private func channel(_ channel: ChannelView, in context: CommandContext) -> [Table.Cell] {
        let title = Table.Cell(
            context.say(fr: "Canal \(channel.name.harmless)", en: "Channel \(channel.name.harmless)"), .bold)
        if channel.working, channel.pause != nil {
            var text = context.say(fr: "en pause", en: "paused")
            if let until = channel.pausedUntil {
                text += context.say(fr: " jusqu'au ", en: " until ") + context.moment(until)
            }
            return [title, Table.Cell(text, .yellow)]
        }
        if channel.working { return [title, Table.Cell(context.say(fr: "en marche", en: "working"), .green)] }
        var text = context.say(fr: "ARRÊTÉ", en: "NOT WORKING")
        if let since = channel.since {
            text += context.say(fr: " depuis le ", en: " since ") + context.moment(since)
        }
        if let next = channel.nextProbeAt {
            text += context.say(fr: ", prochain essai ", en: ", next try ") + whenIsIt(next, in: context)
        }
        return [title, Table.Cell(text, .red)]
    }

    private func whenIsIt(_ text: String, in context: CommandContext) -> String {
        Timestamp(iso8601: text).flatMap { context.distance(to: $0) } ?? context.moment(text)
    }

    /// nil where there is none, or it is not for the caller to see.
    private func register(in context: CommandContext) -> [Table.Cell]? {
        let title = Table.Cell(context.say(fr: "Registre", en: "Register"), .bold)
        guard let register = status.register else { return nil }
        let count = register.licenses
        let text = context.say(
            fr: "\(count) licence\(count > 1 ? "s" : ""), \(register.path.harmless)",
            en: "\(count) license\(count == 1 ? "" : "s"), \(register.path.harmless)")
        return [title, Table.Cell(text, register.fault == nil ? .plain : .yellow)]
    }

    private func counts(in context: CommandContext) -> [Table.Cell] {
        let known = State.allCases.compactMap { state -> String? in
            guard let count = status.counts[state.rawValue], count > 0 else { return nil }
            return state.count(count)[context.language]
        }
        let text = known.isEmpty ? context.say(fr: "aucune", en: "none") : known.joined(separator: ", ")
        return [Table.Cell(context.say(fr: "Demandes", en: "Submissions"), .bold), Table.Cell(text)]
    }

    /// Why something does not work, in full: this is what the page is read for.
    private func printFaults(in context: CommandContext) {
        var faults: [(String, SentenceView)] = []
        if let stopped = status.intakeStopped { faults.append((context.say(fr: "Dépôt", en: "Intake"), stopped)) }
        for channel in status.channels {
            if let fault = channel.fault ?? channel.pause { faults.append((channel.name, fault)) }
        }
        if let fault = status.register?.fault {
            faults.append((context.say(fr: "Registre", en: "Register"), fault))
        }
        guard !faults.isEmpty else { return }
        context.output.line()
        for (name, fault) in faults {
            let text = Bilingual(fr: fault.textFR, en: fault.text)[context.language].harmlessLines
            let line = name.harmless + context.say(fr: " : ", en: ": ") + text
            for piece in line.wrapped(to: context.width ?? .max) { context.output.line(piece) }
        }
    }

    private func section(_ title: String, _ submissions: [SubmissionView], in context: CommandContext, empty: String) {
        context.output.line()
        if submissions.isEmpty { return context.output.line(empty) }
        context.output.line(Style.bold.on(title, in: context))
        SubmissionTable(submissions, indent: 2, in: context).print(in: context)
    }
}
