package import SupportDesk

/// A template that cannot be used, and how to mend it.
package struct MailTemplateError: Explained, Hashable {
    /// From 1; nil where the mistake is not in one place.
    package let line: Int?
    package let problem: Problem

    init(line: Int?, _ problem: Problem) {
        self.line = line
        self.problem = problem
    }

    package enum Problem: Hashable, Sendable {
        case syntax
        case unknown(String, nearest: String?)
        case unclosed(String)
        case unopened(String)
        case notAvailable(String)
        /// A list, or one of its elements, where a text should stand.
        case structure(String)
        case noDescription
        case descriptionChanged
    }

    package var explanation: Bilingual {
        let detail = problem.explanation
        guard let line else {
            return Bilingual(fr: "Modèle de message : \(detail.french)", en: "Message template: \(detail.english)")
        }
        return Bilingual(
            fr: "Modèle de message, ligne \(line) : \(detail.french)",
            en: "Message template, line \(line): \(detail.english)")
    }
}

extension MailTemplateError.Problem {
    fileprivate var explanation: Bilingual {
        switch self {
        case .syntax:
            Bilingual(
                fr: "une balise {{…}} n’est pas fermée ou est mal écrite ; vérifiez ses accolades.",
                en: "a {{…}} tag is not closed or is badly written; check its braces.")
        case .unknown(let name, let nearest?):
            Bilingual(
                fr: "« \(name.harmless) » n’existe pas ; vouliez-vous écrire « \(nearest) » ?",
                en: "there is no “\(name.harmless)”; did you mean “\(nearest)”?")
        case .unknown(let name, nil):
            Bilingual(
                fr: "« \(name.harmless) » n’existe pas ici. Noms possibles : \(names).",
                en: "there is no “\(name.harmless)” here. Possible names: \(names).")
        case .unclosed(let name):
            Bilingual(
                fr: "la section « \(name.harmless) » n’est pas fermée ; ajoutez {{/\(name.harmless)}}.",
                en: "the section “\(name.harmless)” is not closed; add {{/\(name.harmless)}}.")
        case .unopened(let name):
            Bilingual(
                fr: "{{/\(name.harmless)}} ne ferme pas la section ouverte en dernier ; corrigez l’ordre des balises.",
                en: "{{/\(name.harmless)}} does not close the section opened last; mend the order of the tags.")
        case .notAvailable(let tag):
            Bilingual(
                fr: "la balise \(tag.harmless) n’est pas disponible ici ; écrivez le texte dans ce fichier même.",
                en: "the tag \(tag.harmless) is not available here; write the text in this very file.")
        case .structure(let tag):
            Bilingual(
                fr: "\(tag.harmless) n’est pas un texte ; ouvrez une section, comme "
                    + "{{#others}}{{name}} : {{value}}{{/others}}.",
                en: "\(tag.harmless) is no text; open a section, as in {{#others}}{{name}}: {{value}}{{/others}}.")
        case .noDescription:
            Bilingual(
                fr: "la description du problème manque ; ajoutez {{description}} là où elle doit paraître.",
                en: "the description of the problem is missing; add {{description}} where it should appear.")
        case .descriptionChanged:
            Bilingual(
                fr:
                    "la description n’arriverait pas telle qu’elle est écrite ; placez {{description}} seul sur sa ligne, hors de toute section.",
                en:
                    "the description would not arrive as it was written; put {{description}} alone on its line, outside any section."
            )
        }
    }

    private var names: String {
        (TemplateFields.texts + TemplateFields.lists.keys.sorted()).joined(separator: ", ")
    }
}
