package import SupportDesk

/// argument-parser speaks English and offers no way to make it speak anything else. This puts what version 1.8.2
/// says into French, sentence by sentence; a test renders every help and every kind of error.
package enum UsageTranslation {
    /// A help page or a complaint about the command line, in a language.
    package static func translate(_ text: String, to language: Language) -> String {
        guard language == .french else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line(String($0)) }
            .joined(separator: "\n")
            .replacing("<subcommand>", with: "<commande>")
    }

    private static func line(_ line: String) -> String {
        for (english, french) in wholeLines where line == english { return french }
        for (start, french) in starts where line.hasPrefix(start) {
            return french + self.line(String(line.dropFirst(start.count)))
        }
        for sentence in sentences {
            if let translated = sentence.translate(line) { return translated }
        }
        for (english, french) in endings where line.hasSuffix(english) {
            return String(line.dropLast(english.count)) + french
        }
        return line
    }

    private static let wholeLines = [
        ("ARGUMENTS:", "ARGUMENTS :"), ("OPTIONS:", "OPTIONS :"), ("SUBCOMMANDS:", "COMMANDES :"),
        ("Missing required subcommand.", "Il manque une commande."),
        ("Can't autodetect a supported shell.", "Impossible de reconnaître le shell."),
        (
            "Please use --generate-completion-script=<shell> with one of:",
            "Indiquez --generate-completion-script=<shell> avec un de :"
        ),
    ]

    /// What stands before something else that may need a translation of its own.
    private static let starts = [
        ("OVERVIEW: ", "APERÇU : "), ("USAGE: ", "USAGE : "), ("Usage: ", "Usage : "), ("Help:  ", "Aide : "),
        ("   or: ", "   ou : "), ("assistctl: ", "assistctl: "), ("assistd: ", "assistd: "),
    ]

    private static let endings = [
        ("Show help information.", "Affiche cette aide."), ("Show the version.", "Affiche la version."),
        ("Show subcommand help information.", "Affiche l'aide d'une commande."),
    ]

    private static let sentences = [
        Sentence("  See '*' for more information.", "  Voyez « * » pour en savoir plus."),
        Sentence("  See '*' for detailed help.", "  Voyez « * » pour l'aide d'une commande."),
        Sentence("Unknown option '*'. Did you mean '*'?", "Option inconnue « * ». Vouliez-vous dire « * » ?"),
        Sentence("Unknown option '*'", "Option inconnue « * »"),
        Sentence("Missing value for '*' in '*'", "Il manque une valeur pour « * » dans « * »"),
        Sentence("Missing value for '*'", "Il manque une valeur pour « * »"),
        Sentence("Missing expected argument '*'", "Il manque l'argument « * »"),
        Sentence("Missing one of: '*'", "Il manque l'un de : '*'"),
        Sentence("Unexpected argument '*'", "Argument inattendu « * »"),
        Sentence("* unexpected arguments: '*'", "* arguments inattendus : '*'"),
        Sentence(
            "The option '*' does not take any value, but '*' was specified.",
            "L'option « * » ne prend pas de valeur, mais « * » est donné."),
        Sentence("The value '*' is invalid for '*': *", "La valeur « * » ne convient pas à « * » : *"),
        Sentence("The value '*' is invalid for '*'", "La valeur « * » ne convient pas à « * »"),
        Sentence(
            "Value to be set with flag '*' had already been set with flag '*'",
            "L'option « * » contredit « * », déjà donnée"),
        Sentence("Invalid option: *", "Option non valable : *"),
        Sentence(
            "Can't generate completion scripts for '*'.", "Il n'y a pas de script de complétion pour « * »."),
    ]
}

/// An English sentence with gaps, written `*`, and the French one that takes what fills them, in the same order.
private struct Sentence {
    private let english: [Substring]
    private let french: [Substring]

    init(_ english: String, _ french: String) {
        self.english = english.split(separator: "*", omittingEmptySubsequences: false)
        self.french = french.split(separator: "*", omittingEmptySubsequences: false)
    }

    func translate(_ text: String) -> String? {
        guard let first = english.first, let last = english.last, text.hasPrefix(first), text.hasSuffix(last)
        else { return nil }
        var rest = text.dropFirst(first.count)
        var fillings: [Substring] = []
        for (index, piece) in english.enumerated().dropFirst() {
            let isLast = index == english.count - 1
            guard let found = isLast ? ending(piece, of: rest) : rest.firstRange(of: piece) else { return nil }
            fillings.append(rest[..<found.lowerBound])
            rest = rest[found.upperBound...]
        }
        var result = String(french[0])
        for (filling, piece) in zip(fillings, french.dropFirst()) { result += filling + piece }
        return result
    }

    private func ending(_ piece: Substring, of text: Substring) -> Range<Substring.Index>? {
        guard text.hasSuffix(piece), text.count >= piece.count else { return nil }
        return text.index(text.endIndex, offsetBy: -piece.count)..<text.endIndex
    }
}
