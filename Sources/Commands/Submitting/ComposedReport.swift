import FoundationEssentials
import SupportDesk

/// A JSON report made of a text and of fields given as options.
struct ComposedReport {
    private var fields: [String: String]
    private let language: Language

    /// - Parameters:
    ///   - description: text in any encoding a report may have.
    ///   - language: of whoever hands it in.
    init(description: [UInt8], fields: FieldOptions, in language: Language) throws(CommandFailure) {
        self.language = language
        self.fields = fields.byName
        self.fields["description"] = try Self.text(of: description)
    }

    /// The bytes to hand in.
    func upload() throws(CommandFailure) -> Upload {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let named = Dictionary(
            fields.map { (language == .french ? Self.frenchNames[$0] ?? $0 : $0, $1) },
            uniquingKeysWith: { first, _ in first })
        // Strings in a dictionary always encode.
        guard let json = try? encoder.encode(named) else {
            throw CommandFailure(.badInput, code: "malformed", fr: "Rapport illisible.", en: "Unreadable report.")
        }
        return Upload(name: "report.json", report: [UInt8](json))
    }

    /// A report is answered in the language of its field names.
    private static let frenchNames = [
        "license": "licence", "subject": "objet", "company": "societe", "partner": "partenaire", "product": "produit",
        "priority": "priorite", "channel": "canal", "callback": "rappel",
    ]
}

extension ComposedReport {
    /// A text that somebody names with fields beside it: where it is a report of its own, the fields are put over
    /// what it says; else it is the description.
    init(
        _ content: [UInt8], named name: String, fields: FieldOptions, in language: Language
    ) throws(CommandFailure) {
        let format = ReportFormat.of(Array(name.utf8))
        guard format != .json, format != .eml else { throw .fieldsNeedText(name) }
        guard let report = try? ReportParser.parse(content) else {
            self = try ComposedReport(description: content, fields: fields, in: language)
            return
        }
        self.language = report.language
        var all: [String: String] = [:]
        for other in report.details.others { all[other.name] = other.value }
        let known: [(String, String?)] = [
            ("license", report.license), ("subject", report.subject), ("description", report.description),
            ("company", report.details.company), ("contact", report.details.contact),
            ("email", report.details.email), ("phone", report.details.phone),
            ("partner", report.details.partner), ("product", report.details.product),
            ("module", report.details.module), ("version", report.details.version),
            ("callback", report.details.callback), ("reference", report.details.senderReference),
            ("priority", report.priority.rawValue), ("channel", report.channel?.rawValue),
        ]
        for (name, value) in known { all[name] = value ?? all[name] }
        self.fields = all.merging(fields.byName) { _, option in option }
    }

    /// The files a report names that lie beside it; none where it cannot be read, which the daemon then says.
    static func attachmentNames(in content: [UInt8], named name: String) -> [String] {
        switch ReportFormat.of(Array(name.utf8)) {
        case .json: (try? JSONReport.parse(content))?.attachmentNames ?? []
        case .eml, .folder: []
        case .headerBlock, .ignored, .other: (try? ReportParser.parse(content))?.attachmentNames ?? []
        }
    }

    private static func text(of bytes: [UInt8]) throws(CommandFailure) -> String {
        do throws(Rejection) {
            return try TextEncoding.text(of: bytes)
        } catch {
            throw CommandFailure(
                .badInput, code: error.reason.code.rawValue, fr: error.reason.text.french,
                en: error.reason.text.english)
        }
    }
}
