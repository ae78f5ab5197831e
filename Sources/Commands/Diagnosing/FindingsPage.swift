import ControlAPI
import SupportDesk

/// What was checked, one line each, and below it how to mend what is wrong.
struct FindingsPage {
    private let findings: DoctorView

    init(_ findings: DoctorView) {
        self.findings = findings
    }

    func print(in context: CommandContext) {
        let labels = findings.checks.map { label(of: $0, in: context) }
        let width = labels.map(\.text.columns).max() ?? 0
        for (check, label) in zip(findings.checks, labels) {
            let text = Bilingual(fr: check.textFR, en: check.text)[context.language]
            let start = label.style.on(label.text.padded(to: width), in: context) + "  "
            let name = check.name.harmless + context.say(fr: " : ", en: ": ")
            paragraph(name + text, start: start, indent: width + 2, in: context)
            if let mend = mend(check, in: context) {
                paragraph("→ " + mend, start: nil, indent: width + 2, in: context)
            }
        }
        context.output.line()
        context.output.line(summary(in: context))
    }

    private func label(of check: DoctorView.Check, in context: CommandContext) -> Table.Cell {
        switch check.verdict {
        case "ok": Table.Cell("ok", .green)
        case "warning": Table.Cell(context.say(fr: "attention", en: "warning"), .yellow)
        case "fault": Table.Cell(context.say(fr: "DÉFAUT", en: "FAULT"), .red)
        default: Table.Cell(check.verdict.harmless)
        }
    }

    private func mend(_ check: DoctorView.Check, in context: CommandContext) -> String? {
        switch context.language {
        case .french: check.mendFR ?? check.mend
        case .english: check.mend ?? check.mendFR
        }
    }

    private func paragraph(_ text: String, start: String?, indent: Int, in context: CommandContext) {
        let blanks = String(repeating: " ", count: indent)
        let room = context.width.map { max(20, $0 - indent) } ?? .max
        for (index, line) in text.harmlessLines.wrapped(to: room).enumerated() {
            context.output.line((index == 0 ? start ?? blanks : blanks) + line)
        }
    }

    private func summary(in context: CommandContext) -> String {
        let faults = findings.checks.count { $0.verdict == "fault" }
        let warnings = findings.checks.count { $0.verdict == "warning" }
        if faults == 0, warnings == 0 {
            return Style.green.on(context.say(fr: "Tout va bien.", en: "All is well."), in: context)
        }
        let french = "\(faults) défaut\(faults > 1 ? "s" : ""), \(warnings) avertissement\(warnings > 1 ? "s" : "")."
        let english = "\(faults) fault\(faults == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s")."
        return (faults > 0 ? Style.red : .yellow).on(context.say(fr: french, en: english), in: context)
    }
}
