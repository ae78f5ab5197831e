import ControlAPI
import SupportDesk

/// Submissions, one line each.
struct SubmissionTable {
    private var table = Table()

    /// - Parameter indent: blanks before each line.
    init(_ submissions: [SubmissionView], indent: Int = 0, in context: CommandContext) {
        table.indent = indent
        table.rightAligned = [2]
        for submission in submissions {
            table.add([
                Table.Cell(submission.reference),
                context.shortStateCell(submission.state),
                Table.Cell(context.age(submission.receivedAt), .dim),
                Table.Cell(submission.license.isEmpty ? "-" : submission.license.harmless.cut(to: 20)),
                Table.Cell(Self.remark(on: submission, in: context)),
            ])
        }
    }

    func print(in context: CommandContext) {
        table.print(in: context)
    }

    /// The subject, and before it what a person should not overlook.
    private static func remark(on submission: SubmissionView, in context: CommandContext) -> String {
        let subject = submission.subject.harmless
        if submission.overdue { return context.say(fr: "[en retard] ", en: "[overdue] ") + subject }
        switch submission.priority {
        case "high", "blocking": return "[\(context.priorityName(submission.priority))] " + subject
        default: return subject
        }
    }
}
