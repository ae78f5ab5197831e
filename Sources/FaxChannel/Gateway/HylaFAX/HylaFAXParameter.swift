import SupportDesk

/// What a job is told with JPARM.
struct HylaFAXParameter: Hashable {
    var name: String
    /// As it is written, in quotes where it is a text.
    var value: String
    /// A server that does not know it may do without.
    var isOptional = false
    /// What is wrong with a job whose parameter is refused; nil where that is nothing of the job's.
    var refusal: FaxOutcome.Refusal?

    private init(_ name: String, _ value: Int, isOptional: Bool = false) {
        self.name = name
        self.value = String(value)
        self.isOptional = isOptional
    }

    private init(_ name: String, _ text: String, isOptional: Bool = false, refusal: FaxOutcome.Refusal? = nil) {
        self.name = name
        value = "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        self.isOptional = isOptional
        self.refusal = refusal
    }

    /// - Parameter document: where the server keeps it.
    static func all(of job: FaxJob, _ settings: HylaFAXSettings, document: String) -> [HylaFAXParameter] {
        // The tag first: a job without it could never be found again.
        var all = [
            Self("JOBINFO", job.tag.description), Self("FROMUSER", "assistd"),
            Self("DIALSTRING", job.plan.dialled(job.number), refusal: .number),
            Self("EXTERNAL", job.number.description.filter(\.isASCII)), Self("LASTTIME", settings.lastTime),
            Self("MAXDIALS", max(1, min(settings.maximumDials, job.maximumCalls))),
            Self("MAXTRIES", max(1, min(settings.maximumTries, job.maximumCalls))), Self("NOTIFY", "none"),
            Self("VRES", settings.isFine ? 196 : 98), Self("PAGEWIDTH", 209), Self("PAGELENGTH", 296),
            Self("PAGECHOP", "none", isOptional: true),
        ]
        if let modem = settings.modem { all.append(Self("MODEM", modem)) }
        if let station = settings.stationID { all.append(Self("TSI", station, isOptional: true)) }
        all.append(Self("DOCUMENT", document, refusal: .document))
        return all
    }
}
