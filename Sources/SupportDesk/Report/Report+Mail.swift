extension Report {
    /// A report that came as a mail: its subject, its text and its attachments are used and nothing else, since
    /// anybody can write anything into the other headers.
    ///
    /// The licence stands in `X-Licence` or `X-License`, or in a line `Licence : …` of the text. The text stays whole.
    ///
    /// - Parameters:
    ///   - mailSubject: decoded.
    ///   - text: decoded; any line ends.
    ///   - licenseHeader: the value of `X-Licence` or `X-License`, decoded.
    package init(
        mailSubject: String?, text: String?, licenseHeader: String?, attachments: [Attachment],
        limits: ReportLimits = ReportLimits()
    ) throws(Rejection) {
        let bytes = Array((text ?? "").utf8)
        let body = Array(ReportParser.withPlainLineEnds(bytes[...]))
        var draft = ReportDraft(limits: limits)
        var withoutLicense = ""
        if let licenseHeader { try draft.addHeader("X-Licence", as: "Licence", licenseHeader.trimmed) }
        if let mailSubject { try draft.addHeader("Subject", as: "Subject", mailSubject.trimmed) }

        var language = Language.french
        var lines = Lines(body)
        while let line = lines.next() {
            guard let (name, start) = try? HeaderBlock.split(line, number: lines.number),
                case let known = FieldName(name), known.field == .license
            else {
                if withoutLicense.isEmpty { withoutLicense = String(decoding: line, as: UTF8.self).trimmed }
                continue
            }
            if known.language == .english { language = .english }
            let value = String(decoding: line[start...], as: UTF8.self).trimmed
            try draft.add(name, value, line: lines.number)
        }
        for attachment in attachments { try draft.attach(attachment, line: nil) }
        let size = bytes.count + attachments.reduce(0) { $0 + $1.size }
        if size > limits.total { throw .tooLarge(limits.total) }

        let description = String(decoding: body, as: UTF8.self)
        // A line with the licence number tells nobody what is wrong.
        guard !withoutLicense.isEmpty else {
            throw draft.report.license.isEmpty ? .licenseMissing : .missingBody
        }
        let hasSubject = !draft.report.subject.isEmpty
        var report = try draft.finish(body: description)
        if !hasSubject { report.subject = ReportDraft.subject(from: withoutLicense) }
        if report.subject.isEmpty { throw .missingBody }
        report.language = language
        self = report
    }
}

extension ReportDraft {
    /// A header of the mail, by the name of the field it stands for.
    fileprivate mutating func addHeader(_ header: String, as name: String, _ value: String) throws(Rejection) {
        if value.unicodeScalars.contains(where: { $0.isControl && $0 != "\t" }) {
            throw .unsafeHeader(header, line: 1)
        }
        try add(name, value, line: 1)
    }
}
