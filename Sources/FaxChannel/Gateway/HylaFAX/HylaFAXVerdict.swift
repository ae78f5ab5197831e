import SupportDesk

/// What a job's fields mean. Pure: whether a page left is decided here and nowhere else.
///
/// HylaFAX tells of the last call only, and its code becomes E333 for everything once the calls are used up; hence the
/// words are what is judged, and the count of failed tries is what they are held against.
enum HylaFAXVerdict {
    static func standing(of job: HylaFAXJobState) -> FaxStanding {
        switch job.state {
        case .done: .over(done(job))
        case .failed: .over(failed(job))
        case .running:
            .underWay(
                FaxProgress(calls: job.calls, maximumCalls: job.maximumCalls, text: job.status, isCalling: true))
        default:
            .underWay(
                FaxProgress(
                    calls: job.calls, maximumCalls: job.maximumCalls, cause: cause(job.firstSentence),
                    text: job.status))
        }
    }

    private static func done(_ job: HylaFAXJobState) -> FaxOutcome {
        if job.pages > 0, job.pages >= job.totalPages { return outcome(.delivered, job) }
        return outcome(.uncertain(job.pages > 0 ? .brokeOff : .unclear), job)
    }

    private static func failed(_ job: HylaFAXJobState) -> FaxOutcome {
        let words = job.firstSentence
        if isUnconfirmed(words) {
            // One page was under way: the last, or one before it.
            let wasLast = job.totalPages > 0 && job.pages + 1 >= job.totalPages
            return outcome(.uncertain(wasLast ? .unconfirmed : .brokeOff), job)
        }
        if job.pages > 0 { return outcome(.uncertain(.brokeOff), job) }
        if let refusal = refusal(words), job.failedTries == 0 { return outcome(.refused(refusal), job) }
        if isCalledOff(words) {
            return outcome(job.failedTries == 0 ? .calledOff : .uncertain(.brokeOff), job)
        }
        // A machine that could not be trained was reached, and counts as one failed try of its own.
        let own = isTraining(words) ? 1 : 0
        if let cause = cause(words), job.failedTries <= own { return outcome(.notSent(cause), job) }
        return outcome(.uncertain(job.failedTries > 0 ? .brokeOff : .unclear), job)
    }

    private static func outcome(_ kind: FaxOutcome.Kind, _ job: HylaFAXJobState) -> FaxOutcome {
        FaxOutcome(
            kind, text: job.status, calls: job.calls, pages: job.pages,
            totalPages: job.totalPages > 0 ? job.totalPages : nil)
    }

    // MARK: HylaFAX's words (6.0.7: faxd/ClassModem.c++, Class1Send.c++, FaxSend.c++, faxQueueApp.c++)

    /// Why no page left, for words that can only be said before the first one does.
    private static func cause(_ words: String) -> FaxOutcome.Cause? {
        switch words {
        case "Busy signal detected": .busy
        case "No answer from remote", "Ringback detected, no answer without CED", "No answer (T.30 T1 timeout)":
            .noAnswer
        case "No carrier detected", "Data connection established (wanted fax)",
            "No receiver protocol (T.30 T1 timeout)",
            "Remote has no T.4 receiver capability":
            .noFaxMachine
        case "No local dialtone", "No loop current": .noDialTone
        case "Carrier established, but Phase A failure", "Ring detected without successful handshake",
            "DTC received when expecting DIS (not supported)":
            .handshake
        case _ where isTraining(words): .handshake
        case "Kill time expired": .outOfTime
        case "Invalid dialing command", "Unknown problem", "Glare - RING detected", "Blacklisted by modem",
            "Unable to configure modem for fax use":
            .line
        // The words about the calls are gone; that there were too many of them is not.
        case _ where words.hasPrefix("REJECT: Too many attempts to"): .line
        default: nil
        }
    }

    private static func isTraining(_ words: String) -> Bool {
        words.hasPrefix("Failure to train ") || words == "DIS/DTC received 3 times; DCS not recognized"
            || words == "DIS/DTC received 3 times"
    }

    private static func isCalledOff(_ words: String) -> Bool {
        words == "Job aborted by request" || words == "Call aborted by user"
    }

    /// The page was sent, and what confirms it did not come, or could not be understood.
    private static func isUnconfirmed(_ words: String) -> Bool {
        let signals = ["PPS", "EOR", "MPS", "EOP", "EOM", "PPM", "RR", "CTC"]
        return signals.contains {
            words.hasPrefix("No response to \($0) ") || words.hasPrefix("Invalid response to \($0)")
                || words == "COMREC invalid response received to \($0)."
        }
    }

    private static func refusal(_ words: String) -> FaxOutcome.Refusal? {
        let documents = [
            "Document preparation failed", "Can not open document file", "Error reading directory",
            "Too many pages in submission", "Unable to lock shared document file",
            "Unable to open shared document file", "Unable to create document file",
            "Converted document is not valid TIFF", "Could not reopen converted document",
            "Job contains no documents", "Can not set directory in document file", "Document is not in a Group 3",
            "Client does not support document", "Modem does not support document", "REJECT: No work found",
            "REJECT: Too many pages", "REJECT: Page width",
        ]
        if documents.contains(where: words.hasPrefix) { return .document }
        if words.hasPrefix("REJECT: Unable to convert dial string") { return .number }
        let jobs = [
            "REJECT: Requested modem", "REJECT: Job expiration time", "REJECT: Time-to-send",
            "Invalid or corrupted job description file", "Modem does not support polling",
        ]
        if jobs.contains(where: words.hasPrefix) { return .job }
        // Too many calls are no refusal. What is left is an administrator's notice about this number.
        return words.hasPrefix("REJECT: ") && !words.hasPrefix("REJECT: Too many attempts") ? .number : nil
    }
}
