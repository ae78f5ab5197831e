internal import ArgumentParser
import ControlAPI
import SupportDesk

struct WaitCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "wait",
            abstract: words(fr: "Attend qu'une demande en soit là.", en: "Wait until a submission has got so far."),
            usage: words(
                fr: "assistctl wait <réf> --until <état> [<options>]",
                en: "assistctl wait <ref> --until <state> [<options>]"),
            discussion: words(
                fr: "Fin avec 0 : c'est atteint ou dépassé ; 1 : cela n'arrivera pas de soi-même (échec, refus, "
                    + "annulation, ou une personne doit décider) ; 75 : le délai est écoulé.",
                en: "Exits with 0 when it is reached or passed; 1 when it will not come by itself (failed, rejected, "
                    + "cancelled, or held for a person); 75 when the time is over."))
    }

    /// How far to wait.
    enum Goal: String, CaseIterable {
        case relayed, delivered, answered

        var state: State {
            switch self {
            case .relayed: .relayed
            case .delivered: .delivered
            case .answered: .answered
            }
        }
    }

    @Argument(help: help(fr: "Référence de la demande.", en: "The submission's reference.", value: ValueName.reference))
    var reference: String

    @Option(
        help: help(
            fr: "relayed (remis au relais), delivered (distribué) ou answered (répondu).",
            en: "relayed, delivered or answered.", value: ValueName.state),
        completion: .choices(of: Goal.self), transform: choice(Goal.self))
    var until: Goal

    @Option(
        help: help(
            fr: "Au plus ce temps, comme 30s ou 5m ; sans limite sinon.",
            en: "At most so long, such as 30s or 5m; else without limit.", value: ValueName.duration),
        transform: DurationArgument.parse)
    var timeout: Duration?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let reference = try References.one(reference)
        let waiter = Waiter(reference: reference, goal: until.state, timeout: timeout, context: context)
        let submission: SubmissionView?
        let status: ExitStatus
        do throws(CommandFailure) {
            (status, submission) = try waiter.wait(from: context.daemon())
        } catch {
            throw error.status == .notSo ? error.about(reference) : error
        }
        if let submission {
            if context.json {
                try context.emit(submission)
            } else {
                SubmissionTable([submission], in: context).print(in: context)
            }
        }
        return status
    }
}
