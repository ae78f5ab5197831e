extension MailTemplate {
    /// The body where the administrator gives none; the same text as `config/templates/mail.txt.mustache`.
    package static let standardText = """
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

        Description :

        {{description}}

        """
}
