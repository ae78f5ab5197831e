package import SupportDesk

extension MailTemplate {
    /// The body where the administrator gives none; the same text as `config/templates/mail.txt.mustache` in French and
    /// `mail.en.txt.mustache` in English.
    package static func standardText(in language: Language) -> String {
        switch language {
        case .french: french
        case .english: english
        }
    }

    private static let french = """
        Référence : {{reference}}
        Licence : {{license}}
        {{#company}}
        Société : {{.}}
        {{/company}}
        {{#contact}}
        Contact : {{.}}
        {{/contact}}
        {{#phone}}
        Téléphone : {{.}}
        {{/phone}}
        {{#email}}
        Courriel : {{.}}
        {{/email}}
        {{#partner}}
        Partenaire : {{.}}
        {{/partner}}
        {{#product}}
        Produit : {{.}}
        {{/product}}
        {{#version}}
        Version : {{.}}
        {{/version}}
        {{#module}}
        Module : {{.}}
        {{/module}}
        Priorité : {{priority}}
        {{#contract}}
        Contrat : {{.}}
        {{/contract}}
        {{#callback}}
        Rappel souhaité : {{.}}
        {{/callback}}
        {{#sender_reference}}
        Référence du client : {{.}}
        {{/sender_reference}}
        {{#long_subject}}
        Objet complet : {{.}}
        {{/long_subject}}
        {{#others}}
        {{name}} : {{value}}
        {{/others}}
        {{#attachments}}
        Pièce jointe : {{name}} ({{size}})
        {{/attachments}}
        {{#remarks}}
        Remarque : {{.}}
        {{/remarks}}

        Description :

        {{description}}

        """

    private static let english = """
        Reference: {{reference}}
        License: {{license}}
        {{#company}}
        Company: {{.}}
        {{/company}}
        {{#contact}}
        Contact: {{.}}
        {{/contact}}
        {{#phone}}
        Phone: {{.}}
        {{/phone}}
        {{#email}}
        Email: {{.}}
        {{/email}}
        {{#partner}}
        Partner: {{.}}
        {{/partner}}
        {{#product}}
        Product: {{.}}
        {{/product}}
        {{#version}}
        Version: {{.}}
        {{/version}}
        {{#module}}
        Module: {{.}}
        {{/module}}
        Priority: {{priority}}
        {{#contract}}
        Contract: {{.}}
        {{/contract}}
        {{#callback}}
        Wished call-back: {{.}}
        {{/callback}}
        {{#sender_reference}}
        Customer's reference: {{.}}
        {{/sender_reference}}
        {{#long_subject}}
        Full subject: {{.}}
        {{/long_subject}}
        {{#others}}
        {{name}}: {{value}}
        {{/others}}
        {{#attachments}}
        Attachment: {{name}} ({{size}})
        {{/attachments}}
        {{#remarks}}
        Note: {{.}}
        {{/remarks}}

        Description:

        {{description}}

        """
}
