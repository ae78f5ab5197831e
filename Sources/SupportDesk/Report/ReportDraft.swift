/// A report in the making: fields come in one by one, in whatever format they were written.
///
/// Whatever holds for fields of every format stands here: which there are, what they may hold, and that none may
/// contradict itself.
struct ReportDraft {
    private(set) var report = Report(license: "", subject: "", description: "")
    private let limits: ReportLimits
    private var seen: [Key: Seen] = [:]
    private var count = 0
    private var languages: Set<Language> = []

    private enum Key: Hashable {
        case known(Field)
        case unknown(String)
    }

    private struct Seen {
        var value: String
        var line: Int
    }

    init(limits: ReportLimits) {
        self.limits = limits
    }

    /// Takes a field in.
    ///
    /// - Parameters:
    ///   - written: the name as it was written.
    ///   - value: on one line, without blanks at its ends; the description alone may have more lines.
    ///   - line: where it stands, for the words of a refusal.
    mutating func add(_ written: String, _ value: String, line: Int) throws(Rejection) {
        let written = try Self.singleLine(written, of: written, line: line).trimmed
        let name = FieldName(written)
        count += 1
        if count > limits.fields { throw .tooManyFields(limits.fields, line: line) }
        if let language = name.language { languages.insert(language) }
        let value = name.field == .description ? value : try Self.singleLine(value, of: written, line: line)
        if value.isEmpty, name.field != nil { return }
        if OwnWords.isTold(by: name, value, count: count, in: report) { throw .ownWords }

        if name.field != .attachment {
            let key = name.field.map(Key.known) ?? .unknown(name.folded)
            if let first = seen[key] {
                guard Self.isSame(first.value, value, in: name.field) else {
                    throw .duplicate(written, first.line, line)
                }
                return
            }
            seen[key] = Seen(value: value, line: line)
        }
        guard let field = name.field else {
            report.details.others.append(.init(name: written, value: value))
            return
        }
        try take(value, as: field, written: written, line: line)
    }

    private mutating func take(_ value: String, as field: Field, written: String, line: Int) throws(Rejection) {
        switch field {
        case .license: report.license = value
        case .subject: report.subject = value
        case .company: report.details.company = value
        case .contact: report.details.contact = value
        case .email: takeEmail(value, written: written)
        case .phone: report.details.phone = value
        case .partner: report.details.partner = value
        case .product: report.details.product = value
        case .module: report.details.module = value
        case .version: report.details.version = value
        case .priority: takePriority(value)
        case .channel: report.channel = try Self.channel(value, line: line)
        case .callback: report.details.callback = value
        case .senderReference: report.details.senderReference = value
        case .attachment: try takeAttachment(named: value, line: line)
        case .description: report.description = value
        case .charset: break
        }
    }

    /// An attachment that came inside the report.
    mutating func attach(_ attachment: Attachment, line: Int?) throws(Rejection) {
        try AttachmentRules.check(attachment, line: line)
        report.attachments.append(attachment)
        try checkAttachmentCount()
    }

    /// Completes the report.
    ///
    /// - Parameter body: what stands below the header block; nil where the format has none.
    mutating func finish(body: String?) throws(Rejection) -> Report {
        if let body, !body.isBlank {
            // The body is the description; a field of that name is then one like any other.
            if case let field = report.description, !field.isEmpty {
                let line = field.unicodeScalars.map { $0.isControl ? " " : $0 }
                report.details.others.append(
                    .init(name: Field.description.name[language], value: String(String.UnicodeScalarView(line))))
            }
            report.description = body
        }
        report.language = language
        if report.license.isEmpty { throw .licenseMissing }
        guard !report.description.isBlank else { throw .missingBody }
        if let line = Self.lineWithBinary(report.description) { throw .binary(line: line) }
        if report.subject.isEmpty { report.subject = Self.subject(from: report.description) }
        // Nothing but blanks and control characters says nothing.
        if report.subject.isEmpty { throw .missingBody }
        return report
    }

    /// What came in so far.
    var partial: Report {
        var partial = report
        partial.language = language
        return partial
    }

    /// English where every field name that belongs to one language is English.
    private var language: Language { languages == [.english] ? .english : .french }

    // MARK: Single fields

    private mutating func takeEmail(_ value: String, written: String) {
        if let address = EmailAddress(value) {
            report.details.email = address.text
            return
        }
        report.details.others.append(.init(name: written, value: value))
        report.notes.append(
            Bilingual(
                fr: "« \(value.excerpt) » n'est pas une adresse de courriel : la réponse ne pourra pas y être envoyée.",
                en: "“\(value.excerpt)” is not an email address: no answer can be sent there."))
    }

