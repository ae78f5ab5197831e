internal import ArgumentParser
import Configuration
import SupportDesk

struct HoursCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "hours",
            abstract: words(
                fr: "Dit quand l'assistance est ouverte.", en: "Say when the support desk is open."),
            discussion: words(
                fr: "La semaine et les jours fermés à venir. Avec --at : ouvert ou fermé à cet instant, la prochaine "
                    + "ouverture, et l'échéance de réponse de ce qui serait remis alors. Une date sans fuseau est à "
                    + "l'heure de l'assistance. Le service n'est pas nécessaire.",
                en: "The week and the coming closed days. With --at: open or closed at that instant, the next opening, "
                    + "and when the answer is due to something relayed then. A date without a zone is the desk's time. "
                    + "The daemon is not needed."))
    }

    @Option(
        help: help(
            fr:
                "À cet instant : 2026-11-23, \"2026-11-23 14:30\", 2026-11-23T13:30:00Z ; - lit l'entrée standard, un par "
                + "ligne.",
            en:
                "At this instant: 2026-11-23, \"2026-11-23 14:30\", 2026-11-23T13:30:00Z; - reads standard input, one a "
                + "line.",
            value: ValueName.instant))
    var at: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let desk = try KnownDesk(try context.settings().settings.desk)
        switch at {
        case nil:
            let page = HoursPage(desk, at: context.clock.now)
            if context.json { try context.emit(page.view) } else { page.print(in: context) }
            return .done
        case "-": return try answerLines(desk, in: context)
        case let text?:
            try answer(try instant(text, desk, in: context), desk, in: context)
            return .done
        }
    }

    /// One bad line does not keep the others from being answered.
    private func answerLines(_ desk: KnownDesk, in context: CommandContext) throws -> ExitStatus {
        let text = String(decoding: try context.input.all(limit: 100_000_000), as: UTF8.self)
        var status = ExitStatus.done
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = String(line).trimmingBlanks
            if line.isEmpty { continue }
            do throws(CommandFailure) {
                try answer(try instant(line, desk, in: context), desk, in: context)
            } catch {
                context.complain(
                    CommandFailure(
                        error.status, code: error.code, fr: "ligne \(index + 1) : \(error.explanation.french)",
                        en: "line \(index + 1): \(error.explanation.english)"))
                status = max(status, error.status)
            }
            if context.output.isBroken { break }
        }
        return status
    }

    private func answer(_ instant: Timestamp, _ desk: KnownDesk, in context: CommandContext) throws(CommandFailure) {
        let view = OpeningView(desk, at: instant)
        guard !context.json else {
            do { try context.emit(view) } catch { throw ControlClient.misunderstood(error) }
            return
        }
        let zone = desk.calendar.zone
        let state = desk.state(at: instant, in: context)
        let when = zone.longText(instant, in: context.language)
        let due = desk.due(instant).map { due in
            let text = zone.longText(due, in: context.language)
            return context.say(fr: "réponse due \(text)", en: "answer due \(text)")
        }
        let colon = context.say(fr: " ; ", en: "; ")
        let length = "\(when)  \(state.text)\(due.map { colon + $0 } ?? "")".columns
        let shown = state.style.on(state.text, in: context)
        guard let width = context.width, length > width else {
            context.output.line("\(when)  \(shown)\(due.map { colon + $0 } ?? "")")
            return
        }
        for (index, part) in ([when, shown] + (due.map { [$0] } ?? [])).enumerated() {
            context.output.line((index == 0 ? "" : "  ") + part)
        }
    }

    private func instant(
        _ text: String, _ desk: KnownDesk, in context: CommandContext
    ) throws(CommandFailure) -> Timestamp {
        if ["now", "maintenant"].contains(text.lowercased()) { return context.clock.now }
        var there = context
        there.zone = desk.calendar.zone
        do {
            return try InstantArgument(text).instant(in: there)
        } catch {
            let shown = text.harmless
            throw CommandFailure(
                .badInput, code: "bad_instant",
                fr:
                    "« \(shown) » n'est pas un instant : écrivez 2026-11-23, \"2026-11-23 14:30\" ou 2026-11-23T13:30:00Z.",
                en: "“\(shown)” is no instant: write 2026-11-23, \"2026-11-23 14:30\" or 2026-11-23T13:30:00Z.")
        }
    }
}
