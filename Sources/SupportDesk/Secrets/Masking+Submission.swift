extension Submission {
    /// What may be shown, logged and written down of it: without the secrets that its fields hold, in its sender's
    /// language. The license was judged when it was taken in.
    package var masked: Submission {
        var masked = self
        masked.subject = subject.masked(in: language)
        masked.details = details.masked(in: language)
        masked.attachments = attachments.map {
            AttachmentSummary(name: $0.name.masked(in: language), size: $0.size)
        }
        if case .spool(let file) = source { masked.source = .spool(file: file.masked(in: language)) }
        masked.reason?.text = reason?.text.masked ?? Bilingual(fr: "", en: "")
        masked.notes = notes.map(\.masked)
        return masked
    }
}

extension Report {
    /// The report without its secrets, for a desk that shall not have them either.
    ///
    /// What is attached stays as it is, but for the formatted copy of a mail whose text holds secrets.
    package func masked(in language: Language) -> Report {
        var masked = self
        masked.subject = subject.masked(in: language)
        masked.description = description.masked(in: language)
        masked.details = details.masked(in: language)
        let isTelling = masked.description != description
        masked.attachments = attachments.filter { !($0.isBody && isTelling) }.map {
            var attachment = $0
            attachment.name = $0.name.masked(in: language)
            return attachment
        }
        return masked
    }
}