    private mutating func takePriority(_ value: String) {
        switch FieldName.fold(value) {
        case "basse", "bas", "low": report.priority = .low
        case "normale", "normal": report.priority = .normal
        case "haute", "haut", "high": report.priority = .high
        case "bloquante", "bloquant", "blocking": report.priority = .blocking
        default:
            report.notes.append(
                Bilingual(
                    fr: "Priorité « \(value.excerpt) » inconnue, prise pour normale. "
                        + "Les priorités sont : basse, normale, haute, bloquante.",
                    en: "Unknown priority “\(value.excerpt)”, taken as normal. "
                        + "The priorities are: low, normal, high, blocking."))
        }
    }

    private static func channel(_ value: String, line: Int) throws(Rejection) -> ChannelName {
        switch FieldName.fold(value) {
        case "mail", "email", "e-mail", "courriel", "smtp": return .smtp
        case "fax", "telecopie": return .fax
        default:
            throw Rejection(
                .badField,
                fr:
                    "Canal « \(value.excerpt) » inconnu, ligne \(line). Écrivez « mail » ou « fax », ou retirez la ligne.",
                en: "Unknown channel “\(value.excerpt)” on line \(line). Write “mail” or “fax”, or remove the line.")
        }
    }

    private mutating func takeAttachment(named value: String, line: Int) throws(Rejection) {
        let isQuoted = value.utf8.count > 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
        let name = isQuoted ? String(value.dropFirst().dropLast()) : value
        try AttachmentRules.check(name: name, line: line)
        // Two names may differ in their composition alone and be two files.
        if report.attachmentNames.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { return }
        report.attachmentNames.append(name)
        try checkAttachmentCount()
    }

    private func checkAttachmentCount() throws(Rejection) {
        if report.attachments.count + report.attachmentNames.count > limits.attachments {
            throw .tooManyAttachments(limits.attachments)
        }
    }

    // MARK: Rules for all of them

    private static func isSame(_ one: String, _ other: String, in field: Field?) -> Bool {
        if one == other { return true }
        return field == .license && LicenseNumber.normalised(one) == LicenseNumber.normalised(other)
    }

    /// The value with tabulators and line separators of Unicode as spaces.
    private static func singleLine(_ value: String, of name: String, line: Int) throws(Rejection) -> String {
        guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }) else { return value }
        var text = String.UnicodeScalarView()
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\t", "\u{2028}", "\u{2029}": text.append(" ")
            case "\0": throw .binary(line: line)
            case _ where scalar.isControl: throw .unsafeHeader(name, line: line)
            default: text.append(scalar)
            }
        }
        return String(text)
    }

    /// The first line of a description with a control character that no text holds; the fields have none left.
    private static func lineWithBinary(_ description: String) -> Int? {
        let bytes = description.utf8Span.span
        for offset in bytes.indices where bytes[offset].isBinaryControl {
            return Array(description.utf8).line(at: offset)
        }
        return nil
    }

    /// The first line that says something, cut at the end of a word.
    static func subject(from description: String) -> String {
        var rest = description.utf8[...]
        while !rest.isEmpty {
            let line = rest.prefix { $0 != 0x0A }
            rest = rest[line.endIndex...].dropFirst()
            let start = Substring(line).unicodeScalars.drop { $0.isBlank || $0.isControl }
            if start.isEmpty { continue }
            let text = start.prefix(longestSubject + 1).map { $0.isBlank || $0.isControl ? " " : $0 }
            guard text.count > longestSubject else { return String(String.UnicodeScalarView(text)).trimmed }
            let cut = text.prefix(longestSubject - 1)
            var end = cut.lastIndex(of: " ").flatMap { $0 > 40 ? $0 : nil } ?? cut.endIndex
            // Half a secret would look like none, and be shown.
            let whole = String(String.UnicodeScalarView(start.prefix(2 * longestSubject)))
            for secret in SecretFinder.secrets(in: whole) {
                let place = secret.place.scalars(of: whole)
                if place.dropFirst().contains(end) { end = place.lowerBound }
            }
            return String(String.UnicodeScalarView(cut[..<end])).trimmed + "…"
        }
        return ""
    }

    /// Unicode scalars of a subject that is made from the description.
    private static let longestSubject = 100
}
