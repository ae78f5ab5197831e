import SupportDesk
import Testing

@testable import Commands

/// Every help and every usage error, in both languages.
struct HelpTests {
    static let commands: [[String]] = [
        [], ["submit"], ["status"], ["list"], ["show"], ["watch"], ["wait"], ["retry"], ["cancel"], ["hold"],
        ["release"], ["resend"], ["answered"], ["license"], ["license", "check"], ["license", "list"],
        ["license", "import"], ["callback"], ["hours"], ["contact"], ["stats"], ["doctor"],
    ]

    /// Words that argument-parser or a forgotten sentence would leave behind.
    static let english = [
        "OVERVIEW", "USAGE:", "ARGUMENTS:", "OPTIONS:", "SUBCOMMANDS", "subcommand", "Show ", "See ", "Missing",
        "Unknown", "Unexpected", "unexpected", "invalid", "Did you mean", " the ", " value", " of ", "Help:",
        "Usage:", "Error", "default", "Print ", "for more", "already", "specified",
    ]

    @Test("Help is French from end to end", arguments: commands)
    func frenchHelp(_ command: [String]) async {
        let outcome = await Session(language: .french).run(command + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.out.contains("USAGE : assistctl"))
        for word in Self.english { #expect(!outcome.out.contains(word), "\(command): \(word)") }
    }

    @Test("Help is English from end to end", arguments: commands)
    func englishHelp(_ command: [String]) async {
        let outcome = await Session().run(command + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.out.contains("USAGE: assistctl"))
        for word in ["é", "è", " : ", " le ", " la ", " une ", "«"] {
            #expect(!outcome.out.contains(word), "\(command): \(word)")
        }
    }

    @Test("Every command is looked at here", arguments: [[], ["license"]])
    func complete(_ command: [String]) async throws {
        let out = await Session().run(command + ["--help"]).out
        let list = out[try #require(out.firstRange(of: "SUBCOMMANDS:\n")).upperBound...].split(separator: "\n\n")[0]
        let names = list.matches(of: #/(?m)^  ([a-z]+) /#).map { command + [String($0.output.1)] }
        #expect(Set(names) == Set(Self.commands.filter { $0.count == command.count + 1 && $0.starts(with: command) }))
        #expect(names.count > 2)
    }

    @Test("The names of values are in the language of the help", arguments: commands)
    func valueNames(_ command: [String]) async {
        func names(_ language: Language) async -> Set<String> {
            let out = await Session(language: language).run(command + ["--help"]).out
            return Set(out.matches(of: #/<([^>]+)>/#).map { String($0.output.1) })
        }
        let french: Set = [
            "commande", "options", "fichier", "réf", "texte", "numéro", "canal", "priorité", "état", "date", "durée",
            "nombre", "tél",
        ]
        let english: Set = [
            "command", "subcommand", "options", "file", "ref", "text", "number", "channel", "priority", "state", "time",
            "duration", "count", "phone",
        ]
        #expect(await names(.french).subtracting(french).isEmpty)
        #expect(await names(.english).subtracting(english).isEmpty)
    }

    @Test("No line of help is wider than 80 columns", arguments: commands, Language.allCases)
    func width(_ command: [String], _ language: Language) async {
        let outcome = await Session(language: language).run(command + ["--help"])
        for line in outcome.out.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test("The help command is translated too")
    func helpCommand() async {
        let outcome = await Session(language: .french).run("help", "wait")
        #expect(outcome.out.contains("ARGUMENTS :"))
        #expect(outcome.out.contains("Affiche cette aide."))
    }

    @Test(
        "Each kind of usage error is French, and exits with 64",
        arguments: [
            (["--nope"], "Option inconnue « --nope »"),
            (["list", "--chanel", "fax"], "Vouliez-vous dire « --channel » ?"),
            (["list", "-x"], "Option inconnue « -x »"),
            (["frobnicate"], "Argument inattendu « frobnicate »"),
            (["show", "A", "B", "C"], "2 arguments inattendus : 'B', 'C'"),
            (["show"], "Il manque l'argument « <réf> »"),
            (["wait", "X"], "Il manque l'argument « --until <état> »"),
            (["list", "--limit"], "Il manque une valeur pour « --limit <nombre> »"),
            (["list", "--limit", "x"], "La valeur « x » ne convient pas à « --limit <nombre> »"),
            (["list", "--limit", "0"], "--limit doit être au moins 1."),
            (["list", "--channel", "pigeon"], "choisissez parmi smtp, fax."),
            (["list", "--state", "lost"], "choisissez parmi held, queued,"),
            (["list", "--since", "yesterday"], "écrivez une date"),
            (["wait", "X", "--until", "lunch"], "choisissez parmi relayed, delivered, answered."),
            (["wait", "X", "--until", "relayed", "--timeout", "soon"], "écrivez une durée"),
            (["list", "--json=yes"], "L'option « --json » ne prend pas de valeur, mais « yes » est donné."),
            (["stats", "--since", "hier"], "écrivez une date"),
            (["callback"], "Il manque --license, le numéro de licence"),
            (["callback", "--change", "X", "--cancel", "X"], "--change ou --cancel, pas les deux."),
            (["callback", "--cancel", "X", "--phone", "1"], "--cancel ne prend rien d'autre."),
            (["hours", "demain"], "Argument inattendu « demain »"),
            (["contact", "--at"], "Option inconnue « --at »"),
            (["answered"], "Indiquez des références, ou --all avec --state."),
            (["retry"], "Indiquez des références, ou --all avec --state."),
            (["retry", "--all"], "--all demande --state"),
            (["retry", "X", "--state", "failed"], "--state ne va qu'avec --all."),
            (["retry", "X", "--all", "--state", "failed"], "pas les deux"),
            (["submit", "a", "b", "--license", "1"], "ne vont qu'avec un seul rapport"),
            (["submit", "-", "-"], "ne se lit qu'une fois"),
            (["show", "X", "--message", "--json"], "sans --json"),
            (["--generate-completion-script=tcsh"], "Il n'y a pas de script de complétion pour « tcsh »."),
        ])
    func usageErrors(_ arguments: [String], _ words: String) async {
        let outcome = await Session(language: .french).run(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.out.isEmpty)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        for word in Self.english { #expect(!outcome.errors.contains(word), "\(arguments): \(word): \(outcome.errors)") }
    }

    @Test("The version is told")
    func version() async {
        let outcome = await Session(language: .french).run("--version")
        #expect(outcome.status == 0)
        #expect(outcome.out.hasPrefix("assistctl "))
    }

    @Test("Completion scripts are left as they are", arguments: ["bash", "zsh", "fish"])
    func completion(_ shell: String) async {
        let french = await Session(language: .french).run("--generate-completion-script", shell)
        #expect(french.status == 0)
        #expect(french.out.contains("assistctl"))
        #expect(!french.out.contains("<commande>"))
    }

    @Test("Nothing of the daemon's is asked for a help")
    func noRequest() async {
        let session = Session()
        _ = await session.run("status", "--help")
        #expect(session.daemon.requests.isEmpty)
    }
}
