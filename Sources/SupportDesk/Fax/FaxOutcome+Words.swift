extension FaxOutcome {
    /// What happened, as a sentence for the history and for reasons; what the gateway itself says stands behind it.
    package var sentence: Bilingual {
        let words = summary
        let quote = text.isEmpty ? "" : " (\(text))"
        return Bilingual(fr: words.french + quote, en: words.english + quote)
    }

    private var summary: Bilingual {
        switch kind {
        case .delivered:
            Bilingual(
                fr: "Fax reçu par la machine de l'assistance : \(pageCount.french)",
                en: "Fax received by the desk's machine: \(pageCount.english)")
        case .relayed:
            Bilingual(
                fr: "Pris par la passerelle de fax, qui ne dira rien de plus",
                en: "Taken by the fax gateway, which will say nothing more")
        case .notSent(let cause):
            Bilingual(
                fr: "Fax non parti : \(cause.name.french)\(callCount.french)",
                en: "Fax not sent: \(cause.name.english)\(callCount.english)")
        case .refused(let refusal):
            Bilingual(fr: "Fax refusé : \(refusal.name.french)", en: "Fax refused: \(refusal.name.english)")
        case .uncertain(let doubt):
            Bilingual(
                fr: "Issue du fax incertaine : \(name(of: doubt).french)",
                en: "Outcome of the fax uncertain: \(name(of: doubt).english)")
        case .calledOff:
            Bilingual(
                fr: "Fax annulé à la passerelle avant de partir", en: "Fax called off at the gateway before it left")
        }
    }

    private var pageCount: Bilingual {
        pages == 1
            ? Bilingual(fr: "1 page confirmée", en: "1 page confirmed")
            : Bilingual(fr: "\(pages) pages confirmées", en: "\(pages) pages confirmed")
    }

    private var callCount: Bilingual {
        switch calls {
        case ...0: Bilingual(fr: "", en: "")
        case 1: Bilingual(fr: ", après 1 appel", en: ", after 1 call")
        default: Bilingual(fr: ", après \(calls) appels", en: ", after \(calls) calls")
        }
    }

    private func name(of doubt: Doubt) -> Bilingual {
        switch doubt {
        case .brokeOff:
            let total = totalPages.map(String.init) ?? "?"
            return pages == 0
                ? Bilingual(
                    fr:
                        "la transmission s'est interrompue pendant la page 1 sur \(total) ; l'assistance en a peut-être une "
                        + "partie",
                    en: "the transmission broke off during page 1 of \(total); the desk may hold a part of it")
                : Bilingual(
                    fr: "la transmission s'est interrompue après la page \(pages) sur \(total) ; l'assistance en a "
                        + "peut-être une partie",
                    en: "the transmission broke off after page \(pages) of \(total); the desk may hold a part of it")
        case .unconfirmed:
            return Bilingual(
                fr: "tout a été envoyé mais non confirmé ; c'est peut-être arrivé",
                en: "all was sent but not confirmed; it may have arrived")
        case .vanished:
            return Bilingual(
                fr: "la passerelle ne connaît plus cette tâche", en: "the gateway no longer knows of the job")
        case .handover:
            return Bilingual(
                fr: "personne ne sait si la passerelle a pris le fax",
                en: "nobody knows whether the gateway took the fax")
        case .gatewayChanged:
            return Bilingual(
                fr: "la passerelle a été changée pendant l'envoi", en: "the gateway was changed while it was being sent"
            )
        case .unclear:
            return Bilingual(
                fr: "la passerelle ne dit pas ce qui est arrivé", en: "the gateway does not say what arrived")
        }
    }
}

extension FaxOutcome.Cause {
    package var name: Bilingual {
        switch self {
        case .busy: Bilingual(fr: "ligne occupée", en: "busy")
        case .noAnswer: Bilingual(fr: "pas de réponse", en: "no answer")
        case .noFaxMachine:
            Bilingual(
                fr: "aucun télécopieur n'a répondu (mauvais numéro, ou une personne)",
                en: "no fax machine answered (wrong number, or a person)")
        case .noDialTone:
            Bilingual(fr: "pas de tonalité sur la ligne du fax", en: "no dial tone on the fax line")
        case .handshake:
            Bilingual(
                fr: "les deux télécopieurs ne se sont pas compris",
                en: "the two machines did not come to an understanding")
        case .outOfTime:
            Bilingual(
                fr: "délai de la passerelle dépassé avant l'appel", en: "the gateway's time ran out before it called")
        case .line: Bilingual(fr: "défaut de la ligne", en: "a fault of the line")
        }
    }
}

extension FaxOutcome.Refusal {
    package var name: Bilingual {
        switch self {
        case .document:
            Bilingual(fr: "la passerelle ne peut pas lire le document", en: "the gateway cannot read the document")
        case .number:
            Bilingual(fr: "la passerelle ne compose pas ce numéro", en: "the gateway does not dial this number")
        case .credit:
            Bilingual(
                fr: "le compte du service n'a plus de crédit", en: "the account at the service has no credit left")
        case .job: Bilingual(fr: "la passerelle n'a pas pris la tâche", en: "the gateway did not take the job")
        }
    }
}

extension FaxProgress {
    /// How it does, as in `try 2/5: busy`.
    package var sentence: Bilingual {
        let quote = text.isEmpty || cause != nil ? "" : " (\(text))"
        let current = calls.map { isCalling ? min($0 + 1, max($0, maximumCalls ?? .max)) : $0 } ?? 0
        let number = [String(current), maximumCalls.map { String($0) }].compactMap { $0 }.joined(separator: "/")
        guard current > 0 else {
            return Bilingual(fr: "Le fax est à la passerelle\(quote)", en: "The fax is with the gateway\(quote)")
        }
        guard let cause else {
            return Bilingual(fr: "Fax : essai \(number)\(quote)", en: "Fax: try \(number)\(quote)")
        }
        return Bilingual(
            fr: "Fax : essai \(number) : \(cause.name.french)", en: "Fax: try \(number): \(cause.name.english)")
    }
}
