import Foundation
import Mail
import SupportDesk
import Testing

@Suite("Templates of the body")
struct TemplateTests {
    private func body(_ template: String, _ report: Report = Fixture.report()) throws -> String? {
        let composer = try Fixture.composer(template: try MailTemplate.load(template))
        return try MessageReader.read(composer.compose(Fixture.draft(report))).text
    }

    @Test(
        "the template that is installed is the one that is built in",
        arguments: [(Language.french, "mail.txt.mustache"), (.english, "mail.en.txt.mustache")])
    func installed(_ language: Language, _ name: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("config/templates/\(name)")
        #expect(try String(contentsOf: file, encoding: .utf8) == MailTemplate.standardText(in: language))
    }

    @Test("values are never read as mustache, nor escaped")
    func literal() throws {
        var report = Fixture.report(description: "{{license}} {{{x}}} {{#company}} & < > \" '")
        report.details.company = "{{description}} & <b>"
        #expect(
            try body("{{company}}|{{&company}}|{{{company}}}\n{{description}}", report)
                == "{{description}} & <b>|{{description}} & <b>|{{description}} & <b>\n\(report.description)\n")
    }

    @Test("sections, inverted sections, lists and functions work")
    func tags() throws {
        var report = Fixture.report(description: "x")
        report.details.contact = "Léa"
        report.details.others = [.init(name: "a", value: "1"), .init(name: "b", value: "2")]
        let template = """
            {{! un commentaire {{ quelconque }}
            {{#contact}}Contact {{contact}}/{{.}}/{{uppercased(.)}}{{/contact}}{{^company}} sans société{{/company}}
            {{#others}}{{#first()}}Autres : {{/first()}}{{name}}={{value}}{{^last()}}, {{/last()}}{{/others}}
            {{subject}} {{received_at}}
            {{description}}
            """
        let text = try body(template, report)
        #expect(
            text == """
                Contact Léa/Léa/LÉA sans société
                Autres : a=1, b=2
                Impression 2026-11-23T13:30:00Z
                x

                """)
    }

    @Test(
        "a mistake is named with its line",
        arguments: [
            ("{{description}}\n\n{{compani}}", 3, .unknown("compani", nearest: "company")),
            ("{{description}}\n{{société}}", 2, .unknown("société", nearest: nil)),
            ("{{description}}\n{{#Company}}{{/Company}}", 2, .unknown("Company", nearest: "company")),
            ("{{description}}\n{{name}}", 2, .unknown("name", nearest: nil)),
            ("{{description}}\n{{others}}", 2, .structure("{{others}}")),
            ("{{description}}\n{{#others}}{{#first()}}{{.}}{{/first()}}{{/others}}", 2, .structure("{{.}}")),
            ("{{description}}\n{{#others}}{{size}}{{/others}}", 2, .unknown("size", nearest: nil)),
            ("{{description}}\n{{shout(company)}}", 2, .unknown("shout", nearest: nil)),
            ("{{description}}\n{{}}", 2, .unknown("", nearest: nil)),
            ("{{description}}\n{{.}}", 2, .unknown(".", nearest: nil)),
            ("{{description}}\n{{#company}}\nx", 3, .unclosed("company")),
            ("{{description}}\n{{/company}}", 2, .unopened("company")),
            ("{{description}}\n{{#company}}{{#email}}{{/company}}{{/email}}", 2, .unopened("company")),
            ("{{description}}\n{{company", 2, .syntax),
            ("{{description}}\n{{com pany}}", 2, .unknown("com pany", nearest: "company")),
            ("{{description}}\n{{% X:Y}}", 2, .syntax),
            ("{{description}}\n{{> pied}}", 2, .notAvailable("{{> pied}}")),
            ("{{description}}\n{{$a}}{{/a}}", 2, .notAvailable("{{$a}}")),
            ("{{description}}\n{{=<% %>=}}", 2, .notAvailable("{{=<% %>=}}")),
            ("{{reference}}", nil, .noDescription), ("", nil, .noDescription),
            ("{{#description}}oui{{/description}}", nil, .noDescription),
            ("{{uppercased(description)}}", nil, .descriptionChanged),
            ("{{^company}}{{description}}{{/company}}", nil, .descriptionChanged),
            ("{{% CONTENT_TYPE:HTML}}{{description}}", nil, .descriptionChanged),
        ] as [(String, Int?, MailTemplateError.Problem)])
    func mistakes(_ template: String, _ line: Int?, _ problem: MailTemplateError.Problem) {
        let error = #expect(throws: MailTemplateError.self) { try MailTemplate.load(template) }
        #expect(error?.problem == problem)
        #expect(error?.line == line)
        if let line { #expect(error?.explanation.french.contains("ligne \(line)") == true) }
        if let line { #expect(error?.explanation.english.contains("line \(line)") == true) }
    }

    @Test("a template saved on Windows, with CRLF and a byte order mark, gives the same body")
    func windows() throws {
        let standard = MailTemplate.standardText(in: .french)
        #expect(try body("\u{FEFF}" + standard.replacing("\n", with: "\r\n")) == body(standard))
    }
}
