import Mustache
import SupportDesk

/// What a template can name, for one draft.
///
/// It answers mustache itself: looking fields up by reflection costs several times as much.
struct TemplateFields: MustacheParent {
    let draft: MailDraft
    let language: Language

    /// Names that stand for one text.
    static let texts = [
        "reference", "license", "received_at", "subject", "long_subject", "company", "contact", "phone", "email",
        "partner", "product", "version", "module", "priority", "contract", "callback", "sender_reference",
        "description",
    ]
    /// Names that stand for a list, with what each of its elements has.
    static let lists = ["others": ["name", "value"], "attachments": ["name", "size"], "remarks": []]

    func child(named name: String) -> Any? {
        let details = draft.report.details
        switch name {
        case "reference": return TemplateText(draft.reference.description)
        case "license": return TemplateText(line: draft.license)
        case "received_at": return TemplateText(draft.receivedAt.description)
        case "subject": return TemplateText(line: draft.report.subject)
        case "long_subject": return TemplateText(line: draft.fullSubject)
        case "company": return TemplateText(line: details.company)
        case "contact": return TemplateText(line: details.contact)
        case "phone": return TemplateText(line: details.phone)
        case "email": return TemplateText(line: details.email)
        case "partner": return TemplateText(line: details.partner)
        case "product": return TemplateText(line: details.product)
        case "version": return TemplateText(line: details.version)
        case "module": return TemplateText(line: details.module)
        case "priority": return TemplateText(draft.report.priority.name[language])
        case "contract": return TemplateText(line: draft.contract)
        case "callback": return TemplateText(line: details.callback)
        case "sender_reference": return TemplateText(line: details.senderReference)
        // Its last line end must not become one with the template's.
        case "description": return TemplateText(TextBody.withLF(draft.report.description))
        case "remarks": return draft.remarks.compactMap { TemplateText(line: $0) }
        case "others": return details.others.map { TemplatePair("name", $0.name, "value", $0.value) }
        case "attachments":
            return draft.attachments.map { file in
                TemplatePair(
                    "name", FileName.bare(file.name) ?? "attachment", "size",
                    WrittenSize.of(bytes: file.size, in: language))
            }
        default: return nil
        }
    }
}

/// A text in a template. It has no fields, so that names inside its section are looked for further out.
struct TemplateText: MustacheParent, MustacheCustomRenderable, MustacheTransformable {
    let renderText: String
    var isNull: Bool { false }

    init(_ text: String) { renderText = text }

    /// One line; nil, which leaves its section out, where there is nothing to show.
    init?(line text: String?) {
        guard let text else { return nil }
        renderText = SingleLine.of(text)
        if renderText.isEmpty { return nil }
    }

    func child(named: String) -> Any? { nil }

    func transform(_ name: String) -> Any? { renderText.transform(name) }
}

/// An element of a list in a template.
struct TemplatePair: MustacheParent {
    private let first: (name: String, text: TemplateText)
    private let second: (name: String, text: TemplateText)

    init(_ firstName: String, _ first: String, _ secondName: String, _ second: String) {
        self.first = (firstName, TemplateText(SingleLine.of(first)))
        self.second = (secondName, TemplateText(SingleLine.of(second)))
    }

    func child(named name: String) -> Any? {
        if name == first.name { return first.text }
        return name == second.name ? second.text : nil
    }
}
