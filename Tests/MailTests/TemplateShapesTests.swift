import Mustache
import SupportDesk
import TestSupport
import Testing

@testable import Mail

@Suite("Templates that are asked once for each shape")
struct TemplateShapesTests {
    /// Values that look like anything a template or a mark could be taken for, or that joined would be another text.
    private static let words = [
        "", "x", "{{license}}", "& < > \" '", "\u{F0000}0\u{F0001}", "\u{301}é", "a\nb", "{{#others}}", "\u{F0001}",
        "  ",
    ]

    private static let templates = [
        MailTemplate.standardText(in: .french), MailTemplate.standardText(in: .english),
        """
        {{#description}}D{{/description}}{{^description}}keine{{/description}} {{subject}}{{{company}}}{{&company}}
        {{#others}}
          {{name}}: {{#value}}{{.}} {{license}}{{/value}}{{^value}}-{{/value}}
        {{/others}}{{^others}}nothing else{{/others}}
        {{#company}}{{#contact}}{{company}}{{contact}}{{/contact}}{{/company}}
        {{#remarks}}{{.}}|{{#attachments}}{{name}}{{size}}{{/attachments}}{{/remarks}}
          {{description}}
        """,
    ]

    private func draft(_ random: inout some RandomNumberGenerator) -> MailDraft {
        func word() -> String { Self.words.randomElement(using: &random) ?? "" }
        func perhaps() -> String? { Bool.random(using: &random) ? word() : nil }
        func some<Value>(_ make: () -> Value) -> [Value] {
            (0..<Int.random(in: 0...2, using: &random)).map { _ in make() }
        }
        var report = Report(license: "1", subject: word(), description: word())
        report.details.company = perhaps()
        report.details.contact = perhaps()
        report.details.module = perhaps()
        report.details.others = some { .init(name: word(), value: word()) }
        var draft = Fixture.draft(
            report, attachments: some { SupportDesk.Attachment(name: word(), content: [0]) })
        draft.contract = perhaps()
        draft.remarks = some(word)
        return draft
    }

    @Test("What they come to is mustache's own text, whatever the values are", arguments: templates)
    func same(_ text: String) throws {
        let template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + text)
        let shapes = TemplateShapes(template)
        var random = SeededGenerator(seed: 20)
        for _ in 0..<400 {
            let fields = TemplateFields(draft: draft(&random), language: .french)
            let direct = template.render(fields)
            #expect(shapes.render(fields).unicodeScalars.elementsEqual(direct.unicodeScalars))
        }
    }

    @Test("Long lists are rendered too")
    func long() throws {
        let template = try MustacheTemplate(string: "{{#remarks}}{{.}},{{/remarks}}")
        var draft = Fixture.draft()
        draft.remarks = (0..<200).map { "\($0)" }
        let fields = TemplateFields(draft: draft, language: .french)
        #expect(TemplateShapes(template).render(fields) == (0..<200).map { "\($0)," }.joined())
    }

    @Test(
        "Where a template does more with values than to put them in, mustache does it each time",
        arguments: [
            ("{{uppercased(company)}} {{description}}", "É<B x"),
            ("{{% CONTENT_TYPE:HTML}}{{company}}{{{description}}}", "é&lt;bx"),
            ("\u{F0000}0\u{F0001}{{company}} {{description}}", "\u{F0000}0\u{F0001}é<b x"),
        ])
    func more(_ text: String, _ expected: String) throws {
        let template = try MailTemplate.load(text)
        var report = Fixture.report(description: "x")
        report.details.company = "é<b"
        for _ in 0..<2 { #expect(template.render(Fixture.draft(report)) == expected) }
    }
}
