import Mustache
import SupportDesk

/// What a template can name, for one draft.
///
/// It answers mustache itself: looking fields up by reflection costs several times as much.
struct TemplateFields: MustacheParent {
    /// As in `texts`; nil, which leaves its section out, where there is nothing to show.
    private(set) var values: [String?]
    private(set) var others: [TemplatePair]
    private(set) var attachments: [TemplatePair]
    private(set) var remarks: [String]

    /// Names that stand for one text.
    static let texts = text.map(\.name)
    /// Names that stand for a list, with what each of its elements has.
    static let lists = ["others": ["name", "value"], "attachments": ["name", "size"], "remarks": []]

    private typealias Field = (name: String, value: @Sendable (MailDraft, Language) -> String?)
    private static let text: [Field] = [
        ("reference", { draft, _ in draft.reference.description }),
        ("license", { draft, _ in line(draft.license) }),
        ("received_at", { draft, _ in draft.receivedAt.description }),
        ("subject", { draft, _ in line(draft.report.subject) }),
        ("long_subject", { draft, _ in line(draft.fullSubject) }),
        ("company", { draft, _ in line(draft.report.details.company) }),
        ("contact", { draft, _ in line(draft.report.details.contact) }),
        ("phone", { draft, _ in line(draft.report.details.phone) }),
        ("email", { draft, _ in line(draft.report.details.email) }),
        ("partner", { draft, _ in line(draft.report.details.partner) }),
        ("product", { draft, _ in line(draft.report.details.product) }),
        ("version", { draft, _ in line(draft.report.details.version) }),
        ("module", { draft, _ in line(draft.report.details.module) }),
        ("priority", { draft, language in draft.report.priority.name[language] }),
        ("contract", { draft, _ in line(draft.contract) }),
        ("callback", { draft, _ in line(draft.report.details.callback) }),
        ("sender_reference", { draft, _ in line(draft.report.details.senderReference) }),
        // Its last line end must not become one with the template's.
        ("description", { draft, _ in TextBody.withLF(draft.report.description) }),
    ]

    init(draft: MailDraft, language: Language) {
        values = Self.text.map { $0.value(draft, language) }
        others = draft.report.details.others.map {
            TemplatePair(SingleLine.of($0.name), "value", SingleLine.of($0.value))
        }
        attachments = draft.attachments.map { file in
            TemplatePair(
                SingleLine.of(FileName.bare(file.name) ?? "attachment"), "size",
                WrittenSize.of(bytes: file.size, in: language))
        }
        remarks = draft.remarks.compactMap(Self.line)
    }

    /// One line, nil where nothing is in it.
    private static func line(_ text: String?) -> String? {
        guard let text else { return nil }
        let line = SingleLine.of(text)
        return line.isEmpty ? nil : line
    }

    func child(named name: String) -> Any? {
        switch name {
        case "others": others
        case "attachments": attachments
        case "remarks": remarks.map(TemplateText.init)
        default: Self.texts.firstIndex(of: name).flatMap { values[$0] }.map(TemplateText.init)
        }
    }

    /// Every text.
    var inOrder: [String] {
        values.compactMap(\.self) + (others + attachments).flatMap { [$0.name, $0.other] } + remarks
    }

    /// The same fields with something else in each, told its place in that order.
    func replaced(by body: (Int) -> String) -> TemplateFields {
        var place = 0
        func next() -> String {
            defer { place += 1 }
            return body(place)
        }
        var result = self
        result.values = values.map { $0 == nil ? nil : next() }
        result.others = others.map { TemplatePair(next(), $0.otherName, next()) }
        result.attachments = attachments.map { TemplatePair(next(), $0.otherName, next()) }
        result.remarks = remarks.map { _ in next() }
        return result
    }
}

/// A text in a template. It has no fields, so that names inside its section are looked for further out.
struct TemplateText: MustacheParent, MustacheCustomRenderable, MustacheTransformable {
    let renderText: String
    var isNull: Bool { false }

    init(_ text: String) { renderText = text }

    func child(named: String) -> Any? { nil }

    func transform(_ name: String) -> Any? { renderText.transform(name) }
}

/// An element of a list in a template: a name and something else.
struct TemplatePair: MustacheParent {
    let name: String
    let otherName: String
    let other: String

    init(_ name: String, _ otherName: String, _ other: String) {
        self.name = name
        self.otherName = otherName
        self.other = other
    }

    func child(named key: String) -> Any? {
        if key == "name" { return TemplateText(name) }
        return key == otherName ? TemplateText(other) : nil
    }
}
