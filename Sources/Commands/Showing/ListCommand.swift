internal import ArgumentParser
import ControlAPI
import SupportDesk

struct ListCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: words(fr: "Liste les demandes, la plus récente d'abord.", en: "List submissions, newest first."),
            usage: "assistctl list [<options>]",
            discussion: words(
                fr: "Colonnes : référence, état, âge, licence, objet. Avec --json, un objet par ligne.",
                en: "Columns: reference, state, age, license, subject. With --json, one object a line."))
    }

    @Option(
        parsing: .upToNextOption,
        help: help(
            fr: "Dans cet état : \(stateNames) ; plusieurs possibles.",
            en: "In this state: \(stateNames); several may be given.", value: ValueName.state),
        completion: .choices(of: State.self), transform: choices(State.self))
    var state: [[State]] = []

    @Option(help: help(fr: "De cette licence.", en: "Of this license.", value: ValueName.license))
    var license: String?

    @Option(
        help: help(
            fr: "Reçues depuis : 2026-11-23, \"2026-11-23 14:30\", ou il y a 2h, 3d.",
            en: "Received since: 2026-11-23, \"2026-11-23 14:30\", or 2h, 3d ago.", value: ValueName.instant),
        transform: { try InstantArgument($0) })
    var since: InstantArgument?

    @Option(
        help: help(
            fr: "Reçues avant, écrit de même.", en: "Received before, written likewise.", value: ValueName.instant),
        transform: { try InstantArgument($0) })
    var until: InstantArgument?

    @Option(
        help: help(fr: "Par ce canal : smtp ou fax.", en: "By this channel: smtp or fax.", value: ValueName.channel),
        completion: .choices(of: ChannelName.self), transform: channelChoice)
    var channel: ChannelName?

    @Option(
        help: help(
            fr: "Dont l'objet ou la société contient ce texte.", en: "Whose subject or company contains this text.",
            value: ValueName.text))
    var search: String?

    @Flag(help: help(fr: "Dont la réponse est en retard.", en: "Whose answer is overdue."))
    var overdue = false

    @Option(
        help: help(
            fr: "Au plus ce nombre ; 50 sans cette option.", en: "At most so many; 50 without it.",
            value: ValueName.count))
    var limit: Int?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let limit, limit < 1 {
            throw misuse(fr: "--limit doit être au moins 1.", en: "--limit must be at least 1.")
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let filter = SubmissionFilter(
            states: state.flatMap { $0 }, license: license, since: since?.instant(in: context),
            until: until?.instant(in: context), channel: channel, search: search, overdue: overdue)
        let daemon = try context.daemon()
        var wanted = limit ?? 50
        var before: String?
        var found = false
        repeat {
            let page = try daemon.submissions(filter, limit: min(wanted, 500), before: before)
            let submissions = page.submissions.prefix(wanted)
            found = found || !submissions.isEmpty
            if context.json {
                for submission in submissions { try context.emit(submission) }
            } else {
                SubmissionTable(Array(submissions), in: context).print(in: context)
            }
            wanted -= submissions.count
            before = submissions.isEmpty ? nil : page.next
        } while wanted > 0 && before != nil && !context.output.isBroken
        if !found { context.remark(fr: "Aucune demande ne correspond.", en: "No submission matches.") }
        if before != nil, limit == nil {
            context.remark(
                fr: "Il y en a d'autres : --limit en montre plus.", en: "There are more: --limit shows more of them.")
        }
        return .done
    }
}

/// For help: every state's stable name.
let stateNames = State.allCases.map(\.rawValue).joined(separator: ", ")
