import Mustache
package import SupportDesk

/// How the body of a message is laid out: a mustache template in plain text.
package struct MailTemplate: Sendable {
    private let template: MustacheTemplate
    /// nil where mustache is asked each time.
    private let shapes: TemplateShapes?
    /// In which the words are that the program puts in.
    private let language: Language

    /// Reads a template, the built-in one where none is given, and tries it out, so that a mistake is found before
    /// the first report and not in it.
    package static func load(
        _ text: String? = nil, in language: Language = .french
    ) throws(MailTemplateError) -> MailTemplate {
        let text = (text ?? standardText(in: language)).replacing("\r\n", with: "\n").replacing("\u{FEFF}", with: "")
        let hasFunctions = try TemplateCheck.run(text)
        let template: MailTemplate
        do {
            // A line of its own, so that the template's first line is the start of a line to mustache too.
            let parsed = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + text)
            template = MailTemplate(
                template: parsed, shapes: hasFunctions || !TemplateShapes.canMark(text) ? nil : TemplateShapes(parsed),
                language: language)
        } catch let error as MustacheTemplate.ParserError {
            throw MailTemplateError(line: error.context.lineNumber - 1, .syntax)
        } catch {
            throw MailTemplateError(line: nil, .syntax)
        }
        guard template.render(.sample).contains(MailDraft.sample.report.description) else {
            throw MailTemplateError(line: nil, .descriptionChanged)
        }
        return template
    }

    /// The body for a draft. Values are put in as they are: nothing in them is read as mustache.
    func render(_ draft: MailDraft) -> String {
        let fields = TemplateFields(draft: draft, language: language)
        return shapes?.render(fields) ?? template.render(fields)
    }
}

extension MailDraft {
    /// A draft with every field, to try a template out.
    static let sample: MailDraft = {
        var report = Report(
            license: "12345678", subject: String(repeating: "Impression bloquée ", count: 12),
            description: " L’écran dit : « <erreur> & {{reference}} »\n\n.\n\tFin ")
        report.details.company = "Société Exemple"
        report.details.contact = "Hélène Martin"
        report.details.email = "helene@exemple.fr"
        report.details.phone = "+33 1 02 03 04 05"
        report.details.partner = "Partenaire Exemple"
        report.details.product = "Gestion Commerciale"
        report.details.module = "Immobilisations"
        report.details.version = "9.5"
        report.details.callback = "24/11/2026 14:00"
        report.details.senderReference = "HM-1"
        report.details.others = [.init(name: "Poste", value: "PC-12")]
        var draft = MailDraft(
            reference: Reference(number: 0), receivedAt: Timestamp(milliseconds: 0), license: "12345678",
            report: report, attachments: [Attachment(name: "écran.png", content: [0])])
        draft.contract = "G-TEL, 31/12/2027"
        draft.remarks = ["Version 9.5 build 1155"]
        return draft
    }()
}
