/// What this service writes itself and people drop back by mistake: a receipt, a reason, `show --json`, a mail. Taken for
/// a report, it would be sent to the desk.
enum OwnWords {
    /// Whether a field gives that away, with those before it.
    ///
    /// - Parameter count: which field it is, from 1.
    static func isTold(by name: FieldName, _ value: String, count: Int, in report: Report) -> Bool {
        switch name.folded {
        case "x-assistd-reference": return true
        // The first line of a reason.
        case "rapportrefuse", "reportrefused": return count == 1
        case "etat", "state": return isState(value) && isReference(report.details.senderReference)
        default:
            guard name.field == .senderReference, isReference(value) else { return false }
            return report.details.others.contains {
                ["etat", "state"].contains(FieldName.fold($0.name)) && isState($0.value)
            }
        }
    }

    private static func isReference(_ value: String?) -> Bool { value.flatMap { Reference($0) } != nil }

    /// A state as receipts and JSON have it: `remis au relais (relayed)`, `"relayed"`.
    private static func isState(_ value: String) -> Bool {
        State.allCases.contains { value == $0.rawValue || value.hasSuffix("(\($0.rawValue))") }
    }
}

extension Rejection {
    static let ownWords = Rejection(
        .loop,
        fr:
            "Ce fichier vient de ce service lui-même (reçu, motif de refus ou courriel) ; le reprendre ferait une boucle. "
            + "Écrivez un nouveau rapport, ou joignez ce fichier à un rapport.",
        en: "This file comes from this very service (a receipt, a reason or a mail); taking it in would make a loop. "
            + "Write a new report, or attach this file to one.")
}
