internal import ArgumentParser
import ControlAPI
import SupportDesk

struct StatsCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "stats",
            abstract: words(
                fr: "Compte les demandes et leurs délais.", en: "Count submissions and how long they took."),
            discussion: words(
                fr:
                    "Par état et par canal ; temps jusqu'à la remise et jusqu'à la réponse ; part des réponses venues à "
                    + "temps. Les administrateurs voient tout, les autres leurs demandes.",
                en: "By state and channel; time until relayed and until answered; share answered in time. "
                    + "Administrators see all, others their own."))
    }

    @Option(
        help: help(
            fr: "Reçues depuis : 2026-11-23, ou il y a 30d.", en: "Received since: 2026-11-23, or 30d ago.",
            value: ValueName.instant),
        transform: { try InstantArgument($0) })
    var since: InstantArgument?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let statistics = try context.daemon().statistics(since: since?.instant(in: context))
        if context.json { try context.emit(statistics) } else { print(statistics, in: context) }
        return .done
    }

    private func print(_ statistics: StatisticsView, in context: CommandContext) {
        var table = Table()
        table.wraps = true
        func add(_ name: String, _ text: String, _ style: Style = .plain) {
            table.add([Table.Cell(name, .bold), Table.Cell(text, style)])
        }
        let since = statistics.since.map { context.moment($0) }
        let states = State.allCases.compactMap { state -> String? in
            guard let count = statistics.states[state.rawValue], count > 0 else { return nil }
            return state.count(count)[context.language]
        }
        add(
            context.say(fr: "Demandes", en: "Submissions"),
            "\(statistics.total)"
                + (since.map { context.say(fr: " depuis le \($0)", en: " since \($0)") } ?? "")
                + (states.isEmpty ? "" : context.say(fr: " : ", en: ": ") + states.joined(separator: ", ")))
        let channels = statistics.channels.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        if !channels.isEmpty {
            add(
                context.say(fr: "Canaux", en: "Channels"),
                channels.map { "\($0.value) \($0.key.harmless)" }.joined(separator: ", "))
        }
        add(context.say(fr: "Remise", en: "Delivery"), spread(statistics.delivery, in: context))
        add(context.say(fr: "Réponse", en: "Answer"), spread(statistics.response, in: context))
        let share = statistics.shareInTime.map { share in
            // All of them is said only of all.
            let percent = share < 1 ? min(99, Int((share * 100).rounded())) : 100
            return context.say(fr: "\(percent) %", en: "\(percent)%")
        }
        add(context.say(fr: "À temps", en: "In time"), share ?? "-")
        add(
            context.say(fr: "En retard", en: "Overdue"), "\(statistics.overdue)",
            statistics.overdue > 0 ? .red : .plain)
        table.print(in: context)
    }

    private func spread(_ spread: StatisticsView.SpreadView, in context: CommandContext) -> String {
        guard let median = spread.median, let most = spread.percentile95, let longest = spread.longest else {
            return "-"
        }
        func text(_ seconds: Double) -> String {
            seconds < 1
                ? "\(Int((seconds * 1000).rounded())) ms" : context.span(Int64(seconds.rounded()))
        }
        return context.say(
            fr: "médiane \(text(median)), 95 % en \(text(most)), au plus \(text(longest)) (\(spread.count))",
            en: "median \(text(median)), 95% within \(text(most)), at most \(text(longest)) (\(spread.count))")
    }
}
