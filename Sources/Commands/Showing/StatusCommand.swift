internal import ArgumentParser
import ControlAPI
import SupportDesk

struct StatusCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status",
            abstract: words(
                fr: "Montre l'état du service, ou de demandes.", en: "Show how the service, or submissions, are doing."),
            usage: words(
                fr: "assistctl status [<réf> ...] [<options>]", en: "assistctl status [<ref> ...] [<options>]"),
            discussion: words(
                fr: "Sans référence : la santé du service, ce qui demande attention et les demandes récentes.",
                en: "Without a reference: the service's health, what needs attention and the newest submissions."))
    }

    @Argument(
        help: help(
            fr: "Références, une ligne pour chacune.", en: "References, one line for each.", value: ValueName.reference)
    )
    var references: [String] = []

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let wanted = try References(references).all
        let daemon = try context.daemon()
        if wanted.isEmpty {
            let status = try daemon.status()
            if context.json { try context.emit(status) } else { StatusPage(status).print(in: context) }
            return .done
        }
        var worst = ExitStatus.done
        var found: [SubmissionView] = []
        for reference in wanted {
            do throws(CommandFailure) {
                var submission = try daemon.submission(reference)
                submission.dropWhatOnlyShowTells()
                found.append(submission)
            } catch {
                guard error.status == .notSo || error.status == .notPermitted else { throw error }
                context.complain(error.about(reference))
                worst = max(worst, error.status)
            }
        }
        if context.json {
            for submission in found { try context.emit(submission) }
        } else {
            SubmissionTable(found, in: context).print(in: context)
        }
        return worst
    }
}

extension SubmissionView {
    /// Leaves the keys every list has.
    fileprivate mutating func dropWhatOnlyShowTells() {
        details = nil
        description = nil
        notes = nil
        history = nil
        dueCalendar = nil
    }
}

extension CommandFailure {
    /// The same, named after the reference it is about.
    func about(_ reference: Reference) -> CommandFailure {
        guard !explanation.english.contains(reference.description) else { return self }
        return CommandFailure(
            status, code: code, fr: "\(reference) : \(explanation.french)",
            en: "\(reference): \(explanation.english)")
    }
}
