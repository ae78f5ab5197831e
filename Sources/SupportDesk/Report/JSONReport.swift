/// Reads a report written as one JSON object with the names of the header block, and `description` for the body.
///
/// `attachments` is a name, an object `{"name": …, "content": base64}`, or an array of them; without `content` the
/// file lies beside the report.
package enum JSONReport {
    /// - Throws: what is wrong with the report, in words for whoever wrote it.
    package static func parse(_ bytes: [UInt8], limits: ReportLimits = ReportLimits()) throws(Rejection) -> Report {
        if bytes.count > limits.total { throw .tooLarge(limits.total) }
        let text = try TextEncoding.utf8(of: bytes, declared: nil)
        if Blanks.isBlank(text[...]) { throw .empty }
        var scanner = JSONScanner(text)
        guard scanner.peek() == UInt8(ascii: "{") else {
            throw scanner.malformed(
                fr: "un rapport est un objet, entre accolades", en: "a report is one object, in braces")
        }
        var draft = ReportDraft(limits: limits)
        do throws(Rejection) {
            var headerSize = 0
            try scanner.members { (scanner, key, line) throws(Rejection) in
                let name = FieldName(key)
                if name.field == .attachment {
                    try attachments(&scanner, &draft, key)
                    return
                }
                guard let value = try value(&scanner, of: name, key, line) else { return }
                if name.field != .description {
                    headerSize += key.utf8.count + value.utf8.count
                    if headerSize > limits.header { throw .headerTooLarge(limits.header) }
                }
                try draft.add(key, value, line: line)
            }
            try scanner.expectEnd()
            return try draft.finish(body: nil)
        } catch {
            throw error.of(draft.partial)
        }
    }

    /// The value as text; nil for null, which says nothing.
    private static func value(
        _ scanner: inout JSONScanner, of name: FieldName, _ key: String, _ line: Int
    ) throws(Rejection) -> String? {
        switch (try scanner.kind(), name.field) {
        case (.null, _):
            _ = try scanner.source()
            return nil
        case (.string, .description):
            let bytes = Array(try scanner.string().utf8)
            return String(decoding: ReportParser.withPlainLineEnds(bytes[...]), as: UTF8.self)
        case (.string, .some): return try scanner.string().withoutBlankEnds
        case (.string, nil):
            // What this program does not know may have lines: as a literal it stays on one.
            var ahead = scanner
            let text = try scanner.string()
            return text.unicodeScalars.contains(where: \.isControl) ? try ahead.source() : text.trimmed
        case (.number, .license):
            throw Rejection(
                .badField,
                fr: "Le numéro de licence, ligne \(line), est écrit comme un nombre : ses zéros de tête se perdraient. "
                    + "Mettez-le entre guillemets.",
                en: "The license number on line \(line) is written as a number: its leading zeros would get lost. "
                    + "Put it in quotes.")
        case (.number, .some(let field)) where field != .description: return try scanner.source()
        case (_, nil): return try scanner.source()
        case (_, .some):
            throw Rejection(
                .badField,
                fr: "La valeur de « \(key.excerpt) », ligne \(line), n'est pas du texte. Mettez-la entre guillemets.",
                en: "The value of “\(key.excerpt)” on line \(line) is not text. Put it in quotes.")
        }
    }

    private static func attachments(
        _ scanner: inout JSONScanner, _ draft: inout ReportDraft, _ key: String
    ) throws(Rejection) {
        switch try scanner.kind() {
        case .array:
            try scanner.elements { (scanner) throws(Rejection) in
                try attachment(&scanner, &draft, key)
            }
        case .null: _ = try scanner.source()
        default: try attachment(&scanner, &draft, key)
        }
    }

    private static func attachment(
        _ scanner: inout JSONScanner, _ draft: inout ReportDraft, _ key: String
    ) throws(Rejection) {
        let line = scanner.line()
        switch try scanner.kind() {
        case .string: try draft.add(key, try scanner.string().withoutBlankEnds, line: line)
        case .object:
            var name: String?
            var content: String?
            try scanner.members { (scanner, part, line) throws(Rejection) in
                switch FieldName.fold(part) {
                case "name", "nom", "filename", "file", "fichier": name = try string(&scanner, part, line)
                case "content", "contenu", "data", "base64": content = try string(&scanner, part, line)
                default: _ = try scanner.source()
                }
            }
            guard let name, !name.isEmpty else {
                throw Rejection(
                    .badField,
                    fr: "Il manque le nom (« name ») d'une pièce jointe, ligne \(line).",
                    en: "The name (“name”) of an attachment is missing on line \(line).")
            }
            guard let content else { return try draft.add(key, name, line: line) }
            guard let bytes = Base64.decode(content) else {
                throw Rejection(
                    .badField,
                    fr:
                        "Le contenu de la pièce jointe « \(name.excerpt) », ligne \(line), n'est pas du base64 valable.",
                    en: "The content of the attachment “\(name.excerpt)” on line \(line) is no valid base64.")
            }
            try draft.attach(Attachment(name: name, content: bytes), line: line)
        default:
            throw Rejection(
                .badField,
                fr: "Une pièce jointe, ligne \(line), n'est ni un nom ni un objet {\"name\", \"content\"}.",
                en: "An attachment on line \(line) is neither a name nor an object {\"name\", \"content\"}.")
        }
    }

    private static func string(
        _ scanner: inout JSONScanner, _ key: String, _ line: Int
    ) throws(Rejection) -> String {
        guard try scanner.kind() == .string else {
            throw Rejection(
                .badField,
                fr: "La valeur de « \(key.excerpt) », ligne \(line), n'est pas du texte. Mettez-la entre guillemets.",
                en: "The value of “\(key.excerpt)” on line \(line) is not text. Put it in quotes.")
        }
        return try scanner.string()
    }
}

extension String {
    /// Without blanks at either end; line breaks stay, so that they are seen and refused.
    fileprivate var withoutBlankEnds: String {
        let scalars = unicodeScalars
        func isEdge(_ scalar: Unicode.Scalar) -> Bool { scalar.isBlank && (scalar == "\t" || !scalar.isControl) }
        guard let first = scalars.firstIndex(where: { !isEdge($0) }),
            let last = scalars.lastIndex(where: { !isEdge($0) })
        else { return "" }
        return String(self[first...last])
    }
}
